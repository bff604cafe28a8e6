"""Loading units and reorganisations from a YAML file: the demonstration's tree, or an office's first one.

decision: "…"                    # of the units below, with the day from which they stand in the tree
effective_on: 2020-06-01
units:
  - {code: tinh, kind: province, name: Tỉnh ủy …, short: …, under: trung-uong}     # `under` only at the top of the list
    units: [ … ]                 # what stands under it, in the same form
    cells: [Chi bộ thôn 1, …]    # short for units of the kind `cell`; the code is that of the unit and of the name
reorganisations:                 # each item: what one decision changes on one day, in one go
  - decision: "…"
    effective_on: 2025-07-01
    recorded: 2025-06-16         # optional: since when the office has known
    steps:
      - establish: {code: …, kind: …, name: …, short: …, under: …}
      - {rename: code, name: …, short: …}
      - {change_kind: code, kind: …}
      - {move: code, to: code}
      - {merge: [code, …], into: code}
      - {split: code, parts: {heir: [code, …]}}
      - {dissolve: code}
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from dondoc.history.services import Act, writing
from dondoc.lib import texts
from dondoc.lib.refusals import Refused
from dondoc.lib.vietnamese import folded
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import Reorganisation
from dondoc.organisations.steps import ChangeKind, Dissolve, Establish, Merge, Move, Rename, Split, Step

from .reorganise import reorganise_together

_UNIT = {"code", "kind", "name", "short", "under", "units", "cells"}
_VERBS: dict[str, set[str]] = {
    "establish": set(),
    "rename": {"name", "short"},
    "change_kind": {"kind"},
    "move": {"to"},
    "merge": {"into"},
    "split": {"parts"},
    "dissolve": set(),
}
_OPTIONAL = {"short"}
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class WrongFile(Exception):
    """A file that cannot be loaded: which file, which place, what is wrong and what to write."""


def load(path: Path, act: Act) -> list[Reorganisation]:
    """Record everything that a file says, all of it or nothing; WrongFile with one line where something in it is wrong."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        reason = " ".join(str(error).split())
        raise WrongFile(f"{path.name}: cannot be read: {reason}") from error
    try:
        with writing(act):
            return [made for group in _groups(raw) for made in _record(*group, act)]
    except _Wrong as wrong:
        raise WrongFile(f"{path.name}: {wrong}") from None


