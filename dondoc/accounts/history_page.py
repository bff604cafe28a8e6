"""The record as an auditor reads it: every act in the scope, newest first."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from dondoc.history import queries
from dondoc.history.models import Event, Head
from dondoc.lib.days import read_day
from dondoc.organisations.queries import labels, readable

from .acts import PageRequest, reads
from .queries import reached_by
from .timeline import names_of

PER_PAGE = 100


@reads
def history(request: PageRequest) -> HttpResponse:
    """Acts at the units in the auditor's scope, and those at no unit (sign-in, accounts, the clock). Eleven queries at most."""
    reached_by(request.actor, "history.read")
    acting = request.actor.acting
    assert acting is not None
    units = readable([acting.unit], request.today).values("pk")
    events = (
        Event.objects.filter(Q(unit__in=units) | Q(unit=None)).select_related("entry").order_by("-entry", "position")
    )
    since, until = (read_day(request.GET.get(name, ""), request.today) for name in ("from", "to"))
    if since:
        events = events.filter(entry__day__gte=since)
    if until:
        events = events.filter(entry__day__lt=until + timedelta(days=1))
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines(list(page.object_list))
    who = names_of(lines)
    named = labels({line.unit for line in lines if line.unit is not None}, request.today)
    rows = [
        {"line": line, "who": who(line), "unit": named[line.unit].name if line.unit in named else ""} for line in lines
    ]
    head = Head.objects.filter(pk=Head.Chain.ENTRIES).first()
    context = {"page": page, "rows": rows, "head": head, "since": since, "until": until}
    return render(request, "accounts/history.html", context)
