"""How one number came about: in at most three steps from a total down to the line of a report or the sentence of an article.

The first step opens the page that explains the number. Where little enough was said in the period, every line stands on it. Else it shows a
table of units and months, whose cells lead to the pages of a unit's month, on which every line stands: `SMALL` keeps them short enough by
opening the units below a large unit in the table itself. So a page has bounds, whatever the depth of the tree (docs/algorithms/roll-up.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from dondoc.accounts.actors import Actor
from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval
from dondoc.lib.vietnamese import folded
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import Ancestry, Unit
from dondoc.organisations.queries import Label

from . import rules
from .contributions import Added, Cell
from .indicators import Indicator
from .models import Figure
from .monthly import by_month
from .origins import Place, where_from
from .pages import around, directly_below, from_the_top, ordered
from .parts import expected_by_month
from .restating import Restated, Unplaced
from .rollup import Total, days, roll_up, total
from .series import Point, as_it_was, on_the_tree_of
from .totals import NOTHING

LISTED = 300
"""Up to so many figures stand one by one on a page."""
SMALL = 200
"""Of a unit with more figures than this in one month the units below stand in the table. Less than `LISTED`: some stand beside others."""
CELLS, ROWS = 4800, 200
"""So many numbers, and at most so many units, stand in one table; the others are on its next pages."""
COLUMNS = 120
"""A period of more months has no columns of months."""
SERIES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in the ledger: of which unit, where it stands, and whether it counts. `late`: it was said after the day shown.

    `adds`: units of its kind enter the indicator, so that it goes into the sums above.
    """

    figure: Figure
    place: Place
    label: Label
    late: bool = False
    adds: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is part of the sum."""
        return self.figure.standing == Figure.Standing.COUNTS


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit said, in the order of time."""

    label: Label
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the series: as it was, and restated on the tree of the day shown."""

    point: Point
    restated: Restated | None

    @property
    def period(self) -> str:
        """The month as the ledger writes it."""
        return f"{self.point.month.start:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Part:
    """What comes from one unit below: its total, and who said what of it, where that is listed; in the table its months, each with its period,
    and what lies in none.

    `is_inner`: it stands below the unit before it that is not inner, which is too large for one page.
    """

    label: Label
    total: Total
    said: tuple[Said, ...] = ()
    months: tuple[tuple[str, Total], ...] = ()
    rest: int | None = None
    is_inner: bool = False


@dataclass(frozen=True)
class Explained:
    """How one number came about. `listed`: every figure stands under its part; else the `columns`, periods of months, lead on.

    `own` is what was said of the unit itself, `loose` what was said below it of days that no column holds. `late` figures of the number were
    said after the day shown. `left_out` of the `loose` do not stand on the page: those of the units' own pages do.
    """

    label: Label
    above: list[Label]
    indicator: Indicator
    total: Total
    own: tuple[Line, ...]
    loose: tuple[Said, ...]
    left_out: int
    parts: "Page[Part]"
    columns: tuple[str, ...]
    listed: bool
    months: list[Month]
    lost: list[tuple[Label, Unplaced]]
    late: int
    from_parts: int

    @property
    def elsewhere(self) -> int | None:
        """By how much the sum differs from what the parts say: units that came or left within the period bring only a part of theirs."""
        return None if self.total.summed is None else self.total.summed - self.from_parts

    @property
    def has_rest(self) -> bool:
        """Whether something was said of days that no column holds."""
        return bool(self.columns) and any(part.rest for part in self.parts)

    @property
    def is_table(self) -> bool:
        """Whether the parts stand in a table, because too much was said for one page."""
        return not self.listed

    @cached_property
    def last_month(self) -> Month | None:
        """The last month in which anything is known."""
        return next((month for month in reversed(self.months) if month.point.value is not None), None)

    @property
    def is_older(self) -> bool:
        """Whether a stock's number holds figures older than its last month, so that the two differ."""
        month = self.last_month
        return self.indicator.nature == "stock" and month is not None and month.point.value != self.total.value


