"""States, legal moves, how an assignment stands, who may close it."""

from datetime import date, timedelta

import pytest

from dondoc.directives import rules
from dondoc.directives.rules import State
from dondoc.lib.refusals import Refused

DUE = date(2023, 5, 28)


@pytest.mark.parametrize(
    ("state", "verb", "leads_to"),
    [
        ("drafted", "approve", "approved"),
        ("approved", "send_back", "drafted"),
        ("approved", "issue", "issued"),
        ("issued", "acknowledge", "in_progress"),
        ("issued", "object_to", "objected"),
        ("objected", "uphold", "issued"),
        ("objected", "hand_on", "issued"),
        ("in_progress", "hand_on", "issued"),
        ("in_progress", "hand_over", "in_progress"),
        ("in_progress", "report_result", "reported"),
        ("reported", "accept", "accepted"),
        ("reported", "return_result", "in_progress"),
        ("accepted", "reopen", "in_progress"),
    ],
)
def test_a_legal_move_leads_to_its_state(state: str, verb: str, leads_to: str) -> None:
    assert rules.move(state, verb) == leads_to


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        ("drafted", "issue"),
        ("drafted", "report_result"),
        ("approved", "approve"),
        ("issued", "accept"),
        ("in_progress", "accept"),
        ("in_progress", "object_to"),
        ("reported", "hand_on"),
        ("reported", "report_result"),
        ("accepted", "cancel"),
        ("accepted", "return_result"),
        ("cancelled", "reopen"),
        ("cancelled", "issue"),
    ],
)
def test_any_other_move_is_refused(state: str, verb: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.move(state, verb)
    assert refused.value.code == "directives.not_in_this_state"


def test_nothing_leads_out_of_a_cancelled_assignment() -> None:
    assert not [verb for state, verb in rules.MOVES if state is State.CANCELLED]


def test_only_an_acceptance_completes() -> None:
    assert {verb for (_state, verb), leads in rules.MOVES.items() if leads is State.ACCEPTED} == {"accept"}


@pytest.mark.parametrize(
    ("state", "days_left", "expected"),
    [
        ("issued", 8, "not_started"),
        ("issued", 7, "due_soon"),
        ("in_progress", 8, "in_progress"),
        ("in_progress", 7, "due_soon"),
        ("in_progress", 0, "due_soon"),
        ("in_progress", -1, "overdue"),
        ("issued", -1, "overdue"),
        ("reported", -5, "reported"),
        ("objected", -5, "objected"),
        ("drafted", -5, "drafted"),
        ("approved", -5, "approved"),
        ("cancelled", -5, "cancelled"),
    ],
)
def test_an_assignment_stands_as_its_state_and_deadline_say(state: str, days_left: int, expected: str) -> None:
    assert rules.standing(state, DUE - timedelta(days=days_left), due=DUE) == expected


def test_what_was_reported_on_the_last_day_was_on_time_however_late_it_was_accepted() -> None:
    assert rules.standing("accepted", date(2023, 8, 1), due=DUE, reported_on=DUE) == "accepted"


def test_what_was_reported_a_day_late_was_completed_late() -> None:
    assert rules.standing("accepted", date(2023, 8, 1), due=DUE, reported_on=DUE + timedelta(days=1)) == "accepted_late"


def test_a_returned_result_shows_as_returned_until_it_is_overdue() -> None:
    assert rules.standing("in_progress", DUE, due=DUE, returned=True) == "returned"
    assert rules.standing("in_progress", DUE + timedelta(days=1), due=DUE, returned=True) == "overdue"


def test_a_unit_that_held_it_once_sees_it_as_handed_over() -> None:
    assert rules.standing("in_progress", DUE, due=DUE, handed_over=True) == "handed_over"


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        (["accepted", "accepted"], "accepted"),
        (["accepted", "accepted_late"], "accepted_late"),
        (["accepted", "overdue"], "overdue"),
        (["accepted", "reported"], "reported"),
        (["reported", "in_progress"], "in_progress"),
        (["drafted", "approved"], "drafted"),
        (["accepted", "cancelled"], "accepted"),
        (["cancelled"], "cancelled"),
        ([], "cancelled"),
    ],
)
def test_a_directive_is_as_far_as_its_assignments(standings: list[str], expected: str) -> None:
    assert rules.progress(standings).standing == expected


CLOSERS = {"reporters": {1}, "answerable": {2}, "receiver": 10, "verifier": 20}


@pytest.mark.parametrize(
    ("person", "unit", "reason"),
    [
        (3, 20, ""),
        (1, 20, "directives.own_report"),
        (2, 20, "directives.own_duty_of_the_person"),
        (3, 10, "directives.own_duty_of_the_unit"),
    ],
)
def test_nobody_closes_their_own_duty_as_a_person_or_as_a_unit(person: int, unit: int, reason: str) -> None:
    assert rules.may_close(person, unit, **CLOSERS) == reason  # type: ignore[arg-type]


def test_a_unit_that_came_to_verify_itself_cannot_close() -> None:
    same = {**CLOSERS, "verifier": 10}
    assert rules.may_close(3, 30, **same) == "directives.own_duty_of_the_unit"  # type: ignore[arg-type]
