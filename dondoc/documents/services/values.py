"""What services are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.documents.models import StoredFile


@dataclass(frozen=True, slots=True)
class To:
    """One line of "Nơi nhận": a unit of the tree, or words."""

    unit: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the register says of a document beside its number, day and abstract."""

    type_name: str = ""
    signed_by: int | None = None
    recipients: Sequence[To] = ()
    file: StoredFile | None = None
    scans: Sequence[StoredFile] = ()


NOTHING_MORE = About()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that came in. The sender is a unit or words; `number` and `symbol` are as the document writes them, "" where it has none."""

    arrived_on: date
    dated_on: date
    abstract: str
    sender: int | None = None
    sender_words: str = ""
    number: str = ""
    symbol: str = ""
    type_name: str = ""
    due_on: date | None = None
    handled_by: int | None = None
    files: Sequence[StoredFile] = ()
