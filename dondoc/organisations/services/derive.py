"""Keeping the derived rows equal to what the rules say of the facts: only for units that a change can reach, writing only what differs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from dondoc.lib import texts
from dondoc.lib.periods import Interval
from dondoc.lib.refusals import INVALID, Problem, Refused
from dondoc.lib.vietnamese import folded, sort_key
from dondoc.organisations.closure import ancestry, heritage
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import (
    NEVER,
    Ancestry,
    Change,
    Dated,
    Heritage,
    Succession,
    Unit,
    UnitKind,
    UnitName,
    UnitParent,
)
from dondoc.organisations.rules import Fact, Link, Story, Tree

CHUNK = 5000  # keys in one query: SQLite takes 32,766 values
SHOWN = 5  # problems in one message

# What a derived row says (all but its end) → its first day out.
Rows = dict[tuple[Any, ...], date | None]


@dataclass(slots=True)
class Derived:
    """What a derivation did: how many rows it wrote, and the units whose life, kind, superior or successors have changed."""

    written: int = 0
    affected: set[int] = field(default_factory=set)


def derive(touched: Iterable[int], since: date | None = None) -> Derived:
    """Bring everything that depends on the facts about these units up to date; no row changes for days before `since`.

    The rows are written inside all of `settings.AROUND_TREE`, which are given `since` and the units whose life, kind or superiors change,
    directly or because someone above them moves. Refused with all problems (422) where the facts are impossible; the transaction of the
    caller then takes the facts back.
    """
    done = Derived()
    tree, reached, inherited_anew = _reach(set(touched), done)
    problems = [problem for unit in sorted(reached) for problem in tree.problems(unit)]
    if problems:
        raise _refused(problems)
    links = _links(tree, reached)
    done.affected |= links.moved
    with ExitStack() as around:
        if done.affected and settings.AROUND_TREE:
            changed = done.affected | _ever_below(done.affected)
            for name in settings.AROUND_TREE:
                around.enter_context(import_string(name)(changed, since))
        born_or_ended = _write_lives(tree, reached, done)
        _write_names(tree, reached, done)
        _write_kinds(tree, reached, done)
        done.written += _write(UnitParent, links.stored, links.keys, links.right, ["unit_id", "parent_id"])
        _write_heirs(tree, inherited_anew, done)
        _write_ancestry(born_or_ended | links.moved, done)
        _write_heritage(inherited_anew, done)
    return done


def _ever_below(units: set[int]) -> set[int]:
    """All who ever stood under these units."""
    found: set[int] = set()
    for part in chunks(units):
        found |= set(Ancestry.objects.filter(ancestor__in=part).values_list("descendant", flat=True))
    return found


def _refused(problems: Sequence[Problem]) -> Refused:
    said = list(dict.fromkeys(texts.problem(problem) for problem in problems))
    sentences = " ".join(said[:SHOWN]) + (f" (+{len(said) - SHOWN})" if len(said) > SHOWN else "")
    return Refused("organisations.not_possible", INVALID, sentences=sentences, problems=list(problems))


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in lists that fit into one query, in order."""
    waiting = iter(sorted(keys))
    while part := list(islice(waiting, CHUNK)):
        yield part


def load_stories(units: Iterable[int], known: dict[int, Story]) -> None:
    """Add the stories of these units and of all that they lead to."""
    wanted = set(units) - set(known)
    while wanted:
        facts: dict[int, list[Fact]] = {unit: [] for unit in wanted}
        others: set[int] = set()
        for part in chunks(wanted):
            rows = Change.objects.filter(unit__in=part, revoked=False).values_list(
                "effective_on",
                "unit",
                "attribute",
                "text",
                "short_text",
                "other",
                "reorganisation",
                "reorganisation__kind",
            )
            for row in rows:
                facts[row[1]].append(Fact(*row))
            for pk, code, family in Unit.objects.filter(pk__in=part).values_list("pk", "code", "family"):
                known[pk] = Story(code, family, facts[pk])
                others |= known[pk].others()
        wanted = others - set(known)


def _reach(touched: set[int], done: Derived) -> tuple[Tree, set[int], set[int]]:
    """The tree of the facts, every unit whose derived rows may differ from it, and those whose successors do.

    A unit's rows depend on its own facts, and on the lives, kinds and successors of the units that it is or was linked to. So the units
    linked to one in which these differ are looked at as well, until there are none left.
    """
    stories: dict[int, Story] = {}
    reached: set[int] = set()
    inherited_anew: set[int] = set()
    wanted = touched
    while wanted:
        load_stories(wanted, stories)
        tree = Tree(stories, kinds())
        changed = _lives_changed(tree, wanted) | _kinds_changed(tree, wanted)
        heirs_changed = _heirs_changed(tree, wanted)
        inherited_anew |= heirs_changed
        done.affected |= changed | heirs_changed
        reached |= wanted
        wanted = _linked_to(changed | heirs_changed) - reached
    if not reached:
        tree = Tree({}, kinds())
    return tree, reached, inherited_anew


