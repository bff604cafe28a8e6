"""The lists: by part, state, unit and words, and what one tap does."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services
from dondoc.directives.models import Assignment
from dondoc.directives.views.listing import ROWS
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Merge
from dondoc.tests.told_once import told_once

from .pages import SAID_ON, Told, issued, record, tell

pytestmark = pytest.mark.django_db
LIST = "/directives/"


@told_once
def story() -> Told:
    DemonstrationDay.objects.create(pk=1, day=SAID_ON + timedelta(days=6))
    return tell()


def html(client: Client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(text: str) -> int:
    return text.count('<p class="list-title">')


def test_a_leader_first_sees_what_waits_for_approval(client: Client, story: Told) -> None:
    sign_in(client, story.people["leader"])
    text = html(client)
    assert 'href="?part=approve" aria-current="true"' in text
    assert titles(text) == 23


def test_a_receiver_sees_only_its_own_once_issued(client: Client, story: Told) -> None:
    sign_in(client, story.people["Xã A2"])
    assert titles(html(client)) == 0
    issued(story)
    assert titles(html(client)) == 5


def test_an_empty_list_says_why_and_what_will_fill_it(client: Client, story: Told) -> None:
    sign_in(client, story.people["Xã B1"])
    text = html(client, f"{LIST}?part=received")
    assert "Danh sách này đang trống." in text
    assert "Nhiệm vụ xuất hiện ở đây khi được ban hành cho đơn vị." in text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=phát triển đảng viên", 1),
        ("q=phat trien dang vien", 1),
        ("q=vien phat", 1),
        ("q=không có từ này", 0),
        ("state=not_started", 7),
        ("state=overdue", 0),
        ("state=nonsense", 7),
        ("part=nonsense", 7),
    ],
)
def test_the_address_says_which_rows_are_shown(client: Client, story: Told, query: str, count: int) -> None:
    issued(story)
    sign_in(client, story.people["Xã A1"])
    assert titles(html(client, f"{LIST}?{query}")) == count


def test_a_unit_in_the_address_shows_all_that_it_carries_out(client: Client, story: Told) -> None:
    issued(story)
    sign_in(client, story.people["leader"])
    text = html(client, f"{LIST}?unit={story.units['Xã A3'].pk}")
    assert titles(text) == 5
    assert 'href="?part=all" aria-current="true"' in text


def test_the_first_sentence_counts_what_is_overdue(client: Client, story: Told) -> None:
    issued(story)
    DemonstrationDay.objects.update(day=date(2023, 6, 30))
    sign_in(client, story.people["Xã A2"])
    text = html(client)
    # The plan and the regulation were due on 28/05; the others are regular, first due on 28/07.
    assert "2 việc quá hạn" in text
    assert titles(html(client, f"{LIST}?state=overdue")) == 2


def test_one_tap_acknowledges_in_the_row_and_comes_back_to_the_list(client: Client, story: Told) -> None:
    issued(story)
    sign_in(client, story.people["Xã A1"])
    row = story.assignment("Xã A1")
    assert html(client).count('form="ack-') == 7
    answer = post(client, reverse("directives:acknowledge", args=[row.pk]), row.version, next=f"{LIST}?part=received")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?part=received")
    assert html(client).count('form="ack-') == 6


def test_ticked_rows_are_acknowledged_together(client: Client, story: Told) -> None:
    issued(story)
    sign_in(client, story.people["Xã A1"])
    rows = [f"{one.pk}:{one.version}" for one in (story.assignment("Xã A1", number) for number in range(3))]
    assert html(client).count("data-tick ") == 7
    assert post(client, reverse("directives:acknowledge-many"), 0, chosen=rows).status_code == 302
    assert Assignment.objects.filter(state="in_progress").count() == 3


def test_an_objection_waits_first_with_the_office_that_assigned_it(client: Client, story: Told) -> None:
    issued(story)
    one = story.assignment("Xã A1")
    services.object_to(one.pk, reason="Thuộc đơn vị khác", seen=one.version, act=story.act("Xã A1"))
    sign_in(client, story.people["leader"])
    text = html(client)
    assert 'href="?part=objected" aria-current="true"' in text
    assert titles(text) == 1


def test_a_superior_sees_the_row_but_not_its_button(client: Client, story: Told) -> None:
    issued(story)
    sign_in(client, story.people["district"])
    text = html(client, f"{LIST}?part=follow")
    assert titles(text) == 17
    assert 'form="ack-' not in text


def test_an_address_of_another_site_is_not_followed_after_a_tap(client: Client, story: Told) -> None:
    issued(story)
    sign_in(client, story.people["Xã A1"])
    row = story.assignment("Xã A1")
    url = reverse("directives:acknowledge", args=[row.pk])
    answer = post(client, url, row.version, next="https://elsewhere.example/")
    assert answer["Location"] == reverse("directives:assignment", args=[row.pk])


def test_ticked_rows_are_approved_together_and_nothing_ticked_is_refused(client: Client, story: Told) -> None:
    sign_in(client, story.people["leader"])
    rows = [f"{one.pk}:{one.version}" for one in Assignment.objects.all()[:4]]
    assert post(client, reverse("directives:approve"), 0, chosen=rows).status_code == 302
    assert Assignment.objects.filter(state="approved").count() == 4
    assert post(client, reverse("directives:approve"), 0).status_code == 422


@pytest.mark.parametrize("value", ["x", "1", "1:", ":1", "1:x", "٣:1", "9" * 40 + ":1"])
def test_a_ticked_row_without_its_version_is_refused(client: Client, story: Told, value: str) -> None:
    sign_in(client, story.people["leader"])
    assert post(client, reverse("directives:approve"), 0, chosen=[value]).status_code == 428


def test_a_ticked_row_that_has_changed_stops_all_of_them(client: Client, story: Told) -> None:
    sign_in(client, story.people["leader"])
    rows = list(Assignment.objects.all()[:3])
    services.save_field(rows[1].pk, "product", "Khác", seen=rows[1].version, act=story.act("clerk"))
    chosen = [f"{one.pk}:{one.version}" for one in rows]
    assert post(client, reverse("directives:approve"), 0, chosen=chosen).status_code == 409
    assert not Assignment.objects.filter(state="approved").exists()


def test_rows_of_others_cannot_be_ticked_by_address(client: Client, story: Told) -> None:
    rows = [f"{one.pk}:{one.version}" for one in Assignment.objects.all()[:2]]
    sign_in(client, story.people["outsider"])
    assert post(client, reverse("directives:approve"), 0, chosen=rows).status_code == 404


def test_five_hundred_rows_come_in_pages_with_as_many_queries_as_twenty(client: Client, story: Told) -> None:
    issued(story)
    sign_in(client, story.people["leader"])
    address = f"{LIST}?part=issued"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert titles(html(client, address)) == 23
    communes = [story.units[name] for name in ("Xã A1", "Xã A2", "Xã A3")]
    for key in range(2, 23):
        record(story.units, story.people, communes, key, SAID_ON)
    with CaptureQueriesContext(connection) as many:
        text = html(client, address)
    assert Assignment.objects.count() == 22 * 23
    assert titles(text) == ROWS
    assert "Trang 1/11" in text
    assert len(many) == len(few)


def test_the_day_chosen_opens_no_work_of_another_unit(client: Client, story: Told) -> None:
    issued(story)
    day = SAID_ON + timedelta(days=30)
    steps = [Merge([story.units["Xã A1"]], story.units["Xã B1"])]
    reorganise_together(steps, decision="1-NQ", effective_on=day, act=story.act("clerk"))
    sign_in(client, story.people["Xã B1"])
    assert titles(html(client, f"{LIST}?part=received&on={day:%d/%m/%Y}")) == 0
    assert titles(html(client, f"{LIST}?part=received&on={day}")) == 0
    DemonstrationDay.objects.update(day=day)
    assert titles(html(client, f"{LIST}?part=received")) == 7
