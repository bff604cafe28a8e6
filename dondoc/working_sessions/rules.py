"""When two texts tell of the same working session. Pure."""

from dataclasses import dataclass
from datetime import date

from dondoc.lib.vietnamese import letters

KIND = "working_session"
"""How findings and directives know a working session as their origin."""


@dataclass(frozen=True, slots=True)
class SessionData:
    """What is said of a working session: the day, who led it (unit, post, title), with which units, about what, which years."""

    on: date
    led_by: int
    leader_post: int | None
    leader_title: str
    units: frozenset[int]
    topic: str = ""
    year_reviewed: int | None = None
    year_planned: int | None = None


def same(one: SessionData, other: SessionData) -> bool:
    """Whether both are the same session: the same day, the same leader's post, and a unit in common.

    Not every text names all the units of a session, so one in common is enough; where a leader held two sessions with a unit on one day,
    a person says so. Where one of them knows no post, the title and the leading unit stand for it. The topic is worded by each text as it likes.
    """
    if one.on != other.on or not one.units & other.units:
        return False
    if one.leader_post is not None and other.leader_post is not None:
        return one.leader_post == other.leader_post
    return one.led_by == other.led_by and _plain(one.leader_title) == _plain(other.leader_title)


def _plain(title: str) -> str:
    return " ".join(letters(title).plain.split())
