"""The days of a year's calendar, who was there, and who keeps away."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.lib.working_days import Calendar
from dondoc.meetings.content import agenda_for, agendas
from dondoc.meetings.rules import Count, count, days_of_year, keeps_away, minutes_between

FREE = Calendar(off=frozenset({date(2023, 5, 1), date(2023, 5, 31)}))


def test_the_third_of_every_month_stays_the_third() -> None:
    days = days_of_year(date(2023, 4, 3), 3, FREE, every=1, working=False)
    assert days == [(date(2023, month, 3), None) for month in range(4, 13)]


def test_the_last_day_is_the_last_of_every_month_and_never_drifts() -> None:
    days = days_of_year(date(2023, 1, 31), 31, FREE, every=1, working=False)
    assert [one.on.day for one in days] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_a_day_off_becomes_the_next_working_day_but_stays_in_its_month() -> None:
    days = days_of_year(date(2023, 4, 1), 31, FREE, every=1, working=True)
    assert days[:2] == [(date(2023, 4, 28), date(2023, 4, 30)), (date(2023, 5, 30), date(2023, 5, 31))]
    assert days_of_year(date(2023, 5, 1), 1, FREE, every=1, working=True)[0] == (date(2023, 5, 2), date(2023, 5, 1))


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from([1, 3, 6]), st.booleans())
def test_no_month_has_two_meetings_and_none_is_before_the_first_day(since: date, every: int, working: bool) -> None:
    days = days_of_year(since, since.day, FREE, every=every, working=working)
    assert all(one.on >= since and one.on.month % every == 0 for one in days)
    assert len({one.on.month for one in days}) == len(days)


def test_who_is_exempt_or_meets_elsewhere_is_not_counted() -> None:
    found = count(["present", "present", "excused", "unexcused", "exempt", "elsewhere", "paused"])
    assert found == Count(2, 4, 1, 1)
    assert not found.quorate


@pytest.mark.parametrize(
    ("statuses", "away"),
    [
        (["unexcused"] * 3, True),
        (["present", "unexcused", "unexcused", "unexcused"], True),
        (["unexcused", "excused", "unexcused", "unexcused"], False),
        (["unexcused", "unexcused"], False),
        (["unexcused", "unexcused", "elsewhere", "unexcused"], True),
    ],
)
def test_three_in_a_row_without_a_reason_are_told(statuses: list[str], away: bool) -> None:
    assert keeps_away(statuses) is away


def test_a_meeting_past_midnight_counts_on() -> None:
    assert minutes_between(time(23, 30), time(0, 45)) == 75


def test_every_kind_of_meeting_has_an_agenda_and_no_two_overlap() -> None:
    kinds = {kind for one in agendas() for kind in one.kinds}
    assert all(agenda_for(kind, date(2023, 4, 28)) for kind in kinds)
    for day in (date(2023, 4, 28), date(2025, 10, 27), date(2025, 10, 28)):
        holding = [
            kind
            for one in agendas()
            if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
            for kind in one.kinds
        ]
        assert sorted(holding) == sorted(kinds)


def test_from_the_day_of_the_new_guidance_a_joint_meeting_takes_two_hours() -> None:
    before, since = agenda_for("cell_meeting", date(2025, 10, 27)), agenda_for("cell_meeting", date(2025, 10, 28))
    assert before
    assert since
    assert (before.joint, since.minutes, since.joint) == (90, 90, 120)
