"""Reading targets: what held on a day, as it is known now or was known at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from dondoc.organisations import queries as organisations
from dondoc.organisations.models import Family, Unit, UnitName, UnitParent
from dondoc.organisations.queries import Label

from .models import Decision, Kind, Sheet, Target

AGENCY = "agency"
"""Agencies help a committee; they admit nobody and receive no target (`content/organisations/kinds.yaml`)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The two figures of a unit for one indicator: what it planned for itself and what it was assigned. None: not set."""

    plan: Target | None = None
    assigned: Target | None = None

    @property
    def counts(self) -> Target | None:
        """What its result is held against: the assigned target, else its plan."""
        return self.assigned or self.plan


def current() -> QuerySet[Decision]:
    """The decisions as they are known now."""
    return Decision.objects.filter(superseded_at=None)


def as_known_on(moment: datetime) -> QuerySet[Decision]:
    """The decisions as they were known at a moment of the clock."""
    return Decision.objects.filter(Q(superseded_at=None) | Q(superseded_at__gt=moment), recorded_at__lte=moment)


def known_on(day: date) -> QuerySet[Decision]:
    """The decisions that were recorded by a working day and that no other had put right by then."""
    holds = Q(superseded_at=None) | Q(replaced_by__decided_on__gt=day)
    return Decision.objects.filter(holds, decided_on__lte=day)


def in_force(
    units: Iterable[int],
    year: int,
    indicators: Iterable[str],
    on: date,
    *,
    known: QuerySet[Decision] | None = None,
) -> dict[tuple[int, str], Pair]:
    """(unit, indicator) → plan and assigned target as they held on the day; one query, however many units.

    `known`: another state of knowledge than that of now (`known_on`, `as_known_on`).
    """
    decisions = known if known is not None else current()
    rows = Target.objects.filter(
        unit__in=list(units),
        year=year,
        indicator__in=list(indicators),
        decision__in=decisions.values("pk"),
        decision__holds_from__lte=on,
    )
    found: dict[tuple[int, str, str], Target] = {}
    for row in rows.select_related("decision__document").order_by("decision__holds_from", "decision"):
        found[row.unit_id, row.indicator, row.decision.kind] = row
    keys = {(unit, indicator) for unit, indicator, _ in found}
    return {
        (unit, indicator): Pair(
            found.get((unit, indicator, Kind.PLAN.value)), found.get((unit, indicator, Kind.ASSIGNED.value))
        )
        for unit, indicator in keys
    }


def receivers(unit: int, on: date) -> list[Label]:
    """The units that a sheet of this unit must serve: the Party organisations directly below on the day, in the order of the tree."""
    keys = organisations.children(unit, on)
    known = organisations.labels(keys, on)
    return [known[key] for key in keys if receives(known[key])]


def receives(label: Label) -> bool:
    """Whether such a unit is given targets."""
    return label.family == Family.PARTY and label.kind != AGENCY


def below_in_year(unit: int, year: int, day: date, tree_day: date) -> tuple[list[Unit], dict[int, date]]:
    """The Party organisations directly under a unit on the day of the tree in the order of the alphabet, and after them those that ended
    under it in the year by the day; and unit → first day on which it no longer lived. One query.
    """
    last = min(day, date(year, 12, 31))
    holds = Q(valid_to=None) | Q(valid_to__gt=tree_day)
    gone = Q(valid_to=F("unit__valid_to"), valid_to__gt=date(year, 1, 1), valid_to__lte=last)
    key = UnitName.objects.on(tree_day).filter(unit=OuterRef("unit")).values("sort_key")[:1]
    rows = UnitParent.objects.filter(Q(holds, valid_from__lte=tree_day) | gone, parent=unit, unit__family=Family.PARTY)
    found = list(rows.annotate(key=Subquery(key)).select_related("unit").order_by("key", "unit"))
    ended = {row.unit_id: row.valid_to for row in found if row.valid_to and row.valid_to == row.unit.valid_to <= last}
    return sorted((row.unit for row in found), key=lambda one: one.pk in ended), ended


def day_of(unit: Unit, on: date) -> date:
    """The day on which a unit's place in the tree is shown: the day asked for, or its last one once it has ended."""
    return on if unit.valid_to is None or on < unit.valid_to else unit.valid_to - timedelta(days=1)


def sheet_of(unit: int, indicator: str, year: int) -> Sheet | None:
    """The sheet, where anything was written on it."""
    return Sheet.objects.filter(unit=unit, indicator=indicator, year=year).select_related("drafted_by").first()


def history(unit: int, year: int, indicator: str, on: date) -> list[Target]:
    """Every version of the unit's numbers that was recorded by the day, the wrong ones too, the latest to take effect first. One query."""
    rows = Target.objects.filter(unit=unit, year=year, indicator=indicator, decision__decided_on__lte=on)
    related = rows.select_related("decision__document", "decision__sheet", "decision__settles", "decision__replaced_by")
    found = list(related.order_by("decision__kind", "-decision__holds_from", "-decision"))
    for row in found:
        _as_of(row.decision, on)
    return found


def decisions_of(unit: int, year: int, indicator: str, on: date) -> list[Decision]:
    """Every decision recorded by the day by which the unit assigned something below, as `history`. One query."""
    rows = Decision.objects.filter(
        sheet__unit=unit, sheet__year=year, sheet__indicator=indicator, kind=Kind.ASSIGNED, decided_on__lte=on
    )
    found = list(rows.select_related("document", "settles__unit", "replaced_by").order_by("-holds_from", "-pk"))
    for row in found:
        _as_of(row, on)
    return found


def _as_of(decision: Decision, day: date) -> None:
    """On the day it still held to be right what was put right only later."""
    if hasattr(decision, "replaced_by") and decision.replaced_by.decided_on > day:
        decision.superseded_at = None
