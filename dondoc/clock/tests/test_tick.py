"""The tick does each day once, however it is started, repeated or killed."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from dondoc.clock.models import DemonstrationDay, Tick
from dondoc.clock.services import LEASE, run_to, system_act

FROM = date(2023, 4, 28)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
worked: list[date] = []
dies_on: set[date] = set()


def step(day: date) -> int:
    """A step that does one thing a day, each once, as all steps have to."""
    if day in dies_on:
        raise KeyboardInterrupt
    if day in worked:
        return 0
    worked.append(day)
    return 1


def rival(day: date) -> int:
    """A step during which another run takes the lease, because this one has been away too long."""
    Tick.objects.update(holder="another", held_until=NOON + LEASE)
    return 1


@pytest.fixture(autouse=True)
def _steps(settings: Any, db: None) -> None:
    settings.TICK_STEPS = [f"{__name__}.step"]
    worked.clear()
    dies_on.clear()
    Tick.objects.create(pk=1, done_to=FROM)


def days(*numbers: int) -> list[date]:
    return [FROM + timedelta(days=number) for number in numbers]


def test_every_day_that_was_skipped_is_done_in_its_order() -> None:
    assert run_to(FROM + timedelta(days=4)) == 4
    assert worked == days(1, 2, 3, 4)
    assert Tick.objects.get().done_to == FROM + timedelta(days=4)


def test_a_day_that_is_done_is_not_done_again() -> None:
    run_to(FROM + timedelta(days=2))
    assert run_to(FROM + timedelta(days=2)) == 0
    assert run_to(FROM) == 0
    assert worked == days(1, 2)


def test_the_first_tick_of_a_new_installation_does_today_only() -> None:
    Tick.objects.all().delete()
    assert run_to(FROM) == 1
    assert worked == [FROM]


def test_a_run_that_was_killed_goes_on_where_it_stopped() -> None:
    dies_on.update(days(3))
    with pytest.raises(KeyboardInterrupt):
        run_to(FROM + timedelta(days=5))
    assert Tick.objects.get().done_to == FROM + timedelta(days=2)
    dies_on.clear()
    assert run_to(FROM + timedelta(days=5)) == 3
    assert worked == days(1, 2, 3, 4, 5)


def test_a_step_that_was_done_before_the_kill_does_nothing_twice(settings: Any) -> None:
    settings.TICK_STEPS = [f"{__name__}.step", f"{__name__}.rival"]
    assert run_to(FROM + timedelta(days=3), clock=lambda: NOON) == 2
    assert Tick.objects.get().done_to == FROM
    Tick.objects.update(holder="", held_until=None)
    settings.TICK_STEPS = [f"{__name__}.step"]
    assert run_to(FROM + timedelta(days=3)) == 2
    assert worked == days(1, 2, 3)


def test_while_one_runs_another_leaves_it_to_it() -> None:
    Tick.objects.update(holder="another", held_until=NOON + timedelta(seconds=5))
    assert run_to(FROM + timedelta(days=3), clock=lambda: NOON) == 0
    assert worked == []
    assert Tick.objects.get().holder == "another"


def test_the_lease_of_a_killed_run_is_taken_over_when_its_time_is_over() -> None:
    Tick.objects.update(holder="killed", held_until=NOON - timedelta(seconds=1))
    assert run_to(FROM + timedelta(days=3), clock=lambda: NOON) == 3
    assert Tick.objects.get().holder == ""


def test_a_run_that_lost_its_lease_stops_and_does_not_give_it_back(settings: Any) -> None:
    settings.TICK_STEPS = [f"{__name__}.rival"]
    run_to(FROM + timedelta(days=3), clock=lambda: NOON)
    tick = Tick.objects.get()
    assert (tick.holder, tick.done_to) == ("another", FROM)


def test_a_month_at_once_costs_a_fixed_number_of_queries_a_day(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(30 * 4 + 6):
        run_to(FROM + timedelta(days=30))


def test_the_command_says_how_far_it_came() -> None:
    DemonstrationDay.objects.create(pk=1, day=FROM + timedelta(days=2))
    out = StringIO()
    call_command("tick", stdout=out)
    assert "Đã xong đến ngày 30/04/2023: 2 việc." in out.getvalue()
    Tick.objects.update(holder="another", held_until=datetime.now(UTC) + timedelta(hours=1), done_to=FROM)
    out = StringIO()
    call_command("tick", stdout=out)
    assert "Một lượt khác đang chạy" in out.getvalue()


def test_the_systems_own_act_names_nobody() -> None:
    act = system_act(FROM)
    assert (act.person, act.post, act.unit, act.day) == (None, None, None, FROM)
