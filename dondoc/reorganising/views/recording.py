"""The preview of a draft, and recording it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes, writes_after
from dondoc.lib import texts
from dondoc.lib.refusals import Refused
from dondoc.reorganising import doors, rules, services
from dondoc.reorganising.effects import effects, when
from dondoc.reorganising.models import Draft


def _tried(request: PageRequest, pk: int) -> services.Trial | Refused:
    """What recording the draft would do, found out before the act begins; or that it is not complete."""
    found = doors.access_draft(request.actor, pk)
    try:
        return services.try_out(found.pk, act=request.actor.act(timezone.now()))
    except Refused as refused:
        if refused.code != "reorganising.incomplete":
            raise
        return refused


@writes_after(_tried)
def attempt(request: ActRequest, trial: services.Trial | Refused, pk: int) -> HttpResponse:
    """Find out what recording the draft would do, by doing it and taking it back."""
    found = doors.access_draft(request.actor, pk)
    if isinstance(trial, Refused):
        messages.error(request, texts.refusal(trial))
        return redirect("reorganising:draft", found.pk)
    draft = services.preview(found.pk, trial, act=request.act)
    if "refused" in (draft.preview or {}):
        messages.error(request, _("This cannot be recorded yet: what stands in the way is said at the steps."))
        return redirect("reorganising:draft", found.pk)
    return redirect("reorganising:preview", found.pk)


@reads
def preview(request: PageRequest, pk: int) -> HttpResponse:
    """What recording the draft would do, as it was found out."""
    draft = doors.access_draft(request.actor, pk)
    if draft.state == Draft.State.RECORDED or not draft.preview or "refused" in draft.preview:
        return redirect("reorganising:draft", draft.pk)
    assert draft.effective_on is not None
    context = {
        "draft": draft,
        "shown": effects(draft.preview, request.actor),
        "decision": rules.decision(draft.number, draft.title),
        "revoked": draft.revokes,
        "fresh": services.is_fresh(draft),
        "when": when(draft.effective_on, request.today, draft.revokes_id is not None),
    }
    return render(request, "reorganising/preview.html", context)


@writes
def record(request: ActRequest, pk: int) -> HttpResponse:
    """Record the draft as it was previewed."""
    found = doors.access_draft(request.actor, pk)
    first = services.record_draft(found.pk, seen=request.seen, act=request.act)
    if found.revokes_id is not None:
        messages.success(request, _("The decision is revoked."))
        return redirect("reorganising:decision", found.revokes_id)
    messages.success(request, _("The decision is recorded."))
    return redirect("reorganising:decision", first.pk)
