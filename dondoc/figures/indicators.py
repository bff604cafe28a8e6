"""Indicators as content: `content/figures/indicators.yaml`."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

NATURES = {"stock", "flow"}
COUNTS = {"entered", "summed"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, in which smallest unit, where it is entered, and which number counts upward where a unit has both.

    `headline`: it stands in the tables that compare units. `section`: under which heading pages show it, a key of `sections`.
    """

    key: str
    name: str
    nature: str
    unit: str
    entered_at: tuple[str, ...]
    counts: str
    basis: str
    rate_of: str | None = None
    part_of: str | None = None
    headline: bool = False
    section: str = ""


@dataclass(frozen=True, slots=True)
class ShownOnly:
    """A number that texts give but that the ledger never keeps."""

    key: str
    name: str
    of: tuple[str, ...] = ()


def read(raw: dict[str, Any]) -> tuple[dict[str, Indicator], dict[str, ShownOnly]]:
    """Both lists of the file. Whatever cannot be right raises ValueError with the name of the indicator."""
    known = set(raw["indicators"])
    indicators: dict[str, Indicator] = {}
    for key, one in raw["indicators"].items():
        if one["nature"] not in NATURES:
            raise ValueError(f"{key}: nature is {one['nature']!r}; write stock or flow")
        if one["counts"] not in COUNTS:
            raise ValueError(f"{key}: counts is {one['counts']!r}; write entered or summed")
        for other in ("rate_of", "part_of"):
            if one.get(other) is not None and one[other] not in known:
                raise ValueError(f"{key}: {other} is {one[other]!r}, which is no indicator")
        if one.get("section") not in raw["sections"]:
            raise ValueError(f"{key}: section is {one.get('section')!r}, which is no section")
        if not one["entered_at"] or not one.get("basis"):
            raise ValueError(f"{key}: say where it is entered and on which basis")
        indicators[key] = Indicator(
            key,
            one["name"],
            one["nature"],
            one["unit"],
            tuple(one["entered_at"]),
            one["counts"],
            one["basis"],
            one.get("rate_of"),
            one.get("part_of"),
            bool(one.get("headline", False)),
            one["section"],
        )
    shown = {key: ShownOnly(key, one["name"], tuple(one.get("of", ()))) for key, one in raw["shown_only"].items()}
    for only in shown.values():
        if set(only.of) - known:
            raise ValueError(f"{only.key}: is of {only.of}, which are not all indicators")
    return indicators, shown


@cache
def _both() -> tuple[dict[str, Indicator], dict[str, ShownOnly]]:
    text = (settings.CONTENT / "figures" / "indicators.yaml").read_text(encoding="utf-8")
    return read(yaml.safe_load(text))


def indicators() -> dict[str, Indicator]:
    """The indicators of the ledger by key, in the order in which pages show them."""
    return _both()[0]


@cache
def sections() -> dict[str, str]:
    """The headings under which pages show indicators, in their order: key → words."""
    text = (settings.CONTENT / "figures" / "indicators.yaml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.safe_load(text)["sections"]
    return found


def shown_only() -> dict[str, ShownOnly]:
    """Numbers that a draft shows and that are never stored, by key."""
    return _both()[1]
