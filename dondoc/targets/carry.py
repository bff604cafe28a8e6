"""What follows a reorganisation: what is left of the target of a unit that ended waits with its superior until it is decided.

What waits follows from the set of facts (targets, and the ends and successions of units), so it is the same for a reorganisation
recorded late or ahead, and a revoked one takes back what it made: also the numbers that a decision gave to heirs because of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from dondoc.history.services import Act, record, writing
from dondoc.organisations.models import Ancestry, Family, Heritage, Reorganisation, Succession, Unit, UnitKind

from .content import aims
from .models import Decision, Kind, Remainder, Target


@dataclass(frozen=True, slots=True)
class _Due:
    on: date
    keeper: int
    reorganisation: int | None


def on_reorganised(
    reorganisations: Reorganisation | Iterable[Reorganisation], affected: Collection[int], act: Act
) -> int:
    """Derive anew what waits of these units, and of those whose remainder waits with one of them; returns how many changed."""
    units = set(affected)
    units |= set(Heritage.objects.filter(heir__in=units).values_list("predecessor", flat=True))
    units |= set(Remainder.objects.filter(keeper__in=units).values_list("unit", flat=True))
    return derive(units, act)


def derive(units: Collection[int], act: Act) -> int:
    """Make what waits of these units what the facts say. What a person decided stays; where its ground is gone it lapses, and the
    numbers that heirs got by it are taken back. The number of queries grows only with what changes."""
    with writing(act):
        due = _due(units)
        present = {
            (one.unit_id, one.indicator, one.year): one for one in Remainder.objects.filter(unit__in=list(units))
        }
        changed = 0
        for key, one in due.items():
            changed += _bring_up(key, one, present.get(key))
        for key, row in present.items():
            if key not in due:
                changed += _let_lapse(row, act)
    return changed


def _bring_up(key: tuple[int, str, int], due: _Due, row: Remainder | None) -> int:
    unit, indicator, year = key
    facts = {"on": due.on, "keeper_id": due.keeper, "reorganisation_id": due.reorganisation}
    if row is None:
        made = Remainder.objects.create(unit_id=unit, indicator=indicator, year=year, **facts)
        record("targets.remains", made, unit=due.keeper, data={"of": unit, "indicator": indicator, "year": year})
        return 1
    if row.state == Remainder.State.LAPSED:
        row.state, row.decision, row.rest, row.decided_on = Remainder.State.WAITING, None, None, None
        row.let_go, row.reason = 0, ""
    elif all(getattr(row, name) == value for name, value in facts.items()):
        return 0
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    record("targets.remains", row, unit=due.keeper, data={"of": unit, "indicator": indicator, "year": year})
    return 1


def _let_lapse(row: Remainder, act: Act) -> int:
    if row.state == Remainder.State.LAPSED:
        return 0
    # Another one that lapsed just before may have given it another decision.
    row.refresh_from_db()
    held = row.decision
    made = held if held is not None and held.superseded_at is None else None
    rows: list[Any] = _taken_back(made, act) if made is not None else []
    row.state = Remainder.State.LAPSED
    row.version += 1
    row.save()
    data = {"of": row.unit_id, "indicator": row.indicator, "year": row.year}
    record("targets.remainder_lapsed", row, unit=row.keeper_id, data=data, rows=rows)
    return 1


def _taken_back(made: Decision, act: Act) -> list[Any]:
    """Supersede what was carried. What was carried to the same heirs on top of it holds their whole numbers, so it is decided anew
    without what is lost now."""
    _supersede(made, act)
    rows: list[Any] = [made]
    for lost in made.targets.all():
        of_heir = Target.objects.filter(unit=lost.unit_id, indicator=lost.indicator, year=lost.year)
        of_heir = of_heir.filter(Q(decision__superseded_at=None) | Q(pk=lost.pk), decision__kind=Kind.ASSIGNED)
        line = list(of_heir.select_related("decision").order_by("decision__holds_from", "decision"))
        at = line.index(lost)
        more = lost.value - (line[at - 1].value if at else 0)
        for one in takewhile(lambda later: later.decision.way == Decision.Way.CARRIED, line[at + 1 :]):
            rows += _lowered(one, more, act)
    return rows


def _supersede(decision: Decision, act: Act) -> None:
    decision.superseded_at, decision.superseded_because = act.at, _("The reorganisation was revoked.")
    decision.save(update_fields=["superseded_at", "superseded_because"])


def _lowered(target: Target, by: int, act: Act) -> list[Any]:
    """The decision of a target once more, with that much less for its unit; the remainder that it settled keeps it."""
    before, targets = target.decision, list(target.decision.targets.all())
    anew = Decision.objects.get(pk=before.pk)
    anew.pk, anew.replaces, anew.decided_on, anew.recorded_at = None, before, act.day, act.at
    anew.save(force_insert=True)
    _supersede(before, act)
    for one in targets:
        one.value = max(0, one.value - by) if one.pk == target.pk else one.value
        one.pk, one.decision = None, anew
    Remainder.objects.filter(decision=before).update(decision=anew)
    return [before, anew, *Target.objects.bulk_create(targets)]


def _due(units: Collection[int]) -> dict[tuple[int, str, int], _Due]:
    """(unit, indicator, year) → what has to wait: the unit ended on or before the last day of a year in which it was assigned something."""
    rows = Target.objects.filter(
        unit__in=list(units),
        unit__valid_to__isnull=False,
        unit__valid_from__lt=F("unit__valid_to"),
        indicator__in=list(aims()),
        decision__kind=Kind.ASSIGNED,
        decision__superseded_at=None,
        value__gt=0,
    ).values_list("unit", "indicator", "year", "unit__valid_to")
    wanted = {(unit, key, year): end for unit, key, year, end in rows if end and end <= date(year, 12, 31)}
    keepers = _keepers({unit: end for (unit, _, _), end in wanted.items()})
    because = dict(
        Succession.objects.filter(predecessor__in=keepers).order_by("-pk").values_list("predecessor", "reorganisation")
    )
    return {key: _Due(end, keepers[key[0]], because.get(key[0])) for key, end in wanted.items() if key[0] in keepers}


def _keepers(ended: dict[int, date]) -> dict[int, int]:
    """With whom what is left of each unit waits from its end on: its direct superior of its last day, or who took that one's place by then.

    A superior that left several heirs is passed over for the next one above. A keeper that ends later keeps it: whoever takes over from
    that one finds it with its past (`kept_by`).
    """
    if not ended:
        return {}
    level = UnitKind.objects.filter(unit=OuterRef("ancestor")).order_by("-valid_from").values("level")[:1]
    rows = (
        Ancestry.objects.filter(descendant__in=ended, valid_to=F("descendant__valid_to"), ancestor__family=Family.PARTY)
        .exclude(ancestor=F("descendant"))
        .annotate(level=Subquery(level))
        .order_by("-level")
        .values_list("descendant", "ancestor")
    )
    above: dict[int, list[int]] = defaultdict(list)
    for unit, superior in rows:
        above[unit].append(superior)
    ends: dict[int, date | None] = {}
    heirs: dict[int, set[int]] = defaultdict(set)
    waiting = {one for line in above.values() for one in line}
    while waiting:
        ends |= dict(Unit.objects.filter(pk__in=waiting).values_list("pk", "valid_to"))
        steps = list(Succession.objects.filter(predecessor__in=waiting).values_list("predecessor", "heir"))
        for predecessor, heir in steps:
            heirs[predecessor].add(heir)
        waiting = {heir for _, heir in steps} - set(ends)

    def found(unit: int, day: date) -> int | None:
        met: set[int] = set()
        while (end := ends[unit]) is not None and end <= day:
            if unit in met or len(heirs[unit]) != 1:
                return None
            met.add(unit)
            unit = next(iter(heirs[unit]))
        return unit

    places = {unit: next(filter(None, (found(one, ended[unit]) for one in line)), None) for unit, line in above.items()}
    return {unit: keeper for unit, keeper in places.items() if keeper is not None}


def kept_by(units: Collection[int], on: date) -> Q:
    """The remainders that lie with these units on a day: their own, and those of the units whose past they took over by then."""
    inherited = Heritage.objects.filter(heir__in=units, since__lte=on).values("predecessor")
    return Q(keeper__in=units) | Q(keeper__in=inherited)


def touched(day: date) -> Q:
    """The remainders that were waiting on a day: their unit had ended, and nobody had decided by then."""
    return Q(on__lte=day) & ~Q(state=Remainder.State.LAPSED) & (Q(decided_on=None) | Q(decided_on__gt=day))
