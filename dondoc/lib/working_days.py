"""Working days of Vietnam: Monday to Friday without public holidays, with the days that were swapped by decision.

A calendar is a plain value, so that rules take it as an argument. Holidays come from the library `holidays`; what it does not know or
has wrong is dated content (`content/holidays.yaml`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """`off`: days without work on a weekday; `worked`: days of a weekend that are worked, in exchange."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether offices work on the day."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)


def vietnam(years: Iterable[int], *, off: Iterable[date] = (), worked: Iterable[date] = ()) -> Calendar:
    """The calendar of the years: public holidays with their days in lieu, and the further days given. A day worked is never off."""
    known = holidays.country_holidays("VN", years=years)
    swapped = frozenset(worked) | frozenset(known.weekend_workdays)
    return Calendar((frozenset(known) | frozenset(off)) - swapped, swapped)


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after the day (before it where negative); the day itself is not counted. 0 is the day itself."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= calendar.works(day)
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days lie from `start` up to, and without, `end`."""
    return sum(calendar.works(start + timedelta(days=n)) for n in range((end - start).days))
