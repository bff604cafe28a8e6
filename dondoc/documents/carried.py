"""What an official document carries: asked of the folders that know, since they stand in later rows."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from dondoc.accounts.actors import Actor


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that went out with a document: its words, whose it is, its page, and the code of its state ("" where it has none)."""

    text: str
    whose: str
    url: str
    state: str = ""
    due_on: date | None = None


def carried(actor: Actor, document: int, on: date) -> list[Carried]:
    """Everything of `WHAT_A_DOCUMENT_CARRIES` (person, key of the document, day shown → `Carried`), in that order."""
    names: list[str] = settings.WHAT_A_DOCUMENT_CARRIES
    return [one for name in names for one in import_string(name)(actor, document, on)]
