"""The forms of reports as dated content: `content/reports/*.yaml`. A file that cannot be right stops the start with a sentence."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import yaml
from django.conf import settings

from dondoc.figures.indicators import Indicator, indicators
from dondoc.organisations.kinds import kinds

from .rules.forms import Form, Group, Identity, Level, Line, Section, Sum, Version
from .rules.periods import MONTHS, ONCE

_LINE = {"indicator", "opening", "help", "optional"}
_SECTION = {"code", "title", "help", "required", "difficulties"}
_VERSION = {"from", "to", "basis", "verified", "opens", "levels", "groups", "sections"}


def read_groups(raw: Mapping[str, Any], known: Mapping[str, Indicator]) -> dict[str, Group]:
    """The groups of lines of a file's `groups`; ValueError with the place of what is wrong."""
    groups = {}
    for code, one in raw.items():
        lines = []
        for line in one["lines"]:
            if unknown := set(line) - _LINE:
                raise ValueError(f"groups.yaml: {code} has a line with {sorted(unknown)}; known are {sorted(_LINE)}")
            if ("indicator" in line) == ("opening" in line):
                raise ValueError(f"groups.yaml: {code} has a line that is not either an indicator or an opening")
            key = line.get("indicator") or line["opening"]
            if key not in known:
                raise ValueError(f"groups.yaml: {code} asks for {key!r}, which is no indicator")
            if "opening" in line and known[key].nature != "stock":
                raise ValueError(f"groups.yaml: {code} opens with {key!r}, which is no stock")
            lines.append(Line(key, "opening" in line, line.get("help", ""), not line.get("optional", False)))
        groups[code] = Group(code, one["title"], tuple(lines))
    return groups


def read_form(raw: Mapping[str, Any], groups: Mapping[str, Group], shared: Mapping[str, Any]) -> Form:
    """The form of a file; `shared` are the rules between lines (`adds_up`, `identity`). ValueError with the place of what is wrong."""
    code = raw["code"]
    if "{days}" not in raw["title"]:
        raise ValueError(f"{code}.yaml: the title {raw['title']!r} does not say of which {{days}} a report is")
    if raw["every"] not in {*MONTHS, ONCE}:
        raise ValueError(f"{code}.yaml: every is {raw['every']!r}; write {', '.join([*MONTHS, ONCE])}")
    versions = sorted((_version(code, one, groups, shared) for one in raw["versions"]), key=lambda one: one.since)
    if not versions:
        raise ValueError(f"{code}.yaml: has no version")
    for earlier, later in pairwise(versions):
        if earlier.until is None or earlier.until > later.since:
            raise ValueError(f"{code}.yaml: the versions from {earlier.since} and {later.since} overlap")
    return Form(code, raw["name"], raw["title"], raw["every"], tuple(versions))


def _version(code: str, raw: Mapping[str, Any], groups: Mapping[str, Group], shared: Mapping[str, Any]) -> Version:
    if unknown := set(raw) - _VERSION:
        raise ValueError(f"{code}.yaml: has {sorted(unknown)}; known are {sorted(_VERSION)}")
    if missing := _VERSION - {"to"} - set(raw):
        raise ValueError(f"{code}.yaml: lacks {sorted(missing)}")
    since, until = raw["from"], raw.get("to")
    for day in (since, until):
        if day is not None and not isinstance(day, date):
            raise ValueError(f"{code}.yaml: {day!r} is no day; write it as 2025-07-01")
    if until is not None and until <= since:
        raise ValueError(f"{code}.yaml: the version from {since} ends on {until}, before it begins")
    if strange := [one for one in raw["groups"] if one not in groups]:
        raise ValueError(f"{code}.yaml: names {strange}, which groups.yaml does not have")
    chosen = tuple(groups[one] for one in raw["groups"])
    keys = [line.key for group in chosen for line in group.lines]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"{code}.yaml: asks twice for {', '.join(twice)}")
    return Version(
        since=since,
        until=until,
        basis=raw["basis"],
        verified=raw["verified"],
        opens=_days(code, raw["opens"]),
        levels=_levels(code, raw["levels"], raw["opens"]),
        groups=chosen,
        sections=_sections(code, raw["sections"]),
        adds_up=tuple(Sum(one["whole"], tuple(one["parts"])) for one in shared.get("adds_up", ())),
        identity=_identity(shared.get("identity")),
    )


