"""A draft becomes records in one act, once; the same session from another text is recognised; a mistake is taken back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.directives.models import Assignment, Directive, Finding
from dondoc.documents.models import Source
from dondoc.figures import queries as ledger
from dondoc.figures.models import Figure
from dondoc.history.models import Entry, Event
from dondoc.intake import queries, services
from dondoc.intake.models import Draft
from dondoc.intake.services.confirm import timing
from dondoc.intake.tests.drafts import AMBIGUOUS, HELD_ON, SAMPLE, TEXT, Story, seed, value
from dondoc.lib.refusals import Refused
from dondoc.working_sessions.models import WorkingSession


@pytest.fixture
def draft(story: Story) -> Draft:
    return story.receive()


@pytest.fixture
def clerk(client: Client, story: Story) -> Client:
    return sign_in(client, story.clerk)


def press_confirm(client: Client, draft: Draft, **more: Any) -> Any:
    draft.refresh_from_db()
    mark = queries.mark_of(draft.values.all())
    return post(client, reverse("intake:confirm", args=[draft.pk]), **{"seen": draft.version, "mark": mark, **more})


def known(story: Story, name: str = "Huyện ủy Cam Lâm > Xã Sơn Tân") -> dict[str, int | None]:
    shown = ledger.of_units([story.units[name].pk], HELD_ON)[story.units[name].pk]
    return {one.indicator.key: one.value for one in shown if one.figure}


def test_the_draft_becomes_session_figures_findings_and_directives_with_the_text_as_their_source(
    clerk: Client, story: Story
) -> None:
    draft = story.receive(seed())
    answer = press_confirm(clerk, draft)
    session = WorkingSession.objects.get()
    assert answer.url == reverse("working_sessions:page", args=[session.pk])
    assert (session.on, session.leader_title, session.year_reviewed, session.year_planned) == (
        HELD_ON,
        "Phó Bí thư Tỉnh ủy",
        2022,
        2023,
    )
    assert session.units.count() == 3
    source = Source.objects.get()
    assert source.text == draft.text
    assert list(session.sources.all()) == [source]
    assert known(story) == {"members": 78, "cells": 5, "admissions": 4, "admissions_target": 4}
    assert known(story, "Xã Cam Thành Bắc") == {"members": 342, "cells": 14, "admissions": 9, "admissions_target": 13}
    assert [finding.kind for finding in Finding.objects.order_by("span_start")] == ["criticism", "praise"]
    assert Directive.objects.count() == 8
    for said in (*Finding.objects.all(), *Directive.objects.all()):
        assert source.text[said.span_start : said.span_end] == said.text


def test_each_directive_becomes_assignments_for_everyone_it_is_given_to(story: Story) -> None:
    story.confirm(story.receive(seed()))
    counts = [
        Assignment.objects.filter(directive=directive).count() for directive in Directive.objects.order_by("span_start")
    ]
    assert counts == [1, 1, 3, 3, 3, 3, 3, 3]


def test_what_is_said_to_a_unit_that_is_gone_is_nobodys_until_a_person_names_one(story: Story) -> None:
    draft = story.receive(seed())
    said = next(v for v in draft.values.filter(kind="directive").order_by("pk") if v.content["receivers"] == "unit")
    said.content["of"] = value(draft, "event", "leader").pk
    said.save()
    story.confirm(draft)
    directive = Directive.objects.get(span_start=said.span_start or 0)
    assert (directive.receivers, directive.assignments.count()) == ("none", 0)
    assert Directive.objects.filter(receivers="unit").count() == 1


def test_percentages_are_not_recorded_and_derived_numbers_say_so(story: Story) -> None:
    story.confirm(story.receive(seed()))
    assert not Figure.objects.filter(indicator__contains="percent").exists()
    assert list(Figure.objects.filter(derived=True).values_list("indicator", "value")) == [("admissions_target", 4)]


def test_confirming_is_one_entry_of_the_history(draft: Draft, story: Story) -> None:
    before = Entry.objects.count()
    story.confirm(draft)
    assert Entry.objects.count() == before + 1
    actions = set(Event.objects.filter(entry__number=before + 1).values_list("action", flat=True))
    assert {"intake.confirmed", "working_sessions.confirmed", "figures.recorded"} <= actions


def test_confirming_a_second_time_records_nothing_twice(clerk: Client, draft: Draft) -> None:
    first = press_confirm(clerk, draft, seen=draft.version)
    before = (
        WorkingSession.objects.count(),
        Figure.objects.count(),
        Directive.objects.count(),
        Assignment.objects.count(),
    )
    again = press_confirm(clerk, draft, seen=1)
    assert first.status_code == 302
    assert again.status_code == 409
    after = (
        WorkingSession.objects.count(),
        Figure.objects.count(),
        Directive.objects.count(),
        Assignment.objects.count(),
    )
    assert before == after


def test_the_same_press_sent_twice_leads_to_the_same_session(clerk: Client, draft: Draft) -> None:
    mark = queries.mark_of(draft.values.all())
    url = reverse("intake:confirm", args=[draft.pk])
    answers = [post(clerk, url, seen=1, mark=mark, key="one and the same key") for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert WorkingSession.objects.count() == 1


def test_nobody_confirms_a_value_that_was_changed_after_they_looked(clerk: Client, draft: Draft, story: Story) -> None:
    mark = queries.mark_of(draft.values.all())
    target = value(draft, "figure", indicator="members")
    services.save_value(target.pk, {**target.content, "value": "79"}, seen=1, act=story.act(story.leader))
    assert post(clerk, reverse("intake:confirm", args=[draft.pk]), seen=1, mark=mark).status_code == 409
    assert not WorkingSession.objects.exists()


@pytest.mark.parametrize("mark", ["", "x", "9" * 30])
def test_a_confirmation_says_what_was_seen(clerk: Client, draft: Draft, mark: str) -> None:
    assert press_confirm(clerk, draft, mark=mark).status_code == 409


@pytest.mark.parametrize("seen", [None, 7])
def test_a_stale_or_missing_version_confirms_nothing(clerk: Client, draft: Draft, seen: int | None) -> None:
    assert press_confirm(clerk, draft, seen=seen).status_code == (428 if seen is None else 409)
    assert not WorkingSession.objects.exists()


def test_an_open_question_stands_against_confirming(clerk: Client, story: Story) -> None:
    draft = story.receive(AMBIGUOUS)
    assert press_confirm(clerk, draft).status_code == 422
    draft.refresh_from_db()
    assert draft.state == "open"


def test_the_board_prepares_a_draft_but_does_not_confirm_it(client: Client, draft: Draft, story: Story) -> None:
    sign_in(client, hold(story.office, "board", title="Ban Tổ chức Tỉnh ủy"))
    page = client.get(reverse("intake:draft", args=[draft.pk])).content.decode()
    assert 'id="confirm"' not in page
    assert press_confirm(client, draft).status_code == 403


def test_what_was_left_out_is_not_recorded(draft: Draft, story: Story) -> None:
    for one in (value(draft, "figure", indicator="members"), value(draft, "directive")):
        services.drop_value(one.pk, seen=1, act=story.act())
    story.confirm(draft)
    assert "members" not in known(story)
    assert not Directive.objects.exists()


def test_a_corrected_number_is_recorded_as_corrected(draft: Draft, story: Story) -> None:
    one = value(draft, "figure", indicator="members")
    services.save_value(one.pk, {**one.content, "value": "79"}, seen=1, act=story.act())
    story.confirm(draft)
    assert known(story)["members"] == 79


SECOND = TEXT.replace("78 đảng viên", "80 đảng viên").replace(
    "tập trung khắc phục những hạn chế, khuyết điểm", "sớm khắc phục thiếu sót, khuyết điểm"
)


def test_the_same_session_from_another_text_is_recognised_and_creates_nothing_twice(
    clerk: Client, story: Story
) -> None:
    session = story.confirm(story.receive())
    assignments = Assignment.objects.count()
    second = story.receive(SECOND)
    page = clerk.get(reverse("intake:draft", args=[second.pk])).content.decode()
    assert reverse("working_sessions:page", args=[session.pk]) in page
    assert "Nguồn trước ghi 78" in page
    assert press_confirm(clerk, second).url == reverse("working_sessions:page", args=[session.pk])
    assert WorkingSession.objects.count() == 1
    assert session.sources.count() == 2
    assert (Directive.objects.count(), Assignment.objects.count()) == (1, assignments)


TOGETHER = TEXT.replace("xã Sơn Tân (huyện Cam Lâm)", "xã Sơn Tân và Đảng ủy xã Cam Hải Tây (huyện Cam Lâm)", 1)


def test_a_text_that_names_only_some_of_the_units_is_the_same_session_unless_a_person_says_otherwise(
    clerk: Client, story: Story
) -> None:
    session = story.confirm(story.receive(TOGETHER))
    assert session.units.count() == 2
    second = story.receive(SECOND)
    page = clerk.get(reverse("intake:draft", args=[second.pk])).content.decode()
    assert 'name="session" value="same" checked' in page
    assert press_confirm(clerk, second).url == reverse("working_sessions:page", args=[session.pk])
    third = story.receive(SECOND.replace("80 đảng viên", "81 đảng viên"))
    assert press_confirm(clerk, third, session="another").status_code == 302
    assert (WorkingSession.objects.count(), session.sources.count(), Directive.objects.count()) == (2, 2, 2)


def test_numbers_in_which_two_texts_differ_stand_side_by_side(story: Story) -> None:
    session = story.confirm(story.receive())
    story.confirm(story.receive(SECOND))
    assert sorted(Figure.objects.filter(indicator="members").values_list("value", flat=True)) == [78, 80]
    assert known(story)["cells"] == 5
    assert session.sources.count() == 2


def test_the_retelling_of_the_article_is_the_same_session(story: Story) -> None:
    session = story.confirm(story.receive(seed()))
    retold = story.receive(SAMPLE.read_text(encoding="utf-8"))
    for problem in queries.problems_of(list(retold.values.prefetch_related("late")), date(2023, 5, 4)):
        if problem.source:
            services.drop_value(int(problem.source), seen=1, act=story.act())
    assert story.confirm(retold) == session
    assert Directive.objects.count() == 8


def test_of_a_further_source_only_what_a_person_marks_as_new_is_added(clerk: Client, story: Story) -> None:
    story.confirm(story.receive())
    second = story.receive(SECOND)
    directive = value(second, "directive")
    post(clerk, reverse("intake:mark_new", args=[directive.pk]), seen=1, new="1")
    story.confirm(second)
    assert Directive.objects.count() == 2


def test_the_same_day_and_units_with_another_leader_is_another_session(story: Story) -> None:
    hold(story.office, "leader", title="Bí thư Tỉnh ủy")
    story.confirm(story.receive())
    story.confirm(story.receive(TEXT.replace("Phó Bí thư", "Bí thư")))
    assert WorkingSession.objects.count() == 2


def withdraw(client: Client, draft: Draft, **more: Any) -> Any:
    draft.refresh_from_db()
    return post(
        client, reverse("intake:withdraw", args=[draft.pk]), **{"seen": draft.version, "reason": "nhầm bài", **more}
    )


def test_a_confirmed_draft_can_be_withdrawn_with_everything_that_came_of_it(
    clerk: Client, draft: Draft, story: Story
) -> None:
    session = story.confirm(draft)
    assert withdraw(clerk, draft).status_code == 302
    session.refresh_from_db()
    assert session.withdrawn_on == date(2023, 5, 4)
    assert known(story) == {}
    assert set(Figure.objects.values_list("reason", flat=True)) == {"nhầm bài"}
    assert not Directive.objects.filter(withdrawn_on=None).exists()
    assert clerk.get(reverse("working_sessions:page", args=[session.pk])).status_code == 404


def test_a_withdrawn_text_can_be_brought_and_confirmed_again(clerk: Client, draft: Draft, story: Story) -> None:
    story.confirm(draft)
    withdraw(clerk, draft)
    story.confirm(story.receive())
    assert known(story)["members"] == 78
    assert WorkingSession.objects.filter(withdrawn_on=None).count() == 1


@pytest.mark.parametrize(
    ("more", "status"), [({"reason": " "}, 422), ({"reason": "MẬT"}, 422), ({"seen": 1}, 409), ({"seen": None}, 428)]
)
def test_a_withdrawal_needs_a_reason_and_the_present_version(
    clerk: Client, draft: Draft, story: Story, more: dict[str, Any], status: int
) -> None:
    story.confirm(draft)
    assert withdraw(clerk, draft, **more).status_code == status
    assert WorkingSession.objects.filter(withdrawn_on=None).exists()


def test_nothing_is_withdrawn_once_something_of_it_is_issued(clerk: Client, draft: Draft, story: Story) -> None:
    story.confirm(draft)
    Assignment.objects.update(state="issued", issued_on=date(2023, 5, 4))
    assert withdraw(clerk, draft).status_code == 409
    draft.refresh_from_db()
    assert draft.state == "confirmed"
    assert known(story)["members"] == 78


def test_a_further_source_is_withdrawn_alone_and_first(clerk: Client, draft: Draft, story: Story) -> None:
    session = story.confirm(draft)
    second = story.receive(SECOND)
    story.confirm(second)
    assert withdraw(clerk, draft).status_code == 409
    assert withdraw(clerk, second).status_code == 302
    assert known(story)["members"] == 78
    assert session.sources.count() == 1
    assert withdraw(clerk, draft).status_code == 302


def test_two_people_confirming_at_once_make_one_session(draft: Draft, story: Story) -> None:
    mark = queries.mark_of(draft.values.all())
    services.confirm(draft.pk, seen=1, mark=mark, act=story.act())
    with pytest.raises(Refused, match="already_confirmed"):
        services.confirm(draft.pk, seen=1, mark=mark, act=story.act(story.leader))
    assert WorkingSession.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "due_on", "months"),
    [
        ({"deadline": "2023-06-30"}, date(2023, 6, 30), None),
        ({"deadline": "2023-04-28"}, None, None),
        ({"deadline": "XXXX-06-30"}, None, None),
        ({"deadline": "quý I"}, None, None),
        ({"regular": True, "cadence": "hàng quý"}, None, 3),
        ({"regular": True, "cadence": "hằng tháng"}, None, 1),
        ({"regular": True}, None, None),
        ({"regular": True, "cadence": "hàng quý", "deadline": "2023-06-30"}, date(2023, 6, 30), None),
    ],
)
def test_only_a_whole_day_or_a_cadence_of_the_text_becomes_a_deadline(
    said: dict[str, Any], due_on: date | None, months: int | None
) -> None:
    found = timing({"deadline": None, "regular": False, "cadence": None, **said}, HELD_ON, 2023)
    assert (found.due_on, found.cadence_months, found.planned_year) == (due_on, months, 2023)
