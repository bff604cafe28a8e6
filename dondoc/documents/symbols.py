"""Symbols of official documents as content: `content/documents/symbols.yaml`."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings

# TB/TU, QĐi/TW, CTr/HU, BC/UBKTĐU: a type, a slash, a body; letters only.
_WRITTEN = re.compile(r"[A-ZĐ][A-Za-zĐđ]{1,4}/[A-ZĐ][A-ZĐ]{1,11}")
_TERM = re.compile(r"(\d{4})-(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of document: its abbreviation and its name."""

    code: str
    name: str


@cache
def _content() -> Any:
    return yaml.safe_load((settings.CONTENT / "documents" / "symbols.yaml").read_text(encoding="utf-8"))


def kinds(on: date | None = None) -> list[Kind]:
    """The types of documents on a day (None: those of now, whose use has no end), in the order of the content.

    A code may stand for several: quyết định and quy định share QĐ and its numbers.
    """
    return [
        Kind(one["code"], one["name"])
        for one in _content()["types"]
        if ("to" not in one if on is None else _holds(one, on))
    ]


def _holds(one: Any, on: date) -> bool:
    return bool(one.get("from", date.min) <= on < one.get("to", date.max))


def type_of(symbol: str, on: date) -> str:
    """The name of the type that the symbol stands for on the day; "" where it stands for none that is known, or for several."""
    code = symbol.partition("/")[0]
    names = [kind.name for kind in kinds(on) if kind.code == code]
    return names[0] if len(names) == 1 else ""


def symbol(kind: str, unit_kind: str) -> str | None:
    """The symbol of a type issued by a unit of this kind, such as "TB/TU"; None where the unit's kind issues none."""
    for body in _content()["bodies"]:
        if unit_kind in body["kinds"]:
            return f"{kind}/{body['code']}"
    return None


def is_term(text: str, day: date) -> bool:
    """Whether this is a term of office, two years such as "2020-2025", in which a document of the day can have been issued.

    Terms are five years; one may be cut short or run longer, and a congress may be held a year early or late.
    """
    years = _TERM.fullmatch(text)
    if years is None:
        return False
    first, last = int(years[1]), int(years[2])
    return first < last <= first + 10 and first - 1 <= day.year <= last + 1


def is_symbol(text: str) -> bool:
    """Whether this is written like the symbol of a Party document."""
    return bool(_WRITTEN.fullmatch(text))
