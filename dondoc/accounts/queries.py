"""Scope and rights of an actor, and the doors built on them. Who holds which post stands in `holders.py`."""

from django.db.models import Q, QuerySet
from django.http import Http404

from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.organisations.models import Ancestry, Unit
from dondoc.organisations.queries import below, readable

from .actors import Actor
from .holders import Holder, Reach, head_post, heads, holders, offices, reach, reachable, vacant
from .rights import grants
from .rules import Verdict

__all__ = [
    "Holder",
    "Reach",
    "access_line",
    "access_unit",
    "head_post",
    "heads",
    "holders",
    "may",
    "offices",
    "reach",
    "reachable",
    "reached_by",
    "require",
    "scope",
    "vacant",
]


def scope(actor: Actor) -> QuerySet[Unit]:
    """The units whose pages this person may see: below any of their posts' units today, and the predecessors of those."""
    return readable(actor.units, actor.day)


def may(actor: Actor, action: str, unit: int) -> Verdict:
    """Whether the actor may do the action for a unit, through the post in which they act. One query at most.

    What reaches "below" reaches the predecessors of the units below as well: their past is put right by those who answer for it now.
    """
    acting = actor.acting
    if acting is None:
        return Verdict(False, "accounts.no_post")
    grant = grants().get((acting.kind, action))
    if grant is None:
        return Verdict(False, "accounts.not_this_post")
    if acting.unit == unit:
        return Verdict(True)
    if grant == "below" and readable([acting.unit], actor.day).filter(pk=unit).exists():
        return Verdict(True)
    return Verdict(False, "accounts.not_this_unit")


def require(actor: Actor, action: str, unit: int) -> None:
    """Refused with 403 and the reason where the actor may not."""
    verdict = may(actor, action, unit)
    if not verdict:
        raise Refused(verdict.reason, FORBIDDEN)


def reached_by(actor: Actor, action: str) -> QuerySet[Unit]:
    """The living units for which the actor may do the action today through the post in which they act. Refused with 403 where none."""
    acting = actor.acting
    grant = grants().get((acting.kind, action)) if acting else None
    if acting is None:
        raise Refused("accounts.no_post", FORBIDDEN)
    if grant is None:
        raise Refused("accounts.not_this_post", FORBIDDEN)
    return below([acting.unit], actor.day) if grant == "below" else Unit.objects.filter(pk=acting.unit)


def access_unit(actor: Actor, pk: int) -> Unit:
    """The unit, for a person in whose scope it is or was; others get 404."""
    unit = scope(actor).filter(pk=pk).first()
    if unit is None:
        raise Http404
    return unit


def access_line(actor: Actor, pk: int) -> tuple[Unit, set[int]]:
    """The same, and which of the units that ever stood above it the person may see as well. One query."""
    above = Ancestry.objects.filter(descendant=pk).values("ancestor")
    seen = {unit.pk: unit for unit in scope(actor).filter(Q(pk=pk) | Q(pk__in=above))}
    if pk not in seen:
        raise Http404
    return seen[pk], set(seen)
