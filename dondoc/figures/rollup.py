"""The roll-up: what units say of indicators in a period, from what is entered below them. The rules: docs/algorithms/roll-up.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.lib.periods import Interval

from . import rules
from .contributions import Added, Cell, contributions
from .indicators import indicators
from .parts import expected

_LAST = date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Total:
    """What one unit says of one indicator in a period.

    `value` is the number that counts, None where nothing is known: "chưa có số liệu", never 0. `reported` of `expected` parts have a
    figure. `entered` is what the unit has entered for itself and `summed` what comes from strictly below it, each None where there is
    nothing; the content's rule says which of the two `value` is, and where both are there they are shown with their `difference`.
    `differing` figures stand beside those that count and say another number.
    """

    value: int | None = None
    reported: int = 0
    expected: int = 0
    entered: int | None = None
    summed: int | None = None
    differing: int = 0

    @property
    def complete(self) -> bool:
        """Whether every expected part has been reported."""
        return self.reported == self.expected

    @property
    def difference(self) -> int | None:
        """By how much the unit's own number is larger than the sum from below, where both are there."""
        return self.entered - self.summed if self.entered is not None and self.summed is not None else None


def days(period: str | Interval, on: date | None = None) -> Interval:
    """The days of a period up to `on`, whose own day is in. ValueError: no period, one without an end, or one that begins after `on`."""
    found = rules.days_of(period, on or _LAST) if isinstance(period, str) else period
    if found is None or found.end is None:
        raise ValueError(f"{period!r} is no period with an end")
    return Interval(found.start, min(found.end, on + timedelta(1))) if on else found


def roll_up(
    units: Iterable[int], keys: Iterable[str], period: str | Interval, *, on: date | None = None
) -> dict[tuple[int, str], Total]:
    """The totals of units and indicators (by key) in a period, one for each pair, in a fixed number of queries.

    `period` is written as in the ledger ("2023-06", "2023-Q2", "2023", "2023-09 ytd") or given as days. `on` is the day from which one
    looks: figures and parts whose last day is later are left out, and a stock is taken by the tree of that day. KeyError for a key that
    is no indicator, ValueError as in `days`. What is known today is told, also of a day long past.
    """
    wanted, chosen = sorted(set(units)), [indicators()[key] for key in dict.fromkeys(keys)]
    span = days(period, on)
    added = contributions(chosen, [span], to=wanted)
    due = expected(chosen, span, wanted)
    return {
        (unit, one.key): _total(added.get(Cell(unit, one.key, span.start), Added()), due.get((unit, one.key), 0))
        for unit in wanted
        for one in chosen
    }


def _total(added: Added, due: int) -> Total:
    return Total(
        value=added.value if added.figures else None,
        reported=added.reported,
        expected=due,
        entered=added.entered if added.entered_figures else None,
        summed=added.summed if added.summed_figures else None,
        differing=added.differing,
    )
