"""What units that ended had still to achieve, and the decision on it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import access_line, may, require
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID
from dondoc.targets import rules, services, words
from dondoc.targets.carry import kept_by
from dondoc.targets.content import aims
from dondoc.targets.forms import SettleForm
from dondoc.targets.models import Remainder
from dondoc.targets.remainders import Left, lefts
from dondoc.targets.services import Basis
from dondoc.targets.sheet import Cell

from .common import Asked, address, asked, beside, naming


@reads
def remainders(request: PageRequest, pk: int) -> HttpResponse:
    """Everything that waits with the unit, or was decided there, in the year."""
    return _show(request, asked(request, pk))


@writes
def settle(request: ActRequest, remainder: int) -> HttpResponse:
    """Give what is left to those who take it on."""
    row = Remainder.objects.filter(pk=remainder).first()
    if row is None:
        raise Http404
    unit, seen = access_line(request.actor, row.keeper_id)
    require(request.actor, "target.assign", unit.pk)
    one = Asked(unit, aims()[row.indicator], row.year, seen)
    [left] = lefts([row], request.today)
    cells = _cells(left, request)
    form = SettleForm(request.POST, today=request.today)
    values = {cell.column: rules.read_count(cell.value) if cell.value.strip() else 0 for cell in cells}
    for cell in cells:
        if values[cell.column] is None:
            cell.problem = _("Write a whole number, 0 or more.")
    if not form.is_valid() or any(cell.problem for cell in cells):
        return _show(request, one, (remainder, cells, form, request.seen), INVALID)
    shares = {int(unit): value or 0 for unit, value in values.items() if unit != "let_go"}
    data = form.cleaned_data
    basis = Basis(data["holds_from"], unit.pk, data["legal_basis"], None, data["reason"])
    with naming(cells):
        services.settle(remainder, shares, values["let_go"] or 0, basis=basis, seen=request.seen, act=request.act)
    messages.success(request, _("Decided. The units that take it on have it in their target now."))
    return redirect(address(request, "targets:remainders", one))


def _cells(left: Left, request: ActRequest | None = None) -> list[Cell]:
    """A field for each heir, for each other unit directly below, and for what is let go."""
    given = request.POST if request is not None else None
    cells = []
    for share in left.shares:
        name = f"share-{share.label.unit}"
        shown = (
            given.get(name, "")
            if given is not None
            else wording.number(share.proposed)
            if left.by is not rules.By.NOTHING
            else ""
        )
        cells.append(
            Cell(name, share.label.name, str(shown), given is None and bool(shown), column=str(share.label.unit))
        )
    for other in left.others:
        name = f"share-{other.unit}"
        shown = str(given.get(name, "")) if given is not None else ""
        cells.append(Cell(name, other.name, shown, column=str(other.unit), is_other=True))
    cells.append(
        Cell(
            "let_go",
            _("Let go: nobody takes it on"),
            str(given.get("let_go", "")) if given is not None else "",
            column="let_go",
        )
    )
    return cells


def _opened(request: PageRequest, found: list[Left]) -> int | None:
    """The remainder whose form is shown: the one that the address names, or the only one that waits."""
    asked_for = request.GET.get("decide", "")
    waiting = [left.row.pk for left in found if left.waiting]
    if len(waiting) == 1:
        return waiting[0]
    return next((pk for pk in waiting if str(pk) == asked_for), None)


def _form(request: PageRequest) -> SettleForm:
    return SettleForm(None, today=request.today, initial={"holds_from": wording.day(request.today)})


Sent = tuple[int, list[Cell], SettleForm, int]


def _show(request: PageRequest, one: Asked, sent: Sent | None = None, status: int = 200) -> HttpResponse:
    rows = Remainder.objects.filter(
        kept_by([one.unit.pk], request.on), year=one.year, indicator=one.aim.key, on__lte=request.on
    )
    found = lefts(list(rows.select_related("decision__document").order_by("on", "pk")), request.on)
    may_settle = request.on == request.today and bool(may(request.actor, "target.assign", one.unit.pk))
    shown = []
    opened = sent[0] if sent else _opened(request, found)
    for left in found:
        waits = left.waiting or bool(left.row.decided_on and left.row.decided_on > request.on)
        mine = sent if sent and sent[0] == left.row.pk else None
        # One form at a time: after a reform of districts there may be hundreds of units here, each with hundreds of fields.
        is_open = may_settle and left.waiting and left.row.pk == opened
        shown.append(
            {
                "left": left,
                "waits": waits,
                "state": words.state(left.row),
                "how": words.share(left),
                "cells": mine[1] if mine else _cells(left) if is_open else [],
                "heirs": len(left.shares),
                "form": mine[2] if mine else _form(request) if is_open else None,
                "seen": mine[3] if mine else left.row.version,
                "given": [(one.unit, one.value) for one in left.row.decision.targets.all()]
                if left.row.decision
                else [],
            }
        )
    context = beside(request, one) | {
        "shown": shown,
        "waiting": sum(item["waits"] is True for item in shown),
        "may_settle": may_settle,
    }
    return render(request, "targets/remainders.html", context, status=status)
