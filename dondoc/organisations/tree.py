"""The tree of a day as one page shows it: a forest of the units that a person may see, those that ended, and what changed that day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from dondoc.lib.vietnamese import folded

from .kinds import kinds
from .models import Ancestry, Change, Family, Reorganisation, Succession, Unit, UnitKind, UnitName, UnitParent
from .queries import Label, labels

# How many units one page shows before its lowest levels wait behind a link.
MOST = 1500
_ORDER = {family: number for number, family in enumerate(Family.values)}
_KIND = Reorganisation.Kind
_SPOKEN = [_KIND.ESTABLISH, _KIND.MERGE, _KIND.SPLIT, _KIND.MOVE, _KIND.DISSOLVE, _KIND.CHANGE_KIND, _KIND.RENAME]
_FIELDS = ("pk", "code", "family", "parent", "name", "short", "key", "kind", "level", "valid_to", "may_open")


@dataclass(slots=True)
class Node:
    """A unit in the tree. `waiting` units directly below it are not shown for want of room; `ended` ones have ceased by the day.

    Of a unit that has ended: from which day, who took over, by which decision. `key` is its place in the alphabet. `may_open`: its page
    is among those that the person may open.
    """

    label: Label
    kind_name: str
    level: int
    key: str
    matches: bool = False
    children: list["Node"] = field(default_factory=list)
    ended: list["Node"] = field(default_factory=list)
    waiting: int = 0
    may_open: bool = False
    ended_on: date | None = None
    heirs: list[Label] = field(default_factory=list)
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Forest:
    """What may be seen of the tree: its tops, ended units whose superior is not shown, how many units of each family live.

    `found` is the number of units whose name has the words searched for, ended ones included.
    """

    tops: list[Node]
    ended: list[Node]
    counts: dict[str, int]
    found: int


@dataclass(frozen=True, slots=True)
class DayChange:
    """One reorganisation that took effect on a day. `others` are the heirs, or the new superior; `before` is the old name."""

    kind: str
    decision: str
    units: list[Label]
    others: list[Label]
    before: str = ""
    kind_name: str = ""


def forest(
    units: QuerySet[Unit],
    day: date,
    *,
    opened: QuerySet[Unit],
    top: int | None = None,
    search: str = "",
    most: int = MOST,
) -> Forest:
    """The units that live on the day, and those that have ended by then, as a forest; a fixed number of queries.

    `units` are those that may be seen, `opened` those whose pages may be opened; one whose superior is not seen is a top. `top`: only
    what is below that unit. `search`: only units with these words in their name, and what is above them.
    """
    units = units.annotate(may_open=Exists(opened.filter(pk=OuterRef("pk"))))
    if top is not None:
        under = Ancestry.objects.filter(ancestor=top, descendant=OuterRef("pk"), valid_from__lte=day)
        units = units.filter(Exists(under))
    living = _on(units, day)
    counts: dict[str, int] = {}
    levels: dict[int, int] = {}
    for family, level, number in living.values_list("family", "level").annotate(number=Count("pk")).order_by():
        counts[family] = counts.get(family, 0) + number
        levels[level] = levels.get(level, 0) + number
    hits: set[int] = set()
    if search:
        hits = set(living.filter(folded__contains=folded(search)).order_by("level").values_list("pk", flat=True)[:most])
        above = Ancestry.objects.on(day).filter(descendant__in=hits).values_list("ancestor", flat=True).distinct()
        shown = living.filter(pk__in=hits | set(above))
    else:
        shown = living.filter(level__lte=_deepest(levels, most))
    nodes, parents = _nodes(shown, hits)
    tops = _hang(nodes, parents)
    if not search:
        _count_waiting(nodes, living, day)
    gone, gone_parents = _gone(units, day, search, most)
    homeless: list[Node] = []
    for node in _hang(gone, gone_parents, ended=True):
        home = nodes.get(gone_parents[node.label.unit] or 0)
        (home.ended if home else homeless).append(node)
    for node in [*nodes.values(), *gone.values()]:
        node.children.sort(key=_rank)
        node.ended.sort(key=_newest)
    return Forest(
        sorted(tops, key=_rank), sorted(homeless, key=_newest), counts, len(hits) + (len(gone) if search else 0)
    )


def changes_on(units: QuerySet[Unit], day: date) -> dict[str, list[DayChange]]:
    """What took effect on the day for any of the units, by decision, names last; all that a decision establishes is one entry.

    A fixed number of queries.
    """
    mine = Change.objects.filter(Exists(units.filter(pk=OuterRef("unit"))), reorganisation=OuterRef("pk"))
    found = Reorganisation.objects.filter(Exists(mine), effective_on=day, revoked_by=None).exclude(kind=_KIND.REVOKE)
    records = list(found.order_by("pk").prefetch_related("changes"))
    concerned = {
        pk for one in records for change in one.changes.all() for pk in (change.unit_id, change.other_id) if pk
    }
    known, before = labels(concerned, day), labels(concerned, day - timedelta(days=1))
    made: dict[str, list[DayChange]] = {}
    for one in records:
        entry, entries = _day_change(one, known, before), made.setdefault(one.decision, [])
        founded = next((e for e in entries if e.kind == one.kind == _KIND.ESTABLISH), None)
        if founded:
            founded.units.extend(entry.units)
        else:
            entries.append(entry)
    for entries in made.values():
        entries.sort(key=lambda entry: _SPOKEN.index(_KIND(entry.kind)))
    return made


def _day_change(one: Reorganisation, known: dict[int, Label], before: dict[int, Label]) -> DayChange:
    changes = list(one.changes.all())
    by: dict[str, list[Change]] = {}
    for change in changes:
        by.setdefault(change.attribute, []).append(change)
    attribute = Change.Attribute
    ends, heirs, parents = by.get(attribute.END, []), by.get(attribute.HEIR, []), by.get(attribute.PARENT, [])
    spoken = ends or by.get(attribute.BEGIN) or changes
    others = heirs or (parents if one.kind == _KIND.MOVE else [])
    name = known[changes[0].unit_id].kind if one.kind == _KIND.CHANGE_KIND else ""
    return DayChange(
        one.kind,
        one.decision,
        [known[pk] for pk in dict.fromkeys(change.unit_id for change in spoken)],
        [known[pk] for pk in dict.fromkeys(change.other_id for change in others) if pk],
        before[changes[0].unit_id].name if one.kind == _KIND.RENAME else "",
        kinds()[name].name if name in kinds() else "",
    )


def _on(units: QuerySet[Unit], day: date) -> Any:
    """The units that live on the day with what the tree says of them then."""
    lives = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    own = {"unit": OuterRef("pk")}
    return _described(
        units.filter(lives),
        UnitName.objects.on(day).filter(**own),
        UnitKind.objects.on(day).filter(**own),
        UnitParent.objects.on(day).filter(**own),
    )


def _described(
    units: QuerySet[Unit], name: QuerySet[UnitName], kind: QuerySet[UnitKind], parent: QuerySet[UnitParent]
) -> Any:
    return units.annotate(
        name=Subquery(name.values("name")[:1]),
        short=Subquery(name.values("short_name")[:1]),
        key=Subquery(name.values("sort_key")[:1]),
        folded=Subquery(name.values("folded")[:1]),
        kind=Subquery(kind.values("kind")[:1]),
        level=Subquery(kind.values("level")[:1]),
        parent=Subquery(parent.values("parent")[:1]),
    )


def _deepest(levels: dict[int, int], most: int) -> int:
    """The deepest level down to which all units fit into a page; at least the two highest are shown."""
    total, deepest = 0, 0
    for number, level in enumerate(sorted(levels)):
        total += levels[level]
        if total > most and number > 1:
            break
        deepest = level
    return deepest


def _nodes(rows: Any, hits: Iterable[int], ended: bool = False) -> tuple[dict[int, Node], dict[int, int | None]]:
    nodes: dict[int, Node] = {}
    parents: dict[int, int | None] = {}
    marked = set(hits)
    for pk, code, family, parent, name, short, key, kind, level, valid_to, may_open in rows.values_list(*_FIELDS):
        known = kinds().get(kind)
        label = Label(pk, code, name, short, kind, family, not ended)
        node = Node(label, known.name if known else "", level, key, pk in marked, may_open=may_open)
        node.ended_on = valid_to if ended else None
        nodes[pk], parents[pk] = node, parent
    return nodes, parents


def _hang(nodes: dict[int, Node], parents: dict[int, int | None], ended: bool = False) -> list[Node]:
    """Put every node under its superior; those whose superior is not there are returned."""
    tops = []
    for pk, node in nodes.items():
        above = nodes.get(parents[pk] or 0)
        if above is None:
            tops.append(node)
        else:
            (above.ended if ended else above.children).append(node)
    return tops


def _count_waiting(nodes: dict[int, Node], living: Any, day: date) -> None:
    below = UnitParent.objects.on(day).filter(Exists(living.filter(pk=OuterRef("unit"))))
    for parent, number in below.values_list("parent").annotate(number=Count("pk")).order_by():
        if parent in nodes:
            nodes[parent].waiting = number - len(nodes[parent].children)


def _gone(units: QuerySet[Unit], day: date, search: str, most: int) -> tuple[dict[int, Node], dict[int, int | None]]:
    """The units that have ended by the day, newest first and at most so many, with what became of them."""
    last = {"unit": OuterRef("pk"), "valid_to": OuterRef("valid_to")}
    ended = _described(
        units.filter(valid_to__lte=day),
        UnitName.objects.filter(**last),
        UnitKind.objects.filter(**last),
        UnitParent.objects.filter(**last),
    )
    if search:
        ended = ended.filter(folded__contains=folded(search))
    nodes, parents = _nodes(ended.order_by("-valid_to", "level")[:most], (), ended=True)
    steps = Succession.objects.filter(predecessor__in=nodes).order_by("heir")
    passed = list(steps.values_list("predecessor", "heir", "reorganisation__decision"))
    heirs = labels({heir for _, heir, _ in passed}, day)
    for predecessor, heir, decision in passed:
        nodes[predecessor].heirs.append(heirs[heir])
        nodes[predecessor].decision = decision
        nodes[predecessor].matches = bool(search)
    return nodes, parents


def _rank(node: Node) -> tuple[int, str]:
    return _ORDER[node.label.family], node.key


def _newest(node: Node) -> tuple[int, int, str]:
    return -(node.ended_on or date.min).toordinal(), node.level, node.key
