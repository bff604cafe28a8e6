"""The ladder by itself: once, also after skipped days, for the right people."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from dondoc.accounts.models import Account
from dondoc.directives import queries, schedule, services, tick
from dondoc.directives.models import Assignment, Role, Step
from dondoc.history.models import Event
from dondoc.history.services import record
from dondoc.tests.told_once import told_once

from .work import URGE, Place

pytestmark = pytest.mark.django_db

DUE = date(2023, 5, 28)


@told_once
def place() -> Place:
    """Everybody has signed in before."""
    made = Place()
    for name in ("Tỉnh ủy", "Huyện ủy A", "Xã A1", "Xã A2", "Chi bộ 1"):
        made.person(name, "clerk")
        made.person(name, "leader")
    Account.objects.update(last_login=datetime(2023, 4, 1, tzinfo=UTC))
    return made


def taken(**which: Any) -> list[tuple[str, date, date]]:
    """The steps taken, with the day they were due and the day they were done, once however many were told."""
    rows = Step.objects.filter(**which).order_by("due_on", "step")
    return list(dict.fromkeys(rows.values_list("step", "due_on", "done_on")))


def run(place: Place, day: date) -> int:
    place.day = day
    return tick.step(day)


def test_steps_are_taken_on_their_days(place: Place) -> None:
    place.working("Xã A1")
    day = place.day
    while day < DUE + timedelta(days=16):
        day += timedelta(days=1)
        run(place, day)
    assert taken() == [
        ("due_in_7", date(2023, 5, 21), date(2023, 5, 21)),
        ("due_in_1", date(2023, 5, 27), date(2023, 5, 27)),
        ("due_today", DUE, DUE),
        ("overdue_3", date(2023, 5, 31), date(2023, 5, 31)),
        ("overdue_7", date(2023, 6, 4), date(2023, 6, 4)),
        ("overdue_15", date(2023, 6, 12), date(2023, 6, 12)),
    ]


def test_after_skipped_days_every_step_is_taken_with_its_due_day_and_its_done_day(place: Place) -> None:
    place.working("Xã A1")
    day = date(2023, 6, 5)
    assert run(place, day) == 5
    assert taken() == [
        ("due_in_7", date(2023, 5, 21), day),
        ("due_in_1", date(2023, 5, 27), day),
        ("due_today", DUE, day),
        ("overdue_3", date(2023, 5, 31), day),
        ("overdue_7", date(2023, 6, 4), day),
    ]


def test_run_again_nothing_is_taken_twice(place: Place) -> None:
    place.working("Xã A1")
    run(place, date(2023, 6, 5))
    before = Step.objects.count()
    assert run(place, date(2023, 6, 5)) == 0
    Assignment.objects.update(next_step_on=date(2023, 5, 21))
    assert run(place, date(2023, 6, 5)) == 0
    assert Step.objects.count() == before


@pytest.mark.parametrize(("together", "left"), [(1, 1), (10, 2)])
def test_killed_between_two_assignments_the_next_run_takes_the_rest(
    place: Place, monkeypatch: pytest.MonkeyPatch, together: int, left: int
) -> None:
    place.working("Xã A1")
    place.working("Xã A2")
    begun = set()

    def killed(action: str, assignment: Assignment, **more: Any) -> None:
        begun.add(assignment.pk)
        if len(begun) > 1:
            raise KeyboardInterrupt
        record(action, assignment, **more)

    monkeypatch.setattr(tick, "TOGETHER", together)
    monkeypatch.setattr("dondoc.directives.tick.record", killed)
    with pytest.raises(KeyboardInterrupt):
        run(place, date(2023, 5, 21))
    monkeypatch.undo()
    assert run(place, date(2023, 5, 21)) == left
    assert sorted(Step.objects.values_list("assignment", flat=True)) == sorted(
        Assignment.objects.values_list("pk", flat=True)
    )


def test_an_assignment_that_cannot_be_taken_stops_no_other_and_is_tried_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = place.working("Xã A1"), place.working("Xã A2")
    real = schedule.untaken

    def fails(assignment: Assignment, *more: Any) -> Any:
        if assignment.pk == first.pk:
            raise ValueError(assignment.pk)
        return real(assignment, *more)

    monkeypatch.setattr(schedule, "untaken", fails)
    assert run(place, date(2023, 5, 21)) == 1
    assert set(Step.objects.values_list("assignment", flat=True)) == {second.pk}
    monkeypatch.undo()
    assert run(place, date(2023, 5, 21)) == 1


def test_what_waits_with_the_heir_of_whom_it_waited_with_waits_since_the_first_day(place: Place) -> None:
    ready = place.working("Xã A1")
    first, then = date(2023, 5, 10), date(2023, 6, 1)
    place_of = {"assignment": ready, "role": "receiver", "how": "parked"}
    Role.objects.filter(assignment=ready, role="receiver").delete()
    Role.objects.create(valid_from=first, valid_to=then, parked_with=place.units["Huyện ủy A"], **place_of)
    Role.objects.create(valid_from=then, parked_with=place.units["Tỉnh ủy"], **place_of)
    for day in (date(2023, 5, 20), date(2023, 6, 10)):
        assert set(schedule.waiting([ready], day)[ready.pk].parked_since) == {first}


def test_killed_within_an_assignment_nothing_of_it_is_taken(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.working("Xã A1")

    def killed(*args: Any, **more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dondoc.directives.tick.record", killed)
    with pytest.raises(KeyboardInterrupt):
        run(place, date(2023, 5, 21))
    monkeypatch.undo()
    assert not Step.objects.exists()
    assert run(place, date(2023, 5, 21)) == 1


def test_two_runs_that_read_the_same_list_take_each_step_once(place: Place) -> None:
    ready = place.working("Xã A1")
    day = date(2023, 5, 21)
    assert tick.take([ready.pk], day) == 1
    assert tick.take([ready.pk], day) == 0
    assert len(taken()) == 1


def test_a_step_is_told_to_those_that_the_ladder_names(place: Place) -> None:
    place.working("Xã A1")
    run(place, date(2023, 6, 12))
    names = {unit.pk: name for name, unit in place.units.items() if " > " not in name}
    told = Step.objects.filter(step="overdue_15").values_list("unit", "audience", "on_paper")
    assert {(names[unit], audience, paper) for unit, audience, paper in told} == {
        ("Xã A1", "receiver", False),
        ("Huyện ủy A", "follower", False),
        ("Huyện ủy A", "verifier", False),
        ("Tỉnh ủy", "issuer", False),
    }


def test_each_step_is_an_event_of_the_system_on_the_receivers_timeline(place: Place) -> None:
    ready = place.working("Xã A1")
    run(place, date(2023, 5, 21))
    event = Event.objects.select_related("entry").get(action="directives.step_taken")
    assert (event.key, event.unit, event.entry.person) == (ready.pk, place.unit("Xã A1"), None)
    assert event.data == {"step": "due_in_7", "due_on": "2023-05-21", "done_on": "2023-05-21"}


def test_a_step_does_not_make_an_open_form_stale(place: Place) -> None:
    ready = place.working("Xã A1")
    run(place, date(2023, 6, 5))
    services.report_result(ready.pk, text="Xong", seen=ready.version, act=place.act("Xã A1", "head"))


def test_what_is_not_acknowledged_after_three_working_days_is_asked_for(place: Place) -> None:
    # Friday 28 April, then the holidays to Wednesday 3 May: Thursday, Friday, Monday.
    place.issued("Xã A1")
    assert run(place, date(2023, 5, 7)) == 0
    run(place, date(2023, 5, 8))
    assert taken() == [("not_acknowledged", date(2023, 5, 8), date(2023, 5, 8))]


def test_once_acknowledged_it_is_not_asked_for(place: Place) -> None:
    place.working("Xã A1")
    assert run(place, date(2023, 5, 20)) == 0


def test_after_an_extension_the_steps_count_from_the_new_deadline(place: Place) -> None:
    ready = place.working("Xã A1")
    run(place, date(2023, 5, 22))
    services.ask_extension(
        ready.pk, new_due_on=date(2023, 7, 30), reason="…", seen=ready.version, act=place.act("Xã A1", "head")
    )
    services.answer_extension(ready.pk, granted=True, seen=ready.version + 1, act=place.act("Huyện ủy A", "leader"))
    Account.objects.update(last_login=datetime(2023, 4, 1, tzinfo=UTC))
    run(place, date(2023, 7, 23))
    assert taken() == [
        ("due_in_7", date(2023, 5, 21), date(2023, 5, 22)),
        ("due_in_7", date(2023, 7, 23), date(2023, 7, 23)),
    ]


def test_each_period_of_a_regular_assignment_is_chased_until_it_is_answered(place: Place) -> None:
    ready = place.working("Xã A1", text=URGE, cadence_months="1", review_on="31/12/2023")
    run(place, date(2023, 5, 29))
    services.report_progress(ready.pk, text="Tháng 5", seen=ready.version, act=place.act("Xã A1", "head"))
    run(place, date(2023, 6, 28))
    assert [(step, due) for step, due, _done in taken()] == [
        ("due_in_7", date(2023, 5, 21)),
        ("due_in_1", date(2023, 5, 27)),
        ("due_today", date(2023, 5, 28)),
        ("due_in_7", date(2023, 6, 21)),
        ("due_in_1", date(2023, 6, 27)),
        ("due_today", date(2023, 6, 28)),
    ]


def test_a_result_that_nobody_judges_is_chased_at_the_verifier(place: Place) -> None:
    place.reported("Xã A1")
    run(place, date(2023, 5, 6))
    assert list(Step.objects.values_list("step", "unit", "audience")) == [
        ("not_verified", place.unit("Huyện ủy A"), "verifier")
    ]


def test_a_draft_that_nobody_approves_is_chased_at_the_issuer(place: Place) -> None:
    place.drafted("Xã A1")
    run(place, date(2023, 5, 5))
    assert set(Step.objects.values_list("step", "unit")) == {("not_approved", place.unit("Tỉnh ủy"))}


def test_a_closed_assignment_is_left_alone(place: Place) -> None:
    ready = place.reported("Xã A1")
    services.accept(ready.pk, seen=ready.version, act=place.act("Huyện ủy A", "leader"))
    assert run(place, date(2024, 1, 1)) == 0


def test_where_nobody_has_ever_signed_in_the_step_goes_on_paper_and_to_the_superior(place: Place) -> None:
    place.working("Xã A1")
    Account.objects.filter(terms__post__unit=place.unit("Xã A1")).update(last_login=None)
    run(place, date(2023, 5, 21))
    assert set(Step.objects.values_list("unit", "audience", "on_paper")) == {
        (place.unit("Xã A1"), "receiver", True),
        (place.unit("Huyện ủy A"), "superior", True),
    }


def test_where_the_posts_are_vacant_the_step_goes_to_the_superior_too(place: Place) -> None:
    from dondoc.accounts.models import Term

    place.working("Xã A1")
    Term.objects.filter(post__unit=place.unit("Xã A1")).update(valid_to=date(2023, 5, 1))
    run(place, date(2023, 5, 21))
    assert (place.unit("Huyện ủy A"), "superior") in set(Step.objects.values_list("unit", "audience"))


def lines(place: Place, unit: str, kind: str) -> list[tuple[str, bool]]:
    return [(line.step, line.new) for line in queries.digest(place.actor(unit, kind), place.day)]


def test_a_person_gets_one_line_for_an_item_with_its_gravest_step(place: Place) -> None:
    place.working("Xã A1")
    run(place, date(2023, 6, 5))
    assert lines(place, "Xã A1", "head") == [("overdue_7", True)]
    assert lines(place, "Huyện ủy A", "leader") == [("overdue_7", True)]
    assert lines(place, "Tỉnh ủy", "leader") == []
    assert lines(place, "Xã A2", "head") == []


def test_the_line_stays_the_next_day_and_is_not_new(place: Place) -> None:
    place.working("Xã A1")
    run(place, date(2023, 6, 5))
    run(place, date(2023, 6, 6))
    assert lines(place, "Xã A1", "head") == [("overdue_7", False)]


def test_the_line_goes_when_the_result_is_reported_and_comes_to_the_verifier_later(place: Place) -> None:
    ready = place.working("Xã A1")
    run(place, date(2023, 6, 5))
    services.report_result(ready.pk, text="Xong", seen=ready.version, act=place.act("Xã A1", "head"))
    assert lines(place, "Xã A1", "head") == []
    run(place, date(2023, 6, 12))
    assert lines(place, "Huyện ủy A", "leader") == [("not_verified", True)]


def test_after_a_merge_the_lines_are_the_successors(place: Place) -> None:
    from dondoc.organisations.services import merge

    place.working("Xã A1")
    run(place, date(2023, 6, 5))
    merge(
        [place.units["Xã A1"]],
        into=place.units["Xã A2"],
        decision="1-NQ",
        effective_on=date(2023, 6, 6),
        act=place.act("Tỉnh ủy", "board"),
    )
    place.day = date(2023, 6, 6)
    assert lines(place, "Xã A2", "head") == [("overdue_7", False)]


@pytest.mark.parametrize("district_ends", [False, True])
def test_a_role_that_waits_is_chased_at_the_unit_that_must_decide(place: Place, district_ends: bool) -> None:
    from dondoc.organisations.services import dissolve, split

    place.working("Xã A1")
    units = place.units
    board = place.act("Tỉnh ủy", "board")
    if district_ends:
        # Known ahead: from then on it waits elsewhere, but until then it waits here.
        dissolve(units["Huyện ủy A"], decision="2-NQ", effective_on=date(2025, 7, 1), act=board)
    split(
        units["Xã A1"],
        parts={
            units["Xã A2"]: [units["Chi bộ 1"], units["Mặt trận xã A1"]],
            units["Xã A3"]: [units["Chi bộ 2"], units["Đoàn xã A1"]],
        },
        decision="1-NQ",
        effective_on=date(2023, 5, 10),
        act=board,
    )
    run(place, date(2023, 5, 21))
    assert {
        (step, unit, audience) for step, unit, audience in Step.objects.values_list("step", "unit", "audience")
    } == {
        ("role_undecided", place.unit("Huyện ủy A"), "parked"),
        ("due_in_7", place.unit("Huyện ủy A"), "parked"),
    }
    assert lines(place, "Huyện ủy A", "leader") == [("role_undecided", True)]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_take_each_step_once() -> None:
    place = Place()
    keys = [place.working("Xã A1").pk for _n in range(3)]
    start = Barrier(2)
    done: list[int] = []

    def run_beside() -> None:
        start.wait(timeout=10)
        try:
            done.append(tick.step(date(2023, 5, 28)))
        finally:
            connection.close()

    runs = [Thread(target=run_beside) for _n in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join(timeout=30)
    assert sum(done) == 9
    for key in keys:
        steps = Step.objects.filter(assignment=key, audience="receiver").order_by("due_on")
        assert list(steps.values_list("step", flat=True)) == ["due_in_7", "due_in_1", "due_today"]
