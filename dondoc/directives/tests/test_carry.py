"""Reorganisations carry open work: through the real tree, in one go."""

from datetime import date
from threading import Event, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.accounts.models import Post
from dondoc.directives import queries, services
from dondoc.directives.carry import on_reorganised
from dondoc.directives.models import Assignment, Role
from dondoc.history.models import Event as HistoryEvent
from dondoc.history.services import writing
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Reorganisation, Unit
from dondoc.organisations.services import reorganise_together, revoke, revoke_together
from dondoc.organisations.steps import Dissolve, Establish, Merge, Move, Ref, Split, Step
from dondoc.tests.told_once import told_once

from .work import Place

pytestmark = pytest.mark.django_db

REFORM = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)
AFTER = date(2025, 7, 2)
DECISION = "1667/NQ-UBTVQH15"


@told_once
def place() -> Place:
    return Place()


def reform(place: Place, *steps: Step, on: date = REFORM) -> list[Reorganisation]:
    """Record a reorganisation on the working day; new units are then known to the place by their names."""
    made = reorganise_together(steps, decision=DECISION, effective_on=on, act=place.act("Tỉnh ủy", "board"))
    for step in steps:
        if isinstance(step, Establish):
            place.units[step.name] = Unit.objects.get(code=step.code)
    return made


def new(place: Place, code: str, name: str) -> Establish:
    return Establish(code, "commune", name, place.units["Tỉnh ủy"])


def districts_end(place: Place) -> list[Step]:
    """The reform of 2025 in small: the district ends, its communes merge into one under the province."""
    units = place.units
    return [
        new(place, "xa-moi", "Xã mới"),
        Merge([units["Xã A1"], units["Xã A2"], units["Xã A3"]], "xa-moi"),
        Dissolve(units["Huyện ủy A"]),
    ]


def test_the_open_work_of_a_commune_goes_to_its_successor_and_that_of_the_district_to_the_province(
    place: Place,
) -> None:
    ready = place.working("Xã A1")
    place.day = AFTER
    reform(place, *districts_end(place))
    assert place.holders(ready, BEFORE) == {
        "receiver": "Xã A1",
        "answerable": "Xã A1",
        "follower": "Huyện ủy A",
        "verifier": "Huyện ủy A",
    }
    assert place.holders(ready, REFORM) == {
        "receiver": "Xã mới",
        "answerable": "Xã mới",
        "follower": "Tỉnh ủy",
        "verifier": "Tỉnh ủy",
    }


