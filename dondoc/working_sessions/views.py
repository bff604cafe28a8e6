"""The list of working sessions and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.queries import may
from dondoc.organisations.queries import labels

from . import pages, queries
from .models import WorkingSession

A_PAGE = 25


@reads
def sessions(request: PageRequest) -> HttpResponse:
    """The sessions that the person may see, filtered by year and unit in the address."""
    visible = queries.visible(request.actor).filter(on__lte=request.on)
    years = [day.year for day in visible.order_by().dates("on", "year", order="DESC")]
    through = WorkingSession.units.through.objects.filter(workingsession__in=visible.order_by().values("pk"))
    units = labels(set(through.values_list("unit", flat=True)), request.on)
    year, unit = _chosen(request, "year", years), _chosen(request, "unit", units)
    found = visible.filter(**({"on__year": year} if year else {}), **({"units": unit} if unit else {}))
    shown = Paginator(found.prefetch_related("units"), A_PAGE).get_page(request.GET.get("page"))
    acting = request.actor.acting
    context = {
        "page": shown,
        "lines": pages.listed(request.actor, list(shown), request.on),
        "years": years,
        "units": sorted(units.values(), key=lambda label: label.name),
        "year": year,
        "unit": units.get(unit) if unit else None,
        "may_receive": acting is not None and bool(may(request.actor, "intake.receive", acting.unit)),
    }
    return render(request, "working_sessions/list.html", context)


def _chosen(request: PageRequest, name: str, among: object) -> int | None:
    """A filter of the address, or None where it is none of those that can be chosen."""
    typed = request.GET.get(name, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 12):
        return None
    return int(typed) if int(typed) in among else None  # type: ignore[operator]


@reads
def page(request: PageRequest, pk: int) -> HttpResponse:
    """One session: who, when, with whom, what was found, what was demanded, and what came of it."""
    session = queries.access_session(request.actor, pk)
    if request.on < session.on:
        return render(request, "working_sessions/not_yet.html", {"session": session})
    shown = pages.page(request.actor, session, request.on)
    confirmed = session.drafts.filter(owner__in=request.actor.units, state="confirmed").order_by("pk")
    drafts = list(confirmed) if request.on == request.today else []
    return render(request, "working_sessions/page.html", {"shown": shown, "session": session, "drafts": drafts})
