"""What a document carries: asked of the folders that know, since they stand in later rows."""

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


def carried(actor: Actor, on: date, *, official: int = 0, incoming: int = 0) -> list[Carried]:
    """What went out with an official document, or comes from a document in: of each of `WHAT_A_DOCUMENT_CARRIES`, in that order.

    They are called with the person, the day shown and both keys, 0 for the one that is not meant.
    """
    names: list[str] = settings.WHAT_A_DOCUMENT_CARRIES
    return [one for name in names for one in import_string(name)(actor, on, official, incoming)]
