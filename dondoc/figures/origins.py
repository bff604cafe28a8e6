"""Where a figure was taken from, in words and as an address: the folders of the origins know (`settings.FIGURE_ORIGINS`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from dondoc.accounts.actors import Actor

from .models import Figure


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: in words, and the page that shows it ("" where this person may not open it)."""

    title: str
    url: str = ""


Finder = Callable[[Actor, Sequence[Figure]], dict[int, Place]]


def where_from(actor: Actor, figures: Sequence[Figure]) -> dict[int, Place]:
    """The place of each figure, by its key; each origin is asked once. An origin that nobody explains is named."""
    found = {figure.pk: Place(str(figure.get_origin_display())) for figure in figures}
    for origin, name in settings.FIGURE_ORIGINS.items():
        of_origin = [figure for figure in figures if figure.origin == origin]
        if of_origin:
            finder: Finder = import_string(name)
            found |= finder(actor, of_origin)
    return found
