"""A unit's figures month by month: as the tree stood each month, or restated on the tree of one day (docs/algorithms/restating.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dondoc.lib.periods import Interval
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import Ancestry, Heritage, Succession, Unit, UnitKind

from . import rules
from .contributions import Added, Cell, on_several_levels
from .indicators import Indicator
from .models import Figure, Share
from .monthly import by_month
from .parts import expected, expected_by_month
from .restating import Heir, Past, Restated, Said, Unplaced, places, restated

CELL_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a series: `value` None where nothing was reported, with the parts reported and expected."""

    month: Interval
    value: int | None
    reported: int
    expected: int


def as_it_was(unit: int, indicator: Indicator, days: Interval) -> list[Point]:
    """The months of `days`, each by the tree of its time. The number of queries grows with the months only where a stock is asked for."""
    months = rules.months(days)
    added = by_month([indicator], months, [unit])
    due: dict[date, int] = {}
    if indicator.nature == "flow":
        parts = expected_by_month([indicator], Interval(months[0].start, months[-1].end), [unit])
        due = {first: count for (_, _, first), count in parts.items() if first is not None}
    else:
        due = {month.start: expected([indicator], month, [unit]).get((unit, indicator.key), 0) for month in months}
    points = []
    for month in months:
        found = added.get(Cell(unit, indicator.key, month.start), Added())
        value = found.value if found.figures else None
        points.append(Point(month, value, found.reported, due.get(month.start, 0)))
    return points


def on_the_tree_of(unit: int, indicator: Indicator, days: Interval, day: date) -> dict[str, Restated]:
    """The months of `days` by their first day ("2025-05"), restated on the tree of `day`. A fixed number of queries.

    Only months with figures are there. Of a stock the latest figure of each unit in a month counts.
    """
    under = set(Ancestry.objects.on(day).filter(ancestor=unit).values_list("descendant", flat=True))
    figures = _counting(indicator, days, _with_their_past(unit, day))
    past = _past({figure.unit_id for figure in figures})
    said = [Said(figure.unit_id, f"{figure.month:%Y-%m}", figure.value) for figure in figures]
    return restated(said, day, under.__contains__, past)


def without_a_place(units: set[int], day: date) -> set[int]:
    """Those of the units whose figures have no place on the tree of a day: nobody took over, or several and no share is known."""
    past = _past(units)
    return {unit for unit in units if unit in past.begins and isinstance(places(unit, day, past), Unplaced)}


def _with_their_past(unit: int, day: date) -> QuerySet[Unit]:
    """The units under one on a day and everything whose past they inherited by then."""
    below = Ancestry.objects.on(day).filter(ancestor=unit)
    inherited = Heritage.objects.filter(
        Exists(below.filter(descendant=OuterRef("heir"))), predecessor=OuterRef("pk"), since__lte=day
    )
    return Unit.objects.filter(Exists(below.filter(descendant=OuterRef("pk"))) | Exists(inherited))


def _counting(indicator: Indicator, days: Interval, units: QuerySet[Unit]) -> list[Figure]:
    """The figures of whole months that count for a sum, in order; of units that entered the indicator at the time."""
    stock = indicator.nature == "stock"
    last_day = "on" if stock else "ends_on"
    kind = UnitKind.objects.filter(
        Q(valid_to=None) | (Q(valid_to__gt=OuterRef("on")) if stock else Q(valid_to__gte=OuterRef("ends_on"))),
        **{"valid_from__lte" if stock else "valid_from__lt": OuterRef(last_day)},
        unit=OuterRef("unit"),
        kind__in=indicator.entered_at,
    )
    found = list(
        Figure.objects.filter(
            Exists(kind),
            unit__in=units,
            indicator=indicator.key,
            superseded_at=None,
            standing=Figure.Standing.COUNTS,
            month__gte=days.start,
            month__lt=days.end,
        ).order_by("month", "unit", "on", "pk")
    )
    if stock:
        found = list({(figure.unit_id, figure.month): figure for figure in found}.values())
    return _once(indicator, found) if on_several_levels(indicator) else found


