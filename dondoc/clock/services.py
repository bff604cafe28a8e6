"""Moving the demonstration's day on, and running what is due by itself on a day."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import Refused

from .models import DemonstrationDay, Tick

Step = Callable[[date], int]
FURTHEST = 366


def move_on(days: int, *, seen: int, act: Act) -> date:
    """Move the demonstration's day forward and run the tick for every day passed; returns the new day.

    Refused where there is no demonstration, where the day has moved meanwhile, and for a move that is not between a day and a year.
    """
    if not 1 <= days <= FURTHEST:
        raise Refused("clock.not_a_move", 422)
    with writing(act):
        clock = DemonstrationDay.objects.select_for_update().filter(pk=1).first()
        if clock is None:
            raise Refused("clock.no_demonstration", 422)
        if clock.version != seen:
            raise Refused("clock.moved_meanwhile", day=clock.day)
        before = clock.day
        clock.day, clock.version = before + timedelta(days=days), seen + 1
        clock.save()
        record("clock.moved", clock, data={"from": before, "to": clock.day})
    run_to(clock.day)
    return clock.day


def run_to(day: date) -> int:
    """Run the tick for every day not yet done, up to and with `day`; returns how many things it did. Safe to repeat and to interrupt.

    Each day is done before the next begins, and each thing is recorded at most once, so that a killed run goes on where it stopped.
    """
    tick, _ = Tick.objects.get_or_create(pk=1, defaults={"done_to": day - timedelta(days=1)})
    steps: list[Step] = [import_string(name) for name in settings.TICK_STEPS]
    done = 0
    while tick.done_to < day:
        present = tick.done_to + timedelta(days=1)
        done += sum(step(present) for step in steps)
        Tick.objects.filter(pk=1, done_to=tick.done_to).update(done_to=present)
        tick.refresh_from_db()
    return done


def system_act(day: date) -> Act:
    """The act of the system itself on a working day."""
    return Act(person=None, post=None, unit=None, day=day, at=timezone.now())
