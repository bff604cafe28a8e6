"""What the format in force demands, as plain values: letters, paper, heads and signatures by level."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dondoc.lib.vietnamese import plain


@dataclass(frozen=True, slots=True)
class Measure:
    """A length or size from `least` to `most`; `use` is the one that our own documents take."""

    use: float
    least: float
    most: float
    verified: bool = True

    def holds(self, found: float, slack: float = 0.0) -> bool:
        """Whether this is within the measure, give or take the slack."""
        return self.least - slack <= found <= self.most + slack


@dataclass(frozen=True, slots=True)
class Face:
    """How the letters of a part are set; None where nothing is demanded. Sizes in points."""

    size: Measure | None = None
    upper: bool | None = None
    bold: bool | None = None
    italic: bool | None = None
    underlined: bool | None = None
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Level:
    """Who issues: how its head begins, what stands after the slash of its symbols, in whose name it is signed.

    `superior` and `collective` are beginnings of lines, compared by `begins`; ("*",) takes any, a superior also none. `alone`: its head signs without a mark.
    `own_rules`: its documents are no Party documents; head and marks may be those of the State or of the organisation.
    """

    code: str
    name: str
    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    bodies: re.Pattern[str]
    collective: tuple[str, ...]
    alone: bool = False
    own_rules: bool = False
    since: date | None = None
    until: date | None = None
    verified: bool = True

    def holds(self, on: date) -> bool:
        """Whether there is this level on the day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Type:
    """A type of document: the abbreviation in its symbols, its names as headings. A letter has none; minutes are signed by persons."""

    code: str
    names: tuple[str, ...]
    letter: bool = False
    signed_by_persons: bool = False
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether documents of the day bear this abbreviation."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Format:
    """The form of Party documents between two days: `until` is the first day on which it no longer holds."""

    code: str
    since: date
    until: date | None
    basis: str
    note: str
    fonts: tuple[str, ...]
    width: Measure
    height: Measure
    margins: Mapping[str, Measure]
    letters: Mapping[str, Face]
    indent: Measure | None
    space_after: float
    least_line: float
    page_number_at: str
    page_number_verified: bool
    line_below_title: bool
    star: bool
    colon_after_number: bool
    zero_before_digit: bool
    levels: Mapping[str, Level] = field(default_factory=dict)
    types: Mapping[str, Type] = field(default_factory=dict)
    title: str = "ĐẢNG CỘNG SẢN VIỆT NAM"


def begun_by(text: str, beginnings: tuple[str, ...]) -> str:
    """The longest of these words with which a line begins, without regard to capitals and the place of tones; "" where none does."""
    found = plain(text)
    fitting = (one for one in beginnings if one == "*" or re.match(rf"{re.escape(plain(one))}(?!\w)", found))
    return max(fitting, key=len, default="")


def begins(text: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a line begins with one of these words; "*" takes any line."""
    return bool(begun_by(text, beginnings))
