"""How an assignment stood on a day gone by."""

from datetime import date, timedelta

import pytest

from dondoc.directives import queries, services
from dondoc.directives.asof import Move, stood
from dondoc.directives.models import Assignment
from dondoc.directives.rules import State
from dondoc.directives.tests.work import SAID, Place
from dondoc.overview.outcomes import Outcome, outcomes
from dondoc.tests.told_once import told_once

DUE = date(2023, 5, 28)
DAY = date(2023, 5, 1)


@pytest.mark.parametrize(
    ("verbs", "state"),
    [
        ("", State.DRAFTED),
        ("approve issue", State.ISSUED),
        ("part_received acknowledge", State.IN_PROGRESS),
        ("approve issue acknowledge report_result", State.REPORTED),
        ("approve issue acknowledge report_result return_result", State.IN_PROGRESS),
        ("approve issue acknowledge report_result accept", State.ACCEPTED),
        ("approve issue acknowledge report_result accept reopen", State.IN_PROGRESS),
        ("approve issue object_to uphold", State.ISSUED),
        ("approve issue step_taken chase", State.ISSUED),
        ("approve issue cancel", State.CANCELLED),
    ],
)
def test_the_moves_made_so_far_lead_to_the_state(verbs: str, state: State) -> None:
    moves: list[Move] = [(DAY, verb) for verb in verbs.split()]
    assert stood(moves).state is state


def test_a_returned_result_counts_as_returned_until_it_is_reported_again() -> None:
    moves: list[Move] = [(DAY, verb) for verb in ("approve", "issue", "acknowledge", "report_result", "return_result")]
    assert (stood(moves).returned_on, stood(moves).reported_on) == (DAY, None)
    again = stood([*moves, (DAY, "report_result")])
    assert (again.returned_on, again.reported_on) == (None, DAY)


@told_once
def place() -> Place:
    return Place()


def shown(assignment: Assignment, on: date, today: date) -> Outcome:
    [card] = queries.cards([Assignment.objects.get(pk=assignment.pk)], on)
    return outcomes([card], on, today)[0]


@pytest.mark.django_db
def test_what_was_accepted_later_is_still_open_on_an_earlier_day(place: Place) -> None:
    work = place.working("Xã A1", due_on=DUE)
    place.day = date(2023, 6, 10)
    services.report_result(work.pk, text="Đã xong", seen=work.version, act=place.act("Xã A1", "head"))
    place.day = date(2023, 6, 12)
    work.refresh_from_db()
    services.accept(work.pk, remark="Đạt", seen=work.version, act=place.act("Huyện ủy A", "leader"))
    today = date(2023, 7, 1)
    assert [shown(work, day, today).card.standing for day in (date(2023, 5, 10), date(2023, 6, 1))] == [
        "in_progress",
        "overdue",
    ]
    reported = shown(work, date(2023, 6, 10), today)
    assert (reported.card.standing, reported.card.assignment.closed_on) == ("reported", None)
    done = shown(work, today, today)
    assert (done.card.standing, done.card.days_late, done.word.text if done.word else "") == (
        "accepted_late",
        13,
        "Đạt",
    )


@pytest.mark.django_db
def test_a_deadline_moved_later_is_the_old_one_on_an_earlier_day(place: Place) -> None:
    work = place.working("Xã A1", due_on=DUE)
    place.day = date(2023, 5, 20)
    later = date(2023, 6, 28)
    services.ask_extension(
        work.pk, new_due_on=later, reason="Mưa lũ", seen=work.version, act=place.act("Xã A1", "head")
    )
    place.day = date(2023, 5, 22)
    work.refresh_from_db()
    services.answer_extension(work.pk, granted=True, seen=work.version, act=place.act("Huyện ủy A", "leader"))
    today = date(2023, 7, 1)
    before = shown(work, date(2023, 5, 21), today)
    assert (before.card.due, before.card.open_extension is not None) == (DUE, True)
    after = shown(work, date(2023, 5, 22), today)
    assert (after.card.due, after.card.open_extension) == (later, None)
    assert after.word is not None
    assert after.word.kind == "granted"


@pytest.mark.django_db
def test_a_report_answers_a_regular_duty_only_from_its_day_on(place: Place) -> None:
    work = place.working("Xã A1", cadence_months="1", review_on="28/12/2023")
    place.day = date(2023, 6, 5)
    services.report_progress(work.pk, text="Tháng 5", seen=work.version, act=place.act("Xã A1", "head"))
    today = date(2023, 6, 20)
    first = SAID + timedelta(days=30)
    assert shown(work, date(2023, 6, 4), today).card.due == first
    assert shown(work, date(2023, 6, 4), today).card.standing == "overdue"
    assert shown(work, date(2023, 6, 5), today).card.due == date(2023, 6, 28)
