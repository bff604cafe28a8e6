"""The pages of figures: what a unit has in a period, and how a number came about."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.queries import access_unit
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import Label

from . import choices, pages
from .indicators import indicators
from .words import period_words


@reads
def mine(request: PageRequest) -> HttpResponse:
    """The figures of the unit for which the person acts."""
    if request.actor.acting is None or request.actor.acting.unit not in request.actor.units:
        return render(request, "figures/none.html")
    return _overview(request, access_unit(request.actor, request.actor.acting.unit))


@reads
def overview(request: PageRequest, unit: int) -> HttpResponse:
    """`?period=` as the ledger writes it."""
    return _overview(request, access_unit(request.actor, unit))


def _overview(request: PageRequest, unit: Unit) -> HttpResponse:
    period = choices.asked(request.GET.get("period", ""), request.on)
    shown = pages.overview(unit, period, request.on)
    context = {"shown": shown, **_frame(request, shown.above, period)}
    return render(request, "figures/overview.html", context)


@reads
def explain(request: PageRequest, unit: int, indicator: str) -> HttpResponse:
    """One number: what it is made of, where each part was said, and how it went month by month."""
    found = access_unit(request.actor, unit)
    known = indicators().get(indicator)
    if known is None:
        raise Http404
    period = choices.asked(request.GET.get("period", ""), request.on)
    shown = pages.explained(request.actor, found, known, period, request.on)
    return render(request, "figures/explain.html", {"shown": shown, **_frame(request, shown.above, period)})


def _frame(request: PageRequest, above: list[Label], period: str) -> dict[str, object]:
    """What both pages show around their numbers; of the superiors those whose figures the person may see."""
    mine = set(request.actor.units)
    seen = next((number for number, label in enumerate(above) if label.unit in mine), len(above))
    return {
        "above": above[seen:],
        "period": period,
        "period_words": period_words(period),
        "offered": choices.offered(request.on),
    }
