"""Difficulties told in reports: who has to answer, who waits for an answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.organisations.queries import labels
from dondoc.reports import queries, services
from dondoc.reports.models import Difficulty, DifficultyStep
from dondoc.reports.naming import title_of

MOST = 500
RAISED_SHOWN = 100
HANDLED_SHOWN = 30


@reads
def difficulties(request: PageRequest) -> HttpResponse:
    """The difficulties that lie with my unit, those that my unit raised, and those that it has dealt with; as on the day shown."""
    answers = queries.units_where(request.actor, "difficulty.answer")
    fills = queries.units_where(request.actor, "report.fill")
    lying = queries.lying_with_on(answers, request.on, request.today)[:MOST]
    here = {one.pk for one in lying}
    told = queries.raised_by_on(fills, request.on, request.today, RAISED_SHOWN)
    raised = [one for one in told if one.pk not in here]
    here |= {one.pk for one in raised}
    dealt = queries.handled_by_on(answers, request.on, request.today, HANDLED_SHOWN)
    handled = [one for one in dealt if one.pk not in here]
    every = [*lying, *raised, *handled]
    steps: dict[int, list[DifficultyStep]] = {}
    rows = DifficultyStep.objects.filter(difficulty__in=every, on__lte=request.on)
    for step in rows.select_related("post").order_by("pk"):
        steps.setdefault(step.difficulty_id, []).append(step)
    named = {unit for one in every for unit in (one.unit_id, one.lies_with_id) if unit}
    named |= {step.to_id for several in steps.values() for step in several if step.to_id}
    known = labels(named, request.on)
    acting = request.actor.acting
    context = {
        "lying": [_told(one, known, steps) for one in lying],
        "raised": [_told(one, known, steps) for one in raised],
        "handled": [_told(one, known, steps) for one in handled],
        "acting": acting.unit if acting and request.on == request.today else None,
    }
    return render(request, "reports/difficulties.html", context)


def _told(one: Difficulty, known: dict[int, Any], steps: dict[int, list[DifficultyStep]]) -> dict[str, Any]:
    return {
        "one": one,
        "unit": known[one.unit_id],
        "with": known.get(one.lies_with_id or 0),
        "title": title_of(one.report),
        "steps": [(step, known.get(step.to_id or 0)) for step in steps.get(one.pk, [])],
    }


@writes
def answer(request: ActRequest, difficulty: int) -> HttpResponse:
    """Answer a difficulty."""
    one = queries.access_to_answer(request.actor, difficulty)
    services.answer(one.pk, text=request.POST.get("text", ""), seen=request.seen, act=request.act)
    messages.success(request, _("The answer stands with the difficulty; who raised it sees it."))
    return redirect("reports:difficulties")


@writes
def pass_up(request: ActRequest, difficulty: int) -> HttpResponse:
    """Pass a difficulty up."""
    one = queries.access_to_answer(request.actor, difficulty)
    services.pass_up(one.pk, text=request.POST.get("text", ""), seen=request.seen, act=request.act)
    messages.success(request, _("The difficulty lies with the level above now."))
    return redirect("reports:difficulties")
