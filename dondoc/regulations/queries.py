"""Reading working regulations: what holds on a day, who has one and who has none, the doors to versions and drafts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import require, scope
from dondoc.organisations import queries as organisations
from dondoc.organisations.queries import Label

from .content import models
from .models import Draft, DraftPart, Duty, LateValue, Version, holds_on

DRAFTING = "regulation.draft"
APPROVING = "regulation.approve"
MOST_BELOW = 300


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit directly below and its regulation on the day shown; None where none holds."""

    place: Label
    version: Version | None


def kinds_that_have_one() -> frozenset[str]:
    """The kinds of unit for which there is a model, so that it is told when they have no regulation."""
    return frozenset(kind for model in models().values() for kind in model.kinds)


def versions(unit: int) -> list[Version]:
    """Every version of a unit's regulation, the latest first."""
    return list(Version.objects.filter(unit=unit).select_related("document", "approved_by").order_by("-holds_from"))


def in_force(units: Iterable[int], day: date) -> dict[int, Version]:
    """For each unit the version that holds on the day, as one query; units without one are left out."""
    found: dict[int, list[Version]] = {}
    for one in Version.objects.filter(unit__in=list(units), holds_from__lte=day):
        found.setdefault(one.unit_id, []).append(one)
    held = {unit: holds_on(listed, day) for unit, listed in found.items()}
    return {unit: version for unit, version in held.items() if version is not None}


def duties(version: Version) -> QuerySet[Duty]:
    """The duties of a version in the order of its articles."""
    return Duty.objects.filter(article__version=version).select_related("article")


def below(unit: int, day: date) -> tuple[list[Standing], int]:
    """The units directly below that should have a regulation, those without one first; and how many were left off past `MOST_BELOW`."""
    children = organisations.children(unit, day)
    named = organisations.labels(children, day)
    wanted = [named[child] for child in children if named[child].kind in kinds_that_have_one()]
    held = in_force([label.unit for label in wanted], day)
    listed = [Standing(label, held.get(label.unit)) for label in wanted]
    listed.sort(key=lambda one: (one.version is not None, one.place.name))
    return listed[:MOST_BELOW], max(0, len(listed) - MOST_BELOW)


def open_draft(unit: int) -> Draft | None:
    """The draft that a unit is writing."""
    return Draft.objects.filter(unit=unit, state=Draft.State.OPEN).select_related("saved_by").first()


def access_version(actor: Actor, pk: int) -> Version:
    """A version of a unit in the person's scope; others get 404."""
    found = Version.objects.filter(pk=pk, unit__in=scope(actor)).select_related("document", "approved_by").first()
    if found is None:
        raise Http404
    return found


def access_draft(actor: Actor, pk: int, right: str = DRAFTING) -> Draft:
    """The draft of one's own unit (others: 404), with the right (else 403)."""
    found = Draft.objects.filter(pk=pk, unit__in=actor.units).select_related("saved_by", "amends").first()
    if found is None or found.state == Draft.State.DROPPED:
        raise Http404
    require(actor, right, found.unit_id)
    return found


def access_part(actor: Actor, pk: int) -> DraftPart:
    """An article or duty of a draft that the person may write in."""
    part = DraftPart.objects.filter(pk=pk).first()
    if part is None:
        raise Http404
    access_draft(actor, part.draft_id)
    return part


def access_late(actor: Actor, pk: int) -> LateValue:
    """A value kept beside in a draft that the person may write in."""
    late = LateValue.objects.filter(pk=pk).first()
    if late is None:
        raise Http404
    access_draft(actor, late.draft_id)
    return late
