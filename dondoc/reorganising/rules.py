"""What a draft of a decision consists of and how what is typed into it is read. Pure."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum


class Kind(StrEnum):
    """The seven kinds of step."""

    ESTABLISH = "establish"
    RENAME = "rename"
    CHANGE_KIND = "change_kind"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    DISSOLVE = "dissolve"


FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.ESTABLISH: ("unit_kind", "name", "short_name", "superior"),
    Kind.RENAME: ("unit", "name", "short_name"),
    Kind.CHANGE_KIND: ("unit", "unit_kind"),
    Kind.MOVE: ("units", "to"),
    Kind.MERGE: ("units", "into"),
    Kind.SPLIT: ("unit", "heirs"),
    Kind.DISSOLVE: ("units",),
}
"""The fields of each kind in the order of the form; a split has one more for each sub-unit, "part-<key>", which names its heir."""
HEAD = ("number", "title", "effective_on")
LISTS = frozenset({"units", "heirs"})
"""Fields in which each line names a unit."""
OPTIONAL = frozenset({"short_name"})
UNITS = frozenset({"unit", "superior", "to", "into"})
"""Fields that name one unit."""
PART = "part-"

MOST_STEPS = 300
MOST_LINES = 500
LONGEST = {"name": 200, "short_name": 120, "number": 120, "title": 400, "unit_kind": 40}
LONGEST_DECISION = 200
"""What the record of a decision can hold of its number and title."""
LONGEST_NAME = 400
"""A unit's name with those of its superiors."""
MOST_LETTERS = MOST_LINES * LONGEST_NAME

_ARROW = re.compile(r"\s*(?:→|=>|->|\t)\s*")
_BULLET = re.compile(r"^(?:[-–•+*]|\d{1,3}[.)])\s+")


def lines(text: str) -> list[str]:
    """The names of a list as people paste it: one a line or between semicolons, with or without a number or dash before each."""
    found = (_BULLET.sub("", part.strip()).strip(" ,.") for part in re.split(r"[\r\n;]+", text))
    return [part for part in found if part]


def pairs(text: str) -> list[tuple[str, str]]:
    """Lines of the form "A → B" (also ->, => or a tab between); the second is "" where a line has no arrow."""
    found = []
    for line in re.split(r"[\r\n]+", text):
        first, *rest = _ARROW.split(_BULLET.sub("", line.strip("\r\n ")), maxsplit=1)
        if first.strip():
            found.append((first.strip(), rest[0].strip() if rest else ""))
    return found


def short_name(name: str, words: Iterable[str]) -> str:
    """How a unit is called where its kind is clear: what follows the type word, "Đảng bộ xã Cam Lâm" → "Cam Lâm"."""
    lower = name.lower()
    for word in sorted(words, key=len, reverse=True):
        place = lower.rfind(f" {word} ")
        if place >= 0 and not lower.startswith("chi bộ"):
            return name[place + len(word) + 2 :].strip()
    rest = name.removeprefix("Chi bộ ").strip()
    return (rest[:1].upper() + rest[1:])[:120]


def decision(number: str, title: str) -> str:
    """The decision as it is recorded: its number, then what it is about."""
    return " ".join(part for part in (number.strip(), title.strip()) if part)


def number_and_title(text: str) -> tuple[str, str]:
    """The number of a recorded decision and the rest of it; a decision without a number is all title."""
    first, _, rest = text.strip().partition(" ")
    if (any(sign.isdigit() for sign in first) and "/" in first) or re.fullmatch(r"\d+-\S+", first):
        return first, rest.strip()
    return "", text.strip()


def parts_of(content: Mapping[str, str]) -> dict[int, str]:
    """Of a split: sub-unit → the heir that was chosen for it, as typed."""
    return {
        int(name.removeprefix(PART)): value
        for name, value in content.items()
        if name.startswith(PART) and value.strip()
    }


def is_field(kind: Kind, name: str) -> bool:
    """Whether a step of this kind has a field of this name."""
    return name in FIELDS[kind] or (
        kind is Kind.SPLIT and bool(re.fullmatch(r"part-[0-9]{1,15}", name)) and name.isascii()
    )
