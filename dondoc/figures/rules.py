"""Periods as they are written in the ledger, and what they mean in days. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.lib.days import EARLIEST, LATEST, add_months
from dondoc.lib.periods import Interval

_YEAR = re.compile(r"(\d{4})(?:-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?( ytd)?\Z", re.ASCII)
_TERM = re.compile(r"(\d{4})-(\d{4})( ytd)?\Z", re.ASCII)
_RANGE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?\.\.(?:(now)|(\d{4})(?:-(0[1-9]|1[0-2]))?)\Z", re.ASCII)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})\Z", re.ASCII)
_YEARS = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """Where a value stands in time: a stock on a day, or a flow over the days of a period. Exactly one of `on` and `days` is set."""

    period: str = ""
    on: date | None = None
    days: Interval | None = None


def days_of(period: str, said_on: date) -> Interval | None:
    """The days of a written period, half open, or None where it is none.

    "2022" is the year, "2022-H1", "2018-Q3" and "2022-09" its parts; "2017-09 ytd" runs from January to the end of September,
    "2023 ytd" from January to the day on which it was said; "2010-2015" is a term, widest reading, both years in; "2015-2020 ytd" from
    the term's start to the day on which it was said; "2008..2018-06" from and to, both in; "2014..now" to that day; "2020-12-31" is a day, "2023-06-01..2023-06-14" the days
    from one to another, both in.
    Years in which nothing of the field can lie (`lib.days`) make it none.
    """
    if any(not EARLIEST <= int(year) <= LATEST for year in _YEARS.findall(period)):
        return None
    if _DAY.match(period):
        return _one_day(period)
    if found := _DAYS.match(period):
        first_day, last_day = _one_day(found[1]), _one_day(found[2])
        return _between(first_day.start, last_day.start + timedelta(1)) if first_day and last_day else None
    if found := _TERM.match(period):
        first, last = date(int(found[1]), 1, 1), int(found[2])
        return _between(first, said_on + timedelta(1) if found[3] else date(last + 1, 1, 1))
    if found := _RANGE.match(period):
        first = date(int(found[1]), int(found[2] or 1), 1)
        if found[3]:
            return _between(first, said_on + timedelta(1))
        return _between(first, _after(int(found[4]), found[5]))
    if found := _YEAR.match(period):
        year, part, to_date = int(found[1]), found[2], found[3]
        if to_date and part is None:
            # Said later than the year itself: the year is over.
            return _between(date(year, 1, 1), min(said_on + timedelta(1), date(year + 1, 1, 1)))
        return _between(date(year, 1, 1) if to_date else _begin(year, part), _after(year, part))
    return None


def _one_day(period: str) -> Interval | None:
    try:
        day = date.fromisoformat(period)
    except ValueError:
        return None
    return Interval(day, day + timedelta(1))


def _between(start: date, end: date) -> Interval | None:
    return Interval(start, end) if start < end else None


def _months(part: str | None) -> tuple[int, int]:
    """First month and number of months of a part of the year."""
    if part is None:
        return 1, 12
    if part[0] == "H":
        return 6 * int(part[1]) - 5, 6
    if part[0] == "Q":
        return 3 * int(part[1]) - 2, 3
    return int(part), 1


def _begin(year: int, part: str | None) -> date:
    return date(year, _months(part)[0], 1)


def _after(year: int, part: str | None) -> date:
    first, count = _months(part)
    return add_months(date(year, first, 1), count)


def when(nature: str, period: str | None, said_on: date) -> When | None:
    """Where a value stands in time, or None where its period is missing or unreadable.

    A stock without a period is of the day on which it was said ("hiện nay có 78 đảng viên"), one with a period of its last day. A
    flow without a period counts nothing that one could compare, so it has no place.
    """
    if nature == "stock":
        if not period:
            return When(on=said_on)
        days = days_of(period, said_on)
        return When(on=days.end - timedelta(1)) if days and days.end else None
    days = days_of(period or "", said_on)
    return When(period=period or "", days=days) if days else None