def test_a_draft_and_an_approved_one_are_carried_too(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    approved = place.approved("Xã A2")
    place.day = AFTER
    reform(place, *districts_end(place))
    assert {place.holders(one)["receiver"] for one in (draft, approved)} == {"Xã mới"}


def test_a_closed_assignment_keeps_its_holders(place: Place) -> None:
    ready = place.reported("Xã A1")
    services.accept(ready.pk, seen=ready.version, act=place.act("Huyện ủy A", "leader"))
    place.day = AFTER
    reform(place, *districts_end(place))
    assert place.holders(ready)["receiver"] == "Xã A1"
    assert place.holders(ready)["verifier"] == "Huyện ủy A"


def test_a_reopened_one_comes_to_those_who_took_over_meanwhile(place: Place) -> None:
    ready = place.reported("Xã A1")
    done = services.accept(ready.pk, seen=ready.version, act=place.act("Huyện ủy A", "leader"))
    place.day = AFTER
    reform(place, *districts_end(place))
    services.reopen(done.pk, reason="Tái diễn", seen=done.version, act=place.act("Tỉnh ủy", "leader"))
    assert place.holders(ready)["receiver"] == "Xã mới"


def test_the_page_says_who_held_it_before_and_by_which_decision_it_moved(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day = AFTER
    reform(place, *districts_end(place))
    passages = [one for one in queries.came_here(ready) if one.part == "receiver"]
    assert [(one.unit.name, one.since, one.until, one.how, one.decision) for one in passages if one.unit] == [
        ("Xã A1", date(2023, 4, 28), REFORM, "decided", ""),
        ("Xã mới", REFORM, None, "succeeded", DECISION),
    ]


def test_the_story_of_a_long_way_needs_as_many_queries_as_that_of_a_short_one(place: Place) -> None:
    ready = place.working("Xã A1")

    def told() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.came_here(ready)
        return len(seen)

    before = told()
    place.day = AFTER
    reform(place, *districts_end(place))
    assert told() == before


def test_it_is_in_the_history_of_the_new_receiver(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day = AFTER
    reform(place, *districts_end(place))
    event = HistoryEvent.objects.get(action="directives.role_carried", key=ready.pk)
    assert event.unit == place.unit("Xã mới")
    assert {row["role"] for row in event.data["now"] if row["from"] == "2025-07-01"} == {
        "receiver",
        "answerable",
        "follower",
        "verifier",
    }


def split(place: Place) -> list[Step]:
    """Commune A1 is divided between A2 and A3."""
    units = place.units
    parts: dict[Unit, list[Ref]] = {
        units["Xã A2"]: [units["Chi bộ 1"], units["Mặt trận xã A1"]],
        units["Xã A3"]: [units["Chi bộ 2"], units["Đoàn xã A1"]],
    }
    return [Split(units["Xã A1"], parts)]


def test_a_receiver_split_between_two_waits_with_their_superior_until_it_is_decided(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day = AFTER
    reform(place, *split(place))
    assert place.holders(ready)["receiver"] == "waits with Huyện ủy A"
    assert "answerable" not in place.holders(ready)
    [waiting] = queries.parked_with([place.unit("Huyện ủy A")], place.day)
    assert (waiting.part, waiting.before and waiting.before.name) == ("receiver", "Xã A1")
    assert {one.name for one in waiting.candidates} == {"Xã A2", "Xã A3"}
    ready.refresh_from_db()
    assert ready.next_step_on is not None
    services.decide_role(
        waiting.role.pk,
        unit=place.unit("Xã A3"),
        reason="Phần lớn chi bộ về xã A3",
        seen=ready.version,
        act=place.act("Huyện ủy A", "leader"),
    )
    assert place.holders(ready)["receiver"] == "Xã A3"
    assert place.holders(ready)["answerable"] == "Xã A3"
    assert place.holders(ready, REFORM)["receiver"] == "waits with Huyện ủy A"
    assert queries.parked_with([place.unit("Huyện ủy A")], place.day) == []


def test_what_waits_goes_to_no_unit_outside_of_the_one_that_decides_unless_it_inherits(place: Place) -> None:
    ready = place.working("Xã A1", author="Huyện ủy A")
    place.day = AFTER
    reform(place, *split(place))
    [waiting] = queries.parked_with([place.unit("Huyện ủy A")], place.day)
    act = place.act("Huyện ủy A", "leader")
    with pytest.raises(Refused, match=r"directives\.not_below_the_issuer"):
        services.decide_role(waiting.role.pk, unit=place.unit("Xã B1"), reason="…", seen=ready.version, act=act)
    # An heir that was moved to another district on the same day takes over all the same.
    reform(place, Move(place.units["Xã A3"], place.units["Huyện ủy B"]))
    ready.refresh_from_db()
    [waiting] = queries.parked_with([place.unit("Tỉnh ủy")], place.day)
    act = place.act("Tỉnh ủy", "leader")
    services.decide_role(waiting.role.pk, unit=place.unit("Xã A3"), reason="…", seen=ready.version, act=act)
    assert place.holders(ready)["receiver"] == "Xã A3"


def test_what_waits_is_decided_once(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day = AFTER
    reform(place, *split(place))
    [waiting] = queries.parked_with([place.unit("Huyện ủy A")], place.day)
    act = place.act("Huyện ủy A", "leader")
    services.decide_role(waiting.role.pk, unit=place.unit("Xã A3"), reason="…", seen=ready.version, act=act)
    with pytest.raises(Refused):
        services.decide_role(waiting.role.pk, unit=place.unit("Xã A2"), reason="…", seen=ready.version, act=act)


def test_nobody_can_report_while_the_receiver_is_undecided(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day = AFTER
    reform(place, *split(place))
    with pytest.raises(Refused, match=r"directives\.receiver_undecided"):
        services.report_result(ready.pk, text="Xong", seen=ready.version, act=place.act("Xã A2", "head"))


def test_a_verifier_whose_heir_is_the_receiver_waits_with_the_receivers_superior_proposed(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day = AFTER
    units = place.units
    every = [units[name] for name in ("Xã A1", "Xã A2", "Xã A3")]
    reform(place, new(place, "xa-moi", "Xã mới"), Merge([*every, units["Huyện ủy A"]], "xa-moi"))
    held = place.holders(ready)
    assert held["receiver"] == "Xã mới"
    assert (held["verifier"], held["follower"]) == ("waits with Tỉnh ủy", "waits with Tỉnh ủy")
    found = queries.parked_with([place.unit("Tỉnh ủy")], place.day)
    assert {one.part: one.proposed and one.proposed.name for one in found} == {
        "verifier": "Tỉnh ủy",
        "follower": "Tỉnh ủy",
    }


def rows() -> list[tuple[object, ...]]:
    found = Role.objects.order_by("assignment", "role", "valid_from")
    return list(found.values_list("assignment", "role", "unit", "post", "valid_from", "valid_to", "how"))


def test_recorded_late_or_in_time_it_comes_to_the_same(place: Place) -> None:
    place.working("Xã A1")
    place.day = BEFORE
    made = reform(place, *districts_end(place))
    in_time = rows()
    revoke_together(made, decision="2-QĐ", act=place.act("Tỉnh ủy", "board"))
    place.day = date(2026, 3, 1)
    reform(place, *districts_end(place))
    assert rows() == in_time
    assert len(in_time) == 9


def test_recorded_ahead_nothing_changes_before_its_day(place: Place) -> None:
    ready = place.working("Xã A1")
    reform(place, *districts_end(place))
    assert place.holders(ready)["receiver"] == "Xã A1"
    assert place.holders(ready, BEFORE)["verifier"] == "Huyện ủy A"
    assert place.holders(ready, REFORM)["receiver"] == "Xã mới"


def test_recorded_long_after_its_day_the_work_moved_on_that_day(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day = date(2026, 3, 1)
    reform(place, *districts_end(place))
    assert place.holders(ready, REFORM)["receiver"] == "Xã mới"


def test_a_revoked_reorganisation_leaves_everything_as_if_it_had_not_been(place: Place) -> None:
    ready = place.working("Xã A1")
    before = rows()
    place.day = AFTER
    made = reform(place, *districts_end(place))
    assert rows() != before
    revoke_together(made, decision="2-QĐ", act=place.act("Tỉnh ủy", "board"))
    assert rows() == before
    ready.refresh_from_db()
    assert ready.next_step_on is not None


def test_a_revoked_split_takes_the_waiting_away(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day = AFTER
    [made] = reform(place, *split(place))
    revoke(made, decision="2-QĐ", act=place.act("Tỉnh ủy", "board"))
    assert place.holders(ready)["receiver"] == "Xã A1"
    assert queries.parked_with([place.unit("Huyện ủy A")], place.day) == []


def test_what_was_decided_after_a_split_falls_with_the_split_and_nothing_else_does(place: Place) -> None:
    ready = place.working("Xã A1")
    leader = place.act("Huyện ủy A", "leader")
    place.day = AFTER
    before = rows()
    [made] = reform(place, *split(place))
    [waiting] = queries.parked_with([place.unit("Huyện ủy A")], place.day)
    services.decide_role(waiting.role.pk, unit=place.unit("Xã A3"), reason="…", seen=ready.version, act=leader)
    assert place.holders(ready)["receiver"] == "Xã A3"
    revoke(made, decision="2-QĐ", act=place.act("Tỉnh ủy", "board"))
    assert rows() == before


def test_two_reorganisations_come_to_the_same_in_either_order(place: Place) -> None:
    ready = place.working("Xã A1")
    units = place.units
    place.day = date(2026, 6, 1)
    first = [Merge([units["Xã A1"]], units["Xã A2"])]
    second = [Merge([units["Xã A2"]], units["Xã A3"])]
    later = date(2025, 10, 1)
    made = [*reform(place, *first), *reform(place, *second, on=later)]
    forward = list(Role.objects.order_by("role", "valid_from").values_list("role", "unit", "valid_from", "how"))
    revoke_together(made, decision="2-QĐ", act=place.act("Tỉnh ủy", "board"))
    reform(place, *second, on=later)
    reform(place, *first)
    assert list(Role.objects.order_by("role", "valid_from").values_list("role", "unit", "valid_from", "how")) == forward
    assert place.holders(ready) == {
        "receiver": "Xã A3",
        "answerable": "Xã A3",
        "follower": "Huyện ủy A",
        "verifier": "Huyện ủy A",
    }


def test_the_issuers_part_is_carried_so_that_somebody_may_cancel(place: Place) -> None:
    ready = place.issued("Xã A1", author="Huyện ủy A", verifier=str(place.unit("Huyện ủy A")))
    place.day = AFTER
    reform(place, *districts_end(place))
    issuer = Role.objects.on(AFTER).get(assignment=ready, role="issuer")
    assert issuer.unit_id == place.unit("Tỉnh ủy")


def test_many_assignments_are_carried_with_as_many_queries_as_few(place: Place) -> None:
    act = place.act("Tỉnh ủy", "board")

    def carried(number: int) -> int:
        for _n in range(number):
            place.working("Xã A1")
        # As after a reorganisation: what is stored is no longer what follows from the facts.
        Role.objects.filter(role="follower").update(how="parked", unit=None, parked_with=place.unit("Tỉnh ủy"))
        with CaptureQueriesContext(connection) as seen:
            assert on_reorganised([], [place.unit("Xã A1")], act) == Assignment.objects.count()
        return len(seen)

    assert carried(2) == carried(6)


def test_a_draft_whose_new_receiver_gets_its_head_later_has_an_answerable_post_then(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    place.day = AFTER
    reform(place, *districts_end(place))
    Role.objects.filter(assignment=draft, role="answerable", valid_from=REFORM).update(post=None)
    Post.objects.filter(unit=place.units["Xã mới"]).delete()
    assert "directives.no_answerable_post" in [problem.code for problem in queries.gaps([draft], place.day)]
    Post.objects.create(code="bi-thu-moi", unit=place.units["Xã mới"], kind="head", title="Bí thư", valid_from=REFORM)
    assert "directives.no_answerable_post" not in [problem.code for problem in queries.gaps([draft], place.day)]


@pytest.mark.django_db(transaction=True)
def test_what_is_drafted_while_a_reorganisation_is_recorded_is_carried_by_it() -> None:
    place = Place()
    directive = place.directive("Xã A1")
    clerk = place.act("Tỉnh ủy", "clerk")
    board = place.act("Tỉnh ủy", "board")
    drafted, reorganised = Event(), Event()

    def draft_beside() -> None:
        try:
            with writing(clerk):
                services.draft_assignments([directive.pk], [], clerk)
                drafted.set()
                # Not recorded before this act has ended; without a queue it would be.
                reorganised.wait(timeout=1)
        finally:
            connection.close()

    beside = Thread(target=draft_beside)
    beside.start()
    assert drafted.wait(timeout=10)
    steps = [Merge([place.units["Xã A1"]], place.units["Xã A2"])]
    reorganise_together(steps, decision=DECISION, effective_on=place.day, act=board)
    reorganised.set()
    beside.join(timeout=30)
    assert place.holders(Assignment.objects.get())["receiver"] == "Xã A2"
