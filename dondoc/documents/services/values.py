"""What services are given."""

from collections.abc import Sequence
from dataclasses import dataclass

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
