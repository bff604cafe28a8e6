"""What comes back is due by the calendar: it does not drift, and holidays move only its last day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.lib.cadence import Around, Cadence, Due, Grace, Monthly, Once, Weekly, dues
from dondoc.lib.periods import Interval
from dondoc.lib.working_days import Calendar

NEW_YEAR = date(2023, 1, 1)
CALENDAR = Calendar(off=frozenset({date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3)}), worked=frozenset())


def days(
    cadence: Cadence, start: date = NEW_YEAR, until: date = date(2024, 1, 1), end: date | None = None
) -> list[str]:
    return [due.on.isoformat() for due in dues(cadence, Interval(start, end), until)]


def test_the_last_day_of_every_month_does_not_drift() -> None:
    assert days(Monthly(1, 1, 31), until=date(2023, 4, 30)) == ["2023-01-31", "2023-02-28", "2023-03-31"]


def test_a_quarterly_report_is_due_in_the_month_after_its_quarter() -> None:
    assert dues(Monthly(3, 4, 5), Interval(NEW_YEAR), date(2023, 8, 1)) == [
        Due(Interval(NEW_YEAR, date(2023, 4, 1)), date(2023, 4, 5)),
        Due(Interval(date(2023, 4, 1), date(2023, 7, 1)), date(2023, 7, 5)),
    ]


def test_who_adopts_a_duty_within_a_period_owes_it_for_the_next_one_first() -> None:
    assert days(Monthly(1, 1, 31), date(2023, 10, 20)) == ["2023-11-30", "2023-12-31"]
    assert days(Monthly(12, 1, 31), date(2023, 1, 2), date(2025, 1, 1)) == ["2024-01-31"]


def test_nothing_is_due_on_the_day_on_which_it_is_no_longer_in_force() -> None:
    assert days(Monthly(1, 1, 15), end=date(2023, 3, 15)) == ["2023-01-15", "2023-02-15"]


def test_a_weekly_briefing_is_due_in_every_whole_week() -> None:
    assert days(Weekly(0), date(2023, 1, 4), date(2023, 1, 23)) == ["2023-01-09", "2023-01-16"]


def test_what_is_due_once_counts_from_the_day_of_force() -> None:
    assert days(Once(30)) == ["2023-01-31"]
    assert days(Once(30), until=date(2023, 1, 31)) == []


def test_what_follows_an_event_counts_from_it_in_working_days() -> None:
    assert Around("meeting", 3, working=True).due_on(date(2023, 4, 28), CALENDAR) == date(2023, 5, 8)
    assert Around("meeting", -1).due_on(date(2023, 4, 28), CALENDAR) == date(2023, 4, 27)
    assert days(Around("meeting", 3)) == []


def test_grace_ends_on_a_day_on_which_offices_work() -> None:
    assert Grace().last_day(date(2023, 4, 29), CALENDAR) == date(2023, 5, 4)
    assert Grace(moved=False).last_day(date(2023, 4, 29), CALENDAR) == date(2023, 4, 29)
    assert Grace(5, working=True).last_day(date(2023, 4, 28), CALENDAR) == date(2023, 5, 10)


@pytest.mark.parametrize("wrong", [(5, 1, 1), (1, 0, 1), (1, 1, 32), (3, 16, 1)])
def test_what_is_no_cadence_is_not_taken(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"no such day|do not divide"):
        Monthly(*wrong)


@given(
    st.sampled_from((1, 2, 3, 4, 6, 12)),
    st.integers(1, 13),
    st.integers(1, 31),
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
)
def test_periods_follow_each_other_and_each_has_one_day(every: int, month: int, day: int, start: date) -> None:
    until = start + timedelta(days=1500)
    found = dues(Monthly(every, min(month, every + 12), day), Interval(start), until)
    assert all(a.period.end == b.period.start and a.on < b.on for a, b in pairwise(found))
    assert all(due.period.start >= start and due.on < until for due in found)
