"""Dated content of this folder: the agendas that meetings begin from. A file that cannot be right stops the start."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dondoc.lib.evidence import EVENTS


@dataclass(frozen=True, slots=True)
class Agenda:
    """The items of a kind of meeting from a day up to, and without, another; `minutes` is the least duration, 0 for none."""

    code: str
    kinds: frozenset[str]
    valid_from: date
    valid_to: date | None
    basis: str
    verified: bool
    minutes: int
    items: tuple[tuple[str, str], ...]


def read_agendas(raw: Any) -> tuple[Agenda, ...]:
    """The agendas of a file's content; ValueError with the place where something is wrong."""
    found = []
    for one in raw["agendas"]:
        items = tuple((item["code"], item["title"]) for item in one["items"])
        kinds = frozenset(one["kinds"])
        if unknown := kinds - {kind.value for kind in EVENTS}:
            raise ValueError(f"agendas.yaml: {one['code']} is for an unknown kind of meeting: {sorted(unknown)[0]}")
        if len({code for code, _ in items}) < len(items) or "conclusion" in {code for code, _ in items}:
            raise ValueError(f"agendas.yaml: {one['code']} names an item twice, or one by the name of the conclusion")
        found.append(
            Agenda(one["code"], kinds, one["from"], one.get("to"), one["basis"], one["verified"], one["minutes"], items)
        )
    return tuple(found)


@cache
def agendas() -> tuple[Agenda, ...]:
    """The agendas in `content/meetings/agendas.yaml`."""
    return read_agendas(yaml.safe_load(Path(settings.CONTENT, "meetings", "agendas.yaml").read_text(encoding="utf-8")))


def agenda_for(kind: str, day: date) -> Agenda | None:
    """The agenda of a kind of meeting that holds on a day."""
    return next(
        (
            one
            for one in agendas()
            if kind in one.kinds and one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
        ),
        None,
    )