def explained(
    actor: Actor, of: Unit, indicator: Indicator, period: str, on: date, *, named: str = "", page: str | None = None
) -> Explained:
    """The parts of a number, down to the lines and sentences it was read from; with the series of the months before.

    `named`: only parts whose name holds these letters. The number of queries does not grow with units or figures.
    """
    unit, span = of.pk, days(period, on)
    above, below = around(of, span, on)
    totals = {one: found for (one, _), found in roll_up([unit, *below], [indicator.key], span, on=on).items()}
    figures = _figures(unit, indicator, span)
    few = totals[unit].reported <= LISTED
    taken = list(figures[: LISTED + 1]) if few else []
    listed = few and len(taken) <= LISTED
    columns = [] if listed or indicator.nature == "stock" else _columns(span)
    left_out = 0
    if not listed:
        loose = _in_no_column(figures.exclude(unit=unit), span) if columns else figures.none()
        left_out = max(0, loose.count() - LISTED)
        taken = [*figures.filter(unit=unit)[:LISTED], *loose[:LISTED]]
    late = figures.filter(said_on__gt=on, standing=Figure.Standing.COUNTS).count() if on < actor.day else 0
    months, lost = _months(unit, indicator, span, on)
    labels = organisations.labels({unit, *above, *below, *lost, *(figure.unit_id for figure in taken)}, on)
    below = ordered(below, labels)
    lines = _lines(actor, taken, labels, indicator, on)
    parts = [Part(labels[one], totals[one]) for one in below]
    if listed:
        of_child = _children_of({figure.unit_id for figure in taken}, below, span)
        said: dict[int, list[Line]] = {one: [] for one in below}
        for line in lines:
            if line.label.unit in of_child:
                said[of_child[line.label.unit]].append(line)
        parts = [Part(part.label, part.total, _said(said[part.label.unit])) for part in parts]
    else:
        parts = _table(parts, indicator, columns, span, on)
    shown = [part for part in parts if folded(named) in folded(part.label.name)] if named.strip() else parts
    return Explained(
        labels[unit],
        from_the_top(above, labels),
        indicator,
        totals[unit],
        tuple(line for line in lines if line.label.unit == unit),
        () if listed else _said(line for line in lines if line.label.unit != unit),
        left_out,
        Paginator(shown, min(ROWS, CELLS // max(1, len(columns)))).get_page(page),
        tuple(f"{column.start:%Y-%m}" for column in columns),
        listed,
        months,
        [(labels[one], where) for one, where in lost.items()],
        late,
        sum(totals[one].value or 0 for one in below),
    )


def _lines(
    actor: Actor, figures: Sequence[Figure], labels: dict[int, Label], indicator: Indicator, on: date
) -> list[Line]:
    places = where_from(actor, figures)
    return [
        Line(one, places[one.pk], label, one.said_on > on, label.kind in indicator.entered_at)
        for one in figures
        if (label := labels[one.unit_id])
    ]


def _said(lines: Iterable[Line]) -> tuple[Said, ...]:
    groups: dict[int, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.label.unit, []).append(line)
    return tuple(sorted((Said(group[0].label, tuple(group)) for group in groups.values()), key=lambda s: s.label.name))


def _figures(unit: int, indicator: Indicator, span: Interval) -> QuerySet[Figure]:
    """The current figures at and below a unit that lie in the span, each by the tree of its day; of a stock below it each unit's latest."""
    found = Figure.objects.filter(indicator=indicator.key, superseded_at=None)
    under = Ancestry.objects.filter(ancestor=unit, descendant=OuterRef("unit"))
    if indicator.nature == "stock":
        last = span.end - timedelta(days=1) if span.end else span.start
        inside = found.filter(on__gte=span.start, on__lte=last)
        found = inside.filter(Exists(under.filter(Q(valid_to=None) | Q(valid_to__gt=last), valid_from__lte=last)))
        later = inside.filter(unit=OuterRef("unit"), on__gt=OuterRef("on"), standing=Figure.Standing.COUNTS)
        found = found.filter(Q(unit=unit) | ~Exists(later))
    else:
        then = under.filter(Q(valid_to=None) | Q(valid_to__gte=OuterRef("ends_on")), valid_from__lt=OuterRef("ends_on"))
        found = found.filter(Exists(then), starts_on__gte=span.start, ends_on__lte=span.end)
    return found.order_by("unit", "starts_on", "on", "standing", "pk")


def _columns(span: Interval) -> list[Interval]:
    """The whole months of a period of several, where they are not too many."""
    whole, _ = rules.whole_and_rest(span)
    return [Interval(month, add_months(month, 1)) for month in whole] if 1 < len(whole) <= COLUMNS else []


def _in_no_column(figures: QuerySet[Figure], span: Interval) -> QuerySet[Figure]:
    """Figures of several months, and of the days before and after the whole months."""
    _, rest = rules.whole_and_rest(span)
    return figures.filter(Q(month=None) | Q(month__in=[one.start.replace(day=1) for one in rest]))


def _table(
    parts: Sequence[Part], indicator: Indicator, columns: Sequence[Interval], span: Interval, on: date
) -> list[Part]:
    """The parts with their months; below one that is too large for one page those directly below it."""
    outer = _with_months(parts, indicator, columns, span)
    large = [part for part in outer if _size(part) > SMALL]
    inner: dict[int, list[Part]] = {}
    if large:
        under = directly_below([part.label.unit for part in large], span)
        every = {one for below in under.values() for one in below}
        labels = organisations.labels(every, on)
        totals = roll_up(every, [indicator.key], span, on=on)
        small = _with_months(
            [Part(labels[one], totals[one, indicator.key], is_inner=True) for one in sorted(every)],
            indicator,
            columns,
            span,
        )
        found = {part.label.unit: part for part in small}
        inner = {unit: [found[one] for one in ordered(below, labels)] for unit, below in under.items()}
    return [row for part in outer for row in (part, *inner.get(part.label.unit, ()))]


def _size(part: Part) -> int:
    """How many lines the page would have to which a cell of the part leads."""
    return max(max(one.reported, one.expected) for _, one in part.months or (("", part.total),))


def _with_months(
    parts: Sequence[Part], indicator: Indicator, columns: Sequence[Interval], span: Interval
) -> list[Part]:
    if not columns:
        return list(parts)
    units = [part.label.unit for part in parts]
    added = by_month([indicator], columns, units)
    due = expected_by_month([indicator], span, units)
    found = []
    for part in parts:
        unit = part.label.unit
        cells: list[Added] = [added.get(Cell(unit, indicator.key, column.start), NOTHING) for column in columns]
        rest = (part.total.value or 0) - sum(cell.value for cell in cells)
        months = [
            (f"{column.start:%Y-%m}", total(cell, due.get((unit, indicator.key, column.start), 0)))
            for cell, column in zip(cells, columns, strict=True)
        ]
        found.append(Part(part.label, part.total, months=tuple(months), rest=rest or None, is_inner=part.is_inner))
    return found


def _children_of(units: set[int], children: Sequence[int], span: Interval) -> dict[int, int]:
    """unit → the child under which it stood last within the span."""
    rows = Ancestry.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=span.start),
        ancestor__in=children,
        descendant__in=units,
        valid_from__lt=span.end,
    )
    return dict(rows.order_by("valid_from").values_list("descendant", "ancestor"))


def _months(unit: int, indicator: Indicator, span: Interval, on: date) -> tuple[list[Month], dict[int, Unplaced]]:
    """The last months up to the end of the span, both ways; and the units whose figures have no place on the tree of the day."""
    end = min(span.end or on, add_months(on.replace(day=1), 1))
    last = (end - timedelta(days=1)).replace(day=1)
    back = Interval(add_months(last, 1 - SERIES), add_months(last, 1))
    restated = on_the_tree_of(unit, indicator, back, on)
    points = as_it_was(unit, indicator, back)
    lost = {where.at: where for month in restated.values() for _, where in month.unplaced}
    months = [Month(point, restated.get(f"{point.month.start:%Y-%m}")) for point in points]
    # The time before anything was known has nothing to say.
    begun = next((n for n, month in enumerate(months) if month.restated or month.point.value is not None), len(months))
    return months[begun:], lost
