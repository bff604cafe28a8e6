"""What services are given and give back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dondoc.drafting.models import Clause, LateText
from dondoc.drafting.rules import Made

LINE = "head."
"""How the names of the lines of head and foot begin; all other names are placeholders of the template."""

LINES = (
    "abstract",
    "place",
    "superior",
    "issuer",
    "symbol",
    "mode",
    "behalf",
    "post",
    "name",
    "recorder",
    "recipients",
)


def is_line(clause: Clause) -> bool:
    """Whether a piece is a line of head or foot."""
    return clause.name.startswith(LINE)


@dataclass(frozen=True, slots=True)
class Words:
    """A piece as it is made: for which placeholder of the template, from what, in which words."""

    name: str
    text: str
    made: Made = Made.FREE
    record: int | None = None
    heading: bool = False
    row: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft is made of: its form, record, lines of head and foot, pieces, and the units that get it."""

    template: str
    kind: str
    key: int
    label: str
    head: Mapping[str, str]
    pieces: list[Words]
    sent_to: list[int] = field(default_factory=list)
    receiver: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of saving a piece: the piece and the draft's version now, and what was kept beside it if it came late."""

    clause: Clause
    version: int
    late: LateText | None = None


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a document is numbered: term, symbol and day; `number` None takes the next of the series."""

    term: str
    symbol: str
    dated_on: date
    number: int | None = None
    reservation: int | None = None
