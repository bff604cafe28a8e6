"""Everything done to a draft can be taken back, step by step, also tomorrow and from another machine; and what settles a problem with one press."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.intake import review, services
from dondoc.intake.models import Draft, DraftValue, LateValue, Step
from dondoc.intake.tests.drafts import AMBIGUOUS, TEXT, TODAY, Story, codes, value
from dondoc.lib.refusals import Refused


@pytest.fixture
def draft(story: Story) -> Draft:
    return story.receive()


@pytest.fixture
def clerk(client: Client, story: Story) -> Client:
    return sign_in(client, story.clerk)


def members(draft: Draft) -> DraftValue:
    return value(draft, "figure", indicator="members")


def correct(draft: Draft, story: Story, number: str) -> None:
    one = members(draft)
    services.save_value(one.pk, {**one.content, "value": number}, seen=one.counter, act=story.act())


def back(client: Client, draft: Draft) -> Any:
    step = Step.objects.filter(draft=draft).order_by("-pk").first()
    return post(client, reverse("intake:step_back", args=[draft.pk]), seen=step.pk if step else 0)


def picture(draft: Draft) -> list[tuple[Any, ...]]:
    return [
        (one.pk, one.content, one.dropped, one.accepted, one.span_start, one.span_end)
        for one in draft.values.order_by("pk")
    ]


def test_steps_are_taken_back_one_after_the_other_the_last_one_first(clerk: Client, draft: Draft, story: Story) -> None:
    seen = [picture(draft)]
    correct(draft, story, "79")
    seen.append(picture(draft))
    services.drop_value(members(draft).pk, seen=2, act=story.act())
    seen.append(picture(draft))
    services.undo_value(members(draft).pk, seen=3, act=story.act())
    for before in reversed(seen):
        assert back(clerk, draft).status_code == 302
        assert picture(draft) == before
    assert back(clerk, draft).status_code == 409


def test_an_added_value_is_left_out_again(clerk: Client, draft: Draft, story: Story) -> None:
    content = {**members(draft).content, "indicator": "members_official"}
    added = services.add_value(draft.pk, "figure", content, span=(0, 4), act=story.act())
    back(clerk, draft)
    added.refresh_from_db()
    assert added.dropped


def test_the_units_come_back_with_the_day_on_which_they_lived(clerk: Client, story: Story) -> None:
    draft = story.receive(AMBIGUOUS)
    unit, day = value(draft, "unit"), value(draft, "event", "date")
    chosen = {**unit.content, "unit": story.units["Huyện ủy Cam Lâm > Xã Cam Vạn"].pk, "how": "chosen"}
    services.save_value(unit.pk, chosen, seen=unit.counter, act=story.act())
    before = picture(draft)
    services.save_value(day.pk, {**day.content, "day": "1900-01-01"}, seen=day.counter, act=story.act())
    assert value(draft, "unit").content["unit"] is None
    back(clerk, draft)
    assert picture(draft) == before


def test_a_choice_between_two_saves_is_open_again(clerk: Client, draft: Draft, story: Story) -> None:
    one = members(draft)
    correct(draft, story, "80")
    services.save_value(one.pk, {**one.content, "value": "79"}, seen=1, act=story.act(story.leader))
    services.choose_late(LateValue.objects.get().pk, take=True, seen=2, act=story.act())
    assert members(draft).content["value"] == "79"
    back(clerk, draft)
    assert members(draft).content["value"] == "80"
    assert [late.content and late.content["value"] for late in LateValue.objects.all()] == ["79"]


def test_nobody_takes_back_what_another_person_did(clerk: Client, draft: Draft, story: Story) -> None:
    one = members(draft)
    services.drop_value(one.pk, seen=1, act=story.act(story.leader))
    assert back(clerk, draft).status_code == 409
    page = clerk.get(reverse("intake:draft", args=[draft.pk])).content.decode()
    assert reverse("intake:step_back", args=[draft.pk]) not in page


def test_a_step_that_another_person_changed_since_is_passed_over(clerk: Client, draft: Draft, story: Story) -> None:
    topic = value(draft, "event", "topic")
    services.save_value(topic.pk, {"text": "công tác năm 2022"}, seen=1, act=story.act())
    correct(draft, story, "79")
    one = members(draft)
    services.save_value(one.pk, {**one.content, "value": "80"}, seen=2, act=story.act(story.leader))
    offered = review.build(draft, TODAY, story.clerk.pk).undo
    assert offered is not None
    assert offered.value == topic.pk
    post(clerk, reverse("intake:step_back", args=[draft.pk]), seen=offered.step)
    assert value(draft, "event", "topic").content == topic.content
    assert members(draft).content["value"] == "80"


def test_the_page_names_what_would_be_taken_back(clerk: Client, draft: Draft, story: Story) -> None:
    correct(draft, story, "79")
    assert "sửa Đảng viên" in clerk.get(reverse("intake:draft", args=[draft.pk])).content.decode()


def test_confirming_ends_the_steps(draft: Draft, story: Story) -> None:
    correct(draft, story, "79")
    story.confirm(draft)
    assert not Step.objects.exists()
    with pytest.raises(Refused, match="not_open"):
        services.step_back(draft.pk, seen=1, act=story.act())


def test_a_page_that_was_confirmed_before_a_step_was_taken_back_is_out_of_date(draft: Draft, story: Story) -> None:
    before = sum(draft.values.values_list("counter", flat=True))
    correct(draft, story, "79")
    services.step_back(draft.pk, seen=Step.objects.get().pk, act=story.act())
    assert sum(draft.values.values_list("counter", flat=True)) == before + 2


def settle(client: Client, row: DraftValue, token: str) -> Any:
    return post(client, reverse("intake:settle", args=[row.pk]), seen=row.counter, choice=token)


def offered(draft: Draft, story: Story, row: DraftValue) -> dict[str, str]:
    return {one.label: one.token for one in review.build(draft, TODAY, story.clerk.pk).choices(row.pk)}


def test_an_ambiguous_unit_is_settled_with_one_press(clerk: Client, story: Story) -> None:
    draft = story.receive(AMBIGUOUS)
    unit = value(draft, "unit")
    answers = offered(draft, story, unit)
    assert list(answers) == [
        "Xã Cam Vạn (Huyện ủy Cam Lâm, Tỉnh ủy Khánh Hòa)",
        "Xã Cam Vạn (Huyện ủy Vạn Ninh, Tỉnh ủy Khánh Hòa)",
    ]
    settle(clerk, unit, next(iter(answers.values())))
    assert codes(draft) == []
    back(clerk, draft)
    assert codes(draft) == ["unit_ambiguous"]


def test_a_day_without_a_year_is_offered_with_the_years_that_fit(clerk: Client, story: Story) -> None:
    draft = story.receive(TEXT.replace("28-4-2023", "28-4").replace(" năm 2022", ""))
    day = value(draft, "event", "date")
    assert day.content["day"] is None
    answers = offered(draft, story, day)
    assert list(answers) == ["Thứ Sáu, 28/04/2023", "Thứ Năm, 28/04/2022"]
    settle(clerk, day, "2023-04-28")
    assert "no_day" not in codes(draft)


def test_posts_are_offered_only_where_the_text_may_mean_them(clerk: Client, story: Story) -> None:
    hold(story.office, "leader", title="Phó Bí thư Thường trực Tỉnh ủy")
    draft = story.receive(TEXT.replace("Phó Bí thư Tỉnh ủy", "lãnh đạo Thành ủy"))
    leader = value(draft, "event", "leader")
    said = leader.content["said"]
    assert (list(offered(draft, story, leader)) == []) is bool(said)


def test_a_rate_that_does_not_agree_is_settled_with_the_computed_one(clerk: Client, story: Story) -> None:
    draft = story.receive(TEXT.replace("69,2%", "70%"))
    rate = value(draft, "figure", indicator="admission_rate_percent")
    assert offered(draft, story, rate) == {"Lấy số 69": "value-69"}
    settle(clerk, rate, "value-69")
    assert codes(draft) == []


def test_a_figure_whose_unit_was_left_open_is_given_to_a_unit_of_the_draft(
    clerk: Client, draft: Draft, story: Story
) -> None:
    one, unit = members(draft), value(draft, "unit")
    services.save_value(one.pk, {**one.content, "of": None}, seen=1, act=story.act())
    assert offered(draft, story, members(draft)) == {"Xã Sơn Tân": f"of-{unit.pk}"}
    settle(clerk, members(draft), f"of-{unit.pk}")
    assert codes(draft) == []


def test_an_answer_that_is_not_offered_changes_nothing(clerk: Client, draft: Draft) -> None:
    assert settle(clerk, members(draft), "of-1").status_code == 409
    assert members(draft).counter == 1


def test_the_review_is_built_before_anything_is_locked(
    clerk: Client, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []
    build = review.build

    def built(*args: Any) -> Any:
        depths.append(len(connection.savepoint_ids))
        return build(*args)

    day = value(story.receive(TEXT.replace("28-4-2023", "28-4").replace(" năm 2022", "")), "event", "date")
    monkeypatch.setattr(review, "build", built)
    outside = len(connection.savepoint_ids)
    assert settle(clerk, day, "2023-04-28").status_code == 302
    assert depths == [outside]


def test_an_answer_of_a_draft_that_changed_since_it_was_looked_at_changes_nothing(
    clerk: Client, draft: Draft, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, unit = members(draft), value(draft, "unit")
    services.save_value(one.pk, {**one.content, "of": None}, seen=1, act=story.act())
    build = review.build

    def meanwhile(*args: Any) -> Any:
        built = build(*args)
        services.drop_value(unit.pk, seen=unit.counter, act=story.act(story.leader))
        return built

    monkeypatch.setattr(review, "build", meanwhile)
    assert settle(clerk, members(draft), f"of-{unit.pk}").status_code == 409
    assert members(draft).content["of"] is None


def checked(draft: Draft, counts: dict[str, str]) -> None:
    """The draft with a total and two parts that the reader found, saying these numbers."""
    spans, said = [], []
    for at, number in enumerate(counts.values()):
        span = (at * 2, at * 2 + 1)
        DraftValue.objects.create(
            draft=draft,
            kind="figure",
            position=900 + at,
            content={**members(draft).content, "indicator": "other", "value": number},
            span_start=span[0],
            span_end=span[1],
        )
        spans.append(list(span))
        said.append(number)
    draft.checks = [
        {"kind": "sum", "spans": spans, "agrees": False, "stated": said[0], "computed": "0", "values": said[1:]}
    ]
    draft.save()


def test_a_total_that_is_not_the_sum_of_its_parts_is_a_point_to_look_at(
    clerk: Client, draft: Draft, story: Story
) -> None:
    checked(draft, {"total": "12", "first": "5", "second": "6"})
    total, part = draft.values.get(position=900), draft.values.get(position=902)
    url = reverse("intake:draft", args=[draft.pk])
    assert "5 + 6 = 11" in clerk.get(url).content.decode()
    services.accept_value(total.pk, seen=1, act=story.act())
    assert not review.build(draft, TODAY, story.clerk.pk).problems
    back(clerk, draft)
    services.save_value(part.pk, {**part.content, "value": "7"}, seen=1, act=story.act())
    assert not review.build(draft, TODAY, story.clerk.pk).problems
    assert "5 + 7 = 12: tính lại, khớp" in clerk.get(url).content.decode()


def test_a_total_without_one_of_its_parts_is_not_compared(draft: Draft, story: Story) -> None:
    checked(draft, {"total": "12", "first": "5", "second": "6"})
    services.drop_value(draft.values.get(position=901).pk, seen=1, act=story.act())
    assert not review.build(draft, TODAY, story.clerk.pk).problems


@pytest.mark.parametrize("verb", ["settle", "step_back"])
def test_the_drafts_of_another_office_are_not_there(client: Client, draft: Draft, story: Story, verb: str) -> None:
    sign_in(client, story.outsider)
    pk = draft.pk if verb == "step_back" else members(draft).pk
    assert post(client, reverse(f"intake:{verb}", args=[pk]), seen=1).status_code == 404
