"""My reports, and those of one unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.queries import access_unit, may
from dondoc.organisations.queries import Label, labels
from dondoc.reports import queries
from dondoc.reports.asof import as_of, filled_by
from dondoc.reports.content import forms
from dondoc.reports.models import Difficulty, Report
from dondoc.reports.naming import days_words
from dondoc.reports.queries import Line
from dondoc.reports.rounds import rounds as rounds_of
from dondoc.reports.rules.states import FILLED, State

SENT_SHOWN = 6
ROUNDS_SHOWN = 4
"""Older rounds are shown as long as something of them is late or waits."""
MOST = 500
OF_A_UNIT = 60
ALONE, BESIDE = 10, 3
"""So many reports of a unit stand open where it is the only one, and where it is one of several; the others are folded below them."""


def number(text: str) -> int | None:
    """The key that an address names."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def dressed(found: Sequence[Line]) -> list[dict[str, Any]]:
    """Lines with the words for their days."""
    return [{"line": one, "days": days_words(one.report)} for one in found]


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What is to be sent for one unit: `first` stands there, `others` are folded below."""

    unit: Label
    first: list[dict[str, Any]]
    others: list[dict[str, Any]]
    overdue: int

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.first) + len(self.others)


def by_unit(found: Sequence[Line]) -> list[OfUnit]:
    """What is to be sent, unit by unit, the one with the most urgent report first."""
    groups: dict[int, list[Line]] = {}
    for one in found:
        groups.setdefault(one.unit.unit, []).append(one)
    most = ALONE if len(groups) == 1 else BESIDE
    return [
        OfUnit(
            several[0].unit,
            dressed(several[:most]),
            dressed(several[most:]),
            sum(one.standing == "overdue" for one in several),
        )
        for several in groups.values()
    ]


def _mine(units: list[int], on: date, today: date) -> tuple[list[Report], list[Report]]:
    """What these units have to send on the day, and what they sent last."""
    if on < today:
        there = [one for one in filled_by(units, on, today) if one.state != State.LAPSED]
        done = [one for one in there if State(one.state) not in FILLED]
        done.sort(key=lambda one: (-one.due_on.toordinal(), one.pk))
        return [one for one in there if State(one.state) in FILLED][:MOST], done[:SENT_SHOWN]
    sent = Report.objects.filter(filler__in=units).exclude(state__in=[*FILLED, State.LAPSED])
    to_fill = queries.to_fill(units).select_related("demand")
    return list(to_fill[:MOST]), list(sent.select_related("demand").order_by("-due_on", "pk")[:SENT_SHOWN])


@reads
def mine(request: PageRequest) -> HttpResponse:
    """What I have to fill, what I wait for, and the difficulties that lie with my unit; `?unit=&form=` one unit's reports of a form."""
    asked = number(request.GET.get("unit", ""))
    if asked is not None:
        return _of_unit(request, asked)
    on, today = request.on, request.today
    fills = queries.units_where(request.actor, "report.fill")
    acting = request.actor.acting
    open_, done = _mine(fills, on, today)
    found = queries.lines([*open_, *done], on)
    to_send, sent = found[: len(open_)], found[len(open_) :]
    rounds = rounds_of(queries.units_where(request.actor, "report.accept"), on, today)
    may_ask = on == today and acting is not None and bool(rounds)
    lying = queries.lying_with_on(queries.units_where(request.actor, "difficulty.answer"), on, today)
    raised = Difficulty.objects.filter(unit__in=fills, raised_on__lte=on)
    context = {
        "open": to_send,
        "groups": by_unit(to_send),
        "done": dressed(sent),
        "rounds": [one for n, one in enumerate(rounds) if n < ROUNDS_SHOWN or one.overdue or one.waiting],
        "may_ask": may_ask and acting is not None and bool(may(request.actor, "report.accept", acting.unit)),
        "difficulties": len(lying),
        "raised": raised.exclude(answered_on__lte=on).exclude(withdrawn_on__lte=on).count(),
        "overdue": sum(one.standing == "overdue" for one in to_send),
        "urged": sum(one.urged is not None and one.runs for one in to_send),
        "waiting": sum(one.waiting for one in rounds),
        "late": sum(one.overdue for one in rounds),
        "several": len(set(fills)) > 1,
    }
    return render(request, "reports/list.html", context)


def _of_unit(request: PageRequest, unit: int) -> HttpResponse:
    access_unit(request.actor, unit)
    rows = Report.objects.filter(unit=unit, opened_on__lte=request.on).select_related("demand")
    form = request.GET.get("form", "")
    if form in forms():
        rows = rows.filter(form=form)
    there = as_of(list(rows.order_by("-starts_on", "form")[:OF_A_UNIT]), request.on, request.today)
    context = {
        "unit": labels([unit], request.on)[unit],
        "form": forms().get(form),
        "rows": dressed(queries.lines(there, request.on)),
    }
    return render(request, "reports/of_unit.html", context)