def slug(text: str) -> str:
    """A code made of a name: "Chi bộ thôn 1" → "chi-bo-thon-1"."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")


class _Wrong(Exception):
    pass


Group = tuple[str, list[Step], str, date, date | None]


def _record(
    place: str, steps: list[Step], decision: str, on: date, recorded: date | None, act: Act
) -> list[Reorganisation]:
    try:
        return reorganise_together(steps, decision=decision, effective_on=on, act=act, recorded_on=recorded)
    except Refused as refused:
        raise _Wrong(f"{place}: {texts.refusal(refused)}") from refused


def _groups(raw: Any) -> Iterator[Group]:
    fields = _fields(raw, "the file", set(), {"decision", "effective_on", "units", "reorganisations"})
    if not fields.get("units") and not fields.get("reorganisations"):
        raise _Wrong("has neither units nor reorganisations")
    if fields.get("units"):
        _fields(raw, "the file", {"decision", "effective_on"}, set(fields))
        steps = [
            step for n, unit in enumerate(_list(raw["units"], "units")) for step in _unit(unit, f"units[{n}]", None)
        ]
        yield "units", steps, _text(raw["decision"], "decision"), _day(raw["effective_on"], "effective_on"), None
    for n, item in enumerate(_list(fields.get("reorganisations") or [], "reorganisations")):
        place = f"reorganisations[{n}]"
        group = _fields(item, place, {"decision", "effective_on", "steps"}, {"recorded"})
        recorded = _day(group["recorded"], f"{place}.recorded") if "recorded" in group else None
        steps = [_step(step, f"{place}.steps[{k}]") for k, step in enumerate(_list(group["steps"], f"{place}.steps"))]
        yield (
            place,
            steps,
            _text(group["decision"], f"{place}.decision"),
            _day(group["effective_on"], f"{place}.effective_on"),
            recorded,
        )


def _unit(raw: Any, place: str, parent: str | None) -> Iterator[Step]:
    made = _establish(raw, place, parent)
    yield made
    place = f"{place} ({made.code})"
    for name in _list(raw.get("cells") or [], f"{place}.cells"):
        short = _text(name, f"{place}.cells").removeprefix("Chi bộ ").strip()
        yield Establish(f"{made.code}-{slug(short)}"[:80], "cell", name, made.code, short[:1].upper() + short[1:])
    for n, below in enumerate(_list(raw.get("units") or [], f"{place}.units")):
        yield from _unit(below, f"{place}.units[{n}]", made.code)


def _establish(raw: Any, place: str, parent: str | None) -> Establish:
    fields = _fields(raw, place, {"code", "kind", "name"}, _UNIT)
    code = _text(fields["code"], f"{place}.code")
    place = f"{place} ({code})"
    if not _CODE.match(code) or len(code) > 80:
        raise _Wrong(f"{place}: a code has small letters, digits and hyphens, at most 80")
    if fields["kind"] not in kinds():
        raise _Wrong(f"{place}: unknown kind {fields['kind']!r}; see content/organisations/kinds.yaml")
    if parent is not None and "under" in fields:
        raise _Wrong(f"{place}: stands under {parent} already; leave out `under`")
    under = fields.get("under", parent)
    return Establish(code, fields["kind"], _text(fields["name"], f"{place}.name"), under, fields.get("short", ""))


def _step(raw: Any, place: str) -> Step:
    verbs = [verb for verb in _VERBS if isinstance(raw, Mapping) and verb in raw]
    if len(verbs) != 1:
        raise _Wrong(f"{place}: write one of {', '.join(_VERBS)}")
    verb = verbs[0]
    needed = _VERBS[verb] - _OPTIONAL
    fields = _fields(raw, place, {verb} | needed, {verb} | _VERBS[verb])
    said = fields[verb]
    if verb == "establish":
        return _establish(said, f"{place}.establish", None)
    if verb == "merge":
        return Merge([_text(code, f"{place}.merge") for code in _list(said, f"{place}.merge")], fields["into"])
    unit = _text(said, f"{place}.{verb}")
    if verb == "split":
        parts = fields["parts"]
        if not isinstance(parts, Mapping):
            raise _Wrong(f"{place}.parts: write heir: [sub-units]")
        return Split(unit, {str(heir): _list(codes or [], f"{place}.parts.{heir}") for heir, codes in parts.items()})
    if verb == "rename":
        return Rename(unit, _text(fields["name"], f"{place}.name"), fields.get("short", ""))
    if verb == "change_kind":
        return ChangeKind(unit, fields["kind"])
    if verb == "move":
        return Move(unit, _text(fields["to"], f"{place}.to"))
    return Dissolve(unit)


def _fields(raw: Any, place: str, needed: set[str], allowed: set[str]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise _Wrong(f"{place}: write fields as `name: value`")
    if missing := sorted(needed - set(raw)):
        raise _Wrong(f"{place}: lacks {', '.join(missing)}")
    if unknown := sorted(str(name) for name in set(raw) - allowed - needed):
        raise _Wrong(f"{place}: unknown field {', '.join(unknown)}")
    return raw


def _list(raw: Any, place: str) -> list[Any]:
    if not isinstance(raw, list):
        raise _Wrong(f"{place}: write a list")
    return raw


def _text(raw: Any, place: str) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise _Wrong(f"{place}: write a text, not {raw!r}")
    return raw.strip()


def _day(raw: Any, place: str) -> date:
    if not isinstance(raw, date):
        raise _Wrong(f"{place}: write a day as 2025-07-01, not {raw!r}")
    return raw
