"""What a person is reminded of among the duties of working regulations: the early warnings, the highest of each."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.lib.reminders import Item

from .content import ladders
from .queries import warnings


def for_actor(actor: Actor, day: date) -> Iterator[Item]:
    """The items of one person on a day."""
    for told in warnings(actor, day):
        one = told.obligation
        yield Item(
            f"obligation:{one.pk}",
            told.step,
            ladders().rank(told.step),
            told.since,
            one.duty.title if told.own else f"{told.place.name}: {one.duty.title}",
            str(told.words),
            _("article %(n)s of the working regulation") % {"n": one.article},
            _("Act"),
            reverse("obligations:obligation", args=[one.pk]) + "#act",
        )
