"""A result against its target and against the pace of the year, the chance of reaching it, and who stands first and last. Pure.

`docs/algorithms/pace.md` tells it in words, with the example that the tests use.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate

PAST_MONTHS = 24
"""From how many of the latest months the chance is drawn: the unit's own results in them, where they are fully known."""
LEAST_PAST = 12
"""With fewer known months no chance is told: half a year knows nothing of the other half."""
LONG = 10_000
"""Up to what is lacking the ways are counted by long numbers, which is faster there."""


class Standing(StrEnum):
    """Where a unit stands. UNSURE: below the pace as far as is known, but results are still missing, so nothing is said against it."""

    NO_TARGET = "no_target"
    NO_FIGURE = "no_figure"
    REACHED = "reached"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    UNSURE = "unsure"
    MISSED = "missed"
    ENDED = "ended"


class Why(StrEnum):
    """Why no chance is told; TOLD: it is."""

    TOLD = "told"
    NO_TARGET = "no_target"
    SHORT_PAST = "short_past"
    OVER = "over"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Course:
    """How one unit's year went as far as the day shown.

    `achieved` is None where nothing was reported at all. `reported` of `expected` parts of reports are in. `closed` of the unit's own
    `months` in the year have ended (fewer than twelve for one that began in it). `ended`: the unit itself has ceased.
    `to_come`: months whose result is not fully known, past or to come. `past`: its fully known results of the latest months.
    """

    unit: int
    target: int | None
    achieved: int | None
    reported: int
    expected: int
    closed: int
    months: int
    to_come: int = 0
    past: tuple[int, ...] = ()
    ended: bool = False

    @property
    def complete(self) -> bool:
        """Whether everything that was to be reported by the day is in."""
        return self.expected > 0 and self.reported >= self.expected

    @property
    def over(self) -> bool:
        """Whether the unit's year is over."""
        return self.closed >= self.months

    @property
    def rest(self) -> int | None:
        """What is still lacking; None without a target."""
        return None if self.target is None else max(0, self.target - (self.achieved or 0))

    @property
    def rate(self) -> Fraction | None:
        """Result over target, exact; None where one is missing or the target is 0."""
        return Fraction(self.achieved, self.target) if self.achieved is not None and self.target else None

    @property
    def pace(self) -> Fraction | None:
        """What the target asks for by now; None without a target."""
        return None if self.target is None else expected_by(self.target, self.closed, self.months)

    @property
    def why(self) -> Why:
        """Whether a chance can be told, or why not."""
        if self.target is None:
            return Why.NO_TARGET
        if self.rest == 0:
            return Why.TOLD
        if self.ended:
            return Why.ENDED
        if self.to_come == 0:
            return Why.OVER
        return Why.TOLD if len(self.past) >= LEAST_PAST else Why.SHORT_PAST

    @property
    def chance(self) -> Fraction | None:
        """The chance of reaching the target by the end of the year, where one can be told."""
        return chance(self.rest or 0, self.to_come, self.past) if self.why is Why.TOLD else None


def expected_by(target: int, closed: int, months: int) -> Fraction:
    """The part of the target that falls on the months that have ended, each month weighing the same."""
    return Fraction(target * min(closed, months), months) if months else Fraction(target)


def standing(course: Course) -> Standing:
    """Where the unit stands on the day. A unit is said to be behind only when nothing is missing any more."""
    if course.target is None:
        return Standing.NO_TARGET
    if course.achieved is not None and course.achieved >= course.target:
        return Standing.REACHED
    if course.ended:
        return Standing.ENDED
    if course.achieved is None:
        return Standing.NO_FIGURE
    if not course.complete:
        pace = course.pace
        return Standing.ON_PACE if not course.over and pace is not None and course.achieved >= pace else Standing.UNSURE
    if course.over:
        return Standing.MISSED
    return Standing.ON_PACE if course.achieved >= (course.pace or 0) else Standing.BEHIND


