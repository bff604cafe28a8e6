"""Regular assignments: due days and what a report answers."""

from datetime import date

import pytest

from dondoc.directives import rules

DAYS = [date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30), date(2023, 12, 31)]


def test_due_days_count_from_the_day_of_issue_and_never_drift() -> None:
    found = rules.due_days(date(2023, 1, 31), 1, date(2023, 5, 15))
    assert found == [date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30), date(2023, 5, 15)]


def test_the_review_day_is_the_last_and_is_not_doubled() -> None:
    assert rules.due_days(date(2023, 4, 30), 3, date(2023, 7, 30)) == [date(2023, 7, 30)]


def test_a_review_before_the_first_cadence_is_the_only_due_day() -> None:
    assert rules.due_days(date(2023, 4, 30), 3, date(2023, 6, 1)) == [date(2023, 6, 1)]


@pytest.mark.parametrize(
    ("met_to", "day", "expected"),
    [
        (None, date(2023, 3, 1), DAYS[0]),
        (None, DAYS[0], DAYS[0]),
        (None, date(2023, 4, 5), DAYS[0]),
        (None, date(2023, 7, 5), DAYS[1]),
        (DAYS[0], date(2023, 3, 30), DAYS[0]),
        (DAYS[0], date(2023, 4, 1), DAYS[1]),
        (DAYS[1], date(2023, 5, 1), DAYS[1]),
        (DAYS[2], date(2023, 11, 1), DAYS[2]),
    ],
    ids=[
        "in the first period",
        "on the due day",
        "late: the day that has passed",
        "very late: the latest of those passed",
        "twice in a period: not the next one",
        "in the second period",
        "ahead of its period: nothing more",
        "only a result answers the review day",
    ],
)
def test_a_report_answers_the_day_of_its_period(met_to: date | None, day: date, expected: date) -> None:
    assert rules.answered_to(DAYS, met_to, day) == expected


def test_the_next_due_day_is_the_first_unanswered_one() -> None:
    assert rules.next_due(DAYS, None) == DAYS[0]
    assert rules.next_due(DAYS, DAYS[1]) == DAYS[2]
    assert rules.next_due(DAYS, DAYS[3]) is None
