"""The words of `docs/glossary.md` are the words of the code."""

import re
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings

PLACES = re.findall(r"`(dondoc\.[\w.]+)`", (settings.HOME / "docs" / "glossary.md").read_text(encoding="utf-8"))


def resolve(place: str) -> Any:
    """What a dotted name stands for: the longest importable module, then attributes."""
    parts = place.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = getattr(found, name)
        return found
    raise ModuleNotFoundError(place)


@pytest.mark.parametrize("place", PLACES)
def test_every_word_of_the_glossary_is_in_the_code(place: str) -> None:
    assert resolve(place) is not None


def test_the_glossary_is_not_empty() -> None:
    assert len(PLACES) > 25
