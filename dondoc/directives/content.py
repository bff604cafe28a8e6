"""Dated content of this folder: the ladder, the defaults, and the calendar of working days. A file that cannot be right stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dondoc.lib.working_days import Calendar, vietnam

from . import rules
from .rules.ladder import CLOCKS
from .texts import STEPS

YEARS = range(2018, 2041)
PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose turn it is: the unit that holds the part (None: the one on whose list a role waits), and there posts of these kinds."""

    part: str | None
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ladders:
    """All ladders with the audiences that they name."""

    ladders: tuple[rules.Ladder, ...]
    audiences: Mapping[str, Audience]

    def rung(self, code: str) -> rules.Rung | None:
        """The latest rung of this code."""
        found = (rung for ladder in reversed(self.ladders) for rung in ladder.rungs if rung.code == code)
        return next(found, None)


def read_ladders(raw: Any) -> Ladders:
    """The ladders of a file's content; ValueError with the place where something is wrong."""
    audiences = {
        name: Audience(rules.Part(one["part"]).value, frozenset(one["kinds"])) for name, one in raw["audiences"].items()
    }
    everyone = frozenset({"leader", "clerk", "board", "head"})
    audiences[PARKED] = audiences["superior"] = Audience(None, everyone)
    ladders = []
    for one in raw["ladders"]:
        rungs = []
        for step in one["steps"]:
            unknown = set(step) - {"code", "clock", "days", "working", "repeat", "audience", "rank", "text"}
            if unknown or step["clock"] not in CLOCKS or not set(step["audience"]) <= set(audiences):
                raise ValueError(
                    f"ladder.yaml: step {step.get('code')!r} names an unknown clock, audience or field {unknown or ''}"
                )
            if step["code"] not in STEPS and not step.get("text"):
                raise ValueError(f"ladder.yaml: step {step['code']!r} is new, so it needs a text")
            if step.get("repeat", 1) < 1:
                raise ValueError(
                    f"ladder.yaml: step {step['code']!r} repeats every {step['repeat']} days; write 1 or more"
                )
            rungs.append(
                rules.Rung(
                    step["code"],
                    step["clock"],
                    step["days"],
                    tuple(step["audience"]),
                    step["rank"],
                    step.get("working", False),
                    step.get("repeat"),
                    step.get("text", ""),
                )
            )
        if len({rung.code for rung in rungs}) < len(rungs):
            raise ValueError(f"ladder.yaml: the ladder from {one['from']} names a step twice")
        ladders.append(rules.Ladder(one["from"], one.get("to"), one["basis"], one["verified"], tuple(rungs)))
    ladders.sort(key=lambda ladder: ladder.valid_from)
    for earlier, later in pairwise(ladders):
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            raise ValueError(f"ladder.yaml: the ladders from {earlier.valid_from} and {later.valid_from} overlap")
    return Ladders(tuple(ladders), audiences)


def read_products(raw: Any) -> tuple[rules.ProductRule, ...]:
    """The product rules of a file's content, in order; ValueError where one is wrong."""
    found = []
    for one in raw["products"]:
        if ("days" in one) == ("months" in one):
            raise ValueError(f"defaults.yaml: {one['product']!r} needs either days or months")
        found.append(
            rules.ProductRule(
                tuple(one["words"]), one["product"], one.get("days"), one.get("months"), one["basis"], one["verified"]
            )
        )
    if not found or found[-1].words or not all(rule.words for rule in found[:-1]):
        raise ValueError("defaults.yaml: the last rule, and only it, has no words")
    return tuple(found)


def read_calendar(raw: Any) -> Calendar:
    """The calendar of Vietnam with the swapped days of a file's content."""
    return vietnam(
        YEARS, off=(day for one in raw for day in one["free"]), worked=(day for one in raw for day in one["worked"])
    )


def _load(*parts: str) -> Any:
    return yaml.safe_load(Path(settings.CONTENT, *parts).read_text(encoding="utf-8"))


@cache
def ladders() -> Ladders:
    """The ladders in `content/directives/ladder.yaml`."""
    return read_ladders(_load("directives", "ladder.yaml"))


@cache
def products() -> tuple[rules.ProductRule, ...]:
    """The product rules in `content/directives/defaults.yaml`."""
    return read_products(_load("directives", "defaults.yaml"))


@cache
def calendar() -> Calendar:
    """The working days of Vietnam, with `content/holidays.yaml`."""
    return read_calendar(_load("holidays.yaml"))
