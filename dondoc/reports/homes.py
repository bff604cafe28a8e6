"""Who answers for a unit's report on a day: the unit, or who took over from it; and who waits for it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dondoc.organisations.models import Heritage, Succession, Unit, UnitParent


@dataclass(frozen=True, slots=True)
class Homes:
    """For each unit who answers for it on the day (None: several took over, so nobody alone), and each one's direct superior."""

    present: dict[int, int | None]
    superior: dict[int, int]

    def filler(self, unit: int) -> int:
        """Who fills the report of a unit. Where several took over it stays with the unit, and the receiver's office enters it."""
        return self.present.get(unit) or unit

    def receiver(self, superior: int, filler: int) -> int:
        """Who waits for a report sent to `superior`: it, its only heir, or else the filler's present superior. Never the filler."""
        heir = self.present.get(superior)
        if heir is not None and heir != filler:
            return heir
        return self.superior.get(filler, superior)


def homes(units: Collection[int], day: date) -> Homes:
    """The homes of these units on the day, whatever reorganisations lie between. Four queries."""
    wanted = set(units)
    wanted |= set(Heritage.objects.filter(predecessor__in=wanted, since__lte=day).values_list("heir", flat=True))
    heirs: dict[int, set[int]] = defaultdict(set)
    for before, after in Succession.objects.filter(predecessor__in=wanted, on__lte=day).values_list(
        "predecessor", "heir"
    ):
        heirs[before].add(after)
        wanted.add(after)
    living = set(
        Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), pk__in=wanted, valid_from__lte=day).values_list(
            "pk", flat=True
        )
    )
    parents = UnitParent.objects.on(day).filter(unit__in=wanted).values_list("unit", "parent")

    def follow(unit: int) -> int | None:
        seen: set[int] = set()
        while unit not in living:
            if len(heirs[unit]) != 1 or unit in seen:
                return None
            seen.add(unit)
            (unit,) = heirs[unit]
        return unit

    return Homes({unit: follow(unit) for unit in units}, dict(parents))
