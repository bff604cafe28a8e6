"""Meetings without a database: what may happen in which state, the days of a year's calendar, who was there, who keeps away."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from dondoc.lib.working_days import Calendar, add_working_days

MONTHS = 12
MISSED = 3
"""So many meetings missed in a row without a reason are told to the secretary (`domain.md` 4.5)."""

MOVES: dict[str, frozenset[str]] = {
    "invite": frozenset({"planned", "invited"}),
    "move": frozenset({"planned", "invited"}),
    "cancel": frozenset({"planned", "invited"}),
    "begin": frozenset({"planned", "invited"}),
    "write": frozenset({"open"}),
    "attend": frozenset({"open"}),
    "give_task": frozenset({"open"}),
    "tell_task": frozenset({"open"}),
    "direct": frozenset({"open", "closed"}),
    "adopt": frozenset({"open"}),
    "conclude": frozenset({"closed"}),
}
"""In which states of a meeting each verb may happen."""


def may(verb: str, state: str) -> bool:
    """Whether the verb may happen now."""
    return state in MOVES[verb]


class Proposed(NamedTuple):
    """A day of a calendar, and the one that was meant where offices do not work on that (None: the same)."""

    on: date
    instead_of: date | None


def days_of_year(since: date, day: int, calendar: Calendar, *, every: int, working: bool) -> list[Proposed]:
    """The days of a calendar from `since` to the end of its year: the `day` of every month, or of the last of every `every` months.

    A day that a month does not have is its last; `working`: one on which offices do not work becomes the next on which they do.
    """
    found = []
    for month in range(since.month, MONTHS + 1):
        if month % every:
            continue
        meant = on = date(since.year, month, min(day, monthrange(since.year, month)[1]))
        if working and not calendar.works(on):
            later = add_working_days(on, 1, calendar)
            # It has to stay in its month, or the month would have none.
            on = later if later.month == month else add_working_days(on, -1, calendar)
        if on >= since:
            found.append(Proposed(on, None if on == meant else meant))
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """How many were there, of how many that had to be: who is exempt, or meets elsewhere for a time, is not counted."""

    present: int
    expected: int
    excused: int
    unexcused: int

    @property
    def quorate(self) -> bool:
        """Whether more than half of them were there (default by practice, `domain.md` 5)."""
        return self.present * 2 > self.expected


_AWAY = frozenset({"exempt", "paused", "elsewhere"})


def count(statuses: Iterable[str]) -> Count:
    """The attendance of a meeting from its statuses."""
    listed = list(statuses)
    return Count(
        listed.count("present"),
        sum(one not in _AWAY for one in listed),
        listed.count("excused"),
        listed.count("unexcused"),
    )


def keeps_away(statuses: Sequence[str]) -> bool:
    """Whether someone missed the latest meetings in a row without a reason; the latest last."""
    counted = [one for one in statuses if one not in _AWAY]
    return len(counted) >= MISSED and all(one == "unexcused" for one in counted[-MISSED:])


def minutes_between(began: time, ended: time) -> int:
    """How long a meeting took; past midnight it counts on."""
    return (ended.hour * 60 + ended.minute - began.hour * 60 - began.minute) % (24 * 60)


def lacking(
    filled: Collection[str], present: int, began: time | None, ended: time | None, *, kept_beside: bool
) -> list[str]:
    """What keeps minutes from being adopted: codes of `texts.PROBLEMS`. Without a conclusion, attendance and times they prove nothing.

    `kept_beside`: nobody has chosen yet between what stands in a field and what came later.
    """
    found = []
    if "conclusion" not in filled:
        found.append("meetings.no_conclusion")
    if not present:
        found.append("meetings.nobody_present")
    if began is None or ended is None:
        found.append("meetings.no_times")
    if kept_beside:
        found.append("meetings.kept_beside")
    return found
