"""The accounts of a demonstration: they stand for posts, and everybody may look through any of them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

import yaml
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dondoc.lib.vietnamese import sort_key
from dondoc.organisations.models import UnitKind
from dondoc.organisations.queries import labels

from .models import Term

# Levels of units: the province and the district, the communes, everything below them.
HEADINGS: tuple[tuple[int, str | Promise], ...] = (
    (3, _("Province and district")),
    (4, _("Communes")),
    (99, _("Front, mass organisations and cells")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the demonstration."""

    username: str
    title: str


@dataclass(frozen=True, slots=True)
class UnitWays:
    """The ways in through the posts of one unit."""

    unit: str
    ways: list[Way]


@dataclass(frozen=True, slots=True)
class Group:
    """Units of like level; only the first groups are unfolded."""

    heading: str | Promise
    units: list[UnitWays]


@cache
def password() -> str:
    """The password that all accounts of the demonstration share."""
    content = yaml.safe_load((settings.CONTENT / "demonstration" / "posts.yaml").read_text(encoding="utf-8"))
    return str(content["password"])


def ways_in(day: date) -> list[Group]:
    """Every post held on the day with its account, by level and unit. Five queries."""
    terms = list(Term.objects.on(day).filter(deputising=False).select_related("account", "post").order_by("post"))
    units = {term.post.unit_id for term in terms}
    names = labels(units, day)
    levels = dict(UnitKind.objects.on(day).filter(unit__in=units).values_list("unit", "level"))

    def place(unit: int) -> int:
        party = names[unit].family == "party"
        level = levels.get(unit, 99) if party else 99
        return next(n for n, (last, _) in enumerate(HEADINGS) if level <= last)

    terms.sort(
        key=lambda t: (place(t.post.unit_id), levels.get(t.post.unit_id, 99), sort_key(names[t.post.unit_id].name))
    )
    groups = []
    for heading, of_level in groupby(terms, key=lambda term: place(term.post.unit_id)):
        by_unit = groupby(of_level, key=lambda term: term.post.unit_id)
        shown = [
            UnitWays(names[unit].name, [Way(term.account.username, term.post.title) for term in of_unit])
            for unit, of_unit in by_unit
        ]
        groups.append(Group(HEADINGS[heading][1], shown))
    return groups
