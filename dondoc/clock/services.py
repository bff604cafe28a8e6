"""Moving the demonstration's day on, and running what is due by itself on a day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID, Refused

from .models import DemonstrationDay, Tick

Step = Callable[[date], int]
Clock = Callable[[], datetime]
FURTHEST = 366
LEASE = timedelta(minutes=2)
RENEWED = timedelta(seconds=20)
"""So old a lease may be before it is written anew: most steps of most days take less."""


def move_on(days: int, *, seen: int, act: Act) -> date:
    """Move the demonstration's day forward; returns the new day. What is due is done by `run_to`, after this is committed.

    Refused where there is no demonstration, where the day has moved meanwhile, and for a move that is not between a day and a year.
    """
    if not 1 <= days <= FURTHEST:
        raise Refused("clock.not_a_move", INVALID)
    with writing(act):
        clock = DemonstrationDay.objects.select_for_update().filter(pk=1).first()
        if clock is None:
            raise Refused("clock.no_demonstration", INVALID)
        if clock.version != seen:
            raise Refused("clock.moved_meanwhile", day=wording.day(clock.day))
        before = clock.day
        clock.day, clock.version = before + timedelta(days=days), seen + 1
        clock.save()
        record("clock.moved", clock, data={"from": before, "to": clock.day})
    return clock.day


def run_to(
    day: date, *, clock: Clock = timezone.now, holder: str = "", progress: Callable[[date], None] = lambda _: None
) -> int:
    """Run the tick for every day not yet done, up to and with `day`; returns how many things it did. Safe to repeat and to interrupt.

    One run at a time: whoever has the lease works, anyone else returns at once with 0 and leaves the days to the next run. A lease whose
    time is over (its holder was killed) is taken over. Each day is done before the next begins, and each step does each thing at most
    once, so that a run that was killed goes on where it stopped.
    """
    holder = holder or str(uuid4())
    Tick.objects.get_or_create(pk=1, defaults={"done_to": day - timedelta(days=1)})
    held = clock()
    if not _lease(holder, held):
        return 0
    steps: list[Step] = [import_string(name) for name in settings.TICK_STEPS]
    done = 0
    try:
        while (present := _next_day()) <= day:
            for step in steps:
                done += step(present)
                now = clock()
                if now - held >= RENEWED:
                    if not _lease(holder, now):
                        return done
                    held = now
            if not Tick.objects.filter(pk=1, holder=holder, done_to=present - timedelta(days=1)).update(
                done_to=present
            ):
                return done
            progress(present)
    finally:
        Tick.objects.filter(pk=1, holder=holder).update(holder="", held_until=None)
    return done


def _next_day() -> date:
    return Tick.objects.get(pk=1).done_to + timedelta(days=1)


def _lease(holder: str, now: datetime) -> bool:
    """Take the lease, or hold it longer; False while another holds it."""
    free = Q(holder="") | Q(holder=holder) | Q(held_until__lt=now)
    return bool(Tick.objects.filter(free, pk=1).update(holder=holder, held_until=now + LEASE))


def system_act(day: date) -> Act:
    """The act of the system itself on a working day."""
    return Act(person=None, post=None, unit=None, day=day, at=timezone.now())
