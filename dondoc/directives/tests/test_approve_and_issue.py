"""Approving, sending back, issuing, cancelling."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dondoc.directives import services
from dondoc.directives.models import Assignment
from dondoc.documents.models import OfficialDocument
from dondoc.history.models import Event
from dondoc.lib.refusals import Refused
from dondoc.tests.told_once import told_once

from .work import Place

pytestmark = pytest.mark.django_db


@told_once
def place() -> Place:
    return Place()


def test_a_complete_draft_is_approved(place: Place) -> None:
    done = place.approved("Xã A1")
    assert (done.state, done.approved_on) == ("approved", place.day)
    event = Event.objects.get(action="directives.approve")
    assert (event.key, event.unit) == (done.pk, place.unit("Xã A1"))


def test_an_incomplete_one_keeps_all_from_being_approved_and_every_gap_is_named(place: Place) -> None:
    drafts = place.drafted("Xã A1", "Xã A2", "Xã A3", receivers="localities")
    act = place.act("Tỉnh ủy", "clerk")
    services.save_field(drafts[1].pk, "product", "", seen=1, act=act)
    services.save_field(drafts[2].pk, "due_on", "27/04/2023", seen=1, act=act)
    seen = dict(Assignment.objects.values_list("pk", "version"))
    with pytest.raises(Refused) as refused:
        services.approve(list(seen), seen=seen, act=place.act("Tỉnh ủy", "leader"))
    assert [(p.source, p.code) for p in refused.value.data["problems"]] == [
        (f"{drafts[1].pk}-product", "directives.no_product"),
        (f"{drafts[2].pk}-due_on", "directives.deadline_passed"),
    ]
    assert set(Assignment.objects.values_list("state", flat=True)) == {"drafted"}


def test_one_row_that_changed_meanwhile_keeps_all_from_being_approved(place: Place) -> None:
    drafts = place.drafted("Xã A1", "Xã A2", receivers="localities")
    services.save_field(drafts[1].pk, "product", "Khác", seen=1, act=place.act("Tỉnh ủy", "clerk"))
    with pytest.raises(Refused) as refused:
        services.approve([d.pk for d in drafts], seen={d.pk: 1 for d in drafts}, act=place.act("Tỉnh ủy", "leader"))
    assert refused.value.code == "directives.changed_meanwhile"
    assert any(value == "Khác" for _label, value in refused.value.data["current"])
    assert set(Assignment.objects.values_list("state", flat=True)) == {"drafted"}


def test_one_sent_back_is_a_draft_again_with_the_reason(place: Place) -> None:
    done = place.approved("Xã A1")
    [draft] = services.send_back(
        [done.pk], reason="Rút ngắn thời hạn", seen=done.version, act=place.act("Tỉnh ủy", "leader")
    )
    assert (draft.state, draft.approved_on) == ("drafted", None)
    assert draft.remarks.get().text == "Rút ngắn thời hạn"
    saved = services.save_field(draft.pk, "due_on", "10/05/2023", seen=draft.version, act=place.act("Tỉnh ủy", "clerk"))
    assert saved.value == "10/05/2023"


def test_sending_back_needs_a_reason(place: Place) -> None:
    done = place.approved("Xã A1")
    with pytest.raises(Refused, match=r"directives\.reason_missing"):
        services.send_back([done.pk], reason=" ", seen=done.version, act=place.act("Tỉnh ủy", "leader"))


def test_one_document_issues_many(place: Place) -> None:
    first, second = place.approved("Xã A1"), place.approved("Xã A2")
    document = services.DocumentData(place.unit("Tỉnh ủy"), "2020-2025", "TB/TU", 57, place.day, "Thông báo kết luận")
    seen = {one.pk: one.version for one in (first, second)}
    done = services.issue(list(seen), document=document, seen=seen, act=place.act("Tỉnh ủy", "clerk"))
    number = OfficialDocument.objects.get()
    assert {(one.state, one.document, one.issued_on) for one in done} == {("issued", number, place.day)}


def test_what_is_approved_later_goes_out_with_the_document_that_was_numbered_before(place: Place) -> None:
    first, second, third = place.approved("Xã A1"), place.approved("Xã A2"), place.approved("Xã A3")
    act = place.act("Tỉnh ủy", "clerk")
    named = services.DocumentData(place.unit("Tỉnh ủy"), "2020-2025", "TB/TU", 57, place.day, "Kết luận")
    services.issue([first.pk], document=named, seen=first.version, act=act)
    services.issue([second.pk], document=named, seen=second.version, act=act)
    services.issue([third.pk], document=replace(named, abstract=""), seen=third.version, act=act)
    assert OfficialDocument.objects.get().assignments.count() == 3
    assert Event.objects.filter(action="documents.numbered").count() == 1


@pytest.mark.parametrize("other", [{"dated_on": date(2023, 4, 27)}, {"abstract": "Thông báo khác"}])
def test_the_number_of_another_document_is_refused_and_that_document_named(place: Place, other: dict[str, Any]) -> None:
    first, second = place.approved("Xã A1"), place.approved("Xã A2")
    act = place.act("Tỉnh ủy", "clerk")
    named = services.DocumentData(place.unit("Tỉnh ủy"), "2020-2025", "TB/TU", 57, place.day, "Kết luận")
    services.issue([first.pk], document=named, seen=first.version, act=act)
    with pytest.raises(Refused, match=r"documents\.number_given") as refused:
        services.issue([second.pk], document=replace(named, **other), seen=second.version, act=act)
    assert (refused.value.data["number"], refused.value.data["abstract"]) == ("57-TB/TU", "Kết luận")
    assert Assignment.objects.get(pk=second.pk).state == "approved"


def test_what_is_issued_needs_a_document_or_is_oral_never_both(place: Place) -> None:
    done = place.approved("Xã A1")
    act = place.act("Tỉnh ủy", "clerk")
    document = services.DocumentData(place.unit("Tỉnh ủy"), "2020-2025", "TB/TU", 57, place.day)
    for given in ({}, {"document": document, "oral": True}):
        with pytest.raises(Refused, match=r"directives\.document_or_oral"):
            services.issue([done.pk], **given, seen=done.version, act=act)  # type: ignore[arg-type]


def test_a_deadline_that_passed_before_the_issue_stops_it(place: Place) -> None:
    done = place.approved("Xã A1", due_on="01/05/2023")
    place.day = date(2023, 5, 2)
    with pytest.raises(Refused, match=r"directives\.incomplete"):
        services.issue([done.pk], oral=True, seen=done.version, act=place.act("Tỉnh ủy", "clerk"))


def test_a_draft_cannot_be_issued(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    with pytest.raises(Refused, match=r"directives\.not_in_this_state"):
        services.issue([draft.pk], oral=True, seen=1, act=place.act("Tỉnh ủy", "clerk"))


def test_cancelling_takes_the_open_parts_passed_down_with_it(place: Place) -> None:
    done = place.working("Xã A1")
    act = place.act("Xã A1", "head")
    child = services.ChildData(place.unit("Chi bộ 1"), "Rà soát", "Báo cáo", due_on=date(2023, 5, 10))
    [part] = services.pass_down(done.pk, children=[child], seen=done.version, act=act)
    done.refresh_from_db()
    services.cancel(done.pk, reason="Không còn phù hợp", seen=done.version, act=place.act("Tỉnh ủy", "leader"))
    assert dict(Assignment.objects.values_list("pk", "state")) == {done.pk: "cancelled", part.pk: "cancelled"}


def test_a_second_press_of_the_same_button_is_refused_by_the_version(place: Place) -> None:
    done = place.issued("Xã A1")
    act = place.act("Xã A1", "head")
    services.acknowledge(done.pk, seen=done.version, act=act)
    with pytest.raises(Refused, match=r"directives\.changed_meanwhile"):
        services.acknowledge(done.pk, seen=done.version, act=act)
