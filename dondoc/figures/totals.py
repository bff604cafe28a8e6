"""The stored totals of months (`MonthTotal`): derived from the ledger and the tree like the ancestry, kept by differences, rebuildable.

Whoever changes what figures add does it inside `following` (a figure), or takes what they added before and after (the tree) and `add`s the
difference. So a report that is accepted costs what its own figures add, however large the province.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval
from dondoc.organisations.models import Ancestry
from dondoc.organisations.services import queue

from . import rules
from .contributions import STORED, Added, Cell, Everyone, contributions, fold, on_several_levels
from .indicators import Indicator, indicators
from .models import Figure, MonthDue, MonthTotal
from .parts import Due, Place, due
from .standing import touching, weigh

NOTHING = Added()
BATCH = 2000
_EMPTY = dict.fromkeys(("figures", "summed_figures", "reported", "differing"), 0)


@contextmanager
def following(unit: int, keys: Iterable[str], days: Interval) -> Iterator[None]:
    """Around the writing of figures of a unit for these days: which of them count is weighed anew, and the totals follow.

    New figures, of an indicator one at most, are written as such that count.
    """
    chosen = [indicators()[key] for key in dict.fromkeys(keys)]
    keep(days)
    # Of a month the totals are of all its days, also of those that are not written.
    around = rules.whole_months(days)
    there = list(touching(unit, [one.key for one in chosen], around).values_list("indicator", "starts_on", "ends_on"))
    others = [Interval(start, end) for _, start, end in there if start]
    wide = rules.whole_months(rules.hull(days, [one for one in others if one.meet(days)]))
    spans = rules.months(wide)
    # A figure on one level may hide one on another; elsewhere only the unit's own figures can have added anything before.
    nested = [one for one in chosen if on_several_levels(one)]
    plain = [one for one in chosen if one not in nested]
    had = {key for key, _, _ in there} if wide == around else {one.key for one in chosen}
    scope = related(unit, wide) if nested else []
    touched = fold([one for one in plain if one.key in had], spans, unit, -1)
    before = contributions(nested, spans, of=scope, part="below")
    yield
    # Whoever is alone counts, as it was written.
    if there:
        weigh(unit, [one.key for one in chosen], days)
    fold(plain, spans, unit, 1)
    add(difference(before, contributions(nested, spans, of=scope, part="below")))
    if touched:
        months = [one.start for one in spans]
        MonthTotal.objects.filter(unit__in=touched, month__in=months, **_EMPTY).delete()


def keep(days: Interval) -> None:
    """See to it that what is expected of the month of the days is stored, where they lie in one: counted once, when its first figure comes."""
    month = rules.month_of(days)
    if month and not MonthDue.objects.filter(unit=None, month=month).exists():
        add_due(due(Everyone.ALL, [month]))
        MonthDue.objects.create(unit=None, month=month, kind="", parts=0, living=0)


def related(unit: int, days: Interval) -> list[int]:
    """The units that stood above or below one on any of these days, itself included."""
    meeting = Ancestry.objects.filter(valid_from__lt=days.end).exclude(valid_to__lte=days.start)
    above = meeting.filter(descendant=unit).values_list("ancestor", flat=True)
    below = meeting.filter(ancestor=unit).values_list("descendant", flat=True)
    return sorted({unit, *above, *below})


def difference(before: Mapping[Cell, Added], after: Mapping[Cell, Added]) -> dict[Cell, Added]:
    """By how much each number changes."""
    cells = before.keys() | after.keys()
    changed = {cell: after.get(cell, NOTHING).plus(before.get(cell, NOTHING), -1) for cell in cells}
    return {cell: by for cell, by in changed.items() if by != NOTHING}


def add(changed: Mapping[Cell, Added]) -> int:
    """Change the stored totals by these numbers; a row to which nothing is added any more goes. Returns how many rows were written."""
    # Always in the same order, so that two who write at once never wait for each other in a circle.
    rows = [(*cell, *(getattr(by, column) for column in STORED)) for cell, by in sorted(changed.items())]
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        row = f"({', '.join(['%s'] * len(part[0]))})"
        text = f"""
            INSERT INTO figures_monthtotal (unit_id, indicator, month, {", ".join(STORED)})
            VALUES {", ".join([row] * len(part))}
            ON CONFLICT (unit_id, month, indicator) DO UPDATE SET
            {", ".join(f"{column} = figures_monthtotal.{column} + excluded.{column}" for column in STORED)}"""
        with connection.cursor() as cursor:
            cursor.execute(text, [one for each in part for one in each])
    # What may have become empty: only figures that went or moved can have done that.
    less = [cell for cell, by in changed.items() if any(getattr(by, column) < 0 for column in _EMPTY)]
    for start in range(0, len(less), BATCH):
        part_of = less[start : start + BATCH]
        MonthTotal.objects.filter(
            unit__in={cell.unit for cell in part_of}, month__in={cell.span for cell in part_of}, **_EMPTY
        ).delete()
    return len(rows)


def add_due(changed: Mapping[Place, Due]) -> int:
    """The same for what is expected."""
    rows = [(*place, by.parts, by.living) for place, by in sorted(changed.items(), key=lambda one: one[0])]
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        text = f"""
            INSERT INTO figures_monthdue (unit_id, kind, month, parts, living)
            VALUES {", ".join(["(%s, %s, %s, %s, %s)"] * len(part))}
            ON CONFLICT (unit_id, month, kind) DO UPDATE SET
            parts = figures_monthdue.parts + excluded.parts, living = figures_monthdue.living + excluded.living"""
        with connection.cursor() as cursor:
            cursor.execute(text, [one for each in part for one in each])
    if any(by.parts < 0 or by.living < 0 for by in changed.values()):
        MonthDue.objects.filter(parts=0, living=0, unit__isnull=False).delete()
    return len(rows)


def difference_due(before: Mapping[Place, Due], after: Mapping[Place, Due]) -> dict[Place, Due]:
    """By how much what is expected changes."""
    changed = {
        place: after.get(place, Due()).plus(before.get(place, Due()), -1) for place in before.keys() | after.keys()
    }
    return {place: by for place, by in changed.items() if by != Due()}


def stored_due(months: Sequence[date]) -> dict[Place, Due]:
    """What is stored as expected, of all units."""
    rows = MonthDue.objects.filter(month__in=months, unit__isnull=False)
    return {
        Place(unit, kind, month): Due(parts, living)
        for unit, kind, month, parts, living in rows.values_list("unit", "kind", "month", "parts", "living")
        if unit is not None
    }


def rebuild_due(month: date) -> int:
    """One step, in a transaction of its own: make what is expected of a month right. Returns how many rows were not."""
    with transaction.atomic():
        queue()
        keep(Interval(month, add_months(month, 1)))
        return add_due(difference_due(stored_due([month]), due(Everyone.ALL, [month])))


def stored(keys: Sequence[str], months: Sequence[date]) -> dict[Cell, Added]:
    """The stored totals of all units."""
    rows = MonthTotal.objects.filter(indicator__in=keys, month__in=months)
    return {
        Cell(unit, indicator, month): Added(**dict(zip(STORED, numbers, strict=True)))
        for unit, indicator, month, *numbers in rows.values_list("unit", "indicator", "month", *STORED)
    }


def right(chosen: Sequence[Indicator], months: Sequence[date]) -> dict[Cell, Added]:
    """What the stored totals should be, from the ledger and the tree."""
    spans = [Interval(month, add_months(month, 1)) for month in months]
    found = contributions(chosen, spans, of=Everyone.ALL, part="below")
    return {cell: added for cell, added in found.items() if added != NOTHING}


def steps(since: date | None = None) -> list[tuple[date, str]]:
    """The steps of a rebuilding: each month (from `since`) and indicator of which there is a current figure or a stored total."""
    figures = Figure.objects.filter(superseded_at=None, month__isnull=False).values_list("month", "indicator")
    found = {*figures.distinct(), *MonthTotal.objects.values_list("month", "indicator").distinct()}
    return sorted(
        (month, key) for month, key in found if month and key in indicators() and (since is None or month >= since)
    )


def rebuild(month: date, key: str) -> int:
    """One step, in a transaction of its own: make the totals of a month and indicator right. Returns how many rows were not."""
    with transaction.atomic():
        queue()
        return add(difference(stored([key], [month]), right([indicators()[key]], [month])))
