"""Acknowledging, passing down, reporting, verifying, asking for more time; nobody closes their own duty."""

from datetime import date, timedelta

import pytest

from dondoc.accounts.models import Post
from dondoc.accounts.tests.people import hold
from dondoc.directives import queries, services
from dondoc.directives.models import Assignment, Extension, Report
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.tests.told_once import told_once

from .work import URGE, Place, paper

pytestmark = pytest.mark.django_db


@told_once
def place() -> Place:
    return Place()


def part(place: Place, unit: str = "Chi bộ 1", **given: object) -> services.ChildData:
    values: dict[str, object] = {"task": "Rà soát", "product": "Báo cáo", "due_on": place.day + timedelta(days=10)}
    return services.ChildData(place.unit(unit), **(values | given))  # type: ignore[arg-type]


def test_an_objection_waits_for_the_issuer_who_may_stay_with_it(place: Place) -> None:
    ready = place.issued("Xã A1")
    done = services.object_to(ready.pk, reason="Không thuộc xã", seen=ready.version, act=place.act("Xã A1", "head"))
    assert (done.state, done.objected_on) == ("objected", place.day)
    back = services.uphold(done.pk, reason="Thuộc xã", seen=done.version, act=place.act("Tỉnh ủy", "leader"))
    assert back.state == "issued"


def test_an_objection_may_lead_to_another_receiver_who_starts_afresh(place: Place) -> None:
    ready = place.issued("Xã A1")
    done = services.object_to(ready.pk, reason="Không thuộc xã", seen=ready.version, act=place.act("Xã A1", "head"))
    place.day += timedelta(days=1)
    act = place.act("Tỉnh ủy", "clerk")
    moved = services.hand_over(
        done.pk, role="receiver", unit=place.unit("Xã A2"), reason="Đúng địa bàn", seen=done.version, act=act
    )
    assert (moved.state, moved.objected_on) == ("issued", None)
    assert place.holders(moved)["receiver"] == "Xã A2"
    assert place.holders(moved)["answerable"] == "Xã A2"
    [card] = queries.cards([moved], place.day, seen_by=[place.unit("Xã A1")])
    assert card.standing == "handed_over"


def hand(place: Place, ready: Assignment, unit: str) -> Assignment:
    act = place.act("Tỉnh ủy", "clerk")
    return services.hand_over(
        ready.pk, role="receiver", unit=place.unit(unit), reason="Đúng địa bàn", seen=ready.version, act=act
    )


