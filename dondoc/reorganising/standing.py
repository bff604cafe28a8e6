"""How units stand on a day by what is known now: what they are called, what they are, and where they are. Read before and after."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Subquery

from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import Ancestry, UnitKind, UnitName, UnitParent
from dondoc.organisations.queries import labels


@dataclass(frozen=True, slots=True)
class Stands:
    """A unit that lives on the day. `path` are its superiors from the top down, those above the board's own unit left out."""

    name: str
    kind: str
    parent: int | None
    path: tuple[str, ...]
    below: int


def stands(units: Collection[int], day: date, top: int) -> dict[int, Stands]:
    """Those of the units that live on the day; a fixed number of queries."""
    wanted = sorted(units)
    names = dict(UnitName.objects.on(day).filter(unit__in=wanted).values_list("unit", "name"))
    kind_of = dict(UnitKind.objects.on(day).filter(unit__in=wanted).values_list("unit", "kind"))
    parents = dict(UnitParent.objects.on(day).filter(unit__in=wanted).values_list("unit", "parent"))
    level = UnitKind.objects.on(day).filter(unit=OuterRef("ancestor")).values("level")[:1]
    rows = (
        Ancestry.objects.on(day)
        .filter(descendant__in=wanted)
        .exclude(ancestor=F("descendant"))
        .annotate(level=Subquery(level))
        .order_by("level")
        .values_list("descendant", "ancestor")
    )
    above: dict[int, list[int]] = defaultdict(list)
    for unit, ancestor in rows:
        above[unit].append(ancestor)
    known = labels({pk for several in above.values() for pk in several}, day)
    counted = Ancestry.objects.on(day).filter(ancestor__in=wanted).values_list("ancestor")
    below = {unit: number - 1 for unit, number in counted.annotate(number=Count("pk")).order_by()}
    return {
        unit: Stands(
            name,
            kinds()[kind_of[unit]].name if kind_of.get(unit) in kinds() else "",
            parents.get(unit),
            tuple(known[pk].name for pk in _from(above[unit], top)),
            below.get(unit, 0),
        )
        for unit, name in names.items()
    }


def _from(above: list[int], top: int) -> list[int]:
    return above[above.index(top) :] if top in above else above


def children(units: Collection[int], day: date) -> set[int]:
    """The units directly under any of these on the day."""
    return set(UnitParent.objects.on(day).filter(parent__in=list(units)).values_list("unit", flat=True))
