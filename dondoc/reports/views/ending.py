"""Reports that are not waited for any more, or are asked of whoever took over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, writes
from dondoc.lib.days import read_day
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.queries import Label, labels
from dondoc.reports import queries, services
from dondoc.reports.models import Report
from dondoc.reports.services.ending import heirs

from .listing import number


def ending(request: PageRequest, report: Report, unit: Label) -> dict[str, Any]:
    """What the page of a report says of its end: why it lapsed, of whom it is asked instead, and what its receiver may decide."""
    shown = request.on == request.today
    context: dict[str, Any] = {"may_let_go": shown and queries.may_wait_no_longer(request.actor, report, unit)}
    if report.demand_id is not None:
        instead = Report.objects.filter(instead_of=report, opened_on__lte=request.on)
        context["instead"] = [
            (pk, labels([heir], request.on)[heir]) for pk, heir in instead.order_by("pk").values_list("pk", "unit")
        ]
    if context["may_let_go"] and not unit.alive:
        open_to = heirs(report, request.today)
        known = labels(open_to, request.today)
        context["heirs"] = [known[one] for one in open_to]
    return context


@writes
def let_go(request: ActRequest, pk: int) -> HttpResponse:
    """Wait no longer for a report."""
    found = queries.access_to_judge(request.actor, pk)
    services.let_go(found.pk, reason=request.POST.get("reason", ""), seen=request.seen, act=request.act)
    messages.success(request, _("This report is no longer waited for."))
    return redirect("reports:report", found.pk)


@writes
def pass_on(request: ActRequest, pk: int) -> HttpResponse:
    """Ask heirs of the unit instead of it."""
    found = queries.access_to_judge(request.actor, pk)
    keys = [number(text) for text in request.POST.getlist("to")]
    day = read_day(request.POST.get("due_on", ""), request.today)
    if day is None:
        raise Refused("reports.days_in_order", INVALID)
    to = [one for one in keys if one is not None]
    services.pass_on(found.pk, to=to, due_on=day, seen=request.seen, act=request.act)
    messages.success(request, _("The units that took over are asked now; they see it at once."))
    return redirect("reports:report", found.pk)
