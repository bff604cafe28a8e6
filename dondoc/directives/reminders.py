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
        rung, holder = content.ladders().rung(line.step), line.card.receiver
        unit = holder.unit if holder else None
        # One directive to many is as many tasks: what tells them apart is whose each is.
        whose = f"{unit.name}: " if unit and unit.unit not in actor.units else ""
        yield Item(
            f"assignment:{line.card.pk}",
            line.step,
            rung.rank if rung else 0,
            line.due_on,
            f"{whose}{line.card.task}",
            str(line.wording),
            _("an assigned task"),
            _("Open the task"),
            reverse("directives:assignment", args=[line.card.pk]),
        )
