"""The sheet by which a year's number is shared out to the units directly below."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import may, require
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID
from dondoc.organisations import queries as organisations
from dondoc.organisations.queries import Label
from dondoc.targets import services
from dondoc.targets import sheet as sheets
from dondoc.targets.forms import BasisForm
from dondoc.targets.sheet import Table

from .common import Asked, address, asked, beside, naming

FIELDS = ("value-", "total-", "base-", "base_source")


@reads
def sheet(request: PageRequest, pk: int) -> HttpResponse:
    """The sheet, filled with what is drafted, held or proposed."""
    one = asked(request, pk)
    if not may(request.actor, "target.assign", pk):
        require(request.actor, "target.draft", pk)
    table = sheets.table(pk, one.aim, one.year, request.on, parts=request.GET.get("parts") == "1")
    return _show(request, one, table, _form(request, one, table, None))


@writes
def save_draft(request: ActRequest, pk: int) -> HttpResponse:
    """Keep what was typed, finished or not."""
    one = asked(request, pk)
    require(request.actor, "target.draft", pk)
    table = sheets.table(pk, one.aim, one.year, request.on, _typed(request), parts="parts" in request.POST)
    typed = {cell.name: cell.value for cell in table.cells}
    with naming(table.cells):
        services.save_draft(pk, one.aim.key, one.year, typed, seen=request.seen, act=request.act)
    messages.success(request, _("Saved as a draft. Nothing is assigned yet."))
    return redirect(address(request, "targets:sheet", one))


@writes
def assign(request: ActRequest, pk: int) -> HttpResponse:
    """Assign all the numbers at once, or say what keeps them from adding up."""
    one = asked(request, pk)
    require(request.actor, "target.assign", pk)
    table = sheets.table(pk, one.aim, one.year, request.on, _typed(request), parts="parts" in request.POST)
    form = _form(request, one, table, request.POST)
    read = sheets.read(table)
    if not form.is_valid() or table.problems:
        return _show(request, one, table, form, INVALID, seen=request.seen)
    with naming(table.cells):
        services.assign(
            pk,
            one.aim.key,
            one.year,
            read.numbers,
            read.totals,
            way=form.cleaned_data["way"],
            basis=form.basis,
            bases=read.bases,
            seen=request.seen,
            act=request.act,
        )
    messages.success(request, _("The targets are assigned."))
    return redirect(address(request, "targets:unit", one))


def _typed(request: ActRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if name.startswith(FIELDS) and isinstance(value, str)}


def _form(request: PageRequest, one: Asked, table: Table, data: object) -> BasisForm:
    initial = {
        "way": "adjusted" if table.held else "first",
        "holds_from": wording.day(min(request.on, table.day)),
        "authority": one.unit.pk,
    }
    return BasisForm(
        data,
        today=request.today,
        year=one.year,
        authorities=authorities(one.unit.pk, request),
        held_from=table.held_from,
        initial=initial,
    )


def authorities(unit: int, request: PageRequest) -> list[Label]:
    """Who may have decided: the unit itself, or one of its superior committees."""
    keys = [unit, *organisations.superiors(unit, request.on)]
    known = organisations.labels(keys, request.on)
    return [known[key] for key in keys]


def _show(
    request: PageRequest, one: Asked, table: Table, form: BasisForm, status: int = 200, seen: int | None = None
) -> HttpResponse:
    context = beside(request, one) | {
        "table": table,
        "form": form,
        "seen": table.seen if seen is None else seen,
        "may_assign": bool(may(request.actor, "target.assign", one.unit.pk)),
        "may_draft": bool(may(request.actor, "target.draft", one.unit.pk)),
    }
    return render(request, "targets/sheet.html", context, status=status)
