"""What the records of a cell's meetings and its report say together."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.accounts.models import Post
from dondoc.meetings import doubts
from dondoc.meetings.models import Attendance, Meeting, Minutes, Participant
from dondoc.obligations.tests.test_tick import START, Cell
from dondoc.reports.models import Report, SentLine, Submission
from dondoc.tests.told_once import told_once

DAY = date(2023, 6, 20)
UNTIL = date(2023, 7, 31)


@told_once
def cell() -> Cell:
    """The cell, with a meeting in June at which one of two was there."""
    told = Cell()
    held = told.meeting(DAY, held_on=DAY, minutes_on=DAY, began_at=time(14), ended_at=time(16), state="closed")
    for place, status in enumerate(("present", "excused")):
        one = Participant.objects.create(unit=told.cell, name=f"Đảng viên {place}", position=place, valid_from=START)
        Attendance.objects.create(meeting=held, participant=one, status=status)
    return told


def found(cell: Cell) -> list[tuple[str, dict[str, object]]]:
    return [(one.code, dict(one.data)) for one in doubts.found([cell.cell.pk], START, UNTIL)]


def report(cell: Cell, **lines: int) -> None:
    day = date(2023, 7, 2)
    made = Report.objects.create(
        form="monthly", since=START, period="2023-06", starts_on=START, ends_on=date(2023, 7, 1), unit=cell.cell, filler=cell.cell, superior=cell.commune,
        receiver=cell.commune, opened_on=START, cut_off_on=day, due_on=day, state="sent", begun_on=day, sent_on=day,
    )  # fmt: skip
    sent = Submission.objects.create(
        report=made, number=1, on=day, at=datetime(2023, 7, 2, tzinfo=UTC), by=cell.head, post=Post.objects.get(unit=cell.cell)
    )  # fmt: skip
    for key, value in lines.items():
        SentLine.objects.create(submission=sent, key=key, mode="entered", value=value)


@pytest.mark.django_db
def test_a_report_that_agrees_with_the_records_raises_no_doubt(cell: Cell) -> None:
    report(cell, cell_meetings=1, meeting_attendances=1)
    assert found(cell) == []


@pytest.mark.django_db
def test_a_report_of_more_meetings_and_attendances_than_the_records_show_is_doubtful(cell: Cell) -> None:
    report(cell, cell_meetings=2, meeting_attendances=3)
    assert found(cell) == [("fewer_meetings", {"told": 2, "found": 1}), ("fewer_attendances", {"told": 3, "found": 1})]


@pytest.mark.django_db
def test_minutes_copied_from_the_month_before_are_doubtful_in_a_fixed_number_of_queries(cell: Cell) -> None:
    with CaptureQueriesContext(connection) as before:
        found(cell)
    july = cell.meeting(date(2023, 7, 20), held_on=date(2023, 7, 20), minutes_on=date(2023, 7, 20), state="closed")
    for one in (Meeting.objects.get(planned_on=DAY), july):
        Minutes.objects.create(meeting=one, content={"conclusion": "Chi bộ giao việc cho từng đảng viên. " * 6})
    with CaptureQueriesContext(connection) as after:
        assert [code for code, _ in found(cell)] == ["same_words"]
    assert len(after) == len(before)