def test_a_new_receiver_of_work_in_progress_has_to_acknowledge_it_and_may_object(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day += timedelta(days=1)
    moved = hand(place, ready, "Xã A2")
    assert (moved.state, moved.acknowledged_on) == ("issued", None)
    act = place.act("Xã A2", "head")
    done = services.object_to(moved.pk, reason="Không thuộc xã", seen=moved.version, act=act)
    again = services.uphold(done.pk, reason="Thuộc xã", seen=done.version, act=place.act("Tỉnh ủy", "leader"))
    assert services.acknowledge(again.pk, seen=again.version, act=act).state == "in_progress"


def test_the_time_to_acknowledge_counts_from_the_hand_over_and_from_the_answer_to_an_objection(place: Place) -> None:
    ready = place.working("Xã A1", due_on=date(2023, 12, 31))
    place.day = date(2023, 5, 18)
    moved = hand(place, ready, "Xã A2")
    # A Thursday: three working days later is Tuesday.
    assert moved.next_step_on == date(2023, 5, 23)
    done = services.object_to(moved.pk, reason="…", seen=moved.version, act=place.act("Xã A2", "head"))
    place.day = date(2023, 6, 1)
    again = services.uphold(done.pk, reason="…", seen=done.version, act=place.act("Tỉnh ủy", "leader"))
    assert again.next_step_on == date(2023, 6, 6)


def test_a_reported_result_is_judged_before_the_work_goes_to_another_unit(place: Place) -> None:
    ready = place.reported("Xã A1")
    with pytest.raises(Refused, match=r"directives\.result_is_reported"):
        hand(place, ready, "Xã A2")


def test_nothing_is_handed_to_who_has_it(place: Place) -> None:
    ready = place.working("Xã A1")
    with pytest.raises(Refused, match=r"directives\.receives_it_already"):
        hand(place, ready, "Xã A1")


@pytest.mark.parametrize(
    ("role", "unit", "code"),
    [
        ("receiver", "Xã B1", "not_below_the_issuer"),
        ("verifier", "Huyện ủy B", "cannot_watch_this"),
        ("follower", "Xã B1", "cannot_watch_this"),
        ("verifier", "Đoàn xã A1", "only_committees_verify"),
        ("issuer", "Tỉnh ủy", "no_such_field"),
    ],
)
def test_a_part_is_handed_only_to_a_unit_that_it_fits(place: Place, role: str, unit: str, code: str) -> None:
    ready = place.issued("Xã A1", author="Huyện ủy A", verifier=str(place.unit("Tỉnh ủy")))
    with pytest.raises(Refused) as refused:
        services.hand_over(
            ready.pk,
            role=role,
            unit=place.unit(unit),
            reason="…",
            seen=ready.version,
            act=place.act("Huyện ủy A", "clerk"),
        )
    assert refused.value.code == f"directives.{code}"


def test_a_part_is_passed_only_to_a_post_of_its_own_unit(place: Place) -> None:
    ready = place.working("Xã A1")
    elsewhere = Post.objects.get(unit=place.units["Xã A2"], kind="head")
    child = part(place, post=elsewhere.pk)
    with pytest.raises(Refused, match=r"directives\.not_a_post_of_the_receiver"):
        services.pass_down(ready.pk, children=[child], seen=ready.version, act=place.act("Xã A1", "head"))


def test_another_verifier_leaves_the_work_in_progress(place: Place) -> None:
    ready = place.working("Xã A1")
    act = place.act("Tỉnh ủy", "clerk")
    moved = services.hand_over(
        ready.pk, role="verifier", unit=place.unit("Tỉnh ủy"), reason="…", seen=ready.version, act=act
    )
    assert (moved.state, moved.acknowledged_on) == ("in_progress", ready.acknowledged_on)


def test_a_part_passed_down_is_verified_and_followed_by_who_passed_it(place: Place) -> None:
    ready = place.working("Xã A1")
    [child] = services.pass_down(ready.pk, children=[part(place)], seen=ready.version, act=place.act("Xã A1", "head"))
    assert child.state == "issued"
    assert place.holders(child) == {
        "receiver": "Chi bộ 1",
        "answerable": "Chi bộ 1",
        "follower": "Xã A1",
        "verifier": "Xã A1",
    }


@pytest.mark.parametrize(
    ("unit", "given", "code"),
    [
        ("Xã A2", {}, "not_below_the_receiver"),
        ("Xã A1", {}, "not_below_the_receiver"),
        ("Huyện ủy A", {}, "not_below_the_receiver"),
        ("Chi bộ 1", {"due_on": date(2023, 5, 29)}, "incomplete"),
        ("Chi bộ 1", {"product": ""}, "incomplete"),
        ("Chi bộ 1", {"task": " "}, "task_missing"),
        ("Chi bộ 1", {"due_on": None}, "incomplete"),
    ],
)
def test_a_part_goes_only_below_and_ends_before_the_whole(
    place: Place, unit: str, given: dict[str, object], code: str
) -> None:
    ready = place.working("Xã A1")
    with pytest.raises(Refused) as refused:
        services.pass_down(
            ready.pk, children=[part(place, unit, **given)], seen=ready.version, act=place.act("Xã A1", "head")
        )
    assert refused.value.code == f"directives.{code}"
    assert Assignment.objects.count() == 1


def test_the_whole_is_not_reported_done_while_a_part_is_open_without_a_reason(place: Place) -> None:
    ready = place.working("Xã A1")
    act = place.act("Xã A1", "head")
    services.pass_down(ready.pk, children=[part(place)], seen=ready.version, act=act)
    with pytest.raises(Refused) as refused:
        services.report_result(ready.pk, text="Xong", seen=ready.version + 1, act=act)
    assert (refused.value.code, refused.value.data["open"]) == ("directives.parts_are_open", 1)
    report = services.report_result(
        ready.pk, text="Xong", open_children_reason="Chi bộ báo cáo sau", seen=ready.version + 1, act=act
    )
    assert report.open_children_reason == "Chi bộ báo cáo sau"


def test_a_result_is_accepted_by_the_verifier(place: Place) -> None:
    ready = place.reported("Xã A1")
    done = services.accept(ready.pk, remark="Tốt", seen=ready.version, act=place.act("Huyện ủy A", "leader"))
    assert (done.state, done.closed_on, done.next_step_on) == ("accepted", place.day, None)


def test_a_returned_result_is_in_progress_again_with_the_reason(place: Place) -> None:
    ready = place.reported("Xã A1")
    done = services.return_result(
        ready.pk, reason="Thiếu minh chứng", seen=ready.version, act=place.act("Huyện ủy A", "leader")
    )
    assert (done.state, done.reported_on, done.returned_on) == ("in_progress", None, place.day)
    assert queries.cards([done], place.day)[0].standing == "returned"
    services.report_result(done.pk, text="Đã bổ sung", seen=done.version, act=place.act("Xã A1", "head"))
    assert queries.cards([Assignment.objects.get()], place.day)[0].standing == "reported"


def test_what_was_reported_in_time_is_on_time_however_late_it_is_accepted(place: Place) -> None:
    ready = place.reported("Xã A1")
    place.day += timedelta(days=90)
    services.accept(ready.pk, seen=ready.version, act=place.act("Huyện ủy A", "leader"))
    assert queries.cards(Assignment.objects.all(), place.day)[0].standing == "accepted"


def test_what_was_reported_after_the_deadline_is_completed_late(place: Place) -> None:
    ready = place.working("Xã A1")
    place.day += timedelta(days=31)
    services.report_result(ready.pk, text="Xong", seen=ready.version, act=place.act("Xã A1", "head"))
    services.accept(ready.pk, seen=ready.version + 1, act=place.act("Huyện ủy A", "leader"))
    assert queries.cards(Assignment.objects.all(), place.day)[0].standing == "accepted_late"


def test_who_reported_cannot_accept_through_another_post(place: Place) -> None:
    head = place.person("Xã A1", "head")
    hold(place.units["Huyện ủy A"], "leader", title="Phó Bí thư kiêm nhiệm", account=head)
    ready = place.reported("Xã A1")
    post = next(h for h in place.actor("Xã A1", "head").holdings if h.unit == place.unit("Huyện ủy A"))
    act = place.act("Xã A1", "head")
    other = type(act)(act.person, post.post, post.unit, act.day, act.at)
    with pytest.raises(Refused) as refused:
        services.accept(ready.pk, seen=ready.version, act=other)
    assert (refused.value.code, refused.value.status) == ("directives.own_report", FORBIDDEN)


def test_who_holds_a_post_of_the_receiver_cannot_accept_through_another_post(place: Place) -> None:
    clerk = place.person("Xã A1", "clerk")
    hold(place.units["Huyện ủy A"], "leader", title="Phó Bí thư kiêm nhiệm", account=clerk)
    ready = place.reported("Xã A1")
    post = next(h for h in place.actor("Xã A1", "clerk").holdings if h.unit == place.unit("Huyện ủy A"))
    act = place.act("Xã A1", "clerk")
    other = type(act)(act.person, post.post, post.unit, act.day, act.at)
    with pytest.raises(Refused) as refused:
        services.accept(ready.pk, seen=ready.version, act=other)
    assert (refused.value.code, refused.value.status) == ("directives.own_duty_of_a_post", FORBIDDEN)


def test_a_text_with_a_mark_of_secrecy_is_stopped_wherever_it_is_typed(place: Place) -> None:
    secret = "MẬT\nNội dung"
    ready = place.working("Xã A1")
    head = place.act("Xã A1", "head")
    with pytest.raises(Refused, match=r"documents\."):
        services.report_result(ready.pk, text=secret, seen=ready.version, act=head)
    with pytest.raises(Refused, match=r"documents\."):
        services.chase(ready.pk, text=secret, seen=ready.version, act=place.act("Huyện ủy A", "clerk"))
    [draft] = place.drafted("Xã A2")
    with pytest.raises(Refused, match=r"documents\."):
        services.save_field(draft.pk, "task", secret, seen=1, act=place.act("Tỉnh ủy", "clerk"))


def test_who_answers_for_it_cannot_accept_what_a_colleague_reported(place: Place) -> None:
    head = place.person("Xã A1", "head")
    hold(place.units["Huyện ủy A"], "leader", title="Phó Bí thư kiêm nhiệm", account=head)
    ready = place.working("Xã A1")
    services.report_result(ready.pk, text="Xong", seen=ready.version, act=place.act("Xã A1", "clerk"))
    act = place.act("Xã A1", "head")
    other = type(act)(act.person, act.post, place.unit("Huyện ủy A"), act.day, act.at)
    with pytest.raises(Refused, match=r"directives\.own_duty_of_the_person"):
        services.accept(ready.pk, seen=ready.version + 1, act=other)


def test_who_entered_the_report_on_the_units_behalf_cannot_accept_it(place: Place) -> None:
    ready = place.issued("Xã A1")
    clerk = place.act("Huyện ủy A", "clerk")
    services.report_result(ready.pk, text="Theo báo cáo giấy", files=[paper().pk], seen=ready.version, act=clerk)
    with pytest.raises(Refused, match=r"directives\.own_report"):
        services.accept(ready.pk, seen=ready.version + 1, act=clerk)
    services.accept(ready.pk, seen=ready.version + 1, act=place.act("Huyện ủy A", "leader"))


def test_the_receivers_unit_cannot_accept_its_own_work(place: Place) -> None:
    ready = place.reported("Xã A1")
    with pytest.raises(Refused, match=r"directives\.own_duty_of_the_unit"):
        services.accept(ready.pk, seen=ready.version, act=place.act("Xã A1", "leader"))


def test_a_unit_cannot_be_made_its_own_verifier(place: Place) -> None:
    ready = place.working("Xã A1")
    act = place.act("Tỉnh ủy", "clerk")
    for role, unit in (("verifier", "Xã A1"), ("follower", "Xã A1"), ("receiver", "Huyện ủy A")):
        with pytest.raises(Refused, match=r"directives\.watches_itself"):
            services.hand_over(ready.pk, role=role, unit=place.unit(unit), reason="…", seen=ready.version, act=act)


def test_a_report_entered_for_a_unit_names_it_and_needs_the_paper(place: Place) -> None:
    ready = place.issued("Xã A1")
    clerk = place.act("Huyện ủy A", "clerk")
    with pytest.raises(Refused, match=r"directives\.paper_missing"):
        services.report_progress(ready.pk, text="Đang làm", seen=ready.version, act=clerk)
    report = services.report_progress(ready.pk, text="Đang làm", files=[paper().pk], seen=ready.version, act=clerk)
    assert (report.unit_id, report.entered_for_id) == (place.unit("Huyện ủy A"), place.unit("Xã A1"))
    ready.refresh_from_db()
    assert (ready.state, ready.acknowledged_on) == ("in_progress", place.day)


def test_an_empty_report_is_refused(place: Place) -> None:
    ready = place.working("Xã A1")
    with pytest.raises(Refused, match=r"directives\.report_empty"):
        services.report_result(ready.pk, text="  ", seen=ready.version, act=place.act("Xã A1", "head"))
    assert not Report.objects.exists()


def asked(place: Place, ready: Assignment, days: int = 20) -> Extension:
    assert ready.due_on is not None
    new = ready.due_on + timedelta(days=days)
    return services.ask_extension(
        ready.pk, new_due_on=new, reason="Chờ hướng dẫn", seen=ready.version, act=place.act("Xã A1", "head")
    )


def test_an_extension_granted_moves_the_deadline_and_one_refused_does_not(place: Place) -> None:
    ready = place.working("Xã A1")
    old = ready.due_on
    extension = asked(place, ready)
    leader = place.act("Huyện ủy A", "leader")
    services.answer_extension(ready.pk, granted=False, answer="Phải xong", seen=ready.version + 1, act=leader)
    ready.refresh_from_db()
    assert (ready.due_on, ready.state) == (old, "in_progress")
    extension = asked(place, ready)
    services.answer_extension(ready.pk, granted=True, seen=ready.version + 1, act=leader)
    ready.refresh_from_db()
    assert ready.due_on == extension.new_due_on


def test_only_one_extension_is_asked_for_at_a_time(place: Place) -> None:
    ready = place.working("Xã A1")
    asked(place, ready)
    ready.refresh_from_db()
    with pytest.raises(Refused, match=r"directives\.extension_is_open"):
        asked(place, ready, 30)


def test_an_extension_must_be_later_and_have_a_reason(place: Place) -> None:
    ready = place.working("Xã A1")
    with pytest.raises(Refused, match=r"directives\.no_later_day"):
        asked(place, ready, 0)
    with pytest.raises(Refused, match=r"directives\.reason_missing"):
        services.ask_extension(
            ready.pk, new_due_on=date(2024, 1, 1), reason="", seen=ready.version, act=place.act("Xã A1", "head")
        )


def test_nobody_grants_the_extension_that_they_asked_for(place: Place) -> None:
    ready = place.working("Xã A1")
    asked(place, ready)
    act = place.act("Xã A1", "head")
    other = type(act)(act.person, act.post, place.unit("Huyện ủy A"), act.day, act.at)
    with pytest.raises(Refused, match=r"directives\.own_report"):
        services.answer_extension(ready.pk, granted=True, seen=ready.version + 1, act=other)


def test_a_part_is_not_extended_beyond_the_whole(place: Place) -> None:
    ready = place.working("Xã A1")
    [child] = services.pass_down(ready.pk, children=[part(place)], seen=ready.version, act=place.act("Xã A1", "head"))
    services.ask_extension(
        child.pk, new_due_on=date(2023, 5, 29), reason="…", seen=child.version, act=place.act("Chi bộ 1", "head")
    )
    with pytest.raises(Refused, match=r"directives\.later_than_the_whole"):
        services.answer_extension(child.pk, granted=True, seen=child.version + 1, act=place.act("Xã A1", "head"))


def test_a_reopened_assignment_is_in_progress_again(place: Place) -> None:
    ready = place.reported("Xã A1")
    leader = place.act("Huyện ủy A", "leader")
    done = services.accept(ready.pk, seen=ready.version, act=leader)
    again = services.reopen(done.pk, reason="Tái diễn", seen=done.version, act=leader)
    assert (again.state, again.closed_on, again.reported_on) == ("in_progress", None, None)
    assert again.next_step_on is not None
    assert queries.cards([again], place.day)[0].standing == "in_progress"


def test_a_report_answers_the_period_of_a_regular_assignment(place: Place) -> None:
    ready = place.working("Xã A1", text=URGE, cadence_months="1", review_on="31/12/2023")
    act = place.act("Xã A1", "head")
    assert queries.cards([ready], place.day)[0].due == date(2023, 5, 28)
    services.report_progress(ready.pk, text="Tháng 5", seen=ready.version, act=act)
    ready.refresh_from_db()
    assert (ready.met_to, queries.cards([ready], place.day)[0].due) == (date(2023, 5, 28), date(2023, 6, 28))
    services.report_progress(ready.pk, text="Nữa", seen=ready.version, act=act)
    ready.refresh_from_db()
    assert ready.met_to == date(2023, 5, 28)


def test_urging_leaves_the_state_and_its_words(place: Place) -> None:
    ready = place.working("Xã A1")
    done = services.chase(ready.pk, text="Đề nghị báo cáo", seen=ready.version, act=place.act("Huyện ủy A", "clerk"))
    assert (done.state, done.remarks.get().text) == ("in_progress", "Đề nghị báo cáo")
