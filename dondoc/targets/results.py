"""What units achieved, in the year and month by month, from the ledger's roll-up, and how much of it is in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.figures.contributions import Added, Cell
from dondoc.figures.indicators import Indicator, indicators
from dondoc.figures.models import Figure
from dondoc.figures.monthly import by_month
from dondoc.figures.parts import expected_by_month
from dondoc.figures.rollup import Total, added, roll_up, total
from dondoc.figures.rules import months
from dondoc.figures.totals import NOTHING
from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval
from dondoc.organisations.models import UnitParent


@dataclass(frozen=True, slots=True)
class Month:
    """What a unit reported of a month. `value` None: nothing, which is not 0. `expected` 0: it did not live then, or reports nothing."""

    value: int | None
    reported: int
    expected: int

    @property
    def complete(self) -> bool:
        """Whether everything that was to be reported is in."""
        return 0 < self.expected <= self.reported


def in_year(units: Iterable[int], keys: Iterable[str], year: int, on: date) -> dict[tuple[int, str], Total]:
    """(unit, indicator) → what was achieved in the year by the day, that day included. A fixed number of queries.

    Of a month that still runs only what lies before the day counts, and its report is not expected yet.
    """
    wanted = list(keys)
    span = _days(wanted, year, on)
    return roll_up(units, wanted, span) if span else {(unit, key): Total() for unit in units for key in wanted}


def _days(keys: Sequence[str], year: int, on: date) -> Interval | None:
    """The days of the year that count by a day; None where it has not begun."""
    first, after = date(year, 1, 1), min(on, date(year, 12, 31)) + timedelta(1)
    if after <= first:
        return None
    running = after.replace(day=1)
    # Whole months are read from stored totals; the days of one that runs are counted only where anything can be in them.
    if first < running < after and not _anything_in(keys, running, after):
        after = running
    return Interval(first, after)


def _anything_in(keys: Iterable[str], start: date, end: date) -> bool:
    """Whether a figure, or the part of a unit that ended or moved, lies in these days of a month."""
    figures = Figure.objects.filter(month=start, indicator__in=list(keys), superseded_at=None, ends_on__lte=end)
    parts = UnitParent.objects.filter(valid_to__gt=start, valid_to__lte=end)
    return bool(figures.values("pk").union(parts.values("pk"), all=True)[:1])


def year_and_months(
    units: Iterable[int], keys: Sequence[str], year: int, on: date, *, back: int
) -> tuple[dict[tuple[int, str], Total], dict[int, dict[date, Month]]]:
    """What `in_year` says of indicators; and of the first of them unit → first day of a month → its result, for the last `back` months
    of the year that have ended by the day. What is expected is counted once for both, and not of months before the first
    of which anything is known. At most seven queries, however many units.
    """
    wanted, chosen = sorted(set(units)), [indicators()[key] for key in keys]
    days = _days(keys, year, on)
    end = (min(on, date(year, 12, 31)) + timedelta(1)).replace(day=1)
    past = Interval(add_months(end, -back), end)
    sums = added(chosen, days, wanted) if days else {}
    by = by_month(chosen[:1], months(past), wanted)
    # Indicators that are entered at the same kinds of units are expected from the same ones.
    alike = {one.entered_at: one for one in reversed(chosen)}
    # A month of which nothing is known is not complete, whatever was expected of it.
    known = min((cell.span for cell in by), default=end)
    first, last = (min(known, days.start), max(days.end or end, end)) if days else (known, end)
    due = expected_by_month(list(alike.values()), Interval(first, last), wanted) if first < last else {}
    in_it: dict[tuple[int, str], int] = {}
    for (unit, key, month), count in due.items():
        if days and month and month >= days.start:
            in_it[unit, key] = in_it.get((unit, key), 0) + count
    totals = {
        (unit, one.key): total(sums.get((unit, one.key), NOTHING), in_it.get((unit, alike[one.entered_at].key), 0))
        for unit in wanted
        for one in chosen
    }
    starts = [one.start for one in months(past)]
    return totals, {unit: _months(unit, chosen[0], starts, by, due) for unit in wanted}


def _months(
    unit: int,
    indicator: Indicator,
    starts: Sequence[date],
    by: Mapping[Cell, Added],
    due: Mapping[tuple[int, str, date | None], int],
) -> dict[date, Month]:
    found = {}
    for start in starts:
        told = by.get(Cell(unit, indicator.key, start), NOTHING)
        expected = due.get((unit, indicator.key, start), 0)
        found[start] = Month(told.value if told.figures else None, told.reported, expected)
    return found


def members_on(units: Iterable[int], day: date, key: str = "members") -> dict[int, Total]:
    """How many members (or what else a stock counts) units have on a day: of each that enters them the latest figure of the year before."""
    span = Interval(add_months(day, -12), day + timedelta(1))
    found = roll_up(units, [key], span)
    return {unit: total for (unit, _), total in found.items()}
