"""Reading reminders: what a person needs to see to, with what was put off and what was handed to them."""

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from dondoc.accounts.actors import Actor, actor_of
from dondoc.accounts.models import Account
from dondoc.directives import rules as assignments
from dondoc.directives.models import Step as AssignmentStep
from dondoc.lib.reminders import Item
from dondoc.obligations.models import Step as DutyStep
from dondoc.obligations.rules import UNMET
from dondoc.organisations.models import UnitParent
from dondoc.organisations.queries import Label, labels

from . import rules
from .models import Deferral, Digest


def everything(actor: Actor, day: date) -> list[Item]:
    """All items of the person, whatever was put off: the highest step of each."""
    found = [item for name in settings.REMINDERS for item in import_string(name)(actor, day)]
    return rules.highest(found)


def items(actor: Actor, day: date) -> list[Item]:
    """What the person needs to see to: without what they put off or handed on, with what was handed to one of their posts."""
    rows = Deferral.objects.filter(account=actor.account)
    puts = [rules.Put(one.key, one.rank, one.until) for one in rows]
    own = [one for one in everything(actor, day) if not rules.hidden(one, puts, day)]
    handed = Deferral.objects.filter(post__in=[held.post for held in actor.holdings]).exclude(account=actor.account)
    wanted: dict[int, set[str]] = {}
    for one in handed:
        wanted.setdefault(one.account_id, set()).add(one.key)
    for account in Account.objects.filter(pk__in=wanted):
        theirs = everything(actor_of(account, day), day)
        own += [one for one in theirs if one.key in wanted[account.pk]]
    return rules.highest(own)


def told_last(account: int) -> set[tuple[str, str]]:
    """The things and steps of the person's last digest."""
    last = Digest.objects.filter(account=account).order_by("-day").first()
    return {(one["key"], one["code"]) for one in last.items} if last else set()


def on_paper(units: Collection[int], day: date) -> list[tuple[Label, int]]:
    """The units, these and those directly below, at which nobody looks in, with how many open things the superior hands over on paper.

    Four queries and those of the names, whatever the number of units.
    """
    below = UnitParent.objects.on(day).filter(parent__in=units).values_list("unit", flat=True)
    places = {*units, *below}
    things: dict[int, set[str]] = {}
    duties = DutyStep.objects.filter(
        unit__in=places, on_paper=True, done_on__lte=day, obligation__verdict__in=[one.value for one in UNMET]
    )
    for unit, key in duties.values_list("unit", "obligation"):
        things.setdefault(unit, set()).add(f"obligation:{key}")
    tasks = AssignmentStep.objects.filter(
        unit__in=places, on_paper=True, done_on__lte=day, assignment__state__in=[one.value for one in assignments.OPEN]
    ).exclude(audience="superior")
    for unit, key in tasks.values_list("unit", "assignment"):
        things.setdefault(unit, set()).add(f"assignment:{key}")
    named = labels(things, day)
    return sorted(
        ((named[unit], len(keys)) for unit, keys in things.items() if unit in named), key=lambda one: one[0].name
    )


def deferred(units: Collection[int], day: date) -> list[Deferral]:
    """What was put off or handed on at these units and at those directly below, the latest first: shown to the superior."""
    below = UnitParent.objects.on(day).filter(parent__in=units).values_list("unit", flat=True)
    rows = Deferral.objects.filter(by__unit__in={*units, *below}, on__lte=day)
    return list(rows.select_related("by", "post").order_by("-on", "-pk")[:30])