def _once(indicator: Indicator, figures: Sequence[Figure]) -> list[Figure]:
    """Without the figures that others of the same month stand for: above them (`entered`), or below them (`summed`)."""
    units = {figure.unit_id for figure in figures}
    rows = Ancestry.objects.filter(ancestor__in=units, descendant__in=units).exclude(ancestor=F("descendant"))
    told = {(figure.unit_id, figure.month) for figure in figures}
    related: dict[int, list[tuple[int, Interval]]] = {}
    for above, below, start, end in rows.values_list("ancestor", "descendant", "valid_from", "valid_to"):
        unit, other = (below, above) if indicator.counts == "entered" else (above, below)
        related.setdefault(unit, []).append((other, Interval(start, end)))
    return [
        figure
        for figure in figures
        if not any(
            (other, figure.month) in told and during.holds(_last_day(figure))
            for other, during in related.get(figure.unit_id, ())
        )
    ]


def _last_day(figure: Figure) -> date:
    if figure.on is not None:
        return figure.on
    assert figure.ends_on is not None
    return figure.ends_on - timedelta(days=1)


def _past(units: set[int]) -> Past:
    """Everything about these units and those who took over from them that restating asks for. Six queries."""
    heirs = set(Heritage.objects.filter(predecessor__in=units).values_list("heir", flat=True))
    concerned = units | heirs
    lives = {pk: (begins, ends) for pk, begins, ends in _lives(concerned)}
    steps = list(
        Succession.objects.filter(predecessor__in=concerned).order_by("pk").values_list("predecessor", "heir", "on")
    )
    moved = cells_moved(steps)
    taken: dict[int, list[Heir]] = {}
    for ended, heir, _ in steps:
        taken.setdefault(ended, []).append(Heir(heir, moved.get((ended, heir), 0)))
    stated = {
        (ended, heir): Fraction(numerator, denominator)
        for ended, heir, numerator, denominator in Share.objects.filter(
            ended__in=concerned, superseded_at=None
        ).values_list("ended", "heir", "numerator", "denominator")
    }
    return Past(
        {pk: begins for pk, (begins, _) in lives.items()}, {pk: ends for pk, (_, ends) in lives.items()}, taken, stated
    )


def _lives(units: Iterable[int]) -> Iterable[tuple[int, date, date | None]]:
    return Unit.objects.filter(pk__in=list(units)).values_list("pk", "valid_from", "valid_to")


def cells_moved(steps: Sequence[tuple[int, int, date]]) -> dict[tuple[int, int], int]:
    """(ended unit, heir) → how many cells stood under the one on its last day and under the other on the next. Two queries."""
    ended_on = {ended: on for ended, _, on in steps}
    cells = [code for code, kind in kinds().items() if kind.level == CELL_LEVEL]
    is_cell = UnitKind.objects.filter(unit=OuterRef("descendant"), kind__in=cells)
    last = Ancestry.objects.filter(Exists(is_cell), ancestor__in=ended_on).exclude(ancestor=F("descendant"))
    left: dict[int, set[int]] = {}
    for ended, cell, start, end in last.values_list("ancestor", "descendant", "valid_from", "valid_to"):
        if start < ended_on[ended] == end:
            left.setdefault(ended, set()).add(cell)
    next_day = Ancestry.objects.filter(
        ancestor__in={heir for _, heir, _ in steps}, descendant__in={cell for group in left.values() for cell in group}
    )
    came: dict[int, list[tuple[int, Interval]]] = {}
    for heir, cell, start, end in next_day.values_list("ancestor", "descendant", "valid_from", "valid_to"):
        came.setdefault(heir, []).append((cell, Interval(start, end)))
    return {
        (ended, heir): sum(cell in left.get(ended, ()) and during.holds(on) for cell, during in came.get(heir, ()))
        for ended, heir, on in steps
    }
