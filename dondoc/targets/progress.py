"""How a unit and the units directly below stand in a year, on a day: target, result, pace, chance, completeness. Fixed queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from dondoc.figures.models import Figure
from dondoc.figures.queries import current
from dondoc.figures.rollup import Total
from dondoc.lib.days import add_months
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import Label, labels

from . import rules
from .content import Aim, Rule, calendar, deadlines
from .queries import Pair, below_in_year, day_of, in_force, known_on, receives
from .results import Month, year_and_months

TOLD_BY = ("article", "import")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody else says of the same year: a figure of an article or an import, with the target that it names."""

    figure: Figure
    target: Figure | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A breakdown: its name, the number assigned (or planned) for it, and what was achieved."""

    name: str
    target: int | None
    achieved: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One unit. `ended_on`: the first day on which it no longer lived, where that lies in the year. `place` among those compared."""

    label: Label
    pair: Pair
    total: Total
    course: rules.Course
    standing: rules.Standing
    parts: tuple[Part, ...] = ()
    told: Told | None = None
    place: int | None = None
    ended_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day of a unit that ended."""
        return self.ended_on - timedelta(days=1) if self.ended_on else None


@dataclass(frozen=True, slots=True)
class Year:
    """The year of one indicator for a unit: its own row and those of the units directly below, the highest rate first.

    `day` is the day shown, at most the last of the year. `closed` months have ended by then.
    """

    aim: Aim
    year: int
    day: date
    own: Row
    rows: list[Row]
    named: rules.Named
    closed: int
    rule: Rule | None
    milestones: list[rules.Milestone] = field(default_factory=list)

    @property
    def last_safe(self) -> date | None:
        """The last day on which a cell may vote on a file so that it can still count this year."""
        return self.milestones[0].on if self.milestones else None

    @property
    def past_safe(self) -> bool:
        """Whether that day lies behind the day shown."""
        return self.last_safe is not None and self.day > self.last_safe

    @property
    def short(self) -> list[Row]:
        """Those that still lack something and live."""
        return [row for row in self.rows if row.ended_on is None and row.course.rest]

    def labels_of(self, units: Iterable[int]) -> list[Label]:
        """The labels of these units, in the order of the rows."""
        wanted = set(units)
        return [row.label for row in self.rows if row.label.unit in wanted]

    @property
    def assigned_below(self) -> int:
        """The sum of what is assigned to the units that live."""
        return sum(row.pair.assigned.value for row in self.rows if row.pair.assigned and row.ended_on is None)


def year_of(unit: Unit, aim: Aim, year: int, on: date) -> Year:
    """The year as it stood on the day, with the results that are known of it now."""
    day = min(on, date(year, 12, 31))
    tree_day = day_of(unit, day)
    below, ended = below_in_year(unit.pk, year, day, tree_day)
    lives = {one.pk: one for one in (unit, *below)}
    named = labels(lives, tree_day)
    units = [unit.pk, *(one.pk for one in below if one.pk not in ended and receives(named[one.pk])), *ended]
    columns = [one.key for one in aim.columns]
    pairs = in_force(units, year, columns, day, known=known_on(on))
    totals, past = year_and_months(units, columns, year, on, back=rules.PAST_MONTHS)
    told = _told(units, aim, year, on)
    rows = []
    for pk in units:
        course = _course(lives[pk], pairs.get((pk, aim.key), Pair()), totals[pk, aim.key], past[pk], year, day)
        rows.append(
            Row(
                named[pk],
                pairs.get((pk, aim.key), Pair()),
                totals[pk, aim.key],
                course,
                rules.standing(course),
                tuple(_part(one.name, pairs.get((pk, one.key), Pair()), totals[pk, one.key]) for one in aim.parts),
                told.get(pk),
                None,
                ended.get(pk),
            )
        )
    own, others = rows[0], rows[1:]
    places = rules.places(row.course for row in others if row.ended_on is None)
    ranked = [replace(row, place=places.get(row.label.unit)) for row in others]
    ranked.sort(key=lambda row: (row.ended_on is not None, row.place is None, row.place or 0))
    rule = deadlines(aim.deadline, year) if aim.deadline else None
    return Year(
        aim,
        year,
        day,
        own,
        ranked,
        rules.named(row.course for row in ranked),
        _closed(date(year, 1, 1), date(year + 1, 1, 1), day),
        rule,
        rules.milestones(date(year, 12, 31), rule.steps, calendar(year)) if rule else [],
    )


def _part(name: str, pair: Pair, total: Total) -> Part:
    return Part(name, pair.counts.value if pair.counts else None, total.value)


@lru_cache(maxsize=500)
def _closed(start: date, end: date, day: date) -> int:
    """How many months of these days have ended by the end of the day."""
    return sum(min(add_months(month, 1), end) <= day + timedelta(1) for month in _months(start, end))


@lru_cache(maxsize=500)
def _months(start: date, end: date) -> tuple[date, ...]:
    first, found = start.replace(day=1), list[date]()
    while first < end:
        found.append(first)
        first = add_months(first, 1)
    return tuple(found)


def _course(unit: Unit, pair: Pair, total: Total, past: dict[date, Month], year: int, day: date) -> rules.Course:
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    start = max(first, min(unit.valid_from, after - timedelta(1)))
    end = min(after, unit.valid_to) if unit.valid_to and unit.valid_to <= day + timedelta(1) else after
    own = _months(start, end) if start < end else ()
    running = (day + timedelta(1)).replace(day=1)
    complete = {month: one for month, one in past.items() if month < running and one.complete}
    known = [one.value for one in complete.values() if one.value is not None]
    return rules.Course(
        unit.pk,
        pair.counts.value if pair.counts else None,
        total.value,
        total.reported,
        total.expected,
        _closed(start, end, day) if own else 0,
        len(own),
        sum(month not in complete for month in own),
        tuple(known),
        unit.valid_to is not None and unit.valid_to <= day,
    )


def _told(units: Sequence[int], aim: Aim, year: int, on: date) -> dict[int, Told]:
    """unit → what an article or an import says of the unit itself for the year, the longest stretch of it and the latest. One query."""
    keys = [key for key in (aim.key, aim.told_as) if key]
    rows = (
        current()
        .filter(
            unit__in=units,
            indicator__in=keys,
            origin__in=TOLD_BY,
            starts_on=date(year, 1, 1),
            ends_on__lte=date(year + 1, 1, 1),
            said_on__lte=on,
        )
        .select_related("source")
        .defer("source__text")
        .order_by("ends_on", "pk")
    )
    found: dict[tuple[int, str, date | None], Figure] = {}
    latest: dict[int, Figure] = {}
    for row in rows:
        found[row.unit_id, row.indicator, row.ends_on] = row
        if row.indicator == aim.key:
            latest[row.unit_id] = row
    return {unit: Told(figure, found.get((unit, aim.told_as, figure.ends_on))) for unit, figure in latest.items()}
