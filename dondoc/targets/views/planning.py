"""A unit's own plan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import require
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID
from dondoc.targets import rules, services
from dondoc.targets.forms import BasisForm
from dondoc.targets.queries import Pair, in_force, known_on, sheet_of
from dondoc.targets.sheet import Cell

from .allotting import authorities
from .common import Asked, address, asked, beside


@reads
def plan(request: PageRequest, pk: int) -> HttpResponse:
    """The plan as it is, ready to be set or changed."""
    one = asked(request, pk)
    require(request.actor, "target.plan", pk)
    held = _held(request, one)
    cells = [_cell(column.key, column.name, held.get((pk, column.key), Pair())) for column in one.aim.columns]
    return _show(request, one, cells, _form(request, one, None))


@writes
def set_plan(request: ActRequest, pk: int) -> HttpResponse:
    """Set the plan, change it from a day on, or correct it."""
    one = asked(request, pk)
    require(request.actor, "target.plan", pk)
    cells = [
        Cell(f"value-{c.key}", c.name, request.POST.get(f"value-{c.key}", ""), column=c.key) for c in one.aim.columns
    ]
    values: dict[str, int] = {}
    for cell in cells:
        read = rules.read_count(cell.value)
        if read is not None:
            values[cell.column] = read
        elif cell.value.strip() or cell.column == one.aim.key:
            cell.problem = _("Write a whole number, 0 or more.")
    form = _form(request, one, request.POST)
    if not form.is_valid() or any(cell.problem for cell in cells):
        return _show(request, one, cells, form, INVALID, request.seen)
    way, basis = form.cleaned_data["way"], form.basis
    services.plan(pk, one.aim.key, one.year, values, way=way, basis=basis, seen=request.seen, act=request.act)
    messages.success(request, _("The plan is saved."))
    return redirect(address(request, "targets:unit", one))


def _held(request: PageRequest, one: Asked) -> dict[tuple[int, str], Pair]:
    columns = [column.key for column in one.aim.columns]
    return in_force([one.unit.pk], one.year, columns, request.on, known=known_on(request.on))


def _cell(key: str, name: str, pair: Pair) -> Cell:
    return Cell(f"value-{key}", name, wording.number(pair.plan.value) if pair.plan else "", column=key)


def _form(request: PageRequest, one: Asked, data: object) -> BasisForm:
    sheet = sheet_of(one.unit.pk, one.aim.key, one.year)
    decided = sheet.decisions.filter(kind="plan", superseded_at=None) if sheet else None
    last = decided.order_by("holds_from", "pk").last() if decided is not None else None
    initial = {
        "way": "adjusted" if last else "first",
        "holds_from": wording.day(request.on),
        "authority": one.unit.pk,
    }
    who = authorities(one.unit.pk, request)
    return BasisForm(
        data,
        today=request.today,
        year=one.year,
        authorities=who,
        held_from=last.holds_from if last else None,
        initial=initial,
    )


def _show(
    request: PageRequest, one: Asked, cells: list[Cell], form: BasisForm, status: int = 200, seen: int | None = None
) -> HttpResponse:
    sheet = sheet_of(one.unit.pk, one.aim.key, one.year)
    context = beside(request, one) | {
        "cells": cells,
        "form": form,
        "problems": [
            {"href": f"#{cell.name}", "text": f"{cell.label}: {cell.problem}"} for cell in cells if cell.problem
        ],
        "seen": seen if seen is not None else sheet.version if sheet else 0,
    }
    return render(request, "targets/plan.html", context, status=status)