def _linked_to(units: set[int]) -> set[int]:
    found: set[int] = set()
    for part in chunks(units):
        found |= set(UnitParent.objects.filter(parent__in=part).values_list("unit", flat=True))
        found |= set(Succession.objects.filter(heir__in=part).values_list("predecessor", flat=True))
        found |= set(Change.objects.filter(other__in=part, revoked=False).values_list("unit", flat=True))
    return found


def _life(tree: Tree, unit: int) -> tuple[date, date | None]:
    life = tree.life(unit)
    return (life.start, life.end) if life else (NEVER, None)


def _lives_changed(tree: Tree, units: set[int]) -> set[int]:
    return {
        unit
        for part in chunks(units)
        for unit, *life in Unit.objects.filter(pk__in=part).values_list("pk", "valid_from", "valid_to")
        if tuple(life) != _life(tree, unit)
    }


def _stored(model: type[Dated], units: Iterable[int], by: str, *fields: str) -> tuple[Rows, dict[tuple[Any, ...], int]]:
    """The rows of these units and the key of each; several chunks."""
    rows: Rows = {}
    keys: dict[tuple[Any, ...], int] = {}
    for part in chunks(units):
        found = model.objects.filter(**{f"{by}__in": part}).values_list("pk", "valid_to", *fields, "valid_from")
        for pk, end, *says in found:
            rows[tuple(says)], keys[tuple(says)] = end, pk
    return rows, keys


def _kind_rows(tree: Tree, units: Iterable[int]) -> Rows:
    return {(u, r.kind, r.level, r.during.start): r.during.end for u in units for r in tree.ranks(u)}


def _kinds_changed(tree: Tree, units: set[int]) -> set[int]:
    stored, _ = _stored(UnitKind, units, "unit", "unit", "kind", "level")
    return {says[0] for says, _ in stored.items() ^ _kind_rows(tree, units).items()}


def _heir_rows(tree: Tree, units: Iterable[int]) -> dict[tuple[int, int], tuple[date, str, int]]:
    return {(u, heir.unit): (heir.on, heir.how, heir.record) for u in units for heir in tree.heirs(u)}


def _stored_heirs(units: Iterable[int]) -> dict[tuple[int, int], tuple[date, str, int]]:
    return {
        (predecessor, heir): (on, how, record)
        for part in chunks(units)
        for predecessor, heir, on, how, record in Succession.objects.filter(predecessor__in=part).values_list(
            "predecessor", "heir", "on", "how", "reorganisation"
        )
    }


def _heirs_changed(tree: Tree, units: set[int]) -> set[int]:
    return {pair[0] for pair, _ in _stored_heirs(units).items() ^ _heir_rows(tree, units).items()}


def _write(
    model: type[Dated], stored: Rows, keys: Mapping[tuple[Any, ...], int], right: Rows, fields: Sequence[str]
) -> int:
    """Make the stored rows equal to the right ones; returns how many were written.

    Rows that are no longer right go first and new ones come last, so that at no moment two rows overlap.
    """
    gone = [keys[says] for says in stored.keys() - right.keys()]
    for part in chunks(gone):
        model.objects.filter(pk__in=part).delete()
    ends: dict[date | None, list[int]] = {}
    for says in stored.keys() & right.keys():
        if stored[says] != right[says]:
            ends.setdefault(right[says], []).append(keys[says])
    for end in sorted(ends, key=lambda e: e or NEVER):
        for part in chunks(ends[end]):
            model.objects.filter(pk__in=part).update(valid_to=end)
    new = sorted(right.keys() - stored.keys())
    names = [*fields, "valid_from"]
    model.objects.bulk_create(
        (_made(model, dict(zip(names, says, strict=True)) | {"valid_to": right[says]}) for says in new),
        batch_size=CHUNK,
    )
    return len(gone) + sum(map(len, ends.values())) + len(new)


def _made(model: type[Dated], values: dict[str, Any]) -> Dated:
    if model is UnitName:
        name, short = values["name"], values["short_name"]
        values |= {"folded": folded(name), "folded_short": folded(short), "sort_key": sort_key(short)[:400]}
    return model(**values)


def _write_lives(tree: Tree, units: set[int], done: Derived) -> set[int]:
    """Write the lives; the units whose life has changed."""
    changed = _lives_changed(tree, units)
    lives: dict[tuple[date, date | None], list[int]] = {}
    for unit in changed:
        lives.setdefault(_life(tree, unit), []).append(unit)
    for (start, end), found in lives.items():
        for part in chunks(found):
            done.written += Unit.objects.filter(pk__in=part).update(valid_from=start, valid_to=end)
    return changed


