"""By when a cell must have voted on a file for it to count this year, within the working-day deadlines. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.lib.working_days import Calendar, add_working_days


@dataclass(frozen=True, slots=True)
class Deadline:
    """A step after the cell's vote that may take so many working days, with the text that says so."""

    name: str
    working_days: int
    basis: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """The last day on which what stands before a step may be done, so that the step still fits."""

    before: Deadline
    on: date


def last_safe_day(end: date, working_days: int, calendar: Calendar) -> date:
    """The latest day from which `working_days` working days, the day itself not counted, still end on or before `end`.

    A meeting on the free days right after the last working day that fits is as good: no working day has passed in between.
    """
    last = end
    while not calendar.works(last):
        last -= timedelta(1)
    day = add_working_days(last, -working_days, calendar)
    while day < end and not calendar.works(day + timedelta(1)):
        day += timedelta(1)
    return day


def milestones(end: date, steps: Sequence[Deadline], calendar: Calendar) -> list[Milestone]:
    """For each step, first to last, the last day on which it may begin when every step takes all its time."""
    found: list[Milestone] = []
    for step in reversed(steps):
        end = last_safe_day(end, step.working_days, calendar)
        found.append(Milestone(step, end))
    return found[::-1]
