"""A meeting demands something of units below: the form, and the way on to the table in which the assignments are completed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import require
from dondoc.documents.nearby import likely
from dondoc.lib.refusals import INVALID
from dondoc.meetings import queries, services
from dondoc.meetings.forms import DirectForm, name_of
from dondoc.meetings.models import Meeting
from dondoc.organisations import queries as organisations

PREPARING = "directive.prepare"


def _opened(request: PageRequest, meeting: int) -> Meeting:
    found = queries.access_meeting(request.actor, meeting, queries.HOLDING)
    require(request.actor, PREPARING, found.unit_id)
    return found


def _below(request: PageRequest, found: Meeting) -> list[tuple[int, str]]:
    return [(one.unit, one.name) for one in likely(found.unit_id, request.today, above=False)]


@reads
def new(request: PageRequest, meeting: int) -> HttpResponse:
    """The form for one sentence of the conclusion."""
    found = _opened(request, meeting)
    return _shown(request, found, DirectForm(today=request.today, below=_below(request, found)))


def _shown(request: PageRequest, found: Meeting, form: DirectForm, status: int = 200) -> HttpResponse:
    place = organisations.labels([found.unit_id], request.today)[found.unit_id]
    context = {"one": found, "kind": name_of(found.kind), "place": place, "form": form}
    return render(request, "meetings/direct.html", context, status=status)


@writes
def enter(request: ActRequest, meeting: int) -> HttpResponse:
    """Write it down and go on to its assignments."""
    found = _opened(request, meeting)
    form = DirectForm(request.POST, today=request.today, below=_below(request, found))
    if not form.is_valid():
        return _shown(request, found, form, INVALID)
    data = form.cleaned_data
    services.direct_units(found.pk, data["text"], [int(one) for one in data["units"]], data["due_on"], act=request.act)
    messages.success(request, _("Written down. Complete the assignments, then have them approved."))
    return redirect("directives:prepare", services.ORIGIN, found.pk)