def _write_names(tree: Tree, units: set[int], done: Derived) -> None:
    stored, keys = _stored(UnitName, units, "unit", "unit_id", "name", "short_name")
    right: Rows = {(u, n.name, n.short_name, n.during.start): n.during.end for u in units for n in tree.names(u)}
    done.written += _write(UnitName, stored, keys, right, ["unit_id", "name", "short_name"])


def _write_kinds(tree: Tree, units: set[int], done: Derived) -> None:
    stored, keys = _stored(UnitKind, units, "unit", "unit_id", "kind", "level")
    done.written += _write(UnitKind, stored, keys, _kind_rows(tree, units), ["unit_id", "kind", "level"])


@dataclass(frozen=True, slots=True)
class Links:
    """The superiors of units as they are stored and as they should be; `moved` are the units in which that differs."""

    stored: Rows
    keys: dict[tuple[Any, ...], int]
    right: Rows
    moved: set[int]


def _links(tree: Tree, units: set[int]) -> Links:
    stored, keys = _stored(UnitParent, units, "unit", "unit_id", "parent_id")
    right: Rows = {(u, link.parent, link.during.start): link.during.end for u in units for link in tree.links(u)}
    return Links(stored, keys, right, {says[0] for says, _ in stored.items() ^ right.items()})


def _write_heirs(tree: Tree, units: set[int], done: Derived) -> None:
    stored, right = _stored_heirs(units), _heir_rows(tree, units)
    for predecessor, heir in sorted(pair for pair in stored if stored[pair] != right.get(pair)):
        done.written += Succession.objects.filter(predecessor=predecessor, heir=heir).delete()[0]
    new = sorted(pair for pair in right if stored.get(pair) != right[pair])
    Succession.objects.bulk_create(
        Succession(predecessor_id=u, heir_id=heir, on=on, how=how, reorganisation_id=record)
        for u, heir in new
        for on, how, record in [right[u, heir]]
    )
    done.written += len(new)


def _write_ancestry(moved: set[int], done: Derived) -> None:
    """The ancestry of the units that moved and of all who ever stood under them."""
    units = moved | _ever_below(moved)
    links: dict[int, list[Link]] = {}
    wanted = set(units)
    while wanted:
        links |= {unit: [] for unit in wanted}
        for part in chunks(wanted):
            rows = UnitParent.objects.filter(unit__in=part).order_by("unit", "valid_from")
            for unit, parent, start, end in rows.values_list("unit", "parent", "valid_from", "valid_to"):
                links[unit].append(Link(Interval(start, end), parent))
        wanted = {link.parent for unit in wanted for link in links[unit]} - links.keys()
    lives: dict[int, Interval | None] = dict.fromkeys(units)
    for part in chunks(units):
        for unit, start, end in Unit.objects.filter(~Q(valid_from=NEVER), pk__in=part).values_list(
            "pk", "valid_from", "valid_to"
        ):
            lives[unit] = Interval(start, end)
    found = ancestry(sorted(units), lives.__getitem__, links.__getitem__)
    right: Rows = {(*pair, during.start): during.end for pair, times in found.items() for during in times}
    stored, keys = _stored(Ancestry, units, "descendant", "ancestor_id", "descendant_id")
    done.written += _write(Ancestry, stored, keys, right, ["ancestor_id", "descendant_id"])


def _write_heritage(changed: set[int], done: Derived) -> None:
    """Whose past passed to whom, for the units whose successors changed and those whose past had passed to them."""
    predecessors = set(changed)
    for part in chunks(changed):
        predecessors |= set(Heritage.objects.filter(heir__in=part).values_list("predecessor", flat=True))
    forward: dict[int, list[tuple[int, date]]] = {}
    wanted = set(predecessors)
    while wanted:
        forward |= {unit: [] for unit in wanted}
        for part in chunks(wanted):
            for unit, heir, on in Succession.objects.filter(predecessor__in=part).values_list(
                "predecessor", "heir", "on"
            ):
                forward[unit].append((heir, on))
        wanted = {heir for unit in wanted for heir, _ in forward[unit]} - forward.keys()
    right = {
        (heir, predecessor): since
        for predecessor in predecessors
        for heir, since in heritage(predecessor, forward.__getitem__).items()
    }
    stored: dict[tuple[int, int], tuple[date, int]] = {
        (heir, predecessor): (since, pk)
        for part in chunks(predecessors)
        for pk, heir, predecessor, since in Heritage.objects.filter(predecessor__in=part).values_list(
            "pk", "heir", "predecessor", "since"
        )
    }
    gone = [pk for pair, (since, pk) in stored.items() if right.get(pair) != since]
    for part in chunks(gone):
        Heritage.objects.filter(pk__in=part).delete()
    new = sorted(pair for pair in right if pair not in stored or stored[pair][0] != right[pair])
    Heritage.objects.bulk_create(
        Heritage(heir_id=heir, predecessor_id=predecessor, since=right[heir, predecessor]) for heir, predecessor in new
    )
    done.written += len(gone) + len(new)
