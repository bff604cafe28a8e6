"""Asking for a report outside the regular ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import require
from dondoc.lib import texts
from dondoc.lib.refusals import FORBIDDEN, INVALID, Refused
from dondoc.organisations.models import Family
from dondoc.organisations.queries import Label, labels, of_family
from dondoc.reports import services
from dondoc.reports.forms import AskForm


def _offered(request: PageRequest) -> list[Label]:
    """The units directly below the acting one; refused for whoever may not collect reports."""
    acting = request.actor.acting
    if acting is None:
        raise Refused("accounts.no_post", FORBIDDEN)
    require(request.actor, "report.accept", acting.unit)
    units = of_family(acting.unit, Family.PARTY, request.today)
    known = labels(units, request.today)
    return [known[unit] for unit in units if known[unit].kind != "agency"]


@reads
def new(request: PageRequest) -> HttpResponse:
    """The form."""
    return render(request, "reports/ask.html", {"form": AskForm(today=request.today, offered=_offered(request))})


@writes
def ask(request: ActRequest) -> HttpResponse:
    """Ask; the reports are open at once."""
    form = AskForm(request.POST, today=request.today, offered=_offered(request))
    if not form.is_valid():
        return render(request, "reports/ask.html", {"form": form}, status=INVALID)
    try:
        services.ask(**form.cleaned_data, act=request.act)
    except Refused as refused:
        form.add_error(None, texts.refusal(refused))
        return render(request, "reports/ask.html", {"form": form}, status=refused.status)
    n = len(form.cleaned_data["units"])
    messages.success(request, ngettext("%(n)d unit is asked.", "%(n)d units are asked.", n) % {"n": n})
    return redirect("reports:list")
