"""Reading reminders: what a person needs to see to, with what was put off and what was handed to them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.module_loading import import_string

from dondoc.accounts.actors import Actor, actors_of
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


def everything(actors: Collection[Actor], day: date) -> dict[int, list[Item]]:
    """All items of these people by account, whatever was put off: the highest step of each."""
    found: dict[int, list[Item]] = {actor.account: [] for actor in actors}
    for name in settings.REMINDERS:
        for account, item in import_string(name)(actors, day):
            found[account].append(item)
    return {account: rules.highest(own) for account, own in found.items()}


def items(actor: Actor, day: date) -> list[Item]:
    """What the person needs to see to: without what they put off or handed on, with what was handed to one of their posts."""
    return items_of([actor], day)[actor.account]


def items_of(actors: Collection[Actor], day: date) -> dict[int, list[Item]]:
    """The same for several people, by account; the number of queries is the same however many they are."""
    puts: dict[int, list[rules.Put]] = defaultdict(list)
    for one in Deferral.objects.filter(account__in=[actor.account for actor in actors], ended_on=None):
        puts[one.account_id].append(rules.Put(one.key, one.rank, one.until))
    holders: dict[int, set[int]] = defaultdict(set)
    for actor in actors:
        for held in actor.holdings:
            holders[held.post].add(actor.account)
    handed = list(_under_way(day).filter(post__in=list(holders)))
    known = everything(actors, day)
    away = {one.account_id for one in handed} - set(known)
    theirs = known | everything(actors_of(Account.objects.filter(pk__in=away), day), day) if away else known
    found = {
        account: [one for one in own if not rules.hidden(one, puts[account], day)] for account, own in known.items()
    }
    for put in handed:
        for account in holders[put.post_id or 0] - {put.account_id}:
            found[account] += [one for one in theirs.get(put.account_id, ()) if one.key == put.key]
    return {account: rules.highest(own) for account, own in found.items()}


def _under_way(day: date) -> QuerySet[Deferral]:
    """What is put off or handed on and was neither taken back nor has come to its end."""
    return Deferral.objects.filter(Q(until=None) | Q(until__gt=day), ended_on=None)


def mine(actor: Actor, day: date) -> list[tuple[Deferral, str]]:
    """What the person has put off or handed on and may take back, the latest first, with what it is."""
    titles = {one.key: one.title for one in everything([actor], day)[actor.account]}
    rows = _under_way(day).filter(account=actor.account).select_related("by", "post").order_by("-on", "-pk")
    return [(one, titles.get(one.key, "")) for one in rows]


def told_before(account: int, day: date) -> set[tuple[str, str]]:
    """The things and steps of the person's last digest before the day. One query."""
    last = Digest.objects.filter(account=account, day__lt=day).order_by("-day").first()
    return {(item["key"], item["code"]) for item in last.items} if last else set()


def told_last(accounts: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    """The things and steps of each person's last digest, by account. One query."""
    last = Digest.objects.filter(account=OuterRef("account")).order_by("-day").values("pk")[:1]
    rows = Digest.objects.filter(account__in=accounts, pk=Subquery(last))
    return {one.account_id: {(item["key"], item["code"]) for item in one.items} for one in rows}


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
    """What was put off or handed on at these units and at those directly below, also what was taken back, the latest first: shown to the superior."""
    below = UnitParent.objects.on(day).filter(parent__in=units).values_list("unit", flat=True)
    rows = Deferral.objects.filter(by__unit__in={*units, *below}, on__lte=day)
    return list(rows.select_related("by", "post").order_by("-on", "-pk")[:30])
