"""The forms of Party documents as dated content: `content/documents/format.yaml`. A file that cannot be right stops the start."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import yaml
from django.conf import settings

from dondoc.documents.symbols import kinds

from .measures import Face, Format, Level, Measure, Type

_FORMAT = {
    "code", "from", "to", "like", "basis", "note", "fonts", "paper", "margins", "page_number", "body", "letters", "forms"
}  # fmt: skip
_FACE = {"size", "upper", "bold", "italic", "underlined", "verified"}
PARTS = (
    "title", "superior", "issuer", "number", "place_date", "type", "abstract", "letter_abstract", "addressee", "body", "mark",
    "post", "signer", "recipients", "recipient",
)  # fmt: skip
"""The parts of a document whose letters are measured."""


def read_formats(raw: Mapping[str, Any], types: Mapping[str, Type]) -> tuple[Format, ...]:
    """The formats of the file, the oldest first; ValueError with the place of what is wrong."""
    whole: dict[str, Mapping[str, Any]] = {}
    for one in raw["formats"]:
        if unknown := set(one) - _FORMAT:
            raise ValueError(f"format.yaml: {one.get('code')} has {sorted(unknown)}; known are {sorted(_FORMAT)}")
        if "like" in one:
            if one["like"] not in whole:
                raise ValueError(f"format.yaml: {one['code']} is like {one['like']!r}, which does not stand before it")
            older = {key: value for key, value in whole[one["like"]].items() if key not in ("from", "to", "note")}
            one = older | one
        whole[one["code"]] = one
    levels = {one["code"]: _level(one) for one in raw["levels"]}
    formats = tuple(replace(_format(one), levels=levels, types=types) for one in whole.values())
    for earlier, later in pairwise(formats):
        if earlier.until is None or earlier.until > later.since:
            raise ValueError(f"format.yaml: {earlier.code} and {later.code} overlap")
    return formats


def _format(raw: Mapping[str, Any]) -> Format:
    code = raw["code"]
    if not raw.get("basis"):
        raise ValueError(f"format.yaml: {code} has no basis")
    since, until = raw["from"], raw.get("to")
    if not isinstance(since, date) or (until is not None and not (isinstance(until, date) and since < until)):
        raise ValueError(f"format.yaml: {code} holds from {since!r} to {until!r}")
    if unknown := set(raw["letters"]) - set(PARTS):
        raise ValueError(f"format.yaml: {code} sets the letters of {sorted(unknown)}; known are {list(PARTS)}")
    paper, margins, forms, body = raw["paper"], raw["margins"], raw["forms"], raw.get("body", {})
    return Format(
        code,
        since,
        until,
        raw["basis"],
        raw.get("note", ""),
        tuple(raw["fonts"]),
        _measure(code, paper["width"], paper["verified"]),
        _measure(code, paper["height"], paper["verified"]),
        {side: _measure(code, margins[side], margins["verified"]) for side in ("top", "bottom", "left", "right")},
        {part: _face(code, part, face) for part, face in raw["letters"].items()},
        _measure(code, body["indent"], body["verified"]) if "indent" in body else None,
        body.get("space_after", 6),
        body.get("least_line", 0),
        raw["page_number"]["at"],
        raw["page_number"]["verified"],
        forms["line_below_title"],
        forms["star"],
        forms["colon_after_number"],
        forms["zero_before_digit"],
    )


def _face(code: str, part: str, raw: Mapping[str, Any]) -> Face:
    if unknown := set(raw) - _FACE:
        raise ValueError(f"format.yaml: {code} has {sorted(unknown)} for {part}; known are {sorted(_FACE)}")
    size = _measure(code, raw["size"], raw["verified"]) if "size" in raw else None
    return Face(size, raw.get("upper"), raw.get("bold"), raw.get("italic"), raw.get("underlined"), raw["verified"])


def _measure(code: str, raw: Any, verified: bool) -> Measure:
    """One number; two: least and most, of which the first is used; three: the one that is used, least and most."""
    numbers = raw if isinstance(raw, list) else [raw]
    use, least, most = (
        numbers if len(numbers) == 3 else [numbers[0], numbers[0], numbers[-1]] if len(numbers) < 3 else [0, 0, 0]
    )
    if not 0 < least <= use <= most:
        raise ValueError(f"format.yaml: {code} measures {raw!r}")
    return Measure(float(use), float(least), float(most), verified)


def _level(raw: Mapping[str, Any]) -> Level:
    try:
        bodies = re.compile(raw["bodies"])
    except re.error as wrong:
        raise ValueError(f"format.yaml: {raw['code']} has the bodies {raw['bodies']!r}: {wrong}") from None
    return Level(
        raw["code"],
        raw["name"],
        tuple(raw["superior"]),
        tuple(raw["issuer"]),
        bodies,
        tuple(raw["collective"]),
        raw.get("alone", False),
        raw.get("own_rules", False),
        raw.get("from"),
        raw.get("to"),
        raw["verified"],
    )


def read_types(raw: Mapping[str, Any], known: Mapping[str, tuple[str, ...]]) -> dict[str, Type]:
    """The types of document: those of symbols.yaml, and what format.yaml adds."""
    types = {code: Type(code, names) for code, names in known.items()}
    for one in raw["types"]:
        types[one["code"]] = Type(
            one["code"],
            tuple(one.get("names", known.get(one["code"], ()))),
            one.get("letter", False),
            one.get("signed_by_persons", False),
            one.get("from"),
            one.get("to"),
        )
    return types


@cache
def formats() -> tuple[Format, ...]:
    """All formats, the oldest first."""
    raw = yaml.safe_load((settings.CONTENT / "documents" / "format.yaml").read_text(encoding="utf-8"))
    known = {one.code: tuple(name.strip() for name in one.name.split(",")) for one in kinds()}
    return read_formats(raw, read_types(raw, known))


def format_on(day: date) -> Format:
    """The format in force on a day; before the first of them, the first, so that an old document is measured by something."""
    return next((one for one in reversed(formats()) if one.since <= day), formats()[0])
