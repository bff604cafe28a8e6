"""From directives to completed drafts."""

from datetime import date, timedelta

import pytest

from dondoc.directives import queries, services, tick
from dondoc.directives.models import Assignment, Finding, LateField, RoleDecision
from dondoc.directives.services.drafting import value_of
from dondoc.history.models import Entry
from dondoc.lib.refusals import Refused
from dondoc.tests.told_once import told_once

from .work import SAID, URGE, Place

pytestmark = pytest.mark.django_db


@told_once
def place() -> Place:
    return Place()


def receivers(place: Place, assignments: list[Assignment]) -> list[str]:
    return sorted(place.holders(one)["receiver"] for one in assignments)


def test_a_directive_to_a_unit_named_is_for_that_unit(place: Place) -> None:
    assert receivers(place, place.drafted("Xã A1")) == ["Xã A1"]


def test_a_directive_to_the_localities_is_for_each_unit_of_the_session(place: Place) -> None:
    drafts = place.drafted("Xã A1", "Xã A2", "Xã A3", receivers="localities")
    assert receivers(place, drafts) == ["Xã A1", "Xã A2", "Xã A3"]


def test_a_directive_to_the_front_and_mass_organisations_is_for_each_of_each_commune(place: Place) -> None:
    drafts = place.drafted("Xã A1", "Xã A2", receivers="fronts")
    assert receivers(place, drafts) == ["Mặt trận xã A1", "Mặt trận xã A2", "Đoàn xã A1"]


def test_what_the_front_of_a_commune_does_is_verified_by_the_communes_committee(place: Place) -> None:
    [front] = place.drafted("Xã A2", receivers="fronts")
    held = place.holders(front)
    assert (held["verifier"], held["follower"]) == ("Xã A2", "Xã A2")


def test_a_directive_without_receiver_waits_for_a_person_to_name_one(place: Place) -> None:
    directive = place.directive(receivers="none")
    assert services.draft_assignments([directive.pk], [place.unit("Xã A1")], place.act("Tỉnh ủy", "clerk")) == []
    added = services.add_receiver(directive.pk, place.unit("Xã A2"), act=place.act("Tỉnh ủy", "clerk"))
    assert receivers(place, [added]) == ["Xã A2"]


def test_a_directive_is_only_for_units_below_the_one_that_gives_it(place: Place) -> None:
    [draft] = place.drafted("Xã A1", author="Huyện ủy A")
    with pytest.raises(Refused, match=r"directives\.not_below_the_issuer"):
        services.add_receiver(draft.directive_id, place.unit("Xã B1"), act=place.act("Huyện ủy A", "clerk"))


def test_a_superior_of_the_one_that_gives_a_directive_may_verify_it(place: Place) -> None:
    [draft] = place.drafted("Xã A1", author="Huyện ủy A")
    act = place.act("Huyện ủy A", "clerk")
    services.save_field(draft.pk, "verifier", str(place.unit("Tỉnh ủy")), seen=1, act=act)
    assert place.holders(draft)["verifier"] == "Tỉnh ủy"


