"""Periods as they are written in the ledger, what they mean in days, and which of several figures counts. Pure."""

import re
from collections.abc import Iterable, Sequence
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


def written(days: Interval) -> str:
    """The period of these days as the ledger writes it, shortest form first: "2023-06", "2023-Q2", "2023-H1", "2023", else from day to day."""
    start, end = days.start, days.end
    if end is None:
        raise ValueError("a period has a last day")
    parts = {
        1: f"{start:%Y-%m}",
        3: f"{start.year}-Q{start.month // 3 + 1}",
        6: f"{start.year}-H{start.month // 6 + 1}",
    }
    for period in (parts[1], parts[3], parts[6], str(start.year)):
        if days_of(period, start) == days:
            return period
    return f"{start}..{end - timedelta(1)}"


def month_of(days: Interval) -> date | None:
    """The first day of the calendar month that holds all the days, or None where no month does."""
    first = days.start.replace(day=1)
    return first if days.end is not None and days.end <= add_months(first, 1) else None


def hull(days: Interval, others: Sequence[Interval]) -> Interval:
    """From the first day of all to the last."""
    return Interval(
        min([days.start, *(one.start for one in others)]),
        max(one.end for one in [days, *others] if one.end is not None),
    )


def months(days: Interval) -> list[Interval]:
    """The calendar months that share a day with these, whole."""
    if days.end is None:
        raise ValueError("days without an end have no last month")
    first, found = days.start.replace(day=1), list[Interval]()
    while first < days.end:
        found.append(Interval(first, add_months(first, 1)))
        first = add_months(first, 1)
    return found


def whole_months(days: Interval) -> Interval:
    """The same days, with the rest of the months in which they begin and end."""
    found = months(days)
    return Interval(found[0].start, found[-1].end)


def whole_and_rest(days: Interval) -> tuple[list[date], list[Interval]]:
    """The calendar months that lie whole in the days, by their first days, and what is left before and after them, each in one month."""
    whole, rest = list[date](), list[Interval]()
    for month in months(days):
        shared = month.meet(days)
        if shared == month:
            whole.append(month.start)
        elif shared:
            rest.append(shared)
    return whole, rest


COUNTS, AGREES, DIFFERS = "counts", "agrees", "differs"
# Whose number counts where several are known for the same time; the ledger's rule of origins (docs/algorithms/roll-up.md).
ORIGINS = ("report", "event", "import", "article")


@dataclass(frozen=True, slots=True)
class Known:
    """A current figure among others of its unit and indicator. A stock has the one day on which it holds as its days."""

    key: int
    days: Interval
    value: int
    origin: str
    exact: bool


def precedence(figure: Known) -> tuple[int, bool, int]:
    """Smaller comes first: report, event, import, article; then exact before rough; then the one recorded last."""
    return ORIGINS.index(figure.origin), not figure.exact, -figure.key


def standings(figures: Iterable[Known]) -> dict[int, str]:
    """Which of the current figures of one unit and indicator count, by key.

    A figure counts unless one that comes before it shares a day with it: so no day is ever counted twice. One that does not count
    agrees where the first of the figures of the very same days has its value, else it differs.
    """
    found: dict[int, str] = {}
    before: list[Known] = []
    for one in sorted(figures, key=precedence):
        if not any(other.days.meet(one.days) for other in before):
            found[one.key] = COUNTS
        else:
            found[one.key] = AGREES if _first(before, one) == one.value else DIFFERS
        before.append(one)
    return found


def _first(before: Sequence[Known], like: Known) -> int | None:
    return next((other.value for other in before if other.days == like.days), None)
