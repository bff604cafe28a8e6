"""Where the past of a unit belongs on a later tree: figures of units that ended go to those who took over. Pure; in words in
`docs/algorithms/restating.md`."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from dondoc.lib.counts import divided

_PERCENT = re.compile(r"([0-9]{1,3})(?:,([0-9]{1,2}))? ?%?\Z", re.ASCII)
_FRACTION = re.compile(r"([0-9]{1,6}) ?/ ?([0-9]{1,6})\Z", re.ASCII)


class How(StrEnum):
    """How sure a place is: the unit itself or its only successor (`exact`), a share that an office stated, or one counted from the cells that moved."""

    EXACT = "exact"
    STATED = "stated"
    BY_CELLS = "by_cells"


class Reason(StrEnum):
    """Why a figure has no place on a tree."""

    NO_SHARE = "no_share"
    LATER = "later"
    NO_HEIR = "no_heir"


@dataclass(frozen=True, slots=True)
class Heir:
    """Who took over from a unit when it ended, and how many of the cells under it went there."""

    unit: int
    cells: int


@dataclass(frozen=True, slots=True)
class Part:
    """The share of a unit's figures that belongs to `unit` on the tree asked for."""

    unit: int
    share: Fraction
    how: How


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A unit whose figures cannot be restated: `at` is the unit at whose end the way is lost."""

    at: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Past:
    """What restating needs to know of units: when each lived (`ends` None: it lives on), who took over, and the shares that were stated.

    `stated` holds (ended unit, heir) → share; those of a unit are used where its heirs' add up to one.
    """

    begins: Mapping[int, date]
    ends: Mapping[int, date | None]
    heirs: Mapping[int, Sequence[Heir]]
    stated: Mapping[tuple[int, int], Fraction]


def places(unit: int, day: date, past: Past) -> tuple[Part, ...] | Unplaced:
    """Where the figures of a unit belong on the tree of a day: parts whose shares add up to one, or why there is none.

    A unit that lives that day keeps its own. One that has ended hands them to its only successor; to several by the shares that an office
    stated, else by the cells that went to each; without either they have no place. The same holds for the successors in turn.
    """
    found: dict[int, Part] = {}
    came_together = False
    waiting = [Part(unit, Fraction(1), How.EXACT)]
    while waiting:
        part = waiting.pop()
        if past.begins[part.unit] > day:
            return Unplaced(part.unit, Reason.LATER)
        end = past.ends[part.unit]
        if end is None or day < end:
            known = found.get(part.unit)
            came_together |= known is not None
            found[part.unit] = _joined(known, part) if known else part
            continue
        step = _handed(part.unit, past)
        if isinstance(step, Unplaced):
            return step
        waiting += [Part(one.unit, part.share * one.share, _weaker(part.how, one.how)) for one in step]
    if len(found) == 1 and came_together:
        # However it was divided on the way, all of it is in one unit again.
        return tuple(Part(one, Fraction(1), How.EXACT) for one in found)
    return tuple(sorted(found.values(), key=lambda one: one.unit))


_WEAKNESS = [How.EXACT, How.STATED, How.BY_CELLS]


def _weaker(one: How, other: How) -> How:
    return max(one, other, key=_WEAKNESS.index)


def _joined(one: Part, other: Part) -> Part:
    return Part(one.unit, one.share + other.share, _weaker(one.how, other.how))


def _handed(unit: int, past: Past) -> list[Part] | Unplaced:
    heirs = past.heirs.get(unit, ())
    if not heirs:
        return Unplaced(unit, Reason.NO_HEIR)
    if len(heirs) == 1:
        return [Part(heirs[0].unit, Fraction(1), How.EXACT)]
    shares = {heir.unit: past.stated.get((unit, heir.unit), Fraction(0)) for heir in heirs}
    # Shares stated for a succession that was recorded otherwise since do not divide the whole any more.
    if sum(shares.values()) == 1:
        return [Part(heir, share, How.STATED) for heir, share in shares.items() if share]
    cells = sum(heir.cells for heir in heirs)
    if not cells:
        return Unplaced(unit, Reason.NO_SHARE)
    return [Part(heir.unit, Fraction(heir.cells, cells), How.BY_CELLS) for heir in heirs if heir.cells]


@dataclass(frozen=True, slots=True)
class Said:
    """One counting figure of the past: of which unit, in which period, how much."""

    unit: int
    period: str
    value: int


@dataclass(frozen=True, slots=True)
class Restated:
    """A period of a series on another tree: `value` None where nothing was reported, `estimated` the part of it that rests on shares.

    `unplaced` are the figures that have no place there, with the reason; they are in no sum.
    """

    value: int | None
    estimated: int
    unplaced: tuple[tuple[Said, Unplaced], ...]


def restated(figures: Iterable[Said], day: date, under: Callable[[int], bool], past: Past) -> dict[str, Restated]:
    """The series of what lies under a unit on the tree of a day, by period; `under` says whether a unit lies there that day."""
    known: dict[int, tuple[Part, ...] | Unplaced] = {}
    sums: dict[str, list[int]] = {}
    lost: dict[str, list[tuple[Said, Unplaced]]] = {}
    for figure in figures:
        if figure.unit not in known:
            known[figure.unit] = places(figure.unit, day, past)
        where = known[figure.unit]
        if isinstance(where, Unplaced):
            lost.setdefault(figure.period, []).append((figure, where))
            continue
        exact = {part.unit: part.how is How.EXACT for part in where}
        for unit, share in divided(figure.value, {part.unit: part.share for part in where}).items():
            if under(unit):
                total = sums.setdefault(figure.period, [0, 0])
                total[0] += share
                total[1] += 0 if exact[unit] else share
    return {
        period: Restated(
            sums[period][0] if period in sums else None,
            sums[period][1] if period in sums else 0,
            tuple(lost.get(period, ())),
        )
        for period in sorted(sums.keys() | lost.keys())
    }


def read_share(text: str) -> Fraction | None:
    """A share as people type it: "40", "66,5 %" of a hundred, or "2/3"; nothing typed is no share. None where it is none."""
    typed = text.strip()
    if not typed:
        return Fraction(0)
    if found := _PERCENT.match(typed):
        return Fraction(int(found[1] + (found[2] or "").ljust(2, "0")), 10_000)
    if (found := _FRACTION.match(typed)) and int(found[2]):
        return Fraction(int(found[1]), int(found[2]))
    return None


def share_words(share: Fraction) -> str:
    """A share as it is typed: of a hundred where two decimals hold it, else as a fraction."""
    hundredths = share * 10_000
    if hundredths.denominator > 1:
        return f"{share.numerator}/{share.denominator}"
    whole, rest = divmod(hundredths.numerator, 100)
    return f"{whole}" if not rest else f"{whole},{rest:02}".rstrip("0")
