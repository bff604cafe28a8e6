"""Fills an empty database with the demonstration: the story's tree and posts, and the invented district with its past."""

from datetime import date

from django.conf import settings

from dondoc.clock.models import DemonstrationDay, Tick
from dondoc.clock.services import system_act
from dondoc.history.services import record, writing
from dondoc.organisations.models import Unit
from dondoc.organisations.services.load import load
from dondoc.reports.content import forms
from dondoc.reports.models import Opened

from . import past, people, registers

STORY = settings.CONTENT / "demonstration"
FIRST_DAY = date(2023, 4, 28)
# Reports begin with April 2023: what came before is the simulation's to tell, and nobody of the story owes it.
REPORTS_OPENED_TO = date(2023, 4, 24)
FILES = ("organisations.yaml", "model-district.yaml", "reorganisation-2025.yaml", "model-district-2025.yaml")


class NotEmpty(Exception):
    """The database holds units already: a demonstration is never mixed with an office's work."""


def build() -> str:
    """Fill the database and set its day to that of the article; returns the password of all accounts. NotEmpty where there is something."""
    if Unit.objects.exists() or DemonstrationDay.objects.exists():
        raise NotEmpty
    clock = DemonstrationDay.objects.create(pk=1, day=past.begins(STORY / "past.yaml"))
    act = system_act(clock.day)
    for name in FILES:
        load(STORY / name, act)
    password = people.fill(STORY / "posts.yaml", act)
    Tick.objects.create(pk=1, done_to=clock.day)
    Opened.objects.bulk_create(Opened(form=code, to=REPORTS_OPENED_TO) for code in forms())
    past.live(STORY / "past.yaml", until=FIRST_DAY)
    registers.fill(STORY / "registers.yaml")
    with writing(system_act(FIRST_DAY)):
        clock.refresh_from_db()
        clock.day, clock.version = FIRST_DAY, clock.version + 1
        clock.save()
        record("clock.moved", clock, data={"to": FIRST_DAY})
    return password
