"""The Vietnamese working calendar of the year, written out by hand from the public announcements, so that the product's own is checked by it."""

from datetime import date, timedelta

DAY = timedelta(days=1)
FIRST, NEXT = date(2026, 1, 1), date(2027, 1, 1)
LAST = date(2027, 1, 31)
"""The day on which the play ends: all that was owed in the year has shown by then."""

OFF = {
    date(2026, 1, 1),  # New Year's Day
    date(2026, 1, 2),  # swapped with 10 January
    # Tết Bính Ngọ, from the 29th of the last month to the 4th of the first
    *(date(2026, 2, day) for day in range(16, 21)),
    date(2026, 4, 27),  # the Hùng Kings' day fell on a Sunday
    date(2026, 4, 30),
    date(2026, 5, 1),
    date(2026, 8, 31),  # swapped with 22 August
    date(2026, 9, 1),
    date(2026, 9, 2),
    date(2026, 11, 24),  # the day of Vietnamese culture, a day off since this year
    date(2027, 1, 1),
}
WORKED = {date(2026, 1, 10), date(2026, 8, 22)}


def works(day: date) -> bool:
    """Whether offices work on the day."""
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def working_after(day: date, count: int) -> date:
    """The `count`-th working day after the day."""
    while count:
        day += DAY
        count -= works(day)
    return day


def next_working(day: date) -> date:
    """The day itself if offices work on it, else the next on which they do."""
    while not works(day):
        day += DAY
    return day
