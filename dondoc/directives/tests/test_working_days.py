"""Working days of Vietnam."""

from datetime import date

import pytest

from dondoc.directives import content
from dondoc.lib.working_days import Calendar, add_working_days, vietnam, working_days_between

VIETNAM = content.calendar()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 4, 28), True),
        (date(2023, 5, 1), False),
        (date(2023, 5, 2), False),
        (date(2023, 5, 3), False),
        (date(2023, 5, 4), True),
        (date(2023, 9, 2), False),
        (date(2025, 1, 29), False),
        (date(2025, 5, 2), False),
        (date(2025, 4, 26), True),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 8, 22), True),
    ],
)
def test_a_day_is_worked_or_not_as_it_was_decided(day: date, works: bool) -> None:
    assert VIETNAM.works(day) is works


def test_working_days_skip_weekends_and_holidays() -> None:
    # Friday 28 April 2023, then a long weekend to 3 May.
    assert add_working_days(date(2023, 4, 28), 3, VIETNAM) == date(2023, 5, 8)
    assert add_working_days(date(2023, 5, 8), -3, VIETNAM) == date(2023, 4, 28)
    assert add_working_days(date(2023, 4, 30), 0, VIETNAM) == date(2023, 4, 30)


def test_the_day_out_is_not_counted() -> None:
    assert working_days_between(date(2023, 4, 24), date(2023, 4, 29), VIETNAM) == 5
    assert working_days_between(date(2023, 4, 24), date(2023, 4, 28), VIETNAM) == 4


def test_the_calendar_is_an_argument() -> None:
    assert add_working_days(date(2023, 4, 28), 1, Calendar()) == date(2023, 5, 1)


def test_a_day_that_is_worked_in_exchange_is_never_off() -> None:
    calendar = vietnam([2025], off=[date(2025, 3, 3)], worked=[date(2025, 3, 3)])
    assert calendar.works(date(2025, 3, 3))
