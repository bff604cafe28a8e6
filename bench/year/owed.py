"""What a regulation asks for, in the files' own terms, and the days that follow from it.

cadence: {"every": months, "month": n, "day": n} | {"weekday": n} | {"once": days} | {"around": kind of meeting, "days": ±n, "working": bool}
grace: days after the due day; a last day on which offices do not work becomes the next one on which they do.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .workdays import NEXT, next_working, working_after

Cadence = dict[str, Any]


@dataclass(frozen=True)
class Duty:
    """One duty of a regulation."""

    code: str
    title: str
    evidence: str
    cadence: Cadence
    grace: int = 0
    who: str = "head"


@dataclass(frozen=True)
class Period:
    """One time that something is owed: its first day, the first day out, the day it is due, and the last day in time."""

    begins: date
    ends: date
    due: date
    last: date


@dataclass
class Regulation:
    """A version of a unit's regulation; `until` is the first day on which another holds."""

    unit: str
    holds_from: date
    approved_on: date
    duties: list[Duty] = field(default_factory=list)
    until: date = date.max


def month_after(day: date, months: int) -> date:
    """The first day of a month so many months after that of the day."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def periods(duty: Duty, start: date, until: date) -> list[Period]:
    """Whole periods that begin in [start, until) and in the year. What is counted from meetings has none."""
    until = min(until, NEXT)
    found = []
    if "once" in duty.cadence:
        due = start + timedelta(days=duty.cadence["once"])
        found.append((start, due + timedelta(days=1), due))
    elif "weekday" in duty.cadence:
        begins = start + timedelta(days=-start.weekday() % 7)
        while begins < until:
            found.append((begins, begins + timedelta(days=7), begins + timedelta(days=duty.cadence["weekday"])))
            begins += timedelta(days=7)
    elif "every" in duty.cadence:
        every = duty.cadence["every"]
        begins = date(start.year, 1, 1)
        while begins < until:
            if begins >= start:
                month = month_after(begins, duty.cadence["month"] - 1)
                day = min(duty.cadence["day"], monthrange(month.year, month.month)[1])
                found.append((begins, month_after(begins, every), month.replace(day=day)))
            begins = month_after(begins, every)
    return [Period(begins, ends, due, next_working(due + timedelta(days=duty.grace))) for begins, ends, due in found]


def around(duty: Duty, day: date) -> tuple[date, date]:
    """For a meeting on a day: when what goes with it is due, and the last day in time. What comes before a meeting cannot wait."""
    days = duty.cadence["days"]
    if days < 0:
        due = day + timedelta(days=days)
        return due, due
    due = working_after(day, days) if duty.cadence.get("working") else day + timedelta(days=days)
    return due, next_working(due + timedelta(days=duty.grace))
