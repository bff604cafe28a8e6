"""What people are reminded of among the duties of working regulations: the early warnings, the highest of each."""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.lib.reminders import Item

from .acting import button
from .content import ladders
from .queries import warnings_of


def items(actors: Collection[Actor], day: date) -> Iterator[tuple[int, Item]]:
    """The items of these people on a day, each with the account."""
    for account, warnings in warnings_of(actors, day).items():
        for told in warnings:
            one = told.obligation
            yield (
                account,
                Item(
                    f"obligation:{one.pk}",
                    told.step,
                    ladders().rank(told.step),
                    told.since,
                    one.duty.title if told.own else f"{told.place.name}: {one.duty.title}",
                    str(told.words),
                    _("article %(n)s of the working regulation") % {"n": one.article},
                    str(button(one, own=told.own)),
                    reverse("obligations:act", args=[one.pk]),
                ),
            )
