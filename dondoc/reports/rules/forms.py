"""Forms of reports as plain values: what they ask, of whom, from when to when, and by which day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

OPENING = "_opening"
"""What the key of a stock's opening line ends with."""


@dataclass(frozen=True, slots=True)
class Level:
    """The kinds of unit that report together; `cut_off` and `due` count days from the period's last day."""

    kinds: tuple[str, ...]
    cut_off: int
    due: int


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a form: an indicator over the period, or with `opening` the stock with which the period began."""

    indicator: str
    opening: bool = False
    help: str = ""
    required: bool = True

    @property
    def key(self) -> str:
        """The line's name within its report."""
        return self.indicator + OPENING if self.opening else self.indicator


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    code: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A narrative part; with `difficulties` each of its lines is one that the level above has to answer."""

    code: str
    title: str
    help: str = ""
    required: bool = False
    difficulties: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """opening + plus − minus = closing."""

    opening: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and the parts that make it up."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A form as it holds for periods that begin from `since` up to, and without, `until`."""

    since: date
    until: date | None
    basis: str
    verified: bool
    opens: int
    levels: tuple[Level, ...]
    groups: tuple[Group, ...]
    sections: tuple[Section, ...]
    adds_up: tuple[Sum, ...] = ()
    identity: Identity | None = None

    def level(self, kind: str) -> Level | None:
        """The level of a kind of unit; None where it does not give this report."""
        return next((level for level in self.levels if kind in level.kinds), None)

    def lines(self) -> Iterator[Line]:
        """All lines in their order."""
        for group in self.groups:
            yield from group.lines

    def last_due(self) -> int:
        """How many days after a period the last report of it is due."""
        return max(level.due for level in self.levels)


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of report: `every` is month, quarter, half, year or once; `title` names one of it, with its {days}."""

    code: str
    name: str
    title: str
    every: str
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version | None:
        """The version for a period that begins on the day."""
        return next((one for one in self.versions if one.since <= day and (one.until is None or day < one.until)), None)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one report: when it can be filled, up to when it takes figures in, and when it is due."""

    opens_on: date
    cut_off_on: date
    due_on: date


def days(version: Version, level: Level, period_end: date, part_end: date) -> Days:
    """The days of a report of a part that ends (first day out) on `part_end` in a period that ends on `period_end`.

    A unit that ended in mid-period can report at once, and has the time that everybody has.
    """
    last, own_last = period_end - timedelta(1), part_end - timedelta(1)
    return Days(own_last + timedelta(version.opens), last + timedelta(level.cut_off), last + timedelta(level.due))


class Mode(StrEnum):
    """Where the number of a line comes from."""

    ENTERED = "entered"
    OPENING = "opening"
    FINER = "finer"
    BELOW = "below"


def mode(
    line: Line,
    kind: str,
    *,
    entered_at: tuple[str, ...],
    levels: Mapping[str, int],
    finer: bool,
) -> Mode | None:
    """Where a unit of this kind has the line's number from; None where the line is not of its concern.

    A number is asked for once: where it is entered further down (`levels`: 1 the country … 9 the cell) it is summed up from there, and
    what the same unit says in `finer` reports is taken from those.
    """
    if kind in entered_at:
        if finer:
            return Mode.FINER
        return Mode.OPENING if line.opening else Mode.ENTERED
    below = any(levels[one] > levels[kind] for one in entered_at if one in levels)
    return Mode.BELOW if below else None
