"""What units achieved, in the year and month by month, from the ledger's roll-up, and how much of it is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.figures.contributions import Cell
from dondoc.figures.indicators import indicators
from dondoc.figures.models import Figure
from dondoc.figures.monthly import by_month
from dondoc.figures.parts import expected_by_month
from dondoc.figures.rollup import Total, roll_up
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
    wanted, first = list(keys), date(year, 1, 1)
    day = min(on, date(year, 12, 31)) + timedelta(1)
    if day <= first:
        return {(unit, key): Total() for unit in units for key in wanted}
    running = day.replace(day=1)
    # Whole months are read from stored totals; the days of one that runs are counted only where anything can be in them.
    if first < running < day and not _anything_in(wanted, running, day):
        day = running
    return roll_up(units, wanted, Interval(first, day))


def _anything_in(keys: Iterable[str], start: date, end: date) -> bool:
    """Whether a figure, or the part of a unit that ended or moved, lies in these days of a month."""
    figures = Figure.objects.filter(month=start, indicator__in=list(keys), superseded_at=None, ends_on__lte=end)
    parts = UnitParent.objects.filter(valid_to__gt=start, valid_to__lte=end)
    return figures.exists() or parts.exists()


def monthly(units: Iterable[int], key: str, start: date, end: date) -> dict[int, dict[date, Month]]:
    """unit → first day of a month → its result, for the whole months from `start` up to, and without, `end`.

    What comes from below a unit is read from the stored totals of months. A fixed number of queries.
    """
    wanted = sorted(set(units))
    if end <= start:
        return {unit: {} for unit in wanted}
    span = Interval(start, end)
    indicator, spans = indicators()[key], months(span)
    added = by_month([indicator], spans, wanted)
    due = expected_by_month([indicator], span, wanted)
    found: dict[int, dict[date, Month]] = {}
    for unit in wanted:
        found[unit] = {}
        for one in spans:
            told = added.get(Cell(unit, key, one.start), NOTHING)
            found[unit][one.start] = Month(
                told.value if told.figures else None, told.reported, due.get((unit, key, one.start), 0)
            )
    return found


def members_on(units: Iterable[int], day: date, key: str = "members") -> dict[int, Total]:
    """How many members (or what else a stock counts) units have on a day: of each that enters them the latest figure of the year before."""
    span = Interval(add_months(day, -12), day + timedelta(1))
    found = roll_up(units, [key], span)
    return {unit: total for (unit, _), total in found.items()}
