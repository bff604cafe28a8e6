"""Reading drafts of documents: what one may see, and the doors."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may as may_do
from dondoc.accounts.rules import Verdict
from dondoc.directives.holders import living
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.organisations.models import Heritage

from . import rules
from .models import DocumentDraft

RIGHTS = {
    "write": ("document.prepare", "document.approve"),
    "approve": ("document.approve",),
    "send_back": ("document.approve",),
    "drop": ("document.prepare", "document.approve"),
    "issue": ("document.issue",),
}
"""Which right at the draft's unit each verb needs; one of them is enough."""


def visible(actor: Actor) -> QuerySet[DocumentDraft]:
    """The drafts of the units of a person's posts, and of those from which they took over, the latest first. Nobody else sees a draft."""
    inherited = Heritage.objects.filter(heir__in=actor.units, since__lte=actor.day).values("predecessor")
    mine = Q(unit__in=actor.units) | Q(unit__in=inherited)
    return DocumentDraft.objects.filter(mine).select_related("document").order_by("-pk")


def access_draft(actor: Actor, pk: int, may: str | None = None) -> DocumentDraft:
    """The draft, for those who may see it (others: 404); `may` is a verb of `RIGHTS` (403 with the reason)."""
    draft = visible(actor).filter(pk=pk).first()
    if draft is None:
        raise Http404
    if may is not None:
        verdict = verdict_of(actor, draft.unit_id, may)
        if not verdict:
            raise Refused(verdict.reason, FORBIDDEN)
    return draft


def verdict_of(actor: Actor, unit: int, verb: str) -> Verdict:
    """Whether a verb is open to the person at the unit, or at the one that took over from it: somebody must be able to drop its drafts."""
    verdict = Verdict(False, "accounts.not_this_post")
    if actor.acting is not None and actor.acting.unit != unit:
        unit = living(unit, actor.day)
    for right in RIGHTS[verb]:
        verdict = may_do(actor, right, unit)
        if verdict:
            return verdict
    return verdict


def require(actor: Actor, unit: int, verb: str) -> None:
    """Refused with 403 and the reason where the verb is not open to the person at the unit."""
    verdict = verdict_of(actor, unit, verb)
    if not verdict:
        raise Refused(verdict.reason, FORBIDDEN)


def allowed(actor: Actor, draft: DocumentDraft) -> set[str]:
    """The verbs that are open to the person in the draft's present state."""
    legal = {verb for state, verb in rules.MOVES if state == draft.state}
    if draft.state == rules.State.OPEN:
        legal.add("write")
    return {verb for verb in legal if verdict_of(actor, draft.unit_id, verb)}


def of_record(actor: Actor, kind: str, key: int) -> QuerySet[DocumentDraft]:
    """The drafts about a record that a person may see, those that were dropped left out."""
    return visible(actor).filter(subject_kind=kind, subject_key=key).exclude(state=rules.State.DROPPED)


def waiting(actor: Actor) -> dict[str, Sequence[DocumentDraft]]:
    """What waits for this person in the post in which they act: drafts to approve, and approved ones to issue."""
    if actor.acting is None:
        return {"approve": [], "issue": []}
    mine = visible(actor).filter(unit=actor.acting.unit)
    found: dict[str, Sequence[DocumentDraft]] = {}
    drafts = list(mine.filter(state__in=[one.value for one in rules.LIVING]))
    for verb, state in (("approve", rules.State.OPEN), ("issue", rules.State.APPROVED)):
        mature = [one for one in drafts if one.state == state]
        found[verb] = mature if mature and verdict_of(actor, actor.acting.unit, verb) else []
    return found


def sees_file(actor: Actor, file: int) -> bool:
    """Whether a stored file came back to a draft that this person may see. What went out is shown by the registers."""
    return visible(actor).filter(returns__file=file).exists()
