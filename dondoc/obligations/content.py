"""Dated content of this folder: the ladder of early warning, which documents are evidence, where doubt begins. A file that cannot be right stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dondoc.lib.evidence import Evidence
from dondoc.lib.vietnamese import folded

from .doubts import Limits
from .texts import STEPS

WHERE = ("unit", "superior")
CLOCKS = ("before", "lapse")


@dataclass(frozen=True, slots=True)
class Audience:
    """Posts of these kinds, at the unit that owes the duty or at its superior."""

    where: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: when it is due (days from the last day in time), for which duties (`period` in days), and for whom.

    Of a pattern: from how many `lapses` of the same duty, different `duties` that lapsed or points of a `drop` on, `within` so many days.
    """

    code: str
    clock: str
    days: int
    audience: tuple[str, ...]
    rank: int
    period: int = 0
    lapses: int = 0
    duties: int = 0
    drop: int = 0
    within: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps that hold from a day up to, and without, another."""

    valid_from: date
    valid_to: date | None
    basis: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Ladders:
    """All ladders, and the audiences that they name."""

    ladders: tuple[Ladder, ...]
    audiences: Mapping[str, Audience]

    def on(self, day: date) -> tuple[Rung, ...]:
        """The steps that hold on a day."""
        held = (one for one in self.ladders if one.valid_from <= day and (one.valid_to is None or day < one.valid_to))
        return next((one.rungs for one in held), ())

    def rank(self, code: str) -> int:
        """How high a step stands."""
        return max((rung.rank for one in self.ladders for rung in one.rungs if rung.code == code), default=0)


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Documents of these types whose abstract has all words of one row are evidence of a kind; `yearly`: a year in it says for which year."""

    evidence: Evidence
    types: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    yearly: bool

    def holds(self, type_name: str, abstract: str) -> bool:
        """Whether a document is such evidence; both texts are folded."""
        return type_name in self.types and any(all(word in abstract for word in row) for row in self.words)


def read_ladders(raw: Any) -> Ladders:
    """The ladders of a file's content; ValueError with the place where something is wrong."""
    audiences = {name: Audience(one["where"], frozenset(one["kinds"])) for name, one in raw["audiences"].items()}
    if wrong := [name for name, one in audiences.items() if one.where not in WHERE]:
        raise ValueError(f"ladder.yaml: audience {wrong[0]!r} is neither at the unit nor at its superior")
    ladders = []
    for one in raw["ladders"]:
        rungs = tuple(Rung(**{**step, "audience": tuple(step["audience"])}) for step in one["steps"])
        for rung in rungs:
            if rung.clock not in CLOCKS or not set(rung.audience) <= set(audiences) or rung.code not in STEPS:
                raise ValueError(f"ladder.yaml: step {rung.code!r} has an unknown clock, audience or no sentence")
            if any((rung.lapses, rung.duties, rung.drop)) != (rung.within > 0):
                raise ValueError(f"ladder.yaml: step {rung.code!r} is a pattern without days, or has days and is none")
            if (rung.days < 0) != (rung.clock == "before"):
                raise ValueError(
                    f"ladder.yaml: step {rung.code!r} is not on the side of the last day that its clock says"
                )
        ladders.append(Ladder(one["from"], one.get("to"), one["basis"], rungs))
    return Ladders(tuple(sorted(ladders, key=lambda one: one.valid_from)), audiences)


def read_documents(raw: Any) -> tuple[DocumentRule, ...]:
    """The rules for documents of a file's content."""
    return tuple(
        DocumentRule(
            Evidence(one["evidence"]),
            frozenset(folded(name) for name in one["types"]),
            tuple(tuple(folded(word) for word in row) for row in one["words"]),
            one.get("period") == "year",
        )
        for one in raw["documents"]
    )


def read_limits(raw: Any) -> tuple[Limits, ...]:
    """The limits of doubt of a file's content, by day; ValueError where two hold on one day."""
    listed = sorted(
        (
            Limits(
                one["from"], one.get("to"), one["least_minutes"], one["at_once"], one["late_days"], one["same_words"], one["basis"], one["verified"]
            )
            for one in raw["limits"]
        ),
        key=lambda one: one.valid_from,
    )  # fmt: skip
    for before, after in pairwise(listed):
        if before.valid_to is None or before.valid_to > after.valid_from:
            raise ValueError(f"doubts.yaml: two limits hold on {after.valid_from}")
    return tuple(listed)


def _load(name: str) -> Any:
    return yaml.safe_load(Path(settings.CONTENT, "obligations", name).read_text(encoding="utf-8"))


@cache
def ladders() -> Ladders:
    """The ladders in `content/obligations/ladder.yaml`."""
    return read_ladders(_load("ladder.yaml"))


@cache
def documents() -> tuple[DocumentRule, ...]:
    """The rules in `content/obligations/evidence.yaml`."""
    return read_documents(_load("evidence.yaml"))


@cache
def limits() -> tuple[Limits, ...]:
    """The limits in `content/obligations/doubts.yaml`."""
    return read_limits(_load("doubts.yaml"))
