"""After a reorganisation the page of an assignment says who holds what, how it came there, and lets the waiting roles be decided."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives.models import Assignment, Role
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Dissolve, Establish, Merge, Split, Step
from dondoc.tests.told_once import told_once

from .pages import Told, issued, tell

pytestmark = pytest.mark.django_db
REFORM = date(2025, 7, 1)
DECISION = "Nghị quyết 1667/NQ-UBTVQH15"


@told_once
def story() -> Told:
    told = tell()
    issued(told)
    DemonstrationDay.objects.create(pk=1, day=date(2025, 7, 2))
    told.people["board"] = hold(told.units["Tỉnh ủy"], "board", title="Ban Tổ chức Tỉnh ủy")
    return told


def reform(story: Told, *steps: Step) -> None:
    act = story.act("board", date(2025, 6, 20))
    reorganise_together(steps, decision=DECISION, effective_on=REFORM, act=act)


def merged(story: Told) -> Unit:
    """The district ends, its communes become one under the province."""
    units = story.units
    communes = [units[name] for name in ("Xã A1", "Xã A2", "Xã A3")]
    new = Establish("xa-moi", "commune", "Xã Mới", units["Tỉnh ủy"])
    reform(story, new, Merge(communes, "xa-moi"), Dissolve(units["Huyện ủy A"]))
    return Unit.objects.get(code="xa-moi")


def page(client: Client, story: Told, who: str, one: Assignment, query: str = "") -> str:
    sign_in(client, story.people[who])
    answer = client.get(reverse("directives:assignment", args=[one.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_how_the_work_came_to_the_successor(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    merged(story)
    text = page(client, story, "leader", one)
    assert f"từ 01/07/2025, kế thừa Xã A1, theo {DECISION}" in text
    assert "28/04/2023 – 01/07/2025: Xã A1" in text
    assert f"từ 01/07/2025, kế thừa Huyện ủy A, theo {DECISION}" in text


def test_the_head_of_the_successor_does_what_the_old_commune_had_to_do(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    new = merged(story)
    story.people["new"] = hold(new, "head", title="Bí thư Đảng ủy xã Mới", since=REFORM)
    assert f"/directives/{one.pk}/acknowledge/" in page(client, story, "new", one)
    answer = post(client, reverse("directives:acknowledge", args=[one.pk]), one.version)
    assert answer.status_code == 302


def test_the_day_shown_names_those_who_held_the_roles_then(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    merged(story)
    before = page(client, story, "leader", one, "?on=30/06/2025").split('class="roles"')[1]
    assert before.index("Xã A1") < before.index("Huyện ủy A")
    assert "Xã Mới" not in before.split("<details")[0]


def test_a_role_that_waits_is_decided_on_the_page(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    units = story.units
    first = [units[name] for name in ("Chi bộ thôn 1", "Mặt trận xã A1", "Đoàn xã A1")]
    reform(story, Split(units["Xã A1"], [(units["Xã A2"], first), (units["Xã A3"], [units["Chi bộ thôn 2"]])]))
    waiting = Role.objects.get(assignment=one, role="receiver", how="parked")
    text = page(client, story, "leader", one)
    assert "có vai trò chưa có đơn vị đảm nhận" in text
    assert "chờ Huyện ủy A quyết định" in text
    url = reverse("directives:decide", args=[one.pk])
    one.refresh_from_db()
    sign_in(client, story.people["district"])
    assert post(client, url, one.version, role_id=str(waiting.pk), unit="Xã Không Có", reason="").status_code == 422
    answer = post(client, url, one.version, role_id=str(waiting.pk), unit="xa a3", reason="Thôn 2 thuộc xã A3")
    assert answer.status_code == 302
    assert "Thôn 2 thuộc xã A3" in page(client, story, "district", one)
    held = Role.objects.get(assignment=one, role="receiver", valid_to=None)
    assert held.unit == units["Xã A3"]
