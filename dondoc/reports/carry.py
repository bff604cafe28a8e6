"""What follows a reorganisation: parts are cut anew, and reports and difficulties lie with whoever took over."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from dondoc.history.services import Act, record, writing
from dondoc.organisations.models import Heritage, Succession

from .homes import homes
from .models import Difficulty, Report
from .rules.states import State
from .services.ending import settle_demands
from .services.opening import rehome, reopen_parts

KEPT = timedelta(500)
"""So long after its end an accepted report changes hands with its unit, so that it can be corrected by whoever took over."""


def on_reorganised(reorganisations: Any, units: Collection[int], act: Act) -> None:
    """Cut the open reports of these units anew, and bring reports and open difficulties to whoever answers for them on the act's day.

    It is the same for a reorganisation recorded late or revoked, since it follows from the set of them; one recorded ahead takes
    effect on its day (`tick`).
    """
    affected = set(units)
    affected |= set(Heritage.objects.filter(heir__in=affected).values_list("predecessor", flat=True))
    since = min((one.effective_on for one in _several(reorganisations)), default=act.day)
    with writing(act):
        reopen_parts(sorted(affected), since, act.day, act)
        bring(affected, act.day)


def _several(reorganisations: Any) -> list[Any]:
    return list(reorganisations) if isinstance(reorganisations, list | tuple) else [reorganisations]


def bring(units: Collection[int], day: date) -> None:
    """Give what these units had to answer to those who answer for it on the day. Inside of an act."""
    concerned = Q(unit__in=units) | Q(superior__in=units) | Q(filler__in=units) | Q(receiver__in=units)
    recent = ~Q(state__in=[State.ACCEPTED, State.LAPSED]) | Q(ends_on__gt=day - KEPT)
    moved = rehome(Report.objects.filter(concerned, recent), day)
    if moved:
        record("reports.carried", moved[0], data={"reports": [one.pk for one in moved]}, rows=moved[1:])
    settle_demands(Report.objects.filter(Q(unit__in=units) | Q(superior__in=units)), day)
    lying = list(Difficulty.objects.filter(Q(lies_with__in=units) | Q(unit__in=units), lies_with__isnull=False))
    known = homes({one for row in lying for one in (row.unit_id, row.lies_with_id or 0)}, day)
    for row in lying:
        assert row.lies_with_id is not None
        home = known.receiver(row.lies_with_id, known.filler(row.unit_id, row.lies_with_id))
        if home != row.lies_with_id:
            row.lies_with_id, row.version = home, row.version + 1
            row.save()
            record("reports.difficulty_carried", row, unit=row.unit_id, data={"to": home})


def taken_over_on(day: date) -> set[int]:
    """The units whose reports change hands on the day, whenever that was recorded."""
    return set(Succession.objects.filter(on=day).values_list("predecessor", flat=True))
