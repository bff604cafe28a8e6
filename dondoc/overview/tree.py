"""The page of the tree: every unit that a person may see, as it stood on the chosen day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.queries import scope
from dondoc.organisations import queries
from dondoc.organisations.models import Family, Unit
from dondoc.organisations.tree import Forest, Node, changes_on, forest

OPEN_ABOVE = 4  # levels above the commune are open when the page comes
FEW = 60  # a tree of so few units is open altogether
DAYS_SHOWN = 4
LONGEST_SEARCH = 100
COUNTED = {
    Family.PARTY.value: _("Party organisations"),
    Family.FRONT.value: _("organisations of the Front"),
    Family.MASS.value: _("mass organisations"),
    Family.STATE.value: _("State bodies"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: a unit, or the heading of the ended ones. `closes` says how many lists end after it."""

    node: Node | None
    holds: int
    is_open: bool
    apart: bool = False
    closes: range = range(0)


@dataclass(frozen=True, slots=True)
class QuickDay:
    """A day that is worth a look: the last before a change, or the first after it."""

    day: date
    is_before: bool
    is_current: bool


@reads
def tree(request: PageRequest) -> HttpResponse:
    """`?on=` the day, `?top=` the unit to begin with, `?q=` words of a name."""
    units = mine = scope(request.actor)
    if request.on > request.today:
        # Who will be below on a day to come may be looked at ahead; their pages open when that day is there.
        units = units | queries.below(request.actor.units, request.on)
    top = _top(request, units)
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    shown = forest(units, request.on, opened=mine, top=top, search=search)
    changes = changes_on(units, request.on)
    return render(
        request,
        "overview/tree.html",
        {
            "lines": list(_lines(shown, bool(search))),
            "counts": [(COUNTED[family], shown.counts[family]) for family in Family.values if family in shown.counts],
            "forest": shown,
            "search": search,
            "path": queries.path(top, request.on) if top else [],
            "days": _quick_days(queries.days_of_change(units), request.on),
            "changes": changes,
            "changed": sum(map(len, changes.values())),
        },
    )


def _top(request: PageRequest, units: QuerySet[Unit]) -> int | None:
    asked = request.GET.get("top", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 15) or not units.filter(pk=int(asked)).exists():
        raise Http404
    return int(asked)


def _quick_days(changed: list[date], on: date) -> list[QuickDay]:
    """The latest days from which something was otherwise, each with its eve; the first day of all has none worth seeing."""
    days: list[QuickDay] = []
    for day in changed[:DAYS_SHOWN]:
        days.append(QuickDay(day, False, day == on))
        if day != changed[-1]:
            eve = day - timedelta(days=1)
            days.append(QuickDay(eve, True, eve == on))
    return sorted(days, key=lambda quick: quick.day)


def _lines(shown: Forest, all_open: bool) -> Iterator[Line]:
    few = all_open or sum(shown.counts.values()) <= FEW
    for node in shown.tops:
        yield from _unit(node, few, True, 0)
    if shown.ended:
        yield from _ended(shown.ended, all_open, 0)


def _unit(node: Node, few: bool, is_top: bool, closes: int) -> Iterator[Line]:
    """The line of a unit and of all below it; the last of them closes the list, and `closes` more."""
    holds = len(node.children) + bool(node.ended)
    is_open = few or is_top or node.level < OPEN_ABOVE
    apart = node.label.family != Family.PARTY
    yield Line(node, holds, is_open, apart, range(0 if holds else closes))
    for number, child in enumerate(node.children, 1):
        yield from _unit(child, few, False, closes + 1 if number == holds else 0)
    if node.ended:
        yield from _ended(node.ended, False, closes + 1)


def _ended(nodes: list[Node], is_open: bool, closes: int) -> Iterator[Line]:
    yield Line(None, len(nodes), is_open)
    for number, node in enumerate(nodes, 1):
        last = closes + 1 if number == len(nodes) else 0
        yield Line(node, bool(node.ended), False, closes=range(0 if node.ended else last))
        if node.ended:
            yield from _ended(node.ended, is_open, last + 1)
