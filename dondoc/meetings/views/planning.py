"""A unit's year of meetings, how the units below stand this month, planning, and the roll."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import access_unit, may, scope
from dondoc.directives.content import calendar
from dondoc.lib import texts
from dondoc.lib.evidence import Evidence
from dondoc.lib.refusals import INVALID, Refused
from dondoc.meetings import queries, rules, services
from dondoc.meetings.forms import CalendarForm, PlanForm, RollForm, name_of
from dondoc.meetings.models import Meeting
from dondoc.organisations import queries as organisations
from dondoc.organisations.queries import Label

QUARTER = 3


@reads
def start(request: PageRequest) -> HttpResponse:
    """The meetings of the unit through which one acts; of those who see no unit's business, why there is nothing."""
    acting, units = request.actor.acting, request.actor.units
    if not units:
        return render(request, "regulations/none.html")
    return _year(request, acting.unit if acting and acting.unit in units else units[0])


@reads
def unit(request: PageRequest, pk: int) -> HttpResponse:
    """The meetings of a unit."""
    return _year(request, access_unit(request.actor, pk).pk)


def _year(request: PageRequest, pk: int, form: Form | None = None) -> HttpResponse:
    on, actor = request.on, request.actor
    typed = request.GET.get("year", "")
    year = (
        int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 and 2000 <= int(typed) < 2100 else on.year
    )
    path = organisations.path(pk, on)
    kinds = queries.kinds_of(path[-1])
    below = organisations.labels(organisations.children(pk, on), on)
    party = [place for place in below.values() if place.family == path[-1].family]
    months = queries.below_in_month(party, on)
    listed = queries.of_year(pk, year, on)
    plans = bool(may(actor, queries.PLANNING, pk))
    context = {
        "place": path[-1],
        "path": path[:-1],
        "linked": set(scope(actor).filter(pk__in=[one.unit for one in path]).values_list("pk", flat=True)),
        "year": year,
        "meetings": [(one, name_of(one.kind)) for one in listed],
        "next": next((one for one in listed if one.state != Meeting.State.CLOSED and one.planned_on >= on), None),
        "behind": [
            one for one in listed if one.planned_on < on and one.state in (Meeting.State.PLANNED, Meeting.State.INVITED)
        ],
        "below": [(one, name_of(one.meeting.kind) if one.meeting else "") for one in months[: queries.SHOWN]],
        "without": sum(one.meeting is None for one in months),
        "left_off": max(0, len(months) - queries.SHOWN),
        "posts": queries.posts_of(pk, on) if below and may(actor, queries.CHARGING, pk) else [],
        "may_plan": plans,
        "form": form or PlanForm(kinds=kinds, today=request.today),
    }
    return render(request, "meetings/unit.html", context, status=INVALID if form else 200)


@reads
def preview(request: PageRequest, pk: int) -> HttpResponse:
    """The days that would be planned, before anything is: each may be changed or left out."""
    found = queries.access_own(request.actor, pk, queries.PLANNING)
    place = organisations.labels([found], request.today)[found]
    form = PlanForm(request.GET, kinds=queries.kinds_of(place), today=request.today)
    if not form.is_valid():
        return _year(request, found, form)
    data = form.cleaned_data
    on, repeat = data["since"], data["repeat"]
    if repeat == "once":
        days = [rules.Proposed(on, None)]
    else:
        days = rules.days_of_year(on, on.day, calendar(), every=int(repeat), working=data["working"])
    if not days:
        form.add_error("since", texts.refusal(Refused("meetings.no_days", INVALID)))
        return _year(request, found, form)
    return _preview(request, place, data, days)


def _preview(
    request: PageRequest, place: Label, data: dict[str, Any], days: Sequence[rules.Proposed], wrong: str = ""
) -> HttpResponse:
    there = queries.planned_days(place.unit, data["kind"])
    context = {
        "place": place,
        "data": data,
        "kind": name_of(data["kind"]),
        "rows": [(day, day.on in there, _thematic(data, day.on)) for day in days],
        "new": sum(day.on not in there for day in days),
        "wrong": wrong,
    }
    return render(request, "meetings/preview.html", context, status=INVALID if wrong else 200)


def _thematic(data: dict[str, Any], day: date) -> bool:
    return bool(data.get("thematic")) and data["kind"] == Evidence.CELL_MEETING and day.month % QUARTER == 0


@writes
def plan(request: ActRequest, pk: int) -> HttpResponse:
    """Put the days that were looked at into the calendar, all in one act."""
    found = queries.access_own(request.actor, pk, queries.PLANNING)
    place = organisations.labels([found], request.today)[found]
    form = CalendarForm(request.POST, kinds=queries.kinds_of(place), today=request.today)
    if form.is_valid():
        data = form.cleaned_data
        plans = [
            services.Plan(data["kind"], day, data["starts_at"], data["place"], thematic=_thematic(data, day))
            for day in form.days
        ]
        try:
            made = services.plan(found, plans, act=request.act)
        except Refused as refused:
            if refused.status != INVALID:
                raise
            form.add_error(None, texts.refusal(refused))
    if form.errors:
        days = [rules.Proposed(day, None) for day in form.days]
        if "kind" in form.errors or not days:
            return redirect("meetings:unit", found)
        return _preview(request, place, form.cleaned_data, days, " ".join(form.sentences))
    messages.success(
        request, ngettext("%(n)d meeting is planned.", "%(n)d meetings are planned.", len(made)) % {"n": len(made)}
    )
    return redirect("meetings:unit", found)


@writes
def charge(request: ActRequest, pk: int) -> HttpResponse:
    """Put a post of one's own unit in charge of a unit below."""
    found = queries.access_own(request.actor, pk, queries.CHARGING)
    typed = request.POST.get("post", "")
    acting = request.actor.acting
    own = (
        {post.pk for post in queries.posts_of(acting.unit, request.today)} if acting and acting.unit != found else set()
    )
    chosen = int(typed) if typed.isdecimal() and len(typed) < 16 else None
    if typed and chosen not in own:
        raise Refused("meetings.not_on_the_roll", INVALID)
    services.put_in_charge(found, chosen, act=request.act)
    messages.success(request, _("It is noted who is in charge."))
    return redirect("meetings:unit", acting.unit if acting else found)


@reads
def roll(request: PageRequest, pk: int) -> HttpResponse:
    """Who is on the roll of one's own unit."""
    found = queries.access_own(request.actor, pk, queries.HOLDING)
    names = "\n".join(one.name for one in queries.roll(found, request.today))
    return _roll(request, found, RollForm(initial={"names": names}))


def _roll(request: PageRequest, pk: int, form: RollForm, status: int = 200) -> HttpResponse:
    place = organisations.labels([pk], request.today)[pk]
    return render(request, "meetings/roll.html", {"place": place, "form": form}, status=status)


@writes
def keep_roll(request: ActRequest, pk: int) -> HttpResponse:
    """Change the roll."""
    found = queries.access_own(request.actor, pk, queries.HOLDING)
    form = RollForm(request.POST)
    if form.is_valid():
        try:
            services.keep_roll(found, form.cleaned_data["names"].splitlines(), act=request.act)
        except Refused as refused:
            form.add_error("names", texts.refusal(refused))
    if form.errors:
        return _roll(request, found, form, INVALID)
    messages.success(request, _("The roll is kept."))
    return redirect("meetings:unit", found)
