"""The one button of a warning leads to the page where what is missing is one press."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import actor, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.meetings.models import Meeting
from dondoc.obligations import services, tick
from dondoc.obligations.acting import button, place
from dondoc.obligations.models import Obligation
from dondoc.regulations.models import Duty
from dondoc.tests.told_once import told_once

from .test_tick import Cell

pytestmark = pytest.mark.django_db

LAPSED = date(2023, 7, 1)


@told_once
def cell() -> Cell:
    """June of the cell had no meeting."""
    made = Cell()
    day = date(2023, 6, 1)
    while day <= LAPSED:
        tick.step(day)
        day += timedelta(days=1)
    return made


def june() -> Obligation:
    return Obligation.objects.select_related("duty").get(code="meeting", begins_on=date(2023, 6, 1))


def leads(cell: Cell, account: Account | None = None) -> str:
    return place(actor(account or cell.head, LAPSED), june())


def test_a_meeting_that_is_missing_leads_to_a_day_that_one_press_plans(cell: Cell, client: Client) -> None:
    DemonstrationDay.objects.create(pk=1, day=LAPSED)
    sign_in(client, cell.head)
    answer = client.get(reverse("obligations:act", args=[june().pk]))
    assert answer.status_code == 302
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert (asked["kind"], asked["since"], asked["repeat"]) == (["cell_meeting"], ["03/07/2023"], ["once"])
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert reverse("meetings:plan", args=[cell.cell.pk]) in page.content.decode()


def test_a_meeting_that_was_planned_or_lacks_its_minutes_is_opened(cell: Cell) -> None:
    meeting = Meeting.objects.create(
        unit=cell.cell, kind="cell_meeting", planned_on=date(2023, 6, 20), recorded_on=date(2023, 6, 1)
    )
    assert leads(cell) == reverse("meetings:meeting", args=[meeting.pk])
    Meeting.objects.update(held_on=date(2023, 6, 20), state=Meeting.State.OPEN)
    assert leads(cell) == reverse("meetings:meeting", args=[meeting.pk])


def test_the_superior_is_led_to_the_duty_itself(cell: Cell) -> None:
    assert leads(cell, cell.leader) == reverse("obligations:obligation", args=[june().pk]) + "#act"
    assert str(button(june(), own=False)) != str(button(june(), own=True))


def test_directives_lead_to_those_that_are_overdue_and_what_is_declared_to_its_form(cell: Cell) -> None:
    Duty.objects.filter(code="meeting").update(evidence="directives_answered")
    assert leads(cell).startswith(reverse("directives:list"))
    Duty.objects.filter(code="meeting").update(evidence="declared")
    assert leads(cell) == reverse("obligations:obligation", args=[june().pk]) + "#act"


def test_a_thematic_meeting_is_planned_in_the_last_month_of_the_quarter(cell: Cell) -> None:
    Duty.objects.filter(code="meeting").update(evidence="thematic_meeting")
    asked = parse_qs(urlsplit(leads(cell)).query)
    assert (asked["kind"], asked["since"], asked["thematic"]) == (["cell_meeting"], ["05/09/2023"], ["on"])


def test_a_declaration_without_proof_is_not_taken_for_a_meeting(cell: Cell) -> None:
    owed = june()
    services.declare(owed.pk, date(2023, 6, 20), "Đã họp", None, seen=owed.version, act=cell.act(LAPSED))
    assert leads(cell).startswith(reverse("meetings:preview", args=[cell.cell.pk]))
