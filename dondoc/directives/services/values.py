"""What services are given and give back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dondoc.directives.models import LateField

Seen = int | Mapping[int, int]
"""The version that the person saw, or for several assignments at once the version of each by its key."""


@dataclass(frozen=True, slots=True)
class OriginData:
    """Where a finding or directive was said: which record (kind, key, label), where in its source, when, by whom, in which words."""

    kind: str
    key: int
    label: str
    source: int
    span_start: int
    span_end: int
    said_on: date
    author_unit: int
    author_post: int | None
    author_title: str
    text: str


@dataclass(frozen=True, slots=True)
class Timing:
    """What the text itself says of the deadline: a day, or a cadence in months; and the year that was planned."""

    due_on: date | None = None
    cadence_months: int | None = None
    planned_year: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of saving a field of a draft: the row's version now, the field's value now, and what was kept beside it if it came late."""

    version: int
    value: str
    late: LateField | None = None


@dataclass(frozen=True, slots=True)
class DocumentData:
    """The official document with which assignments are issued; `issuer` is the unit whose number it is, `number` None for the next one."""

    issuer: int
    term: str
    symbol: str
    number: int | None
    dated_on: date
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class ChildData:
    """A part passed down: to a unit below the receiver, optionally to one of its posts; once by `due_on`, or regularly until `review_on`."""

    unit: int
    task: str
    product: str
    due_on: date | None = None
    cadence_months: int | None = None
    review_on: date | None = None
    post: int | None = None
