"""The completion table of an origin: who does what, by when, who answers, follows and verifies. Saved field by field."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.directives import forms, services
from dondoc.directives.holders import living
from dondoc.directives.models import Assignment, Directive
from dondoc.directives.queries import access_assignment, access_assignments, access_directive
from dondoc.lib.refusals import INVALID, Refused

from .common import back, chosen, receiver_choices
from .sheet import COLUMNS, sheet_of


@reads
def prepare(request: PageRequest, kind: str, key: int) -> HttpResponse:
    """The table."""
    return render(request, "directives/prepare.html", {"sheet": sheet_of(request, kind, key)})


def _answer(request: ActRequest, directive: Directive, rows: Collection[int] = ()) -> HttpResponse:
    """After a save: to the page, or for the page's own script what the table says now of these rows and of what is lacking."""
    if getattr(request, "htmx", False):
        sheet = sheet_of(request, directive.origin_kind, directive.origin_key)
        for group in sheet.groups:
            group.rows = [row for row in group.rows if row.pk in rows]
        return render(request, "directives/prepare.html#table", {"sheet": sheet})
    return back(request, f"/directives/prepare/{directive.origin_kind}/{directive.origin_key}/")


@writes
def save(request: ActRequest, pk: int) -> HttpResponse:
    """The fields of one row that differ from what the person saw in them (`was-…`)."""
    assignment = access_assignment(request.actor, pk, may="save_field")
    changed = {
        name: request.POST[name]
        for name in COLUMNS
        if name in request.POST and request.POST[name] != request.POST.get(f"was-{name}", "")
    }
    saved = services.save_fields(pk, changed, seen=request.seen, act=request.act)
    if any(one.late for one in saved.values()):
        messages.warning(
            request, _("Someone else changed the same field meanwhile. Both values are shown: choose one.")
        )
    return _answer(request, assignment.directive, [pk])


@writes
def fill(request: ActRequest) -> HttpResponse:
    """One value for several rows; the answerable post is that of each row's own unit and is not filled."""
    field = request.POST.get("field", "")
    if field not in COLUMNS or field == "answerable":
        raise Refused("directives.no_such_field", INVALID)
    rows = chosen(request, "chosen" if "chosen" in request.POST else "row")
    opened = access_assignments(request.actor, rows, may="save_field")
    saved = services.fill(list(rows), field, request.POST.get(field, ""), seen=rows, act=request.act)
    late = sum(one.late is not None for one in saved.values())
    if late:
        said = ngettext(
            "%(n)s row was changed meanwhile by someone else: choose there.",
            "%(n)s rows were changed meanwhile by someone else: choose there.",
            late,
        )
        messages.warning(request, said % {"n": late})
    elif not getattr(request, "htmx", False):
        messages.success(
            request, ngettext("Filled in %(n)s row.", "Filled in %(n)s rows.", len(rows)) % {"n": len(rows)}
        )
    return _answer(request, opened[0].directive, rows)


@writes
def confirm(request: ActRequest) -> HttpResponse:
    """The office has looked at what the rules proposed: the rows are ready to be approved."""
    rows = chosen(request)
    opened = access_assignments(request.actor, rows, may="save_field")
    services.confirm_defaults(list(rows), seen=rows, act=request.act)
    messages.success(request, _("Marked as ready. The leader can approve now."))
    return _answer(request, opened[0].directive)


@writes
def add_receiver(request: ActRequest, directive: int) -> HttpResponse:
    """One more unit for a directive."""
    found = access_directive(request.actor, directive, may="directive.prepare")
    form = forms.ReceiverForm(
        request.POST,
        today=request.today,
        choices=receiver_choices(
            living(found.author_unit_id, request.today), request.today, request.POST.get("unit", "")
        ),
    )
    if not form.is_valid():
        sheet = sheet_of(request, found.origin_kind, found.origin_key, adding=(found.pk, form))
        return render(request, "directives/prepare.html", {"sheet": sheet}, status=INVALID)
    services.add_receiver(found.pk, form.cleaned_data["unit"], act=request.act)
    messages.success(request, _("The unit has been added."))
    return _answer(request, found)


@writes
def remove(request: ActRequest, pk: int) -> HttpResponse:
    """A unit that need not do this directive."""
    assignment = access_assignment(request.actor, pk, may="remove_receiver")
    directive = assignment.directive
    services.remove_receiver(pk, seen=request.seen, act=request.act)
    messages.success(request, _("The unit has been taken out."))
    return _answer(request, directive)


@writes
def choose(request: ActRequest, pk: int) -> HttpResponse:
    """Of two values that were entered at the same time, the one that holds."""
    assignment: Assignment = access_assignment(request.actor, pk, may="save_field")
    late = request.POST.get("late", "")
    number = int(late) if late.isascii() and late.isdigit() and len(late) <= 15 else 0
    if not assignment.late_fields.filter(pk=number).exists():
        raise Refused("directives.removed_meanwhile")
    services.choose_late(number, take=request.POST.get("take") == "1", seen=request.seen, act=request.act)
    return _answer(request, assignment.directive)
