"""What the reader hands back: plain values that do not change, each with its place in the text and the rule that found it.

Every `Span` counts Unicode code points of the text *as it was given*, end excluded: `text[span.start:span.end]` is what the
reader saw. Values (names, numbers, words quoted) are in NFC with ordinary spaces, so the same text in another Unicode form
gives equal values.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Number = int | Decimal

Qualifier = Literal["exact", "over", "under", "about"]
"""over: hơn, trên; under: gần, dưới; about: khoảng, ước."""

EventKind = Literal["working_session", "conference", "report", "congress", "inspection", "other"]
FindingKind = Literal["praise", "criticism", "difficulty"]

Receivers = Literal["unit", "localities", "fronts", "heads", "none"]
"""unit: one named unit or body; localities: each unit of the session; fronts: the Front and mass organisations of each commune;
heads: the head of each locality; none: the text names no receiver."""

CheckKind = Literal["rate", "sum", "difference"]


class Span(NamedTuple):
    """A half-open stretch of code points of the text given."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]


class UnitName(NamedTuple):
    """A unit as named in the text, without its type word: "Đảng ủy xã Sơn Tân" is type "xã", name "Sơn Tân"."""

    type: str
    name: str
    parent: "UnitName | None" = None


class UnitMention(NamedTuple):
    """One place where a unit is named."""

    unit: UnitName
    span: Span


class Unit(NamedTuple):
    """A unit that the text reports on. `ambiguous` holds the readings among which the text does not decide (else empty)."""

    unit: UnitName
    mentions: tuple[Span, ...]
    ambiguous: tuple[UnitName, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """The meeting, visit or report that the text is about. `month_day` is "MM-DD" also where the year is not said."""

    date: datetime.date | None = None
    month_day: str | None = None
    kind: EventKind | None = None
    topic: str | None = None
    topic_span: Span | None = None
    date_span: Span | None = None
    leader_post: str | None = None
    leader_span: Span | None = None
    leader_name: str | None = None
    year_reviewed: int | None = None
    year_reviewed_span: Span | None = None
    year_planned: int | None = None
    year_planned_span: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named in full, with the posts that the text gives."""

    name: str
    roles: tuple[str, ...]
    spans: tuple[Span, ...]
    rule: str = ""


class Fact(NamedTuple):
    """One number for one unit and one indicator.

    `value` is a count, or a percentage for indicators that end in `_percent`. `period` is written as in the gold records
    ("2022", "2022-H1", "2018-09 ytd", "2010-2015", "2008..2018-06", "2020-12-31"). `derived` numbers are not written in the
    text; `explanation` then says how they follow. `label` tells `other` facts apart. `optional` marks a number that may be
    left out: a rounded headline, or one that a derivation merely suggests. `unit` is None where the text names none.
    """

    unit: UnitName | None
    indicator: str
    value: Number
    qualifier: Qualifier
    period: str | None
    span: Span
    derived: bool
    rule: str
    label: str | None = None
    optional: bool = False
    explanation: str | None = None
    period_span: Span | None = None
    unit_span: Span | None = None


class Finding(NamedTuple):
    """What was judged good, lacking or hard. `unit` is None where it holds for all units of the session."""

    kind: FindingKind
    unit: UnitName | None
    span: Span
    rule: str
    by: str | None = None


class Directive(NamedTuple):
    """One thing asked, cut at ";" and at the end of a sentence.

    `to` is a unit, the words for the addressee, or None. `deadline` is as said: "2023-09-30", "XXXX-09-07" without a year,
    "2023", "quý I". `regular` is true where the text asks for it again and again; `cadence` are its words ("hàng quý").
    """

    to: UnitName | str | None
    by: str | None
    span: Span
    deadline: str | None
    rule: str
    receivers: Receivers
    deadline_span: Span | None = None
    to_span: Span | None = None
    regular: bool = False
    cadence: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Arithmetic done again on the numbers of the text. Nothing is mended: `agrees` says whether they fit."""

    kind: CheckKind
    spans: tuple[Span, ...]
    agrees: bool
    stated: Number
    computed: Number
    values: tuple[Number, ...]
    rule: str
    unit: UnitName | None = None


@dataclass(frozen=True, slots=True)
class Secrecy:
    """A mark of secrecy: "Mật", "Tối mật" or "Tuyệt mật"."""

    mark: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one text says. `negative` is true where it is not about Party-building work; its lists are then empty."""

    text: str
    published: datetime.date | None = None
    title: str | None = None
    title_span: Span | None = None
    publisher: str | None = None
    negative: bool = False
    event: Event = Event()
    people: tuple[Person, ...] = ()
    units: tuple[Unit, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    directives: tuple[Directive, ...] = ()
    checks: tuple[Check, ...] = ()
    mentions: tuple[UnitMention, ...] = ()
    secrecy: Secrecy | None = None
