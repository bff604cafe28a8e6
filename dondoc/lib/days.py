"""Days as people type them: 28/04/2023, 28-4-2023, 2023-04-28, and 28/4 in the year of today."""

import re
from datetime import date

# Years in which something of the field can lie; beyond them a day before or after could not even be named.
EARLIEST, LATEST = 1900, 2200

_TYPED = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?\s*\Z", re.ASCII)
_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})\s*\Z", re.ASCII)


def read_day(text: str, today: date) -> date | None:
    """The day that was typed, or None where the text is none, or one of no sensible year. Without a year it is one of today's year."""
    if iso := _ISO.match(text):
        year, month, day = (int(part) for part in iso.groups())
    elif typed := _TYPED.match(text):
        day, month = int(typed[1]), int(typed[2])
        year = int(typed[3]) if typed[3] else today.year
    else:
        return None
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter: 31/01 + 1 = 28/02."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
