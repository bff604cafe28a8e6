"""Reading the tree on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from .models import Ancestry, Heritage, Unit, UnitKind, UnitName


@dataclass(frozen=True, slots=True)
class Label:
    """What pages say of a unit on a day; after its end, what it was last called (`alive` is False then)."""

    unit: int
    code: str
    name: str
    short_name: str
    kind: str
    family: str
    alive: bool


def labels(units: Iterable[int], day: date) -> dict[int, Label]:
    """The labels of units on a day, by unit, in three queries however many there are. A unit not yet begun has its first name."""
    wanted = set(units)
    names: dict[int, UnitName] = {}
    for name in UnitName.objects.filter(unit__in=wanted).order_by("valid_from"):
        if name.unit_id not in names or name.valid_from <= day:
            names[name.unit_id] = name
    kinds: dict[int, str] = {}
    for kind in UnitKind.objects.filter(unit__in=wanted).order_by("valid_from"):
        if kind.unit_id not in kinds or kind.valid_from <= day:
            kinds[kind.unit_id] = kind.kind
    return {
        unit.pk: Label(
            unit.pk,
            unit.code,
            names[unit.pk].name,
            names[unit.pk].short_name,
            kinds[unit.pk],
            unit.family,
            unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to),
        )
        for unit in Unit.objects.filter(pk__in=wanted)
    }


def below(ancestors: Iterable[int], day: date) -> QuerySet[Unit]:
    """The units under these on the day, themselves included."""
    under = Ancestry.objects.on(day).filter(ancestor__in=list(ancestors), descendant=OuterRef("pk"))
    return Unit.objects.filter(Exists(under))


def readable(ancestors: Iterable[int], day: date) -> QuerySet[Unit]:
    """The units under these on the day, and the predecessors of those units, whose past they inherited by that day."""
    tops = list(ancestors)
    under = Ancestry.objects.on(day).filter(ancestor__in=tops, descendant=OuterRef("pk"))
    inherited = Heritage.objects.filter(
        Exists(Ancestry.objects.on(day).filter(ancestor__in=tops, descendant=OuterRef("heir"))),
        predecessor=OuterRef("pk"),
        since__lte=day,
    )
    return Unit.objects.filter(Exists(under) | Exists(inherited))
