"""Who answers for a unit's report on a day: the unit, or who took over from it; and who waits for it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dondoc.organisations.models import Ancestry, Heritage, Succession, Unit, UnitParent


@dataclass(frozen=True, slots=True)
class Homes:
    """For each unit who answers for it on the day (itself, or all who took over), each one's direct superior, and who stands above whom."""

    present: dict[int, frozenset[int]]
    superior: dict[int, int]
    above: frozenset[tuple[int, int]]

    def _alone(self, unit: int) -> int | None:
        """The unit or its only heir; None where several took over."""
        several = self.present.get(unit, frozenset())
        return next(iter(several)) if len(several) == 1 else None

    def filler(self, unit: int, superior: int) -> int:
        """Who fills the report that a unit owes `superior`: the unit, or its only heir.

        It stays with a unit that ended where several took over, and where whoever took over is the one that waits for the report, or
        stands above: nobody reports to themselves, nor downwards. The receiver's office enters such a report from the papers left, or
        lets it lapse with a reason.
        """
        heir = self._alone(unit)
        waits = self._alone(superior)
        if heir is None or heir == unit:
            return unit
        return unit if heir == waits or (heir, waits) in self.above else heir

    def receiver(self, superior: int, filler: int) -> int:
        """Who waits for a report sent to `superior`: it, its only heir, or else the present superior of whoever fills it. Never the filler."""
        heir = self._alone(superior)
        if heir is not None and heir != filler:
            return heir
        above = {self.superior[one] for one in self.present.get(filler, {filler}) if one in self.superior}
        return above.pop() if len(above) == 1 else self.superior.get(filler, superior)

    def ended(self, unit: int) -> bool:
        """Whether the unit does not live on the day."""
        return unit not in self.present.get(unit, {unit})


def homes(units: Collection[int], day: date) -> Homes:
    """The homes of these units on the day, whatever reorganisations lie between. Five queries."""
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

    def follow(unit: int) -> frozenset[int]:
        found: set[int] = set()
        seen: set[int] = set()
        ahead = [unit]
        while ahead:
            one = ahead.pop()
            if one in living:
                found.add(one)
            elif one not in seen:
                seen.add(one)
                ahead += heirs[one]
        return frozenset(found)

    present = {unit: follow(unit) for unit in units}
    took_over = {heir for unit, several in present.items() for heir in several if heir != unit}
    lines = Ancestry.objects.on(day).filter(ancestor__in=took_over, descendant__in=set().union(*present.values()))
    above = lines.values_list("ancestor", "descendant") if took_over else ()
    return Homes(present, dict(parents), frozenset(above))
