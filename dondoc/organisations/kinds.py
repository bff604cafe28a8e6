"""The kinds of unit as content: `content/organisations/kinds.yaml`, with levels, type words and the days between which each may be given."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from .models import Family
from .rules import Kind

LEVELS = range(1, 10)
_FIELDS = {"name", "family", "level", "words", "from", "to", "basis"}


def _content() -> dict[str, Any]:
    text = (settings.CONTENT / "organisations" / "kinds.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    return raw


def read_kinds(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Kind]:
    """The kinds of a file's `kinds`; ValueError with one line for each way to write one wrong."""
    return {code: _kind(code, fields) for code, fields in raw.items()}


def _kind(code: str, fields: Mapping[str, Any]) -> Kind:
    if unknown := sorted(set(fields) - _FIELDS):
        raise ValueError(f"kinds.yaml: {code} has {', '.join(unknown)}; known are {', '.join(sorted(_FIELDS))}")
    if missing := sorted({"name", "family", "level", "basis"} - set(fields)):
        raise ValueError(f"kinds.yaml: {code} lacks {', '.join(missing)}")
    if fields["family"] not in Family.values:
        raise ValueError(f"kinds.yaml: {code} is of family {fields['family']!r}; write {', '.join(Family.values)}")
    if fields["level"] not in LEVELS:
        raise ValueError(f"kinds.yaml: {code} has level {fields['level']!r}; write 1 to 9")
    for end in ("from", "to"):
        if end in fields and not isinstance(fields[end], date):
            raise ValueError(f"kinds.yaml: {code} has {end} {fields[end]!r}; write a day as 2025-07-01")
    since, until = fields.get("from"), fields.get("to")
    if since is not None and until is not None and until <= since:
        raise ValueError(f"kinds.yaml: {code} ends on {until}, before it begins")
    return Kind(
        code=code,
        name=fields["name"],
        family=fields["family"],
        level=fields["level"],
        words=tuple(fields.get("words", ())),
        since=since,
        until=until,
    )


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code."""
    return read_kinds(_content()["kinds"])


@cache
def committees() -> dict[str, str]:
    """Type word → the committee's name that carries it ("huyện" → "huyện ủy")."""
    return dict(_content()["committees"])
