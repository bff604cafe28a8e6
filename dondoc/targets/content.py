"""Which indicators are given as targets, and the deadlines they stand under: `content/targets/*.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dondoc.figures.indicators import Indicator, indicators
from dondoc.lib.working_days import Calendar, vietnam
from dondoc.organisations.kinds import kinds

from .rules import Deadline


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator that is given as a target, with its breakdowns, and what stands beside it."""

    indicator: Indicator
    parts: tuple[Indicator, ...] = ()
    told_as: str = ""
    deadline: str = ""
    base: str = ""

    @property
    def key(self) -> str:
        """The indicator's key."""
        return self.indicator.key

    @property
    def columns(self) -> tuple[Indicator, ...]:
        """The whole first, then its breakdowns."""
        return self.indicator, *self.parts

    @property
    def part_of(self) -> dict[str, str]:
        """breakdown → what it is a part of."""
        return {one.key: one.part_of or self.key for one in self.parts}


@dataclass(frozen=True, slots=True)
class Rule:
    """The deadlines of a kind of file from a day on."""

    valid_from: date
    valid_to: date | None
    verified: bool
    steps: tuple[Deadline, ...]


def read_aims(raw: Any, known: dict[str, Indicator]) -> dict[str, Aim]:
    """The aims of a file's content; ValueError where one is wrong."""
    found: dict[str, Aim] = {}
    for one in raw:
        key = one["indicator"]
        for name in (key, *one.get("parts", ()), *(one[other] for other in ("told_as", "base") if other in one)):
            if name not in known:
                raise ValueError(f"targets/indicators.yaml: {key} names {name!r}, which is no indicator")
        if not one.get("basis"):
            raise ValueError(f"targets/indicators.yaml: {key} lacks its basis")
        if known[key].nature != "flow":
            raise ValueError(f"targets/indicators.yaml: {key} is counted on a day; a yearly target needs a flow")
        parts = tuple(known[part] for part in one.get("parts", ()))
        if wrong := [part.key for part in parts if part.part_of not in {key, *one["parts"]}]:
            raise ValueError(f"targets/indicators.yaml: {', '.join(wrong)} is no part of {key}")
        found[key] = Aim(known[key], parts, one.get("told_as", ""), one.get("deadline", ""), one.get("base", ""))
    return found


def read_rules(raw: Any) -> dict[str, tuple[Rule, ...]]:
    """The deadlines of a file's content by kind of file, each kind's without a gap; ValueError where one is wrong."""
    found: dict[str, tuple[Rule, ...]] = {}
    for kind, listed in raw.items():
        rules = []
        for one in listed:
            steps = tuple(Deadline(step["name"], step["working_days"], step["basis"]) for step in one["steps"])
            if not steps or any(step.working_days < 1 or not step.basis for step in steps):
                raise ValueError(f"deadlines.yaml: {kind} from {one['from']}: each step needs working days and a basis")
            rules.append(Rule(one["from"], one.get("to"), one["verified"], steps))
        for earlier, later in pairwise(rules):
            if earlier.valid_to != later.valid_from:
                raise ValueError(
                    f"deadlines.yaml: {kind}: what holds from {later.valid_from} must follow on the one before"
                )
        found[kind] = tuple(rules)
    return found


def _load(*parts: str) -> Any:
    return yaml.safe_load(Path(settings.CONTENT, *parts).read_text(encoding="utf-8"))


@cache
def aims() -> dict[str, Aim]:
    """The indicators that are given as targets, by key, in the order of the pages."""
    return read_aims(_load("targets", "indicators.yaml"), indicators())


@cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    return read_rules(_load("targets", "deadlines.yaml"))


def deadlines(kind: str, year: int) -> Rule | None:
    """The rule by which a year's files go: the one of its 31 December; None for a kind without deadlines, or before the first rule."""
    end = date(year, 12, 31)
    return next(
        (
            one
            for one in _rules().get(kind, ())
            if one.valid_from <= end and (one.valid_to is None or end < one.valid_to)
        ),
        None,
    )


def read_bodies(raw: Any) -> dict[str, str]:
    """kind of unit → in whose name its form is signed; ValueError where a kind is unknown or named twice, or a basis is lacking."""
    found: dict[str, str] = {}
    for one in raw:
        if not one.get("basis"):
            raise ValueError(f"paper.yaml: {one['body']} lacks its basis")
        for kind in one["kinds"]:
            if kind not in kinds() or kind in found:
                raise ValueError(f"paper.yaml: {kind!r} is no kind of unit, or stands there twice")
            found[kind] = one["body"]
    return found


@cache
def signing_bodies() -> dict[str, str]:
    """kind of unit → in whose name the printed form of its targets is signed."""
    return read_bodies(_load("targets", "paper.yaml"))


@cache
def calendar(year: int) -> Calendar:
    """The working days of a year and the one before it."""
    raw = _load("holidays.yaml")
    return vietnam(
        range(year - 1, year + 1),
        off=(day for one in raw for day in one["free"]),
        worked=(day for one in raw for day in one["worked"]),
    )
