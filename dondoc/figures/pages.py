"""What the pages of figures show: a unit's numbers in a period, and how one of them came about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from dondoc.accounts.actors import Actor
from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval
from dondoc.lib.vietnamese import sort_key
from dondoc.lib.wording import percent
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import Ancestry, Family, Unit, UnitParent
from dondoc.organisations.queries import Label

from .indicators import Indicator, indicators
from .models import Figure
from .origins import Place, where_from
from .restating import Restated, Unplaced
from .rollup import Total, days, roll_up
from .series import Point, as_it_was, on_the_tree_of

AGENCY = "agency"
LISTED = 300
"""Up to so many figures are listed one by one on the page that explains a sum; of more the units below are named instead."""
SERIES = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of a unit in the period. `rate` where it is the rate of another one with a number."""

    indicator: Indicator
    total: Total
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Below:
    """A unit directly below with its totals in the order of the columns. `is_open`: the person may look at its figures."""

    label: Label
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a unit in a period: `rows` of its own, `below` beside one another in the `columns`; `silent` indicators have no number.

    `above` are its superiors, from the top down.
    """

    label: Label
    above: list[Label]
    rows: list[Row]
    silent: list[Row]
    columns: list[Indicator]
    below: list[Below]
    whole: tuple[Total, ...]


def overview(unit: Unit, period: str, on: date) -> Overview:
    """The same number of queries however many units and figures there are."""
    known = indicators()
    columns = [one for one in known.values() if one.headline]
    above, below = _above(unit, on), _directly_below(unit.pk, days(period, on))
    labels = organisations.labels([unit.pk, *above, *below], on)
    return _overview(unit.pk, known, columns, above, _ordered(below, labels), labels, period, on)


def _overview(
    unit: int,
    known: Mapping[str, Indicator],
    columns: list[Indicator],
    above: Sequence[int],
    below: Sequence[int],
    labels: Mapping[int, Label],
    period: str,
    on: date,
) -> Overview:
    totals = roll_up([unit, *below], known, period, on=on)
    rows = [Row(one, totals[unit, one.key], _rate(one, unit, totals)) for one in known.values()]
    return Overview(
        labels[unit],
        [labels[one] for one in above],
        [row for row in rows if row.total.value is not None or row.total.entered is not None],
        [row for row in rows if row.total.value is None and row.total.entered is None and row.total.expected],
        columns,
        [Below(labels[one], tuple(totals[one, column.key] for column in columns)) for one in below],
        tuple(totals[unit, column.key] for column in columns),
    )


def _rate(indicator: Indicator, unit: int, totals: Mapping[tuple[int, str], Total]) -> str:
    of = totals.get((unit, indicator.rate_of or ""))
    number = totals[unit, indicator.key].value
    return percent(number, of.value) if of and of.value and number is not None else ""


def _above(unit: Unit, on: date) -> list[int]:
    """The superiors of a unit on a day, from the top down; of one that has ended, those of its last day. One query."""
    day = max(on, unit.valid_from)
    if unit.valid_to is not None and day >= unit.valid_to:
        day = unit.valid_to - timedelta(days=1)
    return list(reversed(organisations.superiors(unit.pk, day)))


def _directly_below(unit: int, span: Interval) -> list[int]:
    """The Party organisations that stood directly under a unit on any day of the span. One query."""
    links = UnitParent.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=span.start),
        parent=unit,
        valid_from__lt=span.end,
        unit__family=Family.PARTY,
    )
    return list(links.order_by("unit").values_list("unit", flat=True).distinct())


def _ordered(units: Sequence[int], labels: Mapping[int, Label]) -> list[int]:
    """Those that report, in the order of the alphabet: an agency is a part of its committee."""
    wanted = [one for one in units if labels[one].kind != AGENCY]
    return sorted(wanted, key=lambda one: sort_key(labels[one].short_name))


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in the ledger: of which unit, where it stands, and whether it counts."""

    figure: Figure
    place: Place
    label: Label

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
class Part:
    """What comes from one unit directly below: its total, and who said what of it, where that is listed."""

    label: Label
    total: Total
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the series: as it was, and restated on the tree of the day shown."""

    point: Point
    restated: Restated | None


@dataclass(frozen=True)
class Explained:
    """How one number came about. `listed`: its figures stand under the parts; else there are too many, and the parts lead on."""

    label: Label
    above: list[Label]
    indicator: Indicator
    total: Total
    own: tuple[Line, ...]
    parts: list[Part]
    listed: bool
    months: list[Month]
    lost: list[tuple[Label, Unplaced]]

    @cached_property
    def elsewhere(self) -> int | None:
        """By how much the sum differs from what the parts say: units that came or left within the period bring only a part of theirs."""
        if self.total.summed is None:
            return None
        return self.total.summed - sum(part.total.value or 0 for part in self.parts)

    @property
    def is_restated(self) -> bool:
        """Whether some month looks otherwise on the tree of the day shown."""
        return any(month.restated and month.restated.value != month.point.value for month in self.months)


def explained(actor: Actor, of: Unit, indicator: Indicator, period: str, on: date) -> Explained:
    """The parts of a number, down to the lines and sentences it was read from; with the series of the months before."""
    unit, span = of.pk, days(period, on)
    above, below = _above(of, on), _directly_below(unit, span)
    figures = _figures(unit, indicator, span)
    taken = list(figures[: LISTED + 1])
    listed = len(taken) <= LISTED
    if not listed:
        taken = list(figures.filter(unit=unit))
    months, lost = _months(unit, indicator, span, on)
    labels = organisations.labels({unit, *above, *below, *lost, *(figure.unit_id for figure in taken)}, on)
    below = _ordered(below, labels)
    totals = roll_up([unit, *below], [indicator.key], span, on=on)
    places = where_from(actor, taken)
    lines = [Line(figure, places[figure.pk], labels[figure.unit_id]) for figure in taken]
    of_child = _children_of({figure.unit_id for figure in taken}, below, span)
    return Explained(
        labels[unit],
        [labels[one] for one in above],
        indicator,
        totals[unit, indicator.key],
        tuple(line for line in lines if line.figure.unit_id == unit),
        [
            Part(
                labels[one],
                totals[one, indicator.key],
                _said([line for line in lines if of_child.get(line.figure.unit_id) == one]),
            )
            for one in below
        ],
        listed,
        months,
        [(labels[one], where) for one, where in lost.items()],
    )


def _said(lines: Sequence[Line]) -> tuple[Said, ...]:
    groups: dict[int, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.figure.unit_id, []).append(line)
    return tuple(sorted((Said(group[0].label, tuple(group)) for group in groups.values()), key=lambda s: s.label.name))


def _figures(unit: int, indicator: Indicator, span: Interval) -> QuerySet[Figure]:
    """The current figures at and below a unit that lie in the span, each by the tree of its day."""
    found = Figure.objects.filter(indicator=indicator.key, superseded_at=None)
    under = Ancestry.objects.filter(ancestor=unit, descendant=OuterRef("unit"))
    if indicator.nature == "stock":
        last = span.end - timedelta(days=1) if span.end else span.start
        found = found.filter(Exists(under.filter(Q(valid_to=None) | Q(valid_to__gt=last), valid_from__lte=last)))
        found = found.filter(on__gte=span.start, on__lt=span.end)
    else:
        then = under.filter(Q(valid_to=None) | Q(valid_to__gte=OuterRef("ends_on")), valid_from__lt=OuterRef("ends_on"))
        found = found.filter(Exists(then), starts_on__gte=span.start, ends_on__lte=span.end)
    return found.order_by("unit", "starts_on", "on", "standing", "pk")


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
