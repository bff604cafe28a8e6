"""The search box: with and without marks, by earlier names, and nothing from outside one's scope."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import actor, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives.tests.pages import SAID_ON, Told, issued, record, tell
from dondoc.documents.services import number_document
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Rename
from dondoc.organisations.tests.trees import act_on
from dondoc.overview.search import Found, find
from dondoc.tests.told_once import told_once
from dondoc.working_sessions.models import WorkingSession

pytestmark = pytest.mark.django_db

TODAY = date(2023, 9, 1)


@told_once
def story() -> Told:
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    told = tell()
    issued(told)
    held = WorkingSession.objects.create(
        on=date(2023, 4, 28),
        led_by=told.units["Tỉnh ủy"],
        leader_title="Phó Bí thư Tỉnh ủy",
        topic="Công tác xây dựng Đảng năm 2022",
    )
    held.units.add(told.units["Xã A1"])
    return told


def found(story: Told, words: str, who: str = "leader", on: date = TODAY) -> Found:
    return find(actor(story.people[who], TODAY), words, on)


@pytest.mark.parametrize("words", ["Mặt trận xã A1", "mat tran a1", "A1 MẶT TRẬN", "  mat   tran  xa a1 "])
def test_a_unit_is_found_with_and_without_marks(story: Told, words: str) -> None:
    assert [one.label.name for one in found(story, words).units] == ["Mặt trận xã A1"]


@pytest.mark.parametrize("words", ["ra soat nguon", "Rà soát", "07-tb/tu"])
def test_a_document_is_found_with_and_without_marks_from_its_day_on(story: Told, words: str) -> None:
    province = story.units["Tỉnh ủy"].pk
    number_document(province, "2020-2025", "TB/TU", 7, date(2023, 8, 1), "Rà soát nguồn", act_on(TODAY))
    assert [one.number for one in found(story, words).documents] == [7]
    assert not found(story, words, on=date(2023, 7, 31)).documents
    assert not found(story, words, "Xã A1").documents


def test_a_unit_is_found_by_the_name_that_it_once_had(story: Told) -> None:
    reorganise_together(
        [Rename("xa-a1", "Xã Hòa Bình", "Hòa Bình")],
        decision="1",
        effective_on=date(2023, 6, 1),
        act=act_on(date(2023, 5, 1)),
    )
    one = next(one for one in found(story, "xa a1").units if one.label.name == "Xã Hòa Bình")
    assert (one.called, one.above) == ("Xã A1", "Huyện ủy A")
    then = next(one for one in found(story, "hoa binh", on=date(2023, 5, 1)).units)
    assert (then.label.name, then.called) == ("Xã A1", "Xã Hòa Bình")


@pytest.mark.parametrize("words", ["xây dựng Đảng", "xay dung dang", "2022 cong tac"])
def test_a_session_is_found_by_its_topic(story: Told, words: str) -> None:
    assert [one.topic for one in found(story, words).sessions] == ["Công tác xây dựng Đảng năm 2022"]


@pytest.mark.parametrize("words", ["quy chế làm việc", "quy che lam viec", "QUY CHẾ thực tế"])
def test_a_directive_is_found_by_its_words(story: Told, words: str) -> None:
    texts = {one.card.text for one in found(story, words).outcomes}
    assert texts == {"xây dựng quy chế làm việc từ thực tế của xã"}


def test_nothing_is_found_outside_the_scope(story: Told) -> None:
    assert not found(story, "xa a1", who="outsider")
    assert not found(story, "quy che", who="outsider")
    assert not found(story, "xay dung dang", who="outsider")


def test_what_is_not_issued_on_the_day_is_not_found(story: Told) -> None:
    assert found(story, "quy che", on=date(2023, 4, 1)).outcomes == ()


@pytest.mark.parametrize("words", ["", "   ", "khong co gi nhu vay", "%", "_", "'", "á" * 500])
def test_odd_words_find_nothing_and_break_nothing(story: Told, client: Client, words: str) -> None:
    sign_in(client, story.people["leader"])
    answer = client.get(reverse("overview:search"), {"q": words})
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


def test_a_search_costs_the_same_for_few_and_many(story: Told) -> None:
    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            result = found(story, "xa")
        assert result.units
        assert result.sessions
        return len(seen), len(result.outcomes)

    first, few = cost()
    record(story.units, story.people, [story.units[name] for name in ("Xã A1", "Xã A2", "Xã A3")], 2, SAID_ON)
    issued(story)
    second, many = cost()
    assert (second, many > few > 0) == (first, True)
