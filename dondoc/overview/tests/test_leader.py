"""The leader's page: by commune, with what came of it; only one's own units' leaders."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.models import Post
from dondoc.accounts.tests.people import actor, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services
from dondoc.directives.models import Assignment
from dondoc.directives.tests.pages import SAID_ON, TREE, Told, issued, record, tell
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Establish, Merge
from dondoc.organisations.tests.trees import act_on
from dondoc.overview.leader import LeadersPage, leaders_page
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db

LATER = date(2023, 12, 20)


@told_once
def story() -> Told:
    DemonstrationDay.objects.create(pk=1, day=LATER)
    told = tell(TREE)
    issued(told)
    return told


def page(story: Told, who: str = "leader", on: date = LATER, chosen: int | None = None) -> LeadersPage:
    found = leaders_page(actor(story.people[who], LATER), on, chosen)
    assert found is not None
    return found


def test_the_front_and_mass_organisations_stand_under_their_commune(story: Told) -> None:
    sections = {one.label.name: one for one in page(story).units if one.label}
    assert set(sections) == {"Xã A1", "Xã A2", "Xã A3"}
    first, *below = [group.label.name for group in sections["Xã A1"].groups if group.label]
    assert (first, set(below)) == ("Xã A1", {"Đoàn xã A1", "Mặt trận xã A1"})
    assert sum(one.progress.total for one in sections.values()) == page(story).progress.total


def test_the_office_sees_the_page_of_the_leader_whom_it_serves(story: Told) -> None:
    assert page(story, "clerk").post == page(story).post


def test_the_leader_of_another_unit_is_not_found(story: Told) -> None:
    other = Post.objects.get(title="Phó Bí thư Tỉnh ủy")
    with pytest.raises(Http404):
        page(story, "district", chosen=other.pk)


def test_nothing_is_demanded_on_the_eve_of_its_issue(story: Told) -> None:
    assert page(story, on=date(2023, 4, 27)).progress.total == 0


def done(story: Told, on: date) -> Assignment:
    work = story.assignment("Xã A1")
    services.report_result(work.pk, text="Đã khắc phục xong", seen=work.version, act=story.act("Xã A1", on))
    work.refresh_from_db()
    return services.accept(work.pk, remark="Đạt yêu cầu", seen=work.version, act=story.act("district", on))


def test_a_completed_one_says_when_and_how_late_and_not_that_it_is_overdue(story: Told, client: Client) -> None:
    work = done(story, date(2023, 12, 1))
    [one] = [
        one for unit in page(story).units for group in unit.groups for one in group.outcomes if one.card.pk == work.pk
    ]
    assert one.card.due is not None
    assert (one.open, one.card.days_late) == (False, (date(2023, 12, 1) - one.card.due).days)
    assert one.word is not None
    assert one.word.text == "Đạt yêu cầu"
    sign_in(client, story.people["leader"])
    shown = client.get(reverse("overview:leader")).content.decode()
    row = next(part for part in shown.split("<tr>") if "Đạt yêu cầu" in part)
    assert "còn" not in row
    assert "quá hạn " not in row


def test_what_a_reorganisation_moved_says_from_where(story: Told) -> None:
    reorganise_together(
        [Establish("xa-moi", "commune_grassroots", "Xã Mới", "huyen-uy-a", "Mới"), Merge(["xa-a1"], "xa-moi")],
        decision="1667/NQ",
        effective_on=date(2023, 9, 1),
        act=act_on(date(2023, 8, 1)),
    )
    moved = next(one for one in page(story).units if one.label and one.label.name == "Xã Mới")
    first = moved.groups[0].outcomes[0]
    assert first.before is not None
    assert (first.before.name, first.since) == ("Xã A1", date(2023, 9, 1))
    before = next(one for one in page(story, on=date(2023, 8, 31)).units if one.label and one.label.name == "Xã A1")
    now = before.groups[0].outcomes[0].now
    assert now is not None
    assert now.name == "Xã Mới"


def test_the_page_costs_the_same_for_one_session_and_three(story: Told) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(story)
        return len(seen)

    first = cost()
    for key in (2, 3):
        communes = [story.units[name] for name in ("Xã A1", "Xã A2", "Xã A3")]
        record(story.units, story.people, communes, key, SAID_ON)
    issued(story)
    assert cost() == first


@pytest.mark.parametrize("asked", ["abc", "99999999999999999999", "-1", ""])
def test_an_odd_address_is_no_error(story: Told, client: Client, asked: str) -> None:
    sign_in(client, story.people["leader"])
    assert client.get(reverse("overview:leader"), {"post": asked}).status_code == 200
