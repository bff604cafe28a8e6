"""The words that name units, from `content/intake/units.yaml`, as lexicons to look for in a text."""

from collections.abc import Iterator
from functools import cache

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.tokens import Phrases

_LONGEST_PHRASE = 7


def _forms() -> Iterator[tuple[str, tuple[str, str]]]:
    units = lexicon("units")
    for kind, forms in units["types"].items():
        yield from ((form, ("type", kind)) for form in forms)
    for kind, forms in units["committees"].items():
        yield from ((form, ("committee", kind)) for form in forms)
    for kind, listed in (
        ("body", "bodies"), ("party", "party"), ("whole", "whole"), ("agency", "agencies"), ("mass", "mass_organisations"),
    ):  # fmt: skip
        yield from ((form, (kind, "")) for form in units[listed])


def _provinces() -> Iterator[tuple[str, tuple[str, str]]]:
    units = lexicon("units")
    full = {name: kind for kind, names in units["provinces"].items() for name in names}
    yield from ((name.lower(), (kind, name)) for name, kind in full.items())
    yield from ((form.lower(), (full[name], name)) for name, forms in units["same"].items() for form in forms)
    yield from ((name.lower(), ("vùng", name)) for name in units["regions"])


FORMS, PROVINCES = Phrases(_forms), Phrases(_provinces)


@cache
def vocabulary(*names: str) -> dict[tuple[str, ...], str]:
    """Phrases that only few places of a text are asked for, as words, each with the list that it stands in.

    They are no lexicon of `Page.places`: most texts are full of them, and would pay for each.
    """
    units = lexicon("units")
    return {tuple(phrase.split()): name for name in names for phrase in units[name]}


def longest_at(words: list[str], i: int, known: dict[tuple[str, ...], str]) -> tuple[str, int] | None:
    """The list of the longest of these phrases that begins at a token, and the token after it."""
    for after in range(min(i + _LONGEST_PHRASE, len(words)), i, -1):
        if (name := known.get(tuple(words[i:after]))) is not None:
            return name, after
    return None