def chance(rest: int, months: int, past: Sequence[int]) -> Fraction:
    """The share of all ways to give each of `months` one of the `past` results that sum to `rest` or more. Exact.

    The convolution is done by multiplying long whole numbers: the past is written as one number with a counter for each possible
    result, its power holds for each sum in how many ways it comes about. These numbers grow with what is lacking; where that is more
    than any unit lacks but by a slip of the pen, the sums of one half of the months are laid against those of the other.
    """
    if rest <= 0:
        return Fraction(1)
    if not months or not past or max(past) * months < rest:
        return Fraction(0)
    ways = len(past) ** months
    if rest > LONG:
        return Fraction(ways - _short_by_halves(rest, months, past), ways)
    # One counter must hold all ways, or a sum would spill into its neighbour.
    octets = ways.bit_length() // 8 + 1
    # More than what is lacking is as good as just that, which keeps the numbers short.
    power = sum(1 << (8 * octets * min(one, rest)) for one in past) ** months
    counted = power.to_bytes(octets * (rest * months + 1), "little")
    short = sum(int.from_bytes(counted[octets * n : octets * (n + 1)], "little") for n in range(rest))
    return Fraction(ways - short, ways)


def _short_by_halves(rest: int, months: int, past: Sequence[int]) -> int:
    """In how many ways less than `rest` comes about. The work grows with how many sums there are, not with how large they are."""
    half = _sums(months // 2, past)
    other = half if months % 2 == 0 else _sums(months - months // 2, past)
    ordered = sorted(other.items())
    several = [0, *accumulate(ways for _, ways in ordered)]
    below = [one for one, _ in ordered]
    return sum(ways * several[bisect_left(below, rest - one)] for one, ways in half.items())


def _sums(months: int, past: Sequence[int]) -> dict[int, int]:
    """Each sum of so many months, and in how many ways it comes about."""
    results = Counter(past).items()
    found = {0: 1}
    for _ in range(months):
        more: dict[int, int] = {}
        for one, ways in found.items():
            for result, times in results:
                more[one + result] = more.get(one + result, 0) + ways * times
        found = more
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """Whom the sentence on top of the page names, by unit.

    `best` and `worst` are all that share the place; both are empty where fewer than two can be compared, `even` where all are alike.
    Only a unit whose figures are complete can be the worst. `hopeless`: by none of the ways its own past allows, or the year is over.
    """

    best: tuple[int, ...] = ()
    worst: tuple[int, ...] = ()
    even: bool = False
    hopeless: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()
    """Units with a target of which no figure is known."""
    partial: tuple[int, ...] = ()
    """Units with a target of which some figures are missing."""


def places(courses: Iterable[Course]) -> dict[int, int]:
    """The place of each unit that can be compared: 1 the highest rate; equal rates share a place, and the next one is skipped."""
    rates = {one.unit: one.rate for one in courses if one.rate is not None}
    first = {rate: n + 1 for n, rate in reversed(list(enumerate(sorted(rates.values(), reverse=True))))}
    return {unit: first[rate] for unit, rate in rates.items()}


def named(courses: Iterable[Course]) -> Named:
    """Best, worst, and who can no longer make it. Ended units are left out: their year is over before the others'."""
    living = [one for one in courses if not one.ended and one.target is not None]
    compared = [one for one in living if one.rate is not None]
    rates = [one.rate for one in compared if one.rate is not None]
    hopeless = tuple(one.unit for one in living if _hopeless(one))
    silent = tuple(one.unit for one in living if one.achieved is None)
    partial = tuple(one.unit for one in living if one.achieved is not None and not one.complete)
    if len(compared) < 2:
        return Named(hopeless=hopeless, silent=silent, partial=partial)
    if len(set(rates)) == 1:
        return Named(even=True, hopeless=hopeless, silent=silent, partial=partial)
    known = [one.rate for one in compared if one.complete and one.rate is not None]
    lowest = min(known, default=None)
    top = max(rates)
    return Named(
        tuple(one.unit for one in compared if one.rate == top),
        tuple(one.unit for one in compared if one.complete and one.rate == lowest and lowest != top),
        False,
        hopeless,
        silent,
        partial,
    )


def _hopeless(course: Course) -> bool:
    if course.why is Why.OVER:
        return course.complete and course.achieved is not None
    return course.chance == 0
