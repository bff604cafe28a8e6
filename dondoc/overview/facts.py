"""The figures of a unit as its page shows them: value, period, rate, origin, what other sources say; and the units directly below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.figures import choices, rules
from dondoc.figures import queries as ledger
from dondoc.figures.contributions import Cell
from dondoc.figures.indicators import indicators
from dondoc.figures.models import Figure
from dondoc.figures.monthly import by_month
from dondoc.figures.origins import Place, where_from
from dondoc.figures.queries import Shown
from dondoc.figures.rollup import Total, roll_up
from dondoc.figures.totals import NOTHING
from dondoc.figures.words import QUALIFIERS, period_words
from dondoc.lib import wording
from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import Family
from dondoc.organisations.queries import Label

MEMBERS = "members"
ALWAYS = (MEMBERS, "cells", "admissions")
"""Indicators that are named even where there is no figure: that none is known is itself worth knowing."""
MONTHS = 12
CELLS = frozenset({"cell", "grassroots_cell"})
AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure. `shown` is "" where none is known.

    Then `reported` of `expected` units below have one, together `below`; of a number summed from reports they count the reports.
    `series` are the last whole months of what units are compared by, None where nothing is known.
    """

    label: str
    measure: str
    shown: str = ""
    when: str = ""
    rate: str = ""
    part: int | None = None
    whole: int | None = None
    derived: bool = False
    source: Place | None = None
    differing: tuple[tuple[str, Place | None], ...] = ()
    reported: int = 0
    expected: int = 0
    below: int = 0
    series: tuple[int | None, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return bool(self.shown)


@dataclass(frozen=True, slots=True)
class Child:
    """A unit directly below, with the number of its members where it is a Party organisation and the number is known."""

    label: Label
    members: int | None
    counts: bool


def children_of(pk: int, on: date) -> list[Child]:
    """The units directly below on the day, Party first. Five queries."""
    keys = organisations.children(pk, on)
    named = organisations.labels(keys, on)
    known = ledger.of_units(keys, on)
    return [
        Child(named[key], _members(known[key]), named[key].family == Family.PARTY and named[key].kind != AGENCY)
        for key in keys
    ]


def _members(known: Sequence[Shown]) -> int | None:
    return next((one.value for one in known if one.indicator.key == MEMBERS), None)


def facts(actor: Actor, pk: int, label: Label, on: date, children: Sequence[Child]) -> list[Fact]:
    """The figures of the unit on the day, in the order of the content, in a fixed number of queries."""
    known = ledger.of_units([pk], on)[pk]
    targets = {one.indicator.rate_of for one in known if one.target is not None}
    always = set(ALWAYS) if label.family == Family.PARTY and label.kind != AGENCY else set()
    if label.kind in CELLS:
        always.discard("cells")
    figures = [one for shown in known if shown.figure for one in (shown.figure, *shown.differing)]
    places = where_from(actor, figures)
    summed = _summed(pk, on) if always and label.kind not in CELLS else {}
    series = _series(pk, on) if always else {}
    found = []
    for one in known:
        key, trend = one.indicator.key, series.get(one.indicator.key, ())
        if key in summed:
            found.append(replace(_sum(one, summed[key], pk, on, places), series=trend))
        elif one.figure is None and key in always:
            found.append(_missing(one, children))
        if one.figure is not None and key not in targets and not (key in summed and one.figure.on):
            # What was said of another period is not beside the sum, but another figure.
            found.append(replace(_fact(one, one.figure, places), series=() if key in summed else trend))
    return found


def _series(pk: int, on: date) -> dict[str, tuple[int | None, ...]]:
    """The last whole months of the headlines, each by the tree of its time. Two queries."""
    compared = [one for one in indicators().values() if one.headline]
    end = on.replace(day=1)
    months = rules.months(Interval(add_months(end, -MONTHS), end))
    added = by_month(compared, months, [pk])
    cells = {one.key: [added.get(Cell(pk, one.key, month.start), NOTHING) for month in months] for one in compared}
    return {key: tuple(one.value if one.figures else None for one in several) for key, several in cells.items()}


def _summed(pk: int, on: date) -> dict[str, Total]:
    """The headlines whose number is the sum of reports from below, as the pages of figures count them: both must say the same."""
    keys = [one.key for one in indicators().values() if one.headline]
    totals = roll_up([pk], keys, choices.default(on), on=on)
    return {key: total for (_unit, key), total in totals.items() if total.reported and total.value == total.summed}


def _sum(one: Shown, total: Total, pk: int, on: date, places: dict[int, Place]) -> Fact:
    """A sum of reports; what was said of the unit itself stands beside it where it is another number."""
    period = choices.default(on)
    page = f"{reverse('figures:explain', args=[pk, one.indicator.key])}?{urlencode({'period': period, 'on': f'{on:%d/%m/%Y}'})}"
    said = [figure for figure in (one.figure, *one.differing) if figure and figure.on and figure.value != total.value]
    return Fact(
        one.indicator.name,
        one.indicator.unit,
        wording.number(total.value),
        period_words(period),
        source=Place(_("Summed from reports"), page),
        differing=tuple((_number(figure), places.get(figure.pk)) for figure in said),
        reported=total.reported,
        expected=total.expected,
    )


def _missing(one: Shown, children: Sequence[Child]) -> Fact:
    if one.indicator.key != MEMBERS:
        return Fact(one.indicator.name, one.indicator.unit)
    expected = [child for child in children if child.counts]
    told = [child.members for child in expected if child.members is not None]
    return Fact(one.indicator.name, one.indicator.unit, reported=len(told), expected=len(expected), below=sum(told))


def _fact(one: Shown, figure: Figure, places: dict[int, Place]) -> Fact:
    return Fact(
        one.indicator.name,
        one.indicator.unit,
        _number(figure),
        _("as of %(day)s") % {"day": wording.day(figure.on)} if figure.on else period_words(figure.period),
        one.rate or "",
        figure.value if one.target else None,
        one.target.value if one.target else None,
        figure.derived or bool(one.target and one.target.derived),
        places.get(figure.pk),
        differing=tuple((_number(other), places.get(other.pk)) for other in one.differing),
    )


def _number(figure: Figure) -> str:
    return f"{QUALIFIERS.get(figure.qualifier, '')} {wording.number(figure.value)}".strip()
