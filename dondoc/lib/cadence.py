"""When something that comes back is due: counted from the calendar, never from the last time, so that it does not drift.

31 January, 28 February, 31 March: a day that a month does not have is the month's last.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .days import add_months
from .periods import Interval
from .working_days import Calendar, add_working_days

MONTHS = 12
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Monthly:
    """Once in every `every` months (a divisor of twelve; the first of these periods begins on 1 January).

    Due on the `day` of the `month`-th month of the period; one month more than the period has is the month after it. `day` 31 is the
    month's last.
    """

    every: int
    month: int
    day: int = 31

    def __post_init__(self) -> None:
        if self.every not in (1, 2, 3, 4, 6, 12):
            raise ValueError(f"{self.every} months do not divide a year")
        if not 1 <= self.month <= self.every + MONTHS or not 1 <= self.day <= 31:
            raise ValueError(f"no such day: month {self.month}, day {self.day}")


@dataclass(frozen=True, slots=True)
class Weekly:
    """Once in every week that begins on a Monday, due on the `weekday` (0 is Monday)."""

    weekday: int

    def __post_init__(self) -> None:
        if not 0 <= self.weekday < 7:
            raise ValueError(f"no such day of the week: {self.weekday}")


@dataclass(frozen=True, slots=True)
class Once:
    """Once, so many days after what asks for it came into force."""

    days: int


@dataclass(frozen=True, slots=True)
class Around:
    """With each event of a kind: so many days after it, or before it where negative; in working days where `working`."""

    event: str
    days: int
    working: bool = False

    def due_on(self, day: date, calendar: Calendar) -> date:
        """The day on which it is due for an event on `day`."""
        return add_working_days(day, self.days, calendar) if self.working else day + timedelta(days=self.days)


Cadence = Monthly | Weekly | Once | Around


@dataclass(frozen=True, slots=True)
class Due:
    """One time that something is due: for which days, and on which day."""

    period: Interval
    on: date


def dues(cadence: Cadence, force: Interval, until: date) -> list[Due]:
    """What is due of a cadence that is in force, on days before `until`, by day. Of `Around` nothing: its days come from the events.

    Only periods that are in force from their first day count: who adopts a monthly duty on the 20th owes it for the next month first.
    """
    end = until if force.end is None else min(until, force.end)
    if isinstance(cadence, Around) or end <= force.start:
        return []
    if isinstance(cadence, Once):
        on = force.start + timedelta(days=cadence.days)
        return [Due(Interval(force.start, on + timedelta(days=1)), on)] if on < end else []
    periods = _months(cadence, force.start) if isinstance(cadence, Monthly) else _weeks(cadence, force.start)
    found = []
    for one in periods:
        if one.on >= end:
            break
        found.append(one)
    return found


def _months(cadence: Monthly, start: date) -> Iterator[Due]:
    """Without an end, from the first period that begins on `start` or after it."""
    begin = date(start.year, 1, 1)
    while begin < start:
        begin = add_months(begin, cadence.every)
    while True:
        month = add_months(begin, cadence.month - 1)
        last = monthrange(month.year, month.month)[1]
        yield Due(Interval(begin, add_months(begin, cadence.every)), month.replace(day=min(cadence.day, last)))
        begin = add_months(begin, cadence.every)


def _weeks(cadence: Weekly, start: date) -> Iterator[Due]:
    begin = start + timedelta(days=-start.weekday() % 7)
    while True:
        yield Due(Interval(begin, begin + WEEK), begin + timedelta(days=cadence.weekday))
        begin += WEEK


@dataclass(frozen=True, slots=True)
class Grace:
    """How long after its day something is not yet late: `days`, in working days where `working`.

    A last day on which offices do not work becomes the next on which they do (`moved`).
    """

    days: int = 0
    working: bool = False
    moved: bool = True

    def last_day(self, due: date, calendar: Calendar) -> date:
        """The last day on which it is still in time."""
        day = add_working_days(due, self.days, calendar) if self.working else due + timedelta(days=self.days)
        if self.moved and not calendar.works(day):
            day = add_working_days(day, 1, calendar)
        return day
