"""The demonstration's day moves forward, by anyone, once, and does what has become due."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import account, post, sign_in
from dondoc.clock.models import DemonstrationDay, Tick
from dondoc.clock.queries import working_day
from dondoc.history.models import Event

FROM = date(2023, 4, 28)
seen_in_transaction: list[bool] = []


def step(day: date) -> int:
    """Two things a day; remembers whether the database was being held for it."""
    seen_in_transaction.append(connection.in_atomic_block)
    return 2


def broken(day: date) -> int:
    raise RuntimeError("no")


@pytest.fixture(autouse=True)
def _steps(settings: Any) -> None:
    settings.TICK_STEPS = [f"{__name__}.step"]
    seen_in_transaction.clear()


@pytest.fixture
def demonstration(transactional_db: None) -> DemonstrationDay:
    Tick.objects.create(pk=1, done_to=FROM)
    return DemonstrationDay.objects.create(pk=1, day=FROM)


@pytest.fixture
def anyone(client: Client, transactional_db: None) -> Client:
    return sign_in(client, account("ai-do"))


def said(client: Client) -> str:
    """What the next page says."""
    return " ".join(str(message) for message in client.get(reverse("account_change_password")).context["messages"])


@pytest.mark.parametrize("days", [1, 7, 30])
def test_anyone_moves_the_day_forward_and_what_is_due_is_done(
    anyone: Client, demonstration: DemonstrationDay, days: int
) -> None:
    answer = post(anyone, reverse("clock:move"), 1, days=days, next="/accounts/resume/")
    assert answer["Location"] == "/accounts/resume/"
    assert working_day() == FROM + timedelta(days=days)
    assert Tick.objects.get().done_to == FROM + timedelta(days=days)
    assert f"Đã làm {2 * days} việc đến hạn." in said(anyone)
    event = Event.objects.get(action="clock.moved")
    assert event.data == {"from": "2023-04-28", "to": str(FROM + timedelta(days=days))}


def test_the_database_is_not_held_while_the_due_things_are_done(
    anyone: Client, demonstration: DemonstrationDay
) -> None:
    post(anyone, reverse("clock:move"), 1, days=1)
    assert seen_in_transaction == [False]


def test_a_tick_that_fails_leaves_a_moved_day_for_the_next_tick(
    anyone: Client, demonstration: DemonstrationDay, settings: Any
) -> None:
    settings.TICK_STEPS = [f"{__name__}.broken"]
    assert post(anyone, reverse("clock:move"), 1, days=1).status_code == 302
    assert working_day() == FROM + timedelta(days=1)
    assert Tick.objects.get().done_to == FROM
    assert "sẽ làm tiếp" in said(anyone)


@pytest.mark.parametrize("days", ["0", "-1", "367", "x", "", "1.5", "99999999"])
def test_the_day_never_moves_back_nor_by_more_than_a_year(
    anyone: Client, demonstration: DemonstrationDay, days: str
) -> None:
    assert post(anyone, reverse("clock:move"), 1, days=days).status_code == 422
    assert working_day() == FROM


def test_two_who_press_at_once_move_it_once(anyone: Client, demonstration: DemonstrationDay) -> None:
    post(anyone, reverse("clock:move"), 1, days=7)
    assert post(anyone, reverse("clock:move"), 1, days=7).status_code == 409
    assert working_day() == FROM + timedelta(days=7)


def test_an_installation_in_use_has_no_day_to_move(anyone: Client) -> None:
    assert post(anyone, reverse("clock:move"), 1, days=1).status_code == 422


def test_a_visitor_moves_nothing(client: Client, demonstration: DemonstrationDay) -> None:
    assert post(client, reverse("clock:move"), 1, days=1).status_code == 302
    assert working_day() == FROM


def test_another_site_is_no_place_to_go_back_to(anyone: Client, demonstration: DemonstrationDay) -> None:
    assert post(anyone, reverse("clock:move"), 1, days=1, next="https://elsewhere.example/")["Location"] == "/"
