"""The year of a unit, its versions, and its form on paper."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dondoc.accounts.acts import PageRequest, reads
from dondoc.organisations.queries import labels
from dondoc.targets import words
from dondoc.targets.carry import kept_by, touched
from dondoc.targets.content import signing_bodies
from dondoc.targets.models import Kind, Remainder
from dondoc.targets.progress import Row, year_of
from dondoc.targets.queries import decisions_of, history
from dondoc.targets.remainders import lefts

from .common import Asked, asked, beside


@reads
def start(request: PageRequest) -> HttpResponse:
    """The year of the unit through which one acts; of those who see no unit's business, why there is nothing."""
    acting = request.actor.acting
    units = request.actor.units
    if not units:
        return render(request, "targets/none.html")
    unit = acting.unit if acting and acting.unit in units else units[0]
    query = request.GET.urlencode()
    return redirect(reverse("targets:unit", args=[unit]) + (f"?{query}" if query else ""))


@reads
def unit(request: PageRequest, pk: int) -> HttpResponse:
    """How the unit and those directly below stand in the year."""
    one = asked(request, pk)
    return render(request, "targets/unit.html", _page(request, one))


@reads
def paper(request: PageRequest, pk: int) -> HttpResponse:
    """The same as a form for the table of a meeting."""
    one = asked(request, pk)
    page = _page(request, one)
    return render(request, "targets/paper.html", page | {"body": signing_bodies().get(page["place"].kind, "")})


def _page(request: PageRequest, one: Asked) -> dict[str, Any]:
    year = year_of(one.unit, one.aim, one.year, request.on)
    widest = max([100, *(int(row.course.rate * 100) for row in year.rows if row.course.rate is not None)])
    return {
        **beside(request, one),
        "year": year,
        "own": _shown(year.own, widest),
        "rows": [_shown(row, widest) for row in year.rows],
        "parts": one.aim.parts if any(_has_parts(row) for row in (year.own, *year.rows)) else (),
        "sentences": words.top(year),
        "deadline": words.deadline(year),
        "waiting": [left for left in lefts(_waiting(request, one), request.on) if left.waiting],
        "target_line": f"{10000 / widest:.2f}",
    }


def _has_parts(row: Row) -> bool:
    return any(part.target is not None or part.achieved is not None for part in row.parts)


def _shown(row: Row, widest: int) -> dict[str, object]:
    """A row with its words and its bar: lengths in hundredths of the widest rate."""
    state, word = words.STANDINGS[row.standing]
    rate, course = row.course.rate, row.course
    months = f"{100 * 100 * min(course.closed, course.months) / course.months / widest:.2f}" if course.months else None
    return {
        "row": row,
        "state": state,
        "word": str(word),
        "chance": words.chance(course.chance) if course.chance is not None else "",
        "why": "" if course.chance is not None else words.why_no_chance(row),
        "bar": f"{float(rate) * 10000 / widest:.2f}" if rate is not None else None,
        "pace_mark": months if course.target and not course.over and not course.ended else None,
        "pace": round(float(course.pace), 4) if course.pace is not None and not course.ended else None,
        "target": row.pair.counts,
    }


def _waiting(request: PageRequest, one: Asked) -> list[Remainder]:
    found = Remainder.objects.filter(
        touched(request.on), kept_by([one.unit.pk], request.on), year=one.year, indicator=one.aim.key
    )
    return list(found.order_by("on", "pk"))


@reads
def versions(request: PageRequest, pk: int) -> HttpResponse:
    """Every version of the unit's numbers, the wrong ones too."""
    one = asked(request, pk)
    rows = history(one.unit.pk, one.year, one.aim.key, request.on)
    below = decisions_of(one.unit.pk, one.year, one.aim.key, request.on)
    ended = {row.settles.unit_id for row in below if hasattr(row, "settles")}
    named = labels(
        {*(row.decision.authority_id for row in rows), *(row.authority_id for row in below), *ended}, request.on
    )
    groups = [
        (kind.label, [(row, named[row.decision.authority_id]) for row in rows if row.decision.kind == kind])
        for kind in (Kind.ASSIGNED, Kind.PLAN)
    ]
    shared = [
        {
            "decision": row,
            "authority": named[row.authority_id],
            "total": row.totals.get(one.aim.key),
            "ended": named[row.settles.unit_id] if hasattr(row, "settles") else None,
        }
        for row in below
    ]
    context = beside(request, one) | {
        "shared": shared,
        "groups": [group for group in groups if group[1]],
        "total": len(rows) + len(below),
    }
    return render(request, "targets/versions.html", context)
