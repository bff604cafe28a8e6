"""Writes the province-year as JSON lines, and its truth apart.

    python -m bench.year.generate FOLDER [SEED]

Imports nothing of the product.
"""

import json
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from . import province
from .conduct import Life
from .owed import Regulation
from .workdays import FIRST, LAST, works

SEED = 20260101


def generate(folder: Path, seed: int = SEED) -> None:
    """All files of one province-year: what a product may read in `folder`, what really was in `folder/truth`."""
    chance = Random(seed)
    units = province.units(chance)
    lives, regulations = [], []
    for unit in units:
        own = Random(f"{seed} {unit.code}")
        adopted = province.regulations(unit, own)
        life = Life(unit, own)
        if adopted:
            life.adopted = adopted[0].holds_from
        life.live(adopted)
        life.write_down()
        lives.append(life)
        regulations += adopted
    attend(lives)
    events = [event for life in lives for event in life.events]
    order = {"meeting.planned": 0, "meeting.moved": 1, "meeting.invited": 2, "meeting.held": 3, "meeting.minutes": 4}
    events.sort(key=lambda one: (one["on"], order.get(one["what"], 9), one["unit"]))
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    _write(folder / "calendar.jsonl", ({"day": day, "works": works(day)} for day in days))
    named = ("code", "kind", "name", "parent")
    _write(folder / "units.jsonl", ({name: getattr(one, name) for name in named} for one in units))
    _write(folder / "posts.jsonl", (post for one in units for post in _posts(one)))
    _write(folder / "regulations.jsonl", map(_regulation, regulations))
    _write(folder / "reorganisations.jsonl", province.reorganisations(units))
    _write(folder / "events.jsonl", events)
    _write(folder / "truth" / "obligations.jsonl", (one for life in lives for one in life.truths))
    _write(folder / "truth" / "forged.jsonl", (one for life in lives for one in life.forged))
    _write(
        folder / "truth" / "conduct.jsonl",
        ({"unit": one.code, "conduct": one.conduct, "since": one.since, "ends": one.ends} for one in units),
    )


def attend(lives: list[Life]) -> None:
    """Choose for each visit of a commune's committee a meeting that was held in one of its cells."""
    held: dict[str | None, list[dict[str, Any]]] = {}
    for life in lives:
        if life.unit.kind == "cell":
            there = [one for one in life.meetings if one["held"] and (life.unit.ends or date.max) > one["held"]]
            held.setdefault(life.unit.parent, []).extend(there)
    for life in lives:
        for period in life.visits:
            last = min(period.last, (life.unit.ends or date.max) - timedelta(days=1), period.ends - timedelta(days=1))
            one = life.chance.choice([one for one in held[life.unit.code] if period.begins <= one["held"] <= last])
            life.tell(one["held"], "attended", key=one["key"])


def _posts(unit: province.Unit) -> list[dict[str, Any]]:
    kinds = {"province": ("leader", "clerk"), "commune": ("head", "clerk"), "cell": ("head",)}[unit.kind]
    found: list[dict[str, Any]] = []
    for kind in kinds:
        held = not (unit.vacant and kind == "head")
        found.append({"unit": unit.code, "kind": kind, "held": held, "signed_in": held and unit.signed_in})
    return found


def _regulation(one: Regulation) -> dict[str, Any]:
    duties = [
        {name: getattr(duty, name) for name in ("code", "title", "evidence", "cadence", "grace", "who")}
        for duty in one.duties
    ]
    return {"unit": one.unit, "approved_on": one.approved_on, "holds_from": one.holds_from, "duties": duties}


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, default=date.isoformat) + "\n")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SEED)
