"""Correcting a draft value by value: nothing typed is lost, nothing is recorded yet."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.figures.models import Figure
from dondoc.history.models import Entry
from dondoc.intake import services
from dondoc.intake.forms import EMPTY
from dondoc.intake.models import Draft, DraftValue, LateValue
from dondoc.intake.tests.drafts import AMBIGUOUS, TEXT, Story, codes, value
from dondoc.lib.refusals import Refused


@pytest.fixture
def draft(story: Story) -> Draft:
    return story.receive()


@pytest.fixture
def clerk(client: Client, story: Story) -> Client:
    return sign_in(client, story.clerk)


def members(draft: Draft) -> DraftValue:
    return value(draft, "figure", indicator="members")


def save(client: Client, target: DraftValue, seen: int | None = -1, **fields: Any) -> Any:
    """Send the form of a value; `seen` -1 is the present one."""
    named = {f"v{target.pk}-{name}": text for name, text in fields.items()}
    return post(client, reverse("intake:save", args=[target.pk]), target.counter if seen == -1 else seen, **named)


def figure_fields(target: DraftValue, **more: Any) -> dict[str, Any]:
    return {
        "of": target.content["of"],
        "indicator": target.content["indicator"],
        "qualifier": target.content["qualifier"],
        "value": target.content["value"],
        "period": "",
        **more,
    }


def test_a_corrected_figure_says_who_corrected_it(clerk: Client, draft: Draft, story: Story) -> None:
    target = members(draft)
    answer = save(clerk, target, **figure_fields(target, value="79"))
    assert answer.url == f"{reverse('intake:draft', args=[draft.pk])}#value-{target.pk}"
    target.refresh_from_db()
    assert (target.content["value"], target.counter, target.saved_by) == ("79", 2, story.clerk)
    assert target.found is not None
    assert target.found["value"] == "78"


def test_saving_a_draft_leaves_no_entry_of_the_history(clerk: Client, draft: Draft) -> None:
    before = Entry.objects.count()
    target = members(draft)
    save(clerk, target, **figure_fields(target, value="79"))
    assert Entry.objects.count() == before


def test_a_correction_can_be_taken_back_to_what_was_read(clerk: Client, draft: Draft) -> None:
    target = members(draft)
    save(clerk, target, **figure_fields(target, value="79"))
    post(clerk, reverse("intake:undo", args=[target.pk]), seen=2)
    target.refresh_from_db()
    assert target.content == target.found


def test_a_value_left_out_can_be_taken_back(clerk: Client, draft: Draft) -> None:
    target = members(draft)
    post(clerk, reverse("intake:drop", args=[target.pk]), seen=1)
    target.refresh_from_db()
    assert target.dropped
    post(clerk, reverse("intake:undo", args=[target.pk]), seen=2)
    target.refresh_from_db()
    assert not target.dropped


@pytest.mark.parametrize(
    ("field", "typed"),
    [("value", "nhiều"), ("value", ""), ("period", "năm ngoái"), ("indicator", "nothing"), ("of", "999999")],
)
def test_what_cannot_be_saved_is_given_back_with_the_reason(
    clerk: Client, draft: Draft, field: str, typed: str
) -> None:
    target = members(draft)
    answer = save(clerk, target, **figure_fields(target, **{field: typed}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="problems"' in page
    assert field in {"indicator", "of"} or f'value="{typed}"' in page or not typed
    target.refresh_from_db()
    assert target.counter == 1


def test_a_late_save_is_kept_beside_the_value_for_a_person_to_choose(clerk: Client, draft: Draft, story: Story) -> None:
    target = members(draft)
    services.save_value(target.pk, {**target.content, "value": "80"}, seen=1, act=story.act(story.leader))
    answer = save(clerk, target, 1, **figure_fields(target, value="79"))
    assert answer.status_code == 302
    target.refresh_from_db()
    late = LateValue.objects.get()
    assert late.content is not None
    assert (target.content["value"], late.content["value"], late.by) == ("80", "79", story.clerk)
    assert codes(draft) == ["late"]
    page = clerk.get(reverse("intake:draft", args=[draft.pk])).content.decode()
    assert reverse("intake:choose_late", args=[late.pk]) in page
    assert "79" in page


@pytest.mark.parametrize(("take", "kept"), [("1", "79"), ("0", "80")])
def test_a_person_chooses_between_two_saves(clerk: Client, draft: Draft, story: Story, take: str, kept: str) -> None:
    target = members(draft)
    services.save_value(target.pk, {**target.content, "value": "80"}, seen=1, act=story.act(story.leader))
    save(clerk, target, 1, **figure_fields(target, value="79"))
    post(clerk, reverse("intake:choose_late", args=[LateValue.objects.get().pk]), seen=2, take=take)
    target.refresh_from_db()
    assert target.content["value"] == kept
    assert not LateValue.objects.exists()
    assert codes(draft) == []


def test_two_people_who_typed_the_same_need_not_choose(clerk: Client, draft: Draft, story: Story) -> None:
    target = members(draft)
    services.save_value(target.pk, {**target.content, "value": "79"}, seen=1, act=story.act(story.leader))
    save(clerk, target, 1, **figure_fields(target, value="79"))
    assert not LateValue.objects.exists()


def test_a_late_wish_to_leave_a_value_out_is_kept_too(clerk: Client, draft: Draft, story: Story) -> None:
    target = members(draft)
    services.save_value(target.pk, {**target.content, "value": "79"}, seen=1, act=story.act(story.leader))
    post(clerk, reverse("intake:drop", args=[target.pk]), seen=1)
    late = LateValue.objects.get()
    assert late.content is None
    assert clerk.get(reverse("intake:draft", args=[draft.pk])).status_code == 200
    post(clerk, reverse("intake:choose_late", args=[late.pk]), seen=2, take="1")
    target.refresh_from_db()
    assert target.dropped


@pytest.mark.parametrize("verb", ["undo", "accept"])
def test_a_late_press_without_anything_typed_is_refused(clerk: Client, draft: Draft, story: Story, verb: str) -> None:
    target = members(draft)
    services.drop_value(target.pk, seen=1, act=story.act(story.leader))
    assert post(clerk, reverse(f"intake:{verb}", args=[target.pk]), seen=1).status_code == 409


def test_the_same_form_sent_twice_changes_a_value_once(clerk: Client, draft: Draft) -> None:
    target = members(draft)
    for _ in range(2):
        post(clerk, reverse("intake:drop", args=[target.pk]), seen=1, key="one and the same key")
    target.refresh_from_db()
    assert target.counter == 2
    assert not LateValue.objects.exists()


URLS = ["save", "drop", "undo", "accept", "mark_new"]


@pytest.mark.parametrize("name", URLS)
def test_nothing_is_saved_by_someone_who_has_not_seen_the_value(clerk: Client, draft: Draft, name: str) -> None:
    assert post(clerk, reverse(f"intake:{name}", args=[members(draft).pk]), seen=None).status_code == 428


@pytest.mark.parametrize("name", URLS)
def test_the_values_of_another_office_are_not_there(client: Client, draft: Draft, story: Story, name: str) -> None:
    sign_in(client, story.outsider)
    assert post(client, reverse(f"intake:{name}", args=[members(draft).pk]), seen=1).status_code == 404


def test_a_new_day_looks_the_units_up_again(clerk: Client, draft: Draft) -> None:
    day, unit = value(draft, "event", "date"), value(draft, "unit")
    assert unit.content["how"] == "matched"
    save(clerk, day, day="28/04/2019")
    unit.refresh_from_db()
    assert (unit.content["unit"], unit.content["candidates"], unit.counter) == (None, [], 2)
    assert value(draft, "event", "leader").content["post"] is None


def test_a_day_of_the_future_stands_against_confirming(clerk: Client, draft: Draft) -> None:
    save(clerk, value(draft, "event", "date"), day="28/04/2024")
    assert "day_ahead" in codes(draft)


def test_a_person_settles_a_unit_by_choosing_it(clerk: Client, story: Story) -> None:
    draft = story.receive(AMBIGUOUS)
    unit = value(draft, "unit")
    assert codes(draft) == ["unit_ambiguous"]
    save(clerk, unit, unit=story.units["Huyện ủy Cam Lâm > Xã Cam Vạn"].pk, in_session="on")
    assert codes(draft) == []


def test_a_unit_is_looked_up_in_the_tree_of_the_day(clerk: Client, draft: Draft, story: Story) -> None:
    unit = value(draft, "unit")
    wanted = story.units["Xã Vạn Bình"].pk
    asked = {"edit": str(unit.pk), "find": "van binh"}
    page = clerk.get(reverse("intake:draft", args=[draft.pk]), asked).content.decode()
    assert f'value="{wanted}"' in page
    typed: dict[str, Any] = {f"v{unit.pk}-unit": wanted, f"v{unit.pk}-in_session": "on", "find": "van binh"}
    post(clerk, reverse("intake:save", args=[unit.pk]), seen=unit.counter, **typed)
    unit.refresh_from_db()
    assert (unit.content["unit"], unit.content["how"]) == (wanted, "chosen")


def test_a_unit_that_is_not_offered_cannot_be_chosen(clerk: Client, draft: Draft, story: Story) -> None:
    unit = value(draft, "unit")
    assert save(clerk, unit, unit=story.units["Xã Vạn Bình"].pk).status_code == 422


def test_the_only_unit_a_name_can_mean_is_accepted_with_one_press(clerk: Client, story: Story) -> None:
    draft = story.receive(TEXT.replace("Sơn Tân", "Vạn Bình"))  # in Vạn Ninh, not in Cam Lâm as this says
    unit = value(draft, "unit")
    assert codes(draft) == ["unit_unplaced"]
    post(clerk, reverse("intake:accept", args=[unit.pk]), seen=unit.counter)
    assert codes(draft) == []


def test_a_rate_that_does_not_agree_may_be_left_as_the_text_has_it(clerk: Client, story: Story) -> None:
    draft = story.receive(TEXT.replace("69,2%", "70%"))
    rate = value(draft, "figure", indicator="admission_rate_percent")
    assert codes(draft) == ["rate_differs"]
    post(clerk, reverse("intake:accept", args=[rate.pk]), seen=1)
    assert codes(draft) == []


def test_the_leader_is_chosen_from_the_posts_of_that_day(clerk: Client, story: Story) -> None:
    hold(story.office, "leader", title="Bí thư Tỉnh ủy")
    draft = story.receive(TEXT.replace("Phó Bí thư Tỉnh ủy", "đại diện Thường trực Tỉnh ủy"))
    leader = value(draft, "event", "leader")
    assert "no_leader" in codes(draft)
    page = clerk.get(reverse("intake:draft", args=[draft.pk]), {"edit": leader.pk}).content.decode()
    assert "Bí thư Tỉnh ủy" in page
    save(clerk, leader, post=story.leader_post.pk)
    assert "no_leader" not in codes(draft)


def add(client: Client, draft: Draft, kind: str, **fields: Any) -> Any:
    named = {f"add-{name}": text for name, text in fields.items()}
    return post(client, reverse("intake:add", args=[draft.pk]), 0, kind=kind, **named)


def test_a_figure_is_added_with_its_place_in_the_text(clerk: Client, draft: Draft) -> None:
    unit = value(draft, "unit")
    fields = {"of": unit.pk, "indicator": "members_probationary", "qualifier": "exact", "value": "78", "period": ""}
    add(clerk, draft, "figure", **fields, words="78 đảng viên")
    added = value(draft, "figure", indicator="members_probationary")
    assert draft.text[added.span_start : added.span_end] == "78 đảng viên"
    assert added.found is None


def test_a_directive_is_added_from_words_of_the_text(clerk: Client, draft: Draft) -> None:
    words = "tập trung khắc phục những hạn chế"
    add(clerk, draft, "directive", receivers="localities", words=words, to="", deadline="30/6/2023")
    added = [v for v in draft.values.filter(kind="directive") if v.found is None]
    assert [draft.text[v.span_start : v.span_end] for v in added] == [words]
    assert added[0].content["deadline"] == "2023-06-30"


def test_words_that_are_not_in_the_text_are_no_directive(clerk: Client, draft: Draft) -> None:
    answer = add(clerk, draft, "directive", receivers="localities", words="làm ngay việc này")
    assert answer.status_code == 422
    assert "làm ngay việc này" in answer.content.decode()


def test_a_unit_is_added_and_looked_up(clerk: Client, draft: Draft, story: Story) -> None:
    add(clerk, draft, "unit", words="huyện Vạn Ninh", in_session="on")
    added = value(draft, "unit", name="Vạn Ninh")
    assert added.content["unit"] == story.units["Huyện ủy Vạn Ninh"].pk


def test_something_that_is_no_kind_of_value_cannot_be_added(clerk: Client, draft: Draft) -> None:
    assert add(clerk, draft, "event").status_code == 404


def test_a_figure_of_another_draft_is_no_unit_of_this_one(draft: Draft, story: Story) -> None:
    other = story.receive(TEXT + "\n\nThêm.")
    target = members(draft)
    with pytest.raises(Refused, match="no_such_unit"):
        services.save_value(target.pk, {**target.content, "of": value(other, "unit").pk}, seen=1, act=story.act())


def test_values_stay_as_they_are_once_the_draft_is_put_aside(clerk: Client, draft: Draft) -> None:
    post(clerk, reverse("intake:discard", args=[draft.pk]), seen=draft.version)
    target = members(draft)
    assert save(clerk, target, **figure_fields(target, value="79")).status_code == 409


def test_a_draft_changed_meanwhile_is_not_put_aside(clerk: Client, draft: Draft) -> None:
    assert post(clerk, reverse("intake:discard", args=[draft.pk]), seen=draft.version + 1).status_code == 409


NOT_FOR_HERE = {
    "secret": "TUYỆT MẬT",
    "no text": "xây dựng\x01 Đảng",
    "half a sign": "xây dựng \ud800",
    "too long": "Đảng " * 500,
}


@pytest.mark.parametrize("words", NOT_FOR_HERE.values(), ids=NOT_FOR_HERE)
def test_typed_words_go_through_the_door_of_all_texts(draft: Draft, story: Story, words: str) -> None:
    topic = value(draft, "event", "topic")
    with pytest.raises(Refused) as refused:
        services.save_value(topic.pk, {"text": words}, seen=topic.counter, act=story.act())
    assert refused.value.status == 422
    with pytest.raises(Refused):
        services.add_value(draft.pk, "unit", {**EMPTY["unit"], "name": words}, span=None, act=story.act())
    topic.refresh_from_db()
    assert topic.counter == 1


def test_typed_words_with_a_mark_of_secrecy_are_given_back_with_the_reason(clerk: Client, draft: Draft) -> None:
    topic = value(draft, "event", "topic")
    answer = save(clerk, topic, text="MẬT")
    assert answer.status_code == 422
    assert "“Mật”" in answer.content.decode()
    assert add(clerk, draft, "unit", words="TỐI MẬT", in_session="on").status_code == 422


def test_words_of_the_text_itself_are_not_taken_for_a_mark(clerk: Client, story: Story) -> None:
    draft = story.receive(TEXT + "\n\nĐồng chí yêu cầu các đơn vị bảo đảm Bí Mật công tác.")
    finding = next(iter(draft.values.filter(kind="directive")))
    fields: dict[str, Any] = {"receivers": "localities", "of": "", "to": "", "deadline": "", "words": "Mật"}
    assert save(clerk, finding, **fields).status_code == 302


@pytest.mark.parametrize(("typed", "status"), [("9" * 5000, 422), ("2022", 302)])
def test_a_year_is_a_year(clerk: Client, draft: Draft, typed: str, status: int) -> None:
    assert save(clerk, value(draft, "event", "year_reviewed"), year=typed).status_code == status


def test_a_number_written_with_an_empty_decimal_place_is_recorded(draft: Draft, story: Story) -> None:
    target = members(draft)
    services.save_value(target.pk, {**target.content, "value": "79.0"}, seen=1, act=story.act())
    story.confirm(draft)
    assert Figure.objects.get(indicator="members").value == 79


@pytest.mark.parametrize("period", ["9999", "9998-9999"])
def test_a_period_of_absurd_years_does_not_stop_the_list_of_drafts(
    clerk: Client, draft: Draft, story: Story, period: str
) -> None:
    target = value(draft, "figure", indicator="admissions")
    services.save_value(target.pk, {**target.content, "period": period}, seen=1, act=story.act())
    assert clerk.get(reverse("intake:list")).status_code == 200
    assert "figure_without_period" in codes(draft)
