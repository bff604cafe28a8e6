"""The doors to drafts: for those who may reorganise the draft's unit; and what of a recorded decision they may set aside."""

from datetime import date

from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may, require
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.organisations.models import NEVER, Change, Reorganisation, Unit

from .models import Draft, DraftStep, LateValue
from .queries import RIGHT, group, in_reach

MOST_DRAFTS = 50


def drafts(actor: Actor) -> list[Draft]:
    """The open drafts of the unit for which the person may reorganise, the last one saved first."""
    if actor.acting is None or not may(actor, RIGHT, actor.acting.unit):
        return []
    found = Draft.objects.filter(owner=actor.acting.unit, state=Draft.State.OPEN)
    return list(found.select_related("revokes", "saved_by").order_by("-saved_on", "-pk")[:MOST_DRAFTS])


def access_draft(actor: Actor, pk: int) -> Draft:
    """The draft, for a person of its unit (others: 404) who may reorganise (others: 403)."""
    found = Draft.objects.filter(pk=pk, owner__in=actor.units).select_related("revokes", "saved_by").first()
    if found is None or found.state == Draft.State.DROPPED:
        raise Http404
    require(actor, RIGHT, found.owner_id)
    return found


def access_step(actor: Actor, pk: int) -> DraftStep:
    """A step of a draft that the person may open."""
    step = DraftStep.objects.filter(pk=pk).first()
    if step is None:
        raise Http404
    access_draft(actor, step.draft_id)
    return step


def access_late(actor: Actor, pk: int) -> LateValue:
    """A value kept beside in a draft that the person may open."""
    late = LateValue.objects.filter(pk=pk).first()
    if late is None:
        raise Http404
    access_draft(actor, late.draft_id)
    return late


def require_all(actor: Actor, first: Reorganisation, top: int) -> None:
    """Refused (403) where a recorded decision says anything of a unit that may not be reorganised from `top`."""
    if outside(first, top, actor.day):
        raise Refused("reorganising.not_all_yours", FORBIDDEN)


def outside(first: Reorganisation, top: int, today: date) -> set[int]:
    """The units that a decision speaks of and that may not be reorganised from `top`. One that the decision itself established below
    a unit in reach is in reach."""
    rows = Change.objects.filter(reorganisation__in=group(first.pk).values("pk"))
    spoken = set(rows.values_list("unit", flat=True)) | set(
        rows.filter(other__isnull=False).values_list("other", flat=True)
    )
    near = in_reach(spoken, top, today, first.effective_on)
    founded = rows.filter(attribute=Change.Attribute.PARENT, reorganisation__kind=Reorganisation.Kind.ESTABLISH)
    never = set(Unit.objects.filter(pk__in=spoken, valid_from=NEVER).values_list("pk", flat=True))
    above = dict(founded.filter(unit__in=never).values_list("unit", "other"))
    while new := {unit for unit, superior in above.items() if superior in near} - near:
        near |= new
    return spoken - near
