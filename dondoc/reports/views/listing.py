"""My reports, the collection of a superior, and difficulties."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import access_unit, may
from dondoc.figures.words import period_words
from dondoc.organisations.queries import labels
from dondoc.reports import queries, services
from dondoc.reports.content import forms
from dondoc.reports.excel.tables import workbook
from dondoc.reports.models import Difficulty, DifficultyStep, Report
from dondoc.reports.naming import days_words, title_of
from dondoc.reports.rounds import grid, of_round
from dondoc.reports.rounds import rounds as rounds_of
from dondoc.reports.rules.states import FILLED, WAITED_FOR, State
from dondoc.web import downloads

SENT_SHOWN = 6
ROUNDS_SHOWN = 4
"""Older rounds are shown as long as something of them is late or waits."""
MOST = 500
PAST_SHOWN = 6


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _dressed(found: list[queries.Line]) -> list[dict[str, Any]]:
    return [{"line": one, "days": days_words(one.report)} for one in found]


@reads
def mine(request: PageRequest) -> HttpResponse:
    """What I have to fill, what I wait for, and the difficulties that lie with my unit; `?unit=&form=` one unit's reports of a form."""
    asked = _number(request.GET.get("unit", ""))
    if asked is not None:
        return _of_unit(request, asked)
    fills = queries.units_where(request.actor, "report.fill")
    collects = queries.units_where(request.actor, "report.accept")
    answers = queries.units_where(request.actor, "difficulty.answer")
    acting = request.actor.acting
    open_ = list(queries.to_fill(fills).select_related("demand")[:MOST])
    done = Report.objects.filter(filler__in=fills).exclude(state__in=[*FILLED, State.LAPSED]).select_related("demand")
    found = queries.lines([*open_, *done.order_by("-due_on", "pk")[:SENT_SHOWN]], request.today)
    rounds = rounds_of(collects, request.today)
    context = {
        "open": _dressed(found[: len(open_)]),
        "done": _dressed(found[len(open_) :]),
        "rounds": [one for n, one in enumerate(rounds) if n < ROUNDS_SHOWN or one.overdue or one.waiting],
        "may_ask": acting is not None and bool(rounds) and bool(may(request.actor, "report.accept", acting.unit)),
        "difficulties": queries.lying_with(answers).count(),
        "raised": Difficulty.objects.filter(unit__in=fills, lies_with__isnull=False).count(),
        "overdue": sum(one.standing == "overdue" for one in found[: len(open_)]),
        "waiting": sum(one.waiting for one in rounds),
        "late": sum(one.overdue for one in rounds),
        "several": len(set(fills)) > 1,
    }
    return render(request, "reports/list.html", context)


def _of_unit(request: PageRequest, unit: int) -> HttpResponse:
    access_unit(request.actor, unit)
    rows = Report.objects.filter(unit=unit).select_related("demand").order_by("-starts_on", "form")
    form = request.GET.get("form", "")
    if form in forms():
        rows = rows.filter(form=form)
    context = {
        "unit": labels([unit], request.on)[unit],
        "form": forms().get(form),
        "rows": _dressed(queries.lines(list(rows[:60]), request.today)),
    }
    return render(request, "reports/of_unit.html", context)


@reads
def collect(request: PageRequest) -> HttpResponse:
    """The round of a form and period: units × state, what is missing, what can be accepted at once. `?as=excel`: as an Excel file."""
    units = queries.units_where(request.actor, "report.accept")
    unit = _number(request.GET.get("unit", ""))
    if unit is not None and unit not in units:
        access_unit(request.actor, unit)
    receiver = unit if unit is not None else (units[0] if units else 0)
    rounds = rounds_of([receiver], request.today, most=24) if receiver else []
    form = request.GET.get("form", "")
    period = request.GET.get("period", "")
    demand = _number(request.GET.get("demand", ""))
    fitting = [
        one for one in rounds if form in ("", one.form) and period in ("", one.period) and demand in (None, one.demand)
    ]
    now = fitting[0] if fitting else None
    rows: list[Report] = []
    if now is not None:
        rows = list(of_round(now).order_by("due_on", "starts_on")[:MOST])
    found = sorted(queries.lines(rows, request.today), key=lambda one: _urgency(one, request.actor.acting))
    past = [one for one in rounds if now and not now.demand and not one.demand and one.form == now.form][:PAST_SHOWN]
    past.reverse()
    state = request.GET.get("state", "")
    picked = [one for one in found if _fits(one, state)]
    if now is not None and request.GET.get("as") == "excel":
        return downloads.workbook(f"{now.form}-{now.receiver.code}-{now.period}", workbook(now, picked, request.today))
    judges = now is not None and request.actor.acting is not None and request.actor.acting.unit == receiver
    judges = judges and bool(may(request.actor, "report.accept", receiver))
    context = {
        "round": now,
        "period": period_words(now.period) if now else "",
        "receiver": labels([receiver], request.on).get(receiver),
        "rounds": [(one, period_words(one.period)) for one in rounds],
        "rows": _dressed(picked),
        "tabs": [(code, word, sum(_fits(one, code) for one in found)) for code, word in _tabs()],
        "state": state,
        "columns": [period_words(one.period) for one in past],
        "grid": grid(past, request.today),
        "judges": judges,
        "tickable": judges and any(one.report.state == State.SUBMITTED for one in picked),
    }
    return render(request, "reports/collect.html", context)


def _tabs() -> list[tuple[str, str]]:
    return [
        ("", _("All")),
        ("missing", _("Not in")),
        ("waiting", _("Waiting for acceptance")),
        ("accepted", _("Already accepted")),
        ("late", _("Late")),
    ]


def _fits(line: queries.Line, state: str) -> bool:
    present = State(line.report.state)
    return {
        "missing": present in WAITED_FOR,
        "waiting": present is State.SUBMITTED,
        "accepted": present in {State.ACCEPTED, State.CORRECTING},
        "late": line.standing == "overdue" or line.late,
    }.get(state, True)


def _urgency(line: queries.Line, _acting: object) -> tuple[int, str]:
    order = {
        State.SUBMITTED: 0,
        State.OPEN: 1,
        State.RETURNED: 1,
        State.CORRECTING: 2,
        State.ACCEPTED: 3,
        State.LAPSED: 4,
    }
    return order[State(line.report.state)], line.unit.name


@reads
def difficulties(request: PageRequest) -> HttpResponse:
    """The difficulties that lie with my unit, and those that my unit raised, wherever they lie."""
    answers = queries.units_where(request.actor, "difficulty.answer")
    fills = queries.units_where(request.actor, "report.fill")
    lying = list(queries.lying_with(answers)[:MOST])
    raised = list(
        Difficulty.objects.filter(unit__in=fills)
        .exclude(pk__in=[one.pk for one in lying])
        .select_related("report")
        .order_by(F("lies_with").asc(nulls_last=True), "-raised_on", "pk")[:100]
    )
    steps: dict[int, list[DifficultyStep]] = {}
    for step in DifficultyStep.objects.filter(difficulty__in=[*lying, *raised]).select_related("post").order_by("pk"):
        steps.setdefault(step.difficulty_id, []).append(step)
    named = {unit for one in [*lying, *raised] for unit in (one.unit_id, one.lies_with_id) if unit}
    named |= {step.to_id for several in steps.values() for step in several if step.to_id}
    known = labels(named, request.on)
    acting = request.actor.acting
    context = {
        "lying": [_told(one, known, steps) for one in lying],
        "raised": [_told(one, known, steps) for one in raised],
        "acting": acting.unit if acting else None,
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
