"""Keeping it right which of several figures of a unit and indicator counts (`rules.standings`), whenever one is written."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from dondoc.lib.periods import Interval
from dondoc.organisations.services import queue

from . import rules
from .models import Figure

_FIELDS = ("pk", "unit", "indicator", "on", "starts_on", "ends_on", "value", "origin", "qualifier", "standing")


def known(rows: QuerySet[Figure]) -> Iterator[tuple[tuple[int, str], rules.Known, str]]:
    """Figures as the rules see them, with their unit and indicator and the standing that is stored."""
    for pk, unit, indicator, on, starts_on, ends_on, value, origin, qualifier, standing in rows.values_list(*_FIELDS):
        days = Interval(on, on + timedelta(1)) if on else Interval(starts_on, ends_on)
        yield (unit, indicator), rules.Known(pk, days, value, origin, qualifier == "exact"), standing


def touching(unit: int, keys: Iterable[str], days: Interval) -> QuerySet[Figure]:
    """The current figures of a unit that share a day with these."""
    return Figure.objects.filter(
        Q(on__gte=days.start, on__lt=days.end) | Q(starts_on__lt=days.end, ends_on__gt=days.start),
        unit=unit,
        indicator__in=list(keys),
        superseded_at=None,
    )


def weigh(unit: int, keys: Iterable[str], days: Interval) -> None:
    """Weigh the figures of a unit anew that share a day with these days, in few queries however many there are."""
    wanted = list(keys)
    found = list(known(touching(unit, wanted, days)))
    weighed = {one.key for _, one, _ in found}
    wide = rules.hull(days, [one.days for _, one, _ in found])
    if wide != days:
        # What these are weighed against may lie outside the days that were written.
        found = list(known(touching(unit, wanted, wide)))
    write({key: standing for key, standing in changes(found).items() if key in weighed})


def changes(found: Iterable[tuple[tuple[int, str], rules.Known, str]]) -> dict[int, str]:
    """The figures whose stored standing is not the right one, with the right one."""
    groups: dict[tuple[int, str], list[rules.Known]] = {}
    stored: dict[int, str] = {}
    for place, one, standing in found:
        groups.setdefault(place, []).append(one)
        stored[one.key] = standing
    right = {key: standing for group in groups.values() for key, standing in rules.standings(group).items()}
    return {key: standing for key, standing in right.items() if stored[key] != standing}


def write(right: dict[int, str]) -> None:
    """Store standings: one query for each that is new to some figure."""
    for standing in sorted(set(right.values())):
        pks = [key for key, one in right.items() if one == standing]
        Figure.objects.filter(pk__in=pks).update(standing=standing)


def month_of(on: date | None, days: Interval | None) -> date | None:
    """What is stored as the `month` of a figure of a day or of some days."""
    return on.replace(day=1) if on else rules.month_of(days) if days else None


def rebuild(units: Iterable[int]) -> int:
    """Weigh all current figures of these units anew and write what differs; returns how many did. 0: all that is stored was right."""
    with transaction.atomic():
        queue()
        right = changes(known(Figure.objects.filter(unit__in=list(units), superseded_at=None)))
        write(right)
    return len(right)
