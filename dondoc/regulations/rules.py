"""What a working regulation may say: fields of its draft, cadences as they are typed and kept, what is still missing.

A draft holds everything as it was typed. `cadence_of` and `grace_of` read what a duty's fields say; `gaps` names what keeps the draft
from being approved. No Django.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dondoc.lib.cadence import Around, Cadence, Grace, Monthly, Once, Weekly

MOST_ARTICLES = 60
MOST_DUTIES = 120
LONGEST = {"title": 300, "basis": 300, "reason": 500, "heading": 300, "text": 20_000}
LONGEST_FIELD = 300


class Kind(StrEnum):
    """The parts of a draft."""

    ARTICLE = "article"
    DUTY = "duty"


class Turn(StrEnum):
    """How a duty comes back."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    AROUND = "around"
    ONCE = "once"


MONTHS = {Turn.MONTHLY: 1, Turn.QUARTERLY: 3, Turn.HALF_YEARLY: 6, Turn.YEARLY: 12}
TURNS = {months: turn for turn, months in MONTHS.items()}

HEAD = ("title", "holds_from", "basis", "reason")
FIELDS = {
    Kind.ARTICLE: ("number", "heading", "text"),
    Kind.DUTY: (
        "title", "evidence", "turn", "month", "day", "weekday", "event", "days", "working", "grace", "grace_working", "fixed", "who", "basis",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a draft from being approved: a code of `texts.PROBLEMS`, in which part (None: the draft itself) and field."""

    code: str
    part: int | None = None
    field: str = ""
    data: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def _whole(text: str, least: int, most: int) -> int | None:
    text = text.strip()
    sign, figures = ("-", text[1:]) if text.startswith("-") else ("", text)
    if not figures.isascii() or not figures.isdigit() or len(figures) > 4:
        return None
    number = int(sign + figures)
    return number if least <= number <= most else None


def cadence_of(content: Mapping[str, str]) -> Cadence | str:
    """The cadence that a duty's fields say, or the name of the field that is missing or wrong."""
    turn = content.get("turn", "")
    if turn in MONTHS:
        every = MONTHS[Turn(turn)]
        month = _whole(content.get("month", "") or "1", 1, every + 12)
        if month is None:
            return "month"
        day = _whole(content.get("day", ""), 1, 31)
        return "day" if day is None else Monthly(every, month, day)
    if turn == Turn.WEEKLY:
        weekday = _whole(content.get("weekday", ""), 0, 6)
        return "weekday" if weekday is None else Weekly(weekday)
    if turn == Turn.ONCE:
        days = _whole(content.get("days", ""), 0, 3650)
        return "days" if days is None else Once(days)
    if turn == Turn.AROUND:
        if not content.get("event"):
            return "event"
        days = _whole(content.get("days", ""), -90, 366)
        return "days" if days is None else Around(content["event"], days, content.get("working") == "1")
    return "turn"


def fields_of(cadence: Cadence) -> dict[str, str]:
    """The fields by which a cadence is typed."""
    match cadence:
        case Monthly(every, month, day):
            return {"turn": TURNS[every], "month": str(month), "day": str(day)}
        case Weekly(weekday):
            return {"turn": Turn.WEEKLY, "weekday": str(weekday)}
        case Once(days):
            return {"turn": Turn.ONCE, "days": str(days)}
        case Around(event, days, working):
            return {"turn": Turn.AROUND, "event": event, "days": str(days), "working": "1" if working else ""}


def grace_of(content: Mapping[str, str]) -> Grace | None:
    """The grace that a duty's fields say; None where its days are no number."""
    days = _whole(content.get("grace", "") or "0", 0, 366)
    if days is None:
        return None
    # What comes before a meeting cannot wait for the next working day.
    before = content.get("turn") == Turn.AROUND and content.get("days", "").startswith("-")
    return Grace(days, content.get("grace_working") == "1", moved=not before and content.get("fixed") != "1")


@dataclass(frozen=True, slots=True)
class Part:
    """An article or a duty of a draft as it was typed; `under` is the article of a duty."""

    pk: int
    kind: Kind
    content: Mapping[str, str]
    under: int | None = None


def gaps(head: Mapping[str, str], parts: Iterable[Part], *, amends: bool) -> list[Problem]:
    """What keeps the draft from being approved. `amends`: a regulation is in force already, so a change needs its reason."""
    listed = list(parts)
    found = [Problem("regulations.missing", None, name) for name in ("title", "holds_from") if not head.get(name)]
    if amends and not head.get("reason"):
        found.append(Problem("regulations.missing", None, "reason"))
    articles = [part for part in listed if part.kind is Kind.ARTICLE]
    if not articles:
        found.append(Problem("regulations.no_article"))
    seen: set[int] = set()
    for part in articles:
        number = _whole(part.content.get("number", ""), 1, 999)
        if number is None:
            found.append(Problem("regulations.no_number", part.pk, "number"))
        elif number in seen:
            found.append(Problem("regulations.number_twice", part.pk, "number", {"number": number}))
        seen.add(number or 0)
        found += [
            Problem("regulations.missing", part.pk, name) for name in ("heading", "text") if not part.content.get(name)
        ]
    for part in listed:
        if part.kind is Kind.DUTY:
            found += _gaps_of_duty(part)
    return found


def _gaps_of_duty(part: Part) -> list[Problem]:
    found = [
        Problem("regulations.missing", part.pk, name)
        for name in ("title", "evidence", "who")
        if not part.content.get(name)
    ]
    cadence = cadence_of(part.content)
    if isinstance(cadence, str):
        found.append(Problem("regulations.no_cadence", part.pk, cadence))
    if grace_of(part.content) is None:
        found.append(Problem("regulations.no_grace", part.pk, "grace"))
    return found
