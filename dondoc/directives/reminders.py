"""What a person is reminded of among assignments: the steps of the ladder, the highest of each."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.lib.reminders import Item

from . import content
from .queries import digest


def for_actor(actor: Actor, day: date) -> Iterator[Item]:
    """The items of one person on a day."""
    for line in digest(actor, day):
        rung = content.ladders().rung(line.step)
        yield Item(
            f"assignment:{line.card.pk}",
            line.step,
            rung.rank if rung else 0,
            line.due_on,
            line.card.task,
            str(line.wording),
            _("an assigned task"),
            _("Open the task"),
            reverse("directives:assignment", args=[line.card.pk]),
        )