def test_a_unit_gets_a_directive_once(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    act = place.act("Tỉnh ủy", "clerk")
    assert services.draft_assignments([draft.directive_id], [], act) == []
    with pytest.raises(Refused, match=r"directives\.receives_it_already"):
        services.add_receiver(draft.directive_id, place.unit("Xã A1"), act=act)


def test_a_draft_is_complete_by_default_and_says_so(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    assert place.holders(draft) == {
        "receiver": "Xã A1",
        "answerable": "Xã A1",
        "follower": "Huyện ủy A",
        "verifier": "Huyện ủy A",
    }
    assert draft.product == "Kế hoạch khắc phục và báo cáo kết quả"
    assert draft.due_on == SAID + timedelta(days=30)
    assert {field: mark["from"] for field, mark in draft.marks.items()} == dict.fromkeys(
        ["product", "due_on", "follower", "verifier", "answerable"], "default"
    )
    assert queries.gaps([draft], place.day) == []


def test_a_deadline_in_the_text_is_taken_and_marked_as_from_the_text(place: Place) -> None:
    directive = place.directive("Xã A1", timing=services.Timing(due_on=date(2023, 9, 30)))
    [draft] = services.draft_assignments([directive.pk], [], place.act("Tỉnh ủy", "clerk"))
    assert (draft.due_on, draft.marks["due_on"]["from"]) == (date(2023, 9, 30), "text")


def test_a_cadence_in_the_text_is_reviewed_at_the_end_of_the_planned_year(place: Place) -> None:
    directive = place.directive("Xã A1", timing=services.Timing(cadence_months=1, planned_year=2023))
    [draft] = services.draft_assignments([directive.pk], [], place.act("Tỉnh ủy", "clerk"))
    assert (draft.due_on, draft.cadence_months, draft.review_on) == (None, 1, date(2023, 12, 31))


def test_saving_a_field_leaves_no_entry_in_the_history(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    before = Entry.objects.count()
    saved = services.save_field(draft.pk, "product", "Kế hoạch", seen=1, act=place.act("Tỉnh ủy", "clerk"))
    assert (saved.version, saved.value, saved.late) == (2, "Kế hoạch", None)
    draft.refresh_from_db()
    assert draft.marks["product"]["from"] == "person"
    assert Entry.objects.count() == before


def test_two_people_saving_two_fields_do_not_disturb_each_other(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    services.save_field(draft.pk, "product", "Kế hoạch", seen=1, act=place.act("Tỉnh ủy", "clerk"))
    saved = services.save_field(draft.pk, "due_on", "1/6/2023", seen=1, act=place.act("Tỉnh ủy", "board"))
    assert (saved.version, saved.value, saved.late) == (3, "01/06/2023", None)


def test_a_save_that_comes_late_is_kept_beside_the_value(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    services.save_field(draft.pk, "product", "Kế hoạch", seen=1, act=place.act("Tỉnh ủy", "clerk"))
    saved = services.save_field(draft.pk, "product", "Báo cáo", seen=1, act=place.act("Tỉnh ủy", "board"))
    assert saved.value == "Kế hoạch"
    assert saved.late is not None
    assert LateField.objects.get().value == "Báo cáo"
    chosen = services.choose_late(saved.late.pk, take=True, seen=saved.version, act=place.act("Tỉnh ủy", "clerk"))
    assert chosen.value == "Báo cáo"
    assert not LateField.objects.exists()


def test_each_field_of_a_form_is_compared_with_what_the_person_saw(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    services.save_field(draft.pk, "product", "Kế hoạch", seen=1, act=place.act("Tỉnh ủy", "clerk"))
    typed = {"task": "Việc của tôi", "product": "Báo cáo"}
    saved = services.save_fields(draft.pk, typed, seen=1, act=place.act("Tỉnh ủy", "board"))
    assert (saved["task"].late, saved["product"].value) == (None, "Kế hoạch")
    assert LateField.objects.get().value == "Báo cáo"


def test_fields_of_one_form_do_not_come_late_to_each_other(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    typed = {"due_on": "", "cadence_months": "3", "review_on": "30/11/2023"}
    services.save_fields(draft.pk, typed, seen=1, act=place.act("Tỉnh ủy", "clerk"))
    draft.refresh_from_db()
    assert (draft.due_on, draft.cadence_months, draft.review_on) == (None, 3, date(2023, 11, 30))
    assert not LateField.objects.exists()


def test_one_persons_second_window_does_not_overwrite_the_first(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    act = place.act("Tỉnh ủy", "clerk")
    services.save_field(draft.pk, "product", "Kế hoạch", seen=1, act=act)
    assert services.save_field(draft.pk, "product", "Kế hoạch", seen=1, act=act).late is None
    assert services.save_field(draft.pk, "product", "Báo cáo", seen=1, act=act).late is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # What somebody else has set meanwhile is not cleared unseen, and what they have cleared is not set again unseen.
        ([("due_on", "30/9/2023")], ("cadence_months", "3")),
        ([("cadence_months", "3")], ("due_on", "30/9/2023")),
        ([("cadence_months", "3"), ("review_on", "30/11/2023")], ("due_on", "30/9/2023")),
    ],
)
def test_a_deadline_and_a_cadence_set_by_two_people_are_a_quarrel(
    place: Place, first: list[tuple[str, str]], second: tuple[str, str]
) -> None:
    [draft] = place.drafted("Xã A1")
    for number, (field, value) in enumerate(first, 1):
        services.save_field(draft.pk, field, value, seen=number, act=place.act("Tỉnh ủy", "clerk"))
    saved = services.save_field(draft.pk, *second, seen=1, act=place.act("Tỉnh ủy", "board"))
    assert saved.late is not None
    draft.refresh_from_db()
    assert value_of(draft, first[-1][0]) == read_back(first[-1][1])


def read_back(typed: str) -> str:
    return typed.replace("/9/", "/09/")


def test_a_review_day_set_meanwhile_is_not_lost_with_the_cadence(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    services.save_field(draft.pk, "cadence_months", "3", seen=1, act=place.act("Tỉnh ủy", "clerk"))
    services.save_field(draft.pk, "review_on", "30/11/2023", seen=2, act=place.act("Tỉnh ủy", "board"))
    assert services.save_field(draft.pk, "cadence_months", "", seen=2, act=place.act("Tỉnh ủy", "clerk")).late


def test_the_same_value_from_two_people_is_no_quarrel(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    services.save_field(draft.pk, "due_on", "01/06/2023", seen=1, act=place.act("Tỉnh ủy", "clerk"))
    saved = services.save_field(draft.pk, "due_on", "1-6-2023", seen=1, act=place.act("Tỉnh ủy", "board"))
    assert saved.late is None


def test_a_cadence_clears_the_deadline_and_a_deadline_the_cadence(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    act = place.act("Tỉnh ủy", "clerk")
    services.save_field(draft.pk, "cadence_months", "3", seen=1, act=act)
    draft.refresh_from_db()
    assert (draft.due_on, draft.cadence_months, draft.review_on) == (None, 3, date(2023, 12, 31))
    services.save_field(draft.pk, "due_on", "30/9", seen=2, act=act)
    draft.refresh_from_db()
    assert (draft.due_on, draft.cadence_months, draft.review_on) == (date(2023, 9, 30), None, None)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("due_on", "31/02/2023", "no_day"),
        ("cadence_months", "ba", "no_number"),
        ("cadence_months", "0", "no_cadence"),
        ("cadence_months", "13", "no_cadence"),
        ("verifier", "Huyện", "no_number"),
        ("verifier", "999999", "unit_has_ended"),
        ("verifier", "Xã B1", "cannot_watch_this"),
        ("follower", "Xã B1", "cannot_watch_this"),
        ("verifier", "Mặt trận xã A2", "only_committees_verify"),
        ("receiver", "Xã B1", "not_below_the_issuer"),
        ("answerable", "999999", "not_a_post_of_the_receiver"),
        ("receiver", "", "receiver_missing"),
        ("task", " ", "task_missing"),
        ("product", "x" * 301, "product_too_long"),
        ("state", "accepted", "no_such_field"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_what_to_do(place: Place, field: str, value: str, code: str) -> None:
    [draft] = place.drafted("Xã A1", author="Huyện ủy A")
    typed = str(place.unit(value)) if value in place.units else value
    with pytest.raises(Refused) as refused:
        services.save_field(draft.pk, field, typed, seen=1, act=place.act("Huyện ủy A", "clerk"))
    assert (refused.value.code, refused.value.status) == (f"directives.{code}", 422)


def test_one_value_fills_several_drafts(place: Place) -> None:
    drafts = place.drafted("Xã A1", "Xã A2", receivers="localities")
    seen = {one.pk: one.version for one in drafts}
    saved = services.fill(list(seen), "product", "Kế hoạch", seen=seen, act=place.act("Tỉnh ủy", "clerk"))
    assert {one.value for one in saved.values()} == {"Kế hoạch"}
    assert set(Assignment.objects.values_list("product", flat=True)) == {"Kế hoạch"}


def test_another_receiver_brings_its_own_superior_unless_a_person_chose_one(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    act = place.act("Tỉnh ủy", "clerk")
    services.save_field(draft.pk, "verifier", str(place.unit("Tỉnh ủy")), seen=1, act=act)
    services.save_field(draft.pk, "receiver", str(place.unit("Xã B1")), seen=2, act=act)
    assert place.holders(draft) == {
        "receiver": "Xã B1",
        "answerable": "Xã B1",
        "follower": "Huyện ủy B",
        "verifier": "Tỉnh ủy",
    }
    assert RoleDecision.objects.filter(assignment=draft).count() == 5


def test_confirming_the_defaults_takes_their_marks_away(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    services.confirm_defaults([draft.pk], seen={draft.pk: 1}, act=place.act("Tỉnh ủy", "clerk"))
    draft.refresh_from_db()
    assert {mark["from"] for mark in draft.marks.values()} == {"person"}


def test_a_draft_can_be_removed_and_an_approved_one_cannot(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    services.remove_receiver(draft.pk, seen=1, act=place.act("Tỉnh ủy", "clerk"))
    assert not Assignment.objects.exists()
    done = place.approved("Xã A2")
    with pytest.raises(Refused, match=r"directives\.no_draft_any_more"):
        services.remove_receiver(done.pk, seen=done.version, act=place.act("Tỉnh ủy", "clerk"))


def test_an_origin_can_be_withdrawn_until_something_of_it_is_issued(place: Place) -> None:
    finding = services.record_finding(
        place.origin("Phê bình"), kind="criticism", units=[place.unit("Xã A1")], act=place.act("Tỉnh ủy", "clerk")
    )
    place.drafted("Xã A2")
    approved = place.approved("Xã A1")
    services.withdraw_origin("working_session", 1, act=place.act("Tỉnh ủy", "clerk"))
    finding.refresh_from_db()
    assert finding.withdrawn_on == place.day
    assert list(Assignment.objects.values_list("pk", "state")) == [(approved.pk, "cancelled")]


def with_a_history(place: Place, how: str) -> Assignment:
    """A draft of which something was told already."""
    if how == "reminded of":
        [draft] = place.drafted("Xã A1")
        place.day = SAID + timedelta(days=8)
        tick.step(place.day)
        assert draft.steps.exists()
        return draft
    done = place.approved("Xã A1")
    act = place.act("Tỉnh ủy", "leader")
    return services.send_back([done.pk], reason="Bổ sung sản phẩm", seen=done.version, act=act)[0]


@pytest.mark.parametrize("how", ["reminded of", "sent back"])
def test_a_draft_with_a_history_is_taken_out_as_cancelled_and_its_history_stays(place: Place, how: str) -> None:
    draft = with_a_history(place, how)
    act = place.act("Tỉnh ủy", "clerk")
    services.remove_receiver(draft.pk, seen=draft.version, act=act)
    draft.refresh_from_db()
    assert (draft.state, draft.closed_on) == ("cancelled", place.day)
    assert draft.remarks.filter(verb="cancel").exists()
    services.add_receiver(draft.directive_id, place.unit("Xã A1"), act=act)
    assert Assignment.objects.exclude(state="cancelled").count() == 1


@pytest.mark.parametrize("how", ["reminded of", "sent back"])
def test_an_origin_is_withdrawn_with_drafts_that_have_a_history(place: Place, how: str) -> None:
    draft = with_a_history(place, how)
    place.drafted("Xã A2")
    services.withdraw_origin("working_session", 1, act=place.act("Tỉnh ủy", "clerk"))
    assert list(Assignment.objects.values_list("pk", "state")) == [(draft.pk, "cancelled")]


def test_nobody_is_added_to_what_was_withdrawn(place: Place) -> None:
    [draft] = place.drafted("Xã A1")
    act = place.act("Tỉnh ủy", "clerk")
    services.withdraw_origin("working_session", 1, act=act)
    with pytest.raises(Refused, match=r"directives\.removed_meanwhile"):
        services.add_receiver(draft.directive_id, place.unit("Xã A2"), act=act)


def test_an_origin_of_which_something_was_issued_is_not_withdrawn(place: Place) -> None:
    services.record_finding(place.origin("Khen"), kind="praise", units=[], act=place.act("Tỉnh ủy", "clerk"))
    place.issued("Xã A1")
    with pytest.raises(Refused, match=r"directives\.already_issued"):
        services.withdraw_origin("working_session", 1, act=place.act("Tỉnh ủy", "clerk"))
    assert Finding.objects.get().withdrawn_on is None


def test_what_was_said_to_a_unit_that_has_ended_since_comes_to_its_successor(place: Place) -> None:
    from dondoc.organisations.services import merge

    day = date(2023, 5, 1)
    place.day = date(2023, 5, 10)
    merge(
        [place.units["Xã A2"]],
        into=place.units["Xã A1"],
        decision="1-NQ",
        effective_on=day,
        act=place.act("Tỉnh ủy", "board"),
    )
    [draft] = place.drafted("Xã A2", text=URGE)
    assert place.holders(draft)["receiver"] == "Xã A1"
    assert place.holders(draft, SAID)["receiver"] == "Xã A2"
