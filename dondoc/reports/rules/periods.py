"""Periods of reports, and the parts in which a unit reports one. Intervals are half open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months the periods of a cadence have; finer ones come first."""
ONCE = "once"


@dataclass(frozen=True, slots=True)
class Period:
    """A period as the ledger writes it ("2023-06", "2023-Q2", "2023-H1", "2023") and its days."""

    key: str
    start: date
    end: date


def period_of(every: str, day: date) -> Period:
    """The period of a cadence that holds the day."""
    months = MONTHS[every]
    number = (day.month - 1) // months
    start = date(day.year, number * months + 1, 1)
    key = {
        "month": f"{start:%Y-%m}",
        "quarter": f"{start.year}-Q{number + 1}",
        "half": f"{start.year}-H{number + 1}",
        "year": f"{start.year}",
    }[every]
    return Period(key, start, add_months(start, months))


def periods_between(every: str, first: date, last: date) -> Iterator[Period]:
    """The periods of a cadence that have a day from `first` to `last`, both in."""
    day = first
    while day <= last:
        period = period_of(every, day)
        yield period
        day = period.end


def written(every: str, start: date, end: date) -> str:
    """Days as the ledger writes them: the name of the period where they are the whole of it, else from and to, both in."""
    if every != ONCE:
        period = period_of(every, start)
        if (period.start, period.end) == (start, end):
            return period.key
    return f"{start.isoformat()}..{(end - timedelta(1)).isoformat()}"


def parts(period: Interval, life: Interval, moved_on: Iterable[date]) -> list[Interval]:
    """The parts of a period in which a unit reports: cut where it began, ended, or came under another direct superior.

    A unit of which no day lies in the period has none.
    """
    lived = period.meet(life)
    if lived is None or lived.end is None:
        return []
    cuts = sorted({day for day in moved_on if lived.start < day < lived.end})
    ends = [*cuts, lived.end]
    return [Interval(start, end) for start, end in zip([lived.start, *cuts], ends, strict=True)]
