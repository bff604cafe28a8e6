"""What people are reminded of among meetings: those that come, and those held whose minutes are not adopted."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.lib.reminders import Item

from .forms import name_of
from .models import Meeting

SOON = timedelta(days=2)
BACK = timedelta(days=90)
STATES = (Meeting.State.PLANNED, Meeting.State.INVITED)
PREPARES = frozenset({"head", "leader", "clerk"})


def items(actors: Collection[Actor], day: date) -> Iterator[tuple[int, Item]]:
    """The meetings of these people's own units that need them on a day, each with the account."""
    prepare: dict[int, set[int]] = defaultdict(set)
    for actor in actors:
        for held in actor.holdings:
            if held.kind in PREPARES:
                prepare[held.unit].add(actor.account)
    if not prepare:
        return
    comes = Q(state__in=STATES, planned_on__gte=day, planned_on__lte=day + SOON)
    unwritten = Q(held_on__lt=day, held_on__gte=day - BACK, minutes_on=None) & ~Q(state=Meeting.State.CANCELLED)
    for one in Meeting.objects.filter(comes | unwritten, unit__in=list(prepare)).order_by("planned_on", "pk"):
        held_on = one.held_on
        item = Item(
            f"meeting:{one.pk}",
            "minutes_missing" if held_on else "meeting_comes",
            25 if held_on else 5,
            held_on or one.planned_on,
            str(name_of(one.kind)),
            _("The minutes are not adopted yet") if held_on else _("The meeting comes"),
            _("the unit's calendar of meetings"),
            _("Open"),
            reverse("meetings:meeting", args=[one.pk]),
        )
        for account in sorted(prepare[one.unit_id]):
            yield account, item
