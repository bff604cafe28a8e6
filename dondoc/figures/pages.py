"""What the overview of a unit shows: its numbers in a period, by section, and those of the units below side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Q, QuerySet, Value

from dondoc.lib.periods import Interval
from dondoc.lib.vietnamese import sort_key
from dondoc.lib.wording import percent
from dondoc.organisations import queries as organisations
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import Ancestry, Family, Unit, UnitParent
from dondoc.organisations.queries import Label

from .indicators import Indicator, indicators, sections
from .rollup import Total, days, roll_up
from .sent import Sent, sent_upward

AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of a unit in the period. `rate` where it is the rate of another one with a number.

    `sent`: the report in which the unit sent another number upward than is known now, and that number (None: none).
    """

    indicator: Indicator
    total: Total
    rate: str = ""
    sent: Sent | None = None
    sent_number: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Indicators under one heading: `rows` have a number, `silent` have none yet."""

    name: str
    rows: list[Row]
    silent: list[Row]


@dataclass(frozen=True, slots=True)
class Below:
    """A unit directly below with its totals, each after the key of its indicator, in the order of the columns."""

    label: Label
    totals: tuple[tuple[str, Total], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a unit in a period: `sections` of its own, `below` beside one another in the `columns`; what it `sent` of the period.

    `above` are its superiors, from the top down.
    """

    label: Label
    above: list[Label]
    sections: list[Section]
    columns: list[Indicator]
    below: list[Below]
    whole: tuple[tuple[str, Total], ...]
    sent: Sequence[Sent] = ()

    @property
    def rows(self) -> list[Row]:
        """The indicators that have a number."""
        return [row for section in self.sections for row in section.rows]

    @property
    def silent(self) -> list[Row]:
        """The indicators that have none yet."""
        return [row for section in self.sections for row in section.silent]

    @property
    def changed(self) -> list[Row]:
        """The indicators of which another number was sent upward than is known now."""
        return [row for row in self.rows if row.sent is not None]


def overview(unit: Unit, period: str, on: date) -> Overview:
    """The same number of queries however many units and figures there are."""
    known = indicators()
    columns = [one for one in known.values() if one.headline]
    above, below = around(unit, days(period, on), on)
    labels = organisations.labels([unit.pk, *above, *below], on)
    return _overview(unit.pk, known, columns, above, ordered(below, labels), labels, period, on)


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
    totals = roll_up([unit], known, period, on=on)
    totals |= roll_up(below, [one.key for one in columns], period, on=on)
    sent = sent_upward(unit, days(period), on)
    rows = [_row(one, unit, totals, sent) for one in known.values()]
    return Overview(
        labels[unit],
        from_the_top(above, labels),
        [found for name in sections() if (found := _section(name, rows)).rows or found.silent],
        columns,
        [Below(labels[one], tuple((column.key, totals[one, column.key]) for column in columns)) for one in below],
        tuple((column.key, totals[unit, column.key]) for column in columns),
        sent,
    )


def _section(key: str, rows: Sequence[Row]) -> Section:
    mine = [row for row in rows if row.indicator.section == key]
    told = [row for row in mine if row.total.value is not None or row.total.entered is not None]
    return Section(sections()[key], told, [row for row in mine if row not in told and row.total.expected])


def _row(one: Indicator, unit: int, totals: Mapping[tuple[int, str], Total], sent: Sequence[Sent]) -> Row:
    number = totals[unit, one.key].value
    report = next((report for report in sent if report.numbers.get(one.key, number) != number), None)
    return Row(
        one, totals[unit, one.key], _rate(one, unit, totals), report, report.numbers[one.key] if report else None
    )


def _rate(indicator: Indicator, unit: int, totals: Mapping[tuple[int, str], Total]) -> str:
    of = totals.get((unit, indicator.rate_of or ""))
    number = totals[unit, indicator.key].value
    return percent(number, of.value) if of and of.value and number is not None else ""


def around(unit: Unit, span: Interval, on: date) -> tuple[list[int], list[int]]:
    """The superiors of a unit on a day (of one that has ended, those of its last day), and what stood directly under it in the span. One query."""
    day = max(on, unit.valid_from)
    if unit.valid_to is not None and day >= unit.valid_to:
        day = unit.valid_to - timedelta(days=1)
    above = Ancestry.objects.on(day).filter(descendant=unit).exclude(ancestor=unit)
    below = _links([unit.pk], span).values_list("unit", _marked(False))
    found = list(above.values_list("ancestor", _marked(True)).union(below))
    return [one for one, is_above in found if is_above], [one for one, is_above in found if not is_above]


def _marked(above: bool) -> Value:
    return Value(above, output_field=BooleanField())


def _links(units: Sequence[int], span: Interval) -> QuerySet[UnitParent]:
    """Under whom Party organisations stood directly on some day of the span."""
    return UnitParent.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=span.start),
        parent__in=units,
        valid_from__lt=span.end,
        unit__family=Family.PARTY,
    )


def directly_below(units: Sequence[int], span: Interval) -> dict[int, list[int]]:
    """The Party organisations that stood directly under each of these units on any day of the span. One query."""
    found: dict[int, list[int]] = {one: [] for one in units}
    for above, unit in _links(units, span).order_by("unit").values_list("parent", "unit").distinct():
        found[above].append(unit)
    return found


def from_the_top(above: Sequence[int], labels: Mapping[int, Label]) -> list[Label]:
    """The labels of superiors from the top down: by the level of their kinds."""
    return sorted((labels[one] for one in above), key=lambda label: kinds()[label.kind].level)


def ordered(units: Sequence[int], labels: Mapping[int, Label]) -> list[int]:
    """Those that report, in the order of the alphabet: an agency is a part of its committee."""
    wanted = [one for one in units if labels[one].kind != AGENCY]
    return sorted(wanted, key=lambda one: sort_key(labels[one].short_name))
