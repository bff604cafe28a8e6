"""Dated content of this folder: the agendas that meetings begin from. A file that cannot be right stops the start."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.conf import settings

from dondoc.lib.evidence import EVENTS


class Item(NamedTuple):
    """A step of a meeting; `written`: the minutes say something of it."""

    code: str
    title: str
    written: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """The items of a kind of meeting from a day up to, and without, another; `minutes` is the least duration, 0 for none.

    `joint` is the least where the meeting is a thematic one as well.
    """

    code: str
    kinds: frozenset[str]
    valid_from: date
    valid_to: date | None
    basis: str
    verified: bool
    minutes: int
    joint: int
    items: tuple[Item, ...]


def read_agendas(raw: Any) -> tuple[Agenda, ...]:
    """The agendas of a file's content; ValueError with the place where something is wrong."""
    found = []
    for one in raw["agendas"]:
        items = tuple(Item(item["code"], item["title"], item.get("written", True)) for item in one["items"])
        codes = {item.code for item in items}
        kinds = frozenset(one["kinds"])
        if unknown := kinds - {kind.value for kind in EVENTS}:
            raise ValueError(f"agendas.yaml: {one['code']} is for an unknown kind of meeting: {sorted(unknown)[0]}")
        if len(codes) < len(items) or "conclusion" in codes:
            raise ValueError(f"agendas.yaml: {one['code']} names an item twice, or one by the name of the conclusion")
        least = one["minutes"]
        days = one["from"], one.get("to")
        joint = one.get("joint_minutes", least)
        found.append(Agenda(one["code"], kinds, *days, one["basis"], one["verified"], least, joint, items))
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
