"""The roll-up: what units say of indicators in a period, from what is entered below them. The rules: docs/algorithms/roll-up.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.lib.periods import Interval

from . import rules
from .contributions import Added, contributions, of_several_months, own_and_stored
from .indicators import Indicator, indicators
from .parts import expected
from .totals import NOTHING

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
    from_figures = added(chosen, span, wanted)
    due = expected(chosen, span, wanted)
    return {
        (unit, one.key): total(from_figures.get((unit, one.key), NOTHING), due.get((unit, one.key), 0))
        for unit in wanted
        for one in chosen
    }


def live(units: Sequence[int], chosen: Sequence[Indicator], span: Interval) -> dict[tuple[int, str], Added]:
    """The same numbers from the figures themselves, without stored totals."""
    return {(cell.unit, cell.indicator): one for cell, one in contributions(chosen, [span], to=units).items()}


def added(chosen: Sequence[Indicator], span: Interval, units: Sequence[int]) -> dict[tuple[int, str], Added]:
    """What the figures of the span add to the units: whole months from the stored totals, the rest from the figures.

    A flow of several months is the sum of its months, of the days before and after them, and of what no single month holds. A stock of
    several months is none of that: the latest figure of a unit may be of any of them.
    """
    whole, rest = rules.whole_and_rest(span)
    stored = [one for one in chosen if whole and (one.nature == "flow" or (len(whole) == 1 and not rest))]
    found = live(units, [one for one in chosen if one not in stored], span)
    if stored:
        flows = [one for one in stored if one.nature == "flow"]
        for given in (
            own_and_stored(stored, [span], units, whole),
            contributions(flows, rest, to=units, part="below"),
            of_several_months(flows, span, units) if len(whole) + len(rest) > 1 else {},
        ):
            for cell, one in given.items():
                place = cell.unit, cell.indicator
                found[place] = found[place].plus(one) if place in found else one
    return found


def total(of: Added, due: int) -> Total:
    """A total from what figures add, where so many parts are due."""
    return Total(
        value=of.value if of.figures else None,
        reported=of.reported,
        expected=due,
        entered=of.entered if of.entered_figures else None,
        summed=of.summed if of.summed_figures else None,
        differing=of.differing,
    )
