"""The list of decisions and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import PageRequest, reads
from dondoc.organisations.models import Reorganisation
from dondoc.reorganising import doors, queries, told
from dondoc.reorganising.decided import decided
from dondoc.reorganising.effects import Effects, effects
from dondoc.reorganising.models import Draft

A_PAGE = 25
STEPS_A_PAGE = 100


@reads
def listing(request: PageRequest) -> HttpResponse:
    """The decisions that concern units of the person's scope, the latest day first."""
    page = Paginator(queries.visible(request.actor).filter(recorded_on__lte=request.on), A_PAGE).get_page(
        request.GET.get("page")
    )
    shown = queries.decisions(list(page))
    context = {
        "page": page,
        "lines": [(one, told.summary(one.counts), told.late_words(one.late) if one.late else "") for one in shown],
        "sentence": _sentence(page.paginator.count),
        "may_reorganise": queries.may_reorganise(request.actor),
        "drafts": doors.drafts(request.actor),
    }
    return render(request, "reorganising/list.html", context)


def _sentence(count: int) -> str:
    if not count:
        return _("No decision on reorganisation is recorded for your units.")
    return ngettext("%(n)s decision is recorded.", "%(n)s decisions are recorded.", count) % {"n": count}


@reads
def decision(request: PageRequest, pk: int) -> HttpResponse:
    """What a decision did, step by step, what is still undecided of it, and its history."""
    first = queries.access_decision(request.actor, pk)
    page = Paginator(queries.group(first.pk), STEPS_A_PAGE).get_page(request.GET.get("page"))
    [one] = queries.decisions([first])
    steps = told.lines(list(page), request.actor)
    context = {
        "one": one,
        "first": first,
        "page": page,
        "steps": steps,
        "hidden": len(page) - len(steps),
        "summary": told.summary(one.counts),
        "words": told.head_words(one.late, (first.effective_on - request.today).days),
        "may_reorganise": queries.may_reorganise(request.actor),
        "after": decided(request.actor, one, request.today),
        "did": _effects(request, first),
        "brought_back": _effects(request, one.revocation) if one.revocation else None,
        "decidable": True,
    }
    return render(request, "reorganising/decision.html", context)


def _effects(request: PageRequest, first: Reorganisation) -> Effects | None:
    """What was found when it was recorded from a draft; for the board alone, since it speaks of all units that it looks after."""
    draft = Draft.objects.filter(recorded=first, owner__in=request.actor.units).first()
    if draft is None or not draft.preview or not queries.may_reorganise(request.actor):
        return None
    return effects(draft.preview, request.actor)
