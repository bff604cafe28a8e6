"""The figures of a unit as its page shows them: value, period, rate, origin, what other sources say; and the units directly below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.figures import queries as ledger
from dondoc.figures.models import Figure
from dondoc.figures.origins import Place, where_from
from dondoc.figures.queries import Shown
from dondoc.figures.words import QUALIFIERS, period_words
from dondoc.lib import wording
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import Family
from dondoc.organisations.queries import Label

MEMBERS = "members"
ALWAYS = (MEMBERS, "cells", "admissions")
"""Indicators that are named even where there is no figure: that none is known is itself worth knowing."""
CELLS = frozenset({"cell", "grassroots_cell"})
AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure. `shown` is "" where none is known; `reported` of `expected` units below have one, together `below`."""

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
    """The figures of the unit on the day, in the order of the content. Two queries."""
    known = ledger.of_units([pk], on)[pk]
    targets = {one.indicator.rate_of for one in known if one.target is not None}
    always = set(ALWAYS) if label.family == Family.PARTY and label.kind != AGENCY else set()
    if label.kind in CELLS:
        always.discard("cells")
    figures = [one for shown in known if shown.figure for one in (shown.figure, *shown.differing)]
    places = where_from(actor, figures)
    found = []
    for one in known:
        if one.figure is None and one.indicator.key in always:
            found.append(_missing(one, children))
        elif one.figure is not None and one.indicator.key not in targets:
            found.append(_fact(one, one.figure, places))
    return found


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
