"""The pages of figures: what a unit has in a period, and how a number came about."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import access_unit, may, require
from dondoc.lib.counts import NotACount, read_count
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import Label
from dondoc.web import downloads
from dondoc.web.ways import own_page

from . import choices, excel, explaining, pages, sharing, versions
from .indicators import indicators
from .models import Figure
from .restating import read_share
from .words import period_words


@reads
def mine(request: PageRequest) -> HttpResponse:
    """The figures of the unit for which the person acts."""
    if request.actor.acting is None or request.actor.acting.unit not in request.actor.units:
        return render(request, "figures/none.html")
    return _overview(request, access_unit(request.actor, request.actor.acting.unit))


@reads
def overview(request: PageRequest, unit: int) -> HttpResponse:
    """`?period=` as the ledger writes it; `?as=excel`: as an Excel file."""
    return _overview(request, access_unit(request.actor, unit))


def _overview(request: PageRequest, unit: Unit) -> HttpResponse:
    period = choices.asked(request.GET.get("period", ""), request.on)
    shown = pages.overview(unit, period, request.on)
    if request.GET.get("as") == "excel":
        name = f"so-lieu-{unit.code}-{period}".replace(" ", "-")
        return downloads.workbook(name, excel.workbook(shown, period, request.on))
    context = {"shown": shown, **_frame(request, shown.above, period)}
    return render(request, "figures/overview.html", context)


@reads
def explain(request: PageRequest, unit: int, indicator: str) -> HttpResponse:
    """One number: what it is made of, where each part was said, and how it went month by month. `?named=`: only parts with this in their name."""
    found = access_unit(request.actor, unit)
    known = indicators().get(indicator)
    if known is None:
        raise Http404
    period = choices.asked(request.GET.get("period", ""), request.on)
    named = request.GET.get("named", "")[:80]
    shown = explaining.explained(
        request.actor, found, known, period, request.on, named=named, page=request.GET.get("page")
    )
    split = sharing.split(found.pk, request.on)
    context = {
        "shown": shown,
        "named": named,
        "split": split,
        "may_share": bool(split) and request.on == request.today and bool(may(request.actor, "figure.correct", unit)),
        **_frame(request, shown.above, period),
    }
    return render(request, "figures/explain.html", context)


@reads
def figure(request: PageRequest, figure: int) -> HttpResponse:
    """One figure: where it was said, its versions, what else is said of its days."""
    found = Figure.objects.filter(pk=figure).first()
    if found is None:
        raise Http404
    access_unit(request.actor, found.unit_id)
    shown = versions.told(request.actor, found, request.on)
    holds = request.on == request.today and not shown.ended and not shown.of_a_report
    context = {
        "shown": shown,
        "may_correct": holds and bool(may(request.actor, "figure.correct", found.unit_id)),
        "period": request.GET.get("period", ""),
    }
    return render(request, "figures/figure.html", context)


@writes
def correct(request: ActRequest, figure: int) -> HttpResponse:
    """Put the right number in the place of a wrong one, with a reason. `seen` is the version on the page."""
    found = Figure.objects.filter(pk=figure).first()
    if found is None:
        raise Http404
    require(request.actor, "figure.correct", access_unit(request.actor, found.unit_id).pk)
    if request.seen != figure:
        raise Refused("figures.changed_meanwhile")
    try:
        value = read_count(request.POST.get("value", ""))
    except NotACount:
        value = None
    if value is None:
        raise Refused("figures.not_a_count", INVALID)
    new = versions.correct_by_hand(figure, value=value, reason=request.POST.get("reason", ""), act=request.act)
    messages.success(
        request, _("The figure is corrected. The former number stays among its versions with your reason.")
    )
    return redirect(own_page(request, request.POST.get("next", ""), reverse("figures:figure", args=[new.pk])))


@writes
def state_shares(request: ActRequest, unit: int) -> HttpResponse:
    """State what part of a split unit's past each of its successors gets: a field "share-<heir>" for each."""
    found = access_unit(request.actor, unit)
    require(request.actor, "figure.correct", found.pk)
    split = sharing.split(found.pk, request.today)
    shares = {}
    for heir in split.heirs if split else ():
        share = read_share(request.POST.get(f"share-{heir.label.unit}", ""))
        if share is None:
            raise Refused("figures.no_share", INVALID, unit=heir.label.name)
        shares[heir.label.unit] = share
    sharing.state_shares(found.pk, shares, reason=request.POST.get("reason", ""), seen=request.seen, act=request.act)
    messages.success(request, _("The shares are stated; series on later trees are divided by them."))
    return redirect(own_page(request, request.POST.get("next", ""), f"/figures/{found.pk}/"))


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
