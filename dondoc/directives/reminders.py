"""What people are reminded of among assignments: the steps of the ladder, the highest of each."""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.lib.reminders import Item

from . import content
from .queries import DigestLine, digests


def items(actors: Collection[Actor], day: date) -> Iterator[tuple[int, Item]]:
    """The items of these people on a day, each with the account."""
    lines = digests(actors, day)
    for actor in actors:
        for line in lines[actor.account]:
            yield actor.account, _item(actor, line)


def _item(actor: Actor, line: DigestLine) -> Item:
    rung, holder = content.ladders().rung(line.step), line.card.receiver
    unit = holder.unit if holder else None
    # One directive to many is as many tasks: what tells them apart is whose each is.
    whose = f"{unit.name}: " if unit and unit.unit not in actor.units else ""
    return Item(
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