def _days(code: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{code}.yaml: {value!r} is no number of days")
    return value


def _levels(code: str, raw: list[Mapping[str, Any]], opens: int) -> tuple[Level, ...]:
    """Each level is cut off and due earlier than the next, which is the one above it."""
    levels = tuple(Level(tuple(one["kinds"]), _days(code, one["cut_off"]), _days(code, one["due"])) for one in raw)
    named = [kind for level in levels for kind in level.kinds]
    if strange := sorted(set(named) - set(kinds())):
        raise ValueError(f"{code}.yaml: names {', '.join(strange)}, which is no kind of unit")
    if twice := sorted({kind for kind in named if named.count(kind) > 1}):
        raise ValueError(f"{code}.yaml: has {', '.join(twice)} on two levels")
    for level in levels:
        if not opens <= level.cut_off <= level.due:
            raise ValueError(
                f"{code}.yaml: {level.kinds[0]} opens after {opens}, is cut off after {level.cut_off} and due after "
                f"{level.due} days; write them in this order"
            )
    for lower, upper in pairwise(levels):
        if not (lower.cut_off < upper.cut_off and lower.due < upper.due):
            raise ValueError(
                f"{code}.yaml: {upper.kinds[0]} is not cut off and due later than {lower.kinds[0]} below it"
            )
        if min(kinds()[one].level for one in lower.kinds) <= max(kinds()[one].level for one in upper.kinds):
            raise ValueError(
                f"{code}.yaml: {upper.kinds[0]} does not stand above {lower.kinds[0]}; begin with the lowest"
            )
    return levels


def _sections(code: str, raw: list[Mapping[str, Any]]) -> tuple[Section, ...]:
    for one in raw:
        if unknown := set(one) - _SECTION:
            raise ValueError(f"{code}.yaml: a section has {sorted(unknown)}; known are {sorted(_SECTION)}")
    codes = [one["code"] for one in raw]
    if len(set(codes)) < len(codes):
        raise ValueError(f"{code}.yaml: has two sections with one code")
    if sum(one.get("difficulties", False) for one in raw) > 1:
        raise ValueError(f"{code}.yaml: has two sections for difficulties")
    return tuple(
        Section(
            one["code"],
            one["title"],
            one.get("help", ""),
            one.get("required", False),
            one.get("difficulties", False),
        )
        for one in raw
    )


def _identity(raw: Mapping[str, Any] | None) -> Identity | None:
    if raw is None:
        return None
    return Identity(raw["opening"], tuple(raw["plus"]), tuple(raw["minus"]), raw["closing"])


def check_shared(raw: Mapping[str, Any], known: Mapping[str, Indicator]) -> None:
    """ValueError where a rule between lines names what is no indicator."""
    named = {key for one in raw.get("adds_up", ()) for key in (one["whole"], *one["parts"])}
    if one := raw.get("identity"):
        named |= {one["opening"], one["closing"], *one["plus"], *one["minus"]}
    if strange := sorted(named - set(known)):
        raise ValueError(f"groups.yaml: a rule between lines names {', '.join(strange)}, which is no indicator")


@cache
def forms() -> dict[str, Form]:
    """Every form by its code, the most frequent first, those asked for once at the end."""
    folder = settings.CONTENT / "reports"
    raw = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))}
    shared = raw.pop("groups")
    check_shared(shared, indicators())
    groups = read_groups(shared["groups"], indicators())
    order = [*MONTHS, ONCE]
    found = [read_form(one, groups, shared) for one in raw.values()]
    return {form.code: form for form in sorted(found, key=lambda form: order.index(form.every))}
