"""Who sees what, which doors open, what a post leaves open; cards in a fixed number of queries."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from dondoc.accounts.models import Post
from dondoc.accounts.tests.people import hold
from dondoc.directives import queries, services, tick
from dondoc.directives.models import Assignment
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Dissolve, Merge
from dondoc.tests.told_once import told_once

from .work import URGE, Place, paper

pytestmark = pytest.mark.django_db


@told_once
def place() -> Place:
    return Place()


def sees(place: Place, unit: str, kind: str = "head") -> bool:
    return queries.visible(place.actor(unit, kind)).exists()


@pytest.mark.parametrize(
    ("unit", "kind", "seen"),
    [
        ("Xã A1", "head", True),
        ("Huyện ủy A", "leader", True),
        ("Tỉnh ủy", "clerk", True),
        ("Xã A2", "head", False),
        ("Huyện ủy B", "leader", False),
        ("Chi bộ 1", "head", False),
    ],
)
def test_an_issued_assignment_is_seen_by_its_unit_its_superiors_author_follower_and_verifier(
    place: Place, unit: str, kind: str, seen: bool
) -> None:
    place.issued("Xã A1")
    assert sees(place, unit, kind) is seen


def test_a_follower_or_verifier_from_elsewhere_sees_it(place: Place) -> None:
    place.issued("Xã A1", verifier=str(place.unit("Huyện ủy B")))
    assert sees(place, "Huyện ủy B", "leader")
    assert not sees(place, "Xã B1")


def test_what_a_reorganisation_recorded_ahead_will_bring_is_not_seen_before_its_day(place: Place) -> None:
    place.working("Xã A1")
    day = place.day + timedelta(days=10)
    act = place.act("Tỉnh ủy", "board")
    reorganise_together([Merge([place.units["Xã A1"]], place.units["Xã A2"])], decision="1", effective_on=day, act=act)
    assert not sees(place, "Xã A2")
    place.day = day
    assert sees(place, "Xã A2")


def test_before_it_is_issued_only_the_issuer_sees_it(place: Place) -> None:
    place.approved("Xã A1")
    assert sees(place, "Tỉnh ủy", "clerk")
    assert not sees(place, "Xã A1")
    assert not sees(place, "Huyện ủy A", "leader")


def test_who_holds_no_post_sees_nothing(place: Place) -> None:
    place.issued("Xã A1")
    actor = place.actor("Xã A1", "head")
    none = type(actor)(actor.account, actor.label, actor.day, (), None)
    assert not queries.visible(none).exists()
    assert not queries.visible_findings(none).exists()


def test_the_successor_sees_what_its_predecessor_had_done_and_closed(place: Place) -> None:
    ready = place.reported("Xã A1")
    services.accept(ready.pk, seen=ready.version, act=place.act("Huyện ủy A", "leader"))
    place.day = date(2025, 7, 2)
    steps = [Merge([place.units["Xã A1"]], place.units["Xã A2"])]
    reorganise_together(steps, decision="1-NQ", effective_on=date(2025, 7, 1), act=place.act("Tỉnh ủy", "board"))
    assert sees(place, "Xã A2")
    assert not sees(place, "Xã A3")


def test_a_finding_is_seen_by_the_unit_it_is_about_and_a_common_one_by_all(place: Place) -> None:
    act = place.act("Tỉnh ủy", "clerk")
    units = [place.unit(name) for name in ("Xã A1", "Xã A2")]
    own = services.record_finding(place.origin(), kind="criticism", units=units[:1], act=act)
    common = services.record_finding(place.origin(), kind="praise", units=units, common=True, act=act)
    unnamed = services.record_finding(place.origin(), kind="praise", units=[], act=act)
    place.directive("Xã A1", "Xã A2", receivers="localities")

    def found(unit: str, kind: str = "head") -> set[int]:
        return set(queries.visible_findings(place.actor(unit, kind)).values_list("pk", flat=True))

    assert found("Xã A1") == {own.pk, common.pk, unnamed.pk}
    assert found("Xã A2") == {common.pk, unnamed.pk}
    assert found("Xã A3") == set()
    assert found("Tỉnh ủy", "leader") == {own.pk, common.pk, unnamed.pk}
    assert found("Huyện ủy A", "leader") == {own.pk, common.pk, unnamed.pk}


@pytest.mark.parametrize(
    ("verb", "unit", "kind", "answer"),
    [
        ("acknowledge", "Xã A1", "head", 200),
        ("acknowledge", "Xã A2", "head", 404),
        ("acknowledge", "Huyện ủy A", "leader", 403),
        ("report_result", "Xã A1", "head", 200),
        ("report_result", "Huyện ủy A", "clerk", 200),
        ("report_result", "Huyện ủy A", "leader", 403),
        ("accept", "Huyện ủy A", "leader", 200),
        ("accept", "Huyện ủy A", "clerk", 403),
        ("accept", "Xã A1", "head", 403),
        ("accept", "Tỉnh ủy", "leader", 403),
        ("chase", "Huyện ủy A", "clerk", 200),
        ("chase", "Xã A1", "clerk", 403),
        ("cancel", "Tỉnh ủy", "leader", 200),
        ("cancel", "Huyện ủy A", "leader", 403),
        ("reopen", "Huyện ủy A", "leader", 200),
        ("reopen", "Tỉnh ủy", "leader", 200),
        ("reopen", "Xã A1", "head", 403),
        ("hand_over", "Tỉnh ủy", "clerk", 200),
        ("hand_over", "Xã A1", "clerk", 403),
        ("assignment.object", "Xã A1", "head", 200),
    ],
)
def test_a_door_opens_to_the_post_at_the_unit_that_holds_the_part(
    place: Place, verb: str, unit: str, kind: str, answer: int
) -> None:
    ready = place.issued("Xã A1")
    actor = place.actor(unit, kind)
    if answer == 200:
        assert queries.access_assignment(actor, ready.pk, may=verb) == ready
        assert queries.access_assignments(actor, [ready.pk], verb) == [ready]
        return
    for door in (queries.access_assignment, lambda a, pk, may: queries.access_assignments(a, [pk], may)):
        if answer == 404:
            with pytest.raises(Http404):
                door(actor, ready.pk, may=verb)
        else:
            with pytest.raises(Refused) as refused:
                door(actor, ready.pk, may=verb)
            assert refused.value.status == FORBIDDEN


def test_the_verbs_offered_are_those_that_would_not_be_refused(place: Place) -> None:
    ready = place.issued("Xã A1")
    assert queries.allowed(place.actor("Xã A1", "head"), ready) == {
        "acknowledge",
        "object_to",
        "report_progress",
        "report_result",
        "ask_extension",
    }
    done = place.reported("Xã A2")
    assert queries.allowed(place.actor("Huyện ủy A", "leader"), done) == {"accept", "return_result"}
    assert queries.allowed(place.actor("Xã A2", "leader"), done) == set()


def test_who_entered_the_report_is_not_offered_to_accept_it(place: Place) -> None:
    ready = place.issued("Xã A1")
    clerk = place.act("Huyện ủy A", "clerk")
    services.report_result(ready.pk, text="Giấy", files=[paper().pk], seen=ready.version, act=clerk)
    ready.refresh_from_db()
    assert "accept" not in queries.allowed(place.actor("Huyện ủy A", "clerk"), ready)


def test_lists_hold_what_each_part_needs(place: Place) -> None:
    draft = place.drafted("Xã A1")[0]
    approved = place.approved("Xã A2")
    working = place.working("Xã A3")
    reported = place.reported("Xã A1")
    day = place.day
    province, district, commune = (place.unit(name) for name in ("Tỉnh ủy", "Huyện ủy A", "Xã A1"))
    assert list(queries.to_approve([province], day)) == [draft]
    assert list(queries.to_issue([province], day)) == [approved]
    assert set(queries.authored_by([province])) == {draft, approved, working, reported}
    assert set(queries.to_follow([district], day)) == {working, reported}
    assert list(queries.to_verify([district], day)) == [reported]
    assert list(queries.received_by([commune], day)) == [reported]
    assert list(queries.of_origin("working_session", 1)) == [draft, approved, working, reported]
    assert len(queries.directives_of("working_session", 1)) == 4


def test_an_extension_asked_for_is_on_the_verifiers_list(place: Place) -> None:
    ready = place.working("Xã A1")
    services.ask_extension(
        ready.pk, new_due_on=date(2023, 9, 1), reason="…", seen=ready.version, act=place.act("Xã A1", "head")
    )
    assert list(queries.to_verify([place.unit("Huyện ủy A")], place.day)) == [ready]


def test_ending_a_post_shows_what_it_leaves_open(place: Place) -> None:
    ready = place.working("Xã A1")
    done = place.reported("Xã A1")
    services.accept(done.pk, seen=done.version, act=place.act("Huyện ủy A", "leader"))
    post = Post.objects.get(unit=place.units["Xã A1"], kind="head")
    assert [one.url for one in queries.held_by_post(post.pk, place.day)] == [f"/directives/{ready.pk}/"]


def test_the_answerable_post_is_the_heads_present_one_when_the_old_one_has_ended(place: Place) -> None:
    ready = place.working("Xã A1")
    Post.objects.filter(unit=place.units["Xã A1"], kind="head").update(valid_to=date(2023, 6, 1))
    hold(place.units["Xã A1"], "head", title="Bí thư mới", since=date(2023, 6, 1))
    new = Post.objects.get(title="Bí thư mới")
    [card] = queries.cards([ready], date(2023, 6, 2))
    assert card.answerable is not None
    assert (card.answerable.post, card.answerable.post_title) == (new.pk, "Bí thư mới")


def test_a_file_is_seen_by_who_sees_its_report(place: Place) -> None:
    ready = place.working("Xã A1")
    file = paper()
    services.report_result(ready.pk, text="", files=[file.pk], seen=ready.version, act=place.act("Xã A1", "head"))
    assert queries.sees_file(place.actor("Xã A1", "head"), file.pk)
    assert queries.sees_file(place.actor("Huyện ủy A", "leader"), file.pk)
    assert not queries.sees_file(place.actor("Xã A2", "head"), file.pk)


def test_a_card_says_everything_of_an_assignment(place: Place) -> None:
    ready = place.working("Xã A1")
    [card] = queries.cards([ready], place.day)
    assert card.receiver is not None
    assert card.receiver.unit is not None
    assert (card.receiver.unit.name, card.standing, card.due) == ("Xã A1", "in_progress", date(2023, 5, 28))
    assert (card.author.name, card.origin_label) == ("Tỉnh ủy", "Buổi làm việc ngày 28/04/2023")
    assert not card.parked


def filled(place: Place, number: int) -> None:
    for _n in range(number):
        ready = place.working("Xã A1")
        child = services.ChildData(place.unit("Chi bộ 1"), "Rà soát", "Báo cáo", due_on=date(2023, 5, 10))
        services.pass_down(ready.pk, children=[child], seen=ready.version, act=place.act("Xã A1", "head"))
        place.reported("Xã A2")
        place.drafted("Xã A1", "Xã A3", receivers="localities", text=URGE)


READS: dict[str, Callable[[Place], object]] = {
    "cards": lambda place: queries.cards(Assignment.objects.order_by("pk"), place.day, seen_by=[place.unit("Xã A1")]),
    "visible": lambda place: list(queries.visible(place.actor("Huyện ủy A", "leader"))),
    "gaps": lambda place: queries.gaps(Assignment.objects.order_by("pk"), place.day),
    "digest": lambda place: queries.digest(place.actor("Xã A1", "head"), place.day),
    "doors": lambda place: queries.access_assignments(
        place.actor("Huyện ủy A", "leader"),
        queries.to_verify([place.unit("Huyện ủy A")], place.day).values_list("pk", flat=True),
        "accept",
    ),
}


def test_the_number_of_queries_does_not_grow_with_the_data(place: Place) -> None:
    def costs(number: int) -> dict[str, int]:
        filled(place, number)
        place.day += timedelta(days=60)
        tick.step(place.day)
        found = {}
        for name, read in READS.items():
            read(place)
            with CaptureQueriesContext(connection) as queried:
                read(place)
            found[name] = len(queried)
        place.day -= timedelta(days=60)
        return found

    assert costs(1) == costs(3)


def test_what_waits_is_listed_in_a_fixed_number_of_queries(place: Place) -> None:
    def parked(number: int) -> int:
        place.day = date(2023, 4, 28)
        for _n in range(number):
            place.working("Xã B1")
        return 0

    parked(2)
    place.day = date(2023, 7, 1)
    reorganise_together(
        [Dissolve(place.units["Xã B1"])], decision="1-NQ", effective_on=place.day, act=place.act("Tỉnh ủy", "board")
    )
    units = [place.unit("Huyện ủy B")]
    with CaptureQueriesContext(connection) as few:
        assert len(queries.parked_with(units, place.day)) == 2
    parked(3)
    place.day = date(2023, 7, 1)
    with CaptureQueriesContext(connection) as many:
        assert len(queries.parked_with(units, place.day)) == 5
    assert len(few) == len(many)


def test_a_page_of_one_assignment_tells_its_whole_story(place: Place) -> None:
    ready = place.working("Xã A1")
    act = place.act("Xã A1", "head")
    child = services.ChildData(place.unit("Chi bộ 1"), "Rà soát", "Báo cáo", due_on=date(2023, 5, 10))
    services.pass_down(ready.pk, children=[child], seen=ready.version, act=act)
    services.report_progress(ready.pk, text="Đang làm", seen=ready.version + 1, act=act)
    place.day = date(2023, 5, 22)
    tick.step(place.day)
    story = queries.story(Assignment.objects.get(pk=ready.pk), place.day)
    assert [one.text for one in story.reports] == ["Đang làm"]
    assert [card.task for card in story.children] == ["Rà soát"]
    assert [step.step for step in story.steps][:1] == ["due_in_7"]
    assert [one.part for one in story.passages] == ["receiver", "follower", "verifier", "answerable", "issuer"]
    assert story.parent is None
