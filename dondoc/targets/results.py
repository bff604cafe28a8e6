"""What units achieved, in the year and month by month, from the ledger's roll-up, and how much of it is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.figures.contributions import Cell
from dondoc.figures.indicators import indicators
from dondoc.figures.monthly import by_month
from dondoc.figures.parts import expected_by_month
from dondoc.figures.rollup import Total, roll_up
from dondoc.figures.rules import months
from dondoc.figures.totals import NOTHING
from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval


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
    end = min(on, date(year, 12, 31)) + timedelta(1)
    return roll_up(units, keys, Interval(date(year, 1, 1), max(end, date(year, 1, 2))))


def monthly(units: Iterable[int], key: str, start: date, end: date) -> dict[int, dict[date, Month]]:
    """unit → first day of a month → its result, for the whole months from `start` up to, and without, `end`.

    What comes from below a unit is read from the stored totals of months. A fixed number of queries.
    """
    span, wanted = Interval(start, end), sorted(set(units))
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
