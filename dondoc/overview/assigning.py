"""What is left of ended units' targets and needs a person's decision: a part of the desk."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q

from dondoc.accounts.actors import Actor
from dondoc.accounts.rights import grants
from dondoc.organisations.models import Heritage
from dondoc.targets.carry import kept_by
from dondoc.targets.content import aims
from dondoc.targets.models import Remainder


@dataclass(frozen=True, slots=True)
class ToAssign:
    """How many ended units have left something of one indicator and year to `unit`, one of the person's own."""

    unit: int
    name: str
    year: int
    indicator: str
    count: int

    @property
    def query(self) -> str:
        """Year and indicator as the page of what is left takes them."""
        return urlencode({"year": self.year, "indicator": self.indicator})


def to_assign(actor: Actor) -> list[ToAssign]:
    """What waits for the units at which the person assigns targets, the oldest year first. At most two queries."""
    units = {held.unit for held in actor.holdings if (held.kind, "target.assign") in grants()}
    if not units:
        return []
    rows = list(
        Remainder.objects.filter(kept_by(units, actor.day), _waits(actor.day))
        .values_list("keeper", "year", "indicator")
        .annotate(count=Count("pk"))
        .order_by("year", "indicator", "keeper")
    )
    gone = {keeper for keeper, *_ in rows} - units
    heirs = dict(Heritage.objects.filter(predecessor__in=gone, heir__in=units).values_list("predecessor", "heir"))
    counts: dict[tuple[int, int, str], int] = {}
    for keeper, year, indicator, count in rows:
        place = heirs.get(keeper, keeper), year, indicator
        counts[place] = counts.get(place, 0) + count
    known = aims()
    return [
        ToAssign(unit, known[key].indicator.name, year, key, count)
        for (unit, year, key), count in counts.items()
        if key in known
    ]


def _waits(day: date) -> Q:
    return Q(state=Remainder.State.WAITING, on__lte=day)
