"""What recording would do, found out by doing it and taking it back: read before, and in the middle, and compared.

The result is plain values that a draft keeps: keys, days, names of units and counts; no words of persons.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from dondoc.accounts.models import Post, Term
from dondoc.directives.models import Assignment, Role
from dondoc.directives.models import Report as Done
from dondoc.directives.rules import OPEN, Part
from dondoc.figures.models import Figure
from dondoc.figures.series import without_a_place
from dondoc.history.services import Act, writing
from dondoc.organisations.models import Change, Reorganisation, Succession
from dondoc.organisations.queries import labels
from dondoc.reports.models import Report
from dondoc.reports.rules.states import State
from dondoc.targets.models import Remainder

from .standing import Stands, children, stands

MOST = 300
"""So many of each kind are told one by one; of more only the number is."""

MOST_NAMED = 60
"""So many units that go the same way are named."""

Do = Callable[[], Sequence[Reorganisation]]
Holder = tuple[int | None, int | None, int | None]
Found = dict[str, Any]


class _TakenBack(Exception):
    """Raised in the middle, so that nothing of it stays."""


@dataclass(slots=True)
class _Seen:
    """What is read at one moment."""

    units: dict[int, Stands]
    posts: dict[int, date | None]
    roles: dict[tuple[int, str], Holder]


def tried(do: Do, touched: Collection[int], day: date, top: int, act: Act) -> Found:
    """What `do` would change of the units as they stand on the day, of posts, open work, targets and reports. Nothing of it stays.

    `touched` are the units that it is known to speak of beforehand. Refused as `do` itself would be.
    """
    near = set(touched) | children(touched, day)
    work = _work(near)
    lapsing = set(
        Remainder.objects.exclude(state=Remainder.State.LAPSED).filter(unit__in=near).values_list("pk", flat=True)
    )
    middle: list[tuple[_Seen, list[Reorganisation], dict[str, Any]]] = []
    with suppress(_TakenBack), writing(act):
        records = list(do())
        about = _about(records)
        near |= about | children(about, day)
        work |= _work(near)
        seen = _see(near, work, day, top, act)
        middle.append((seen, records, _follows(seen, records, near, lapsing, day)))
        raise _TakenBack
    after, records, follows = middle[0]
    before = _see(near, work, day, top, act)
    found = _compared(before, after, follows["heirs"])
    # A unit that only lives in the middle is called nothing outside of it, and one that only lives outside nothing in the middle.
    names = _named(_holders(before) | _holders(after), max(day, act.day)) | follows["names"]
    found |= _posts(before, after, day) | _roles(before, after, names)
    found |= {name: follows[name] for name in ("remainders", "lapsed", "unplaced")}
    ended = {unit for unit in before.units if unit not in after.units}
    found["reports"] = _reports(ended, day)
    found["meanwhile"] = (
        _meanwhile(ended or before.units.keys() ^ after.units.keys(), day, act.day) if day < act.day else {}
    )
    return found


def _about(records: Iterable[Reorganisation]) -> set[int]:
    """The units of which the records, or those that they revoke, say something, and who takes over."""
    keys = [pk for one in records for pk in (one.pk, one.revokes_id) if pk]
    rows = Change.objects.filter(reorganisation__in=keys)
    heirs = rows.filter(attribute=Change.Attribute.HEIR).values_list("other", flat=True)
    return set(rows.values_list("unit", flat=True)) | {pk for pk in heirs if pk}


def _work(units: Collection[int]) -> set[int]:
    """The open assignments of which one of the units holds a part, or has one waiting."""
    roles = Role.objects.filter(Q(unit__in=units) | Q(parked_with__in=units) | Q(proposed__in=units))
    state = [one.value for one in OPEN]
    return set(roles.filter(assignment__state__in=state).values_list("assignment", flat=True))


def _see(units: Collection[int], work: Collection[int], day: date, top: int, act: Act) -> _Seen:
    posts = dict(Post.objects.filter(unit__in=units).values_list("pk", "valid_to"))
    held = Role.objects.on(max(day, act.day)).filter(assignment__in=work).exclude(role=Part.ANSWERABLE.value)
    roles = {
        (assignment, role): (unit, parked, proposed)
        for assignment, role, unit, parked, proposed in held.values_list(
            "assignment", "role", "unit", "parked_with", "proposed"
        )
    }
    return _Seen(stands(units, day, top), posts, roles)


def _follows(
    seen: _Seen, records: Sequence[Reorganisation], near: Collection[int], lapsing: set[int], day: date
) -> dict[str, Any]:
    """What can only be read in the middle: who takes over, what is left of targets, which figures lose their place."""
    pairs = list(Succession.objects.filter(predecessor__in=near).order_by("heir").values_list("predecessor", "heir"))
    names = labels({heir for _unit, heir in pairs}, day)
    heirs: dict[int, list[str]] = {}
    for unit, heir in pairs:
        heirs.setdefault(unit, []).append(names[heir].name)
    keys = [one.pk for one in records]
    left = Remainder.objects.filter(reorganisation__in=keys, state=Remainder.State.WAITING)
    gone = Remainder.objects.filter(pk__in=lapsing, state=Remainder.State.LAPSED)
    ended = {unit for unit in near if unit not in seen.units and unit in heirs}
    told = set(Figure.objects.filter(unit__in=ended, superseded_at=None).values_list("unit", flat=True).distinct())
    lost = without_a_place(told, day) if told else set()
    known = labels(lost | set(left.values_list("unit", flat=True)), day - timedelta(days=1))
    return {
        "heirs": heirs,
        "names": _named(_holders(seen), day),
        "remainders": [
            {"unit": known[one.unit_id].name, "indicator": one.indicator, "year": one.year} for one in left[:MOST]
        ],
        "lapsed": gone.count(),
        "unplaced": sorted(known[unit].name for unit in lost),
    }


def _compared(before: _Seen, after: _Seen, heirs: dict[int, list[str]]) -> Found:
    """Units that end, begin, move, are renamed or become another kind."""
    found: Found = {"ends": [], "begins": [], "moves": [], "renames": [], "kinds": []}
    for unit in sorted(before.units.keys() | after.units.keys()):
        old, new = before.units.get(unit), after.units.get(unit)
        if old is None and new is not None:
            found["begins"].append({"unit": unit, "name": new.name, "kind": new.kind, "path": new.path})
        elif new is None and old is not None:
            found["ends"].append({"unit": unit, "name": old.name, "path": old.path, "heirs": heirs.get(unit, [])})
        elif old is not None and new is not None:
            if old.name != new.name:
                found["renames"].append({"unit": unit, "before": old.name, "after": new.name, "path": old.path})
            if old.kind != new.kind:
                found["kinds"].append({"unit": unit, "name": new.name, "before": old.kind, "after": new.kind})
            if old.parent != new.parent:
                found["moves"].append({"name": new.name, "before": old.path, "after": new.path, "below": new.below})
    counts = {name: len(several) for name, several in found.items()}
    found["moves"] = _ways(found["moves"])
    return {name: several[:MOST] for name, several in found.items()} | {"counts": counts}


def _ways(moves: Iterable[Found]) -> list[Found]:
    """Units that go from one place to another together, named as far as there is room; `below` is how many units go with them."""
    ways: dict[tuple[tuple[str, ...], tuple[str, ...]], Found] = {}
    for one in moves:
        way = one["before"], one["after"]
        told = ways.setdefault(way, {"before": way[0], "after": way[1], "names": [], "count": 0, "below": 0})
        told["count"] += 1
        told["below"] += one["below"]
        if len(told["names"]) < MOST_NAMED:
            told["names"].append(one["name"])
    return list(ways.values())


def _posts(before: _Seen, after: _Seen, day: date) -> Found:
    """The posts that end with their units, with who holds them, and those that are back."""
    keys = before.posts.keys() & after.posts.keys()
    ends = sorted(pk for pk in keys if after.posts[pk] is not None and before.posts[pk] != after.posts[pk])
    back = sorted(pk for pk in keys if after.posts[pk] is None and before.posts[pk] is not None)
    eve = day - timedelta(days=1)
    terms = Term.objects.filter(Q(valid_to=None) | Q(valid_to__gt=eve), post__in=[*ends, *back])
    people: dict[int, list[int]] = {}
    for post, person in terms.order_by("valid_from").values_list("post", "account"):
        people.setdefault(post, []).append(person)
    titles = dict(Post.objects.filter(pk__in=[*ends, *back]).values_list("pk", "title"))

    def told(pks: list[int]) -> list[Found]:
        return [{"post": pk, "title": titles[pk], "people": people.get(pk, [])} for pk in pks[:MOST]]

    return {"posts": told(ends), "posts_back": told(back), "posts_count": len(ends), "posts_back_count": len(back)}


def _holders(seen: _Seen) -> set[int]:
    return {pk for holder in seen.roles.values() for pk in holder if pk}


def _named(units: Collection[int], day: date) -> dict[int, str]:
    """The names of the units that have one now."""
    return {pk: label.name for pk, label in labels(units, day).items() if label.kind}


def _roles(before: _Seen, after: _Seen, names: dict[int, str]) -> Found:
    """Whose parts in open work pass to whom, counted; and each part that is left undecided, with the proposal."""
    passed: Counter[tuple[str, int | None, int | None]] = Counter()
    waits: list[tuple[int, str, Holder, Holder]] = []
    decided = 0
    for key in sorted(before.roles.keys() | after.roles.keys()):
        old, new = before.roles.get(key, (None, None, None)), after.roles.get(key, (None, None, None))
        if old == new:
            continue
        if new[0] is not None:
            passed[key[1], old[0], new[0]] += 1
            decided += old[1] is not None
        elif new[1] is not None:
            waits.append((*key, old, new))
    told = [
        {"role": role, "before": names.get(old or 0, ""), "after": names.get(new or 0, ""), "count": count}
        for (role, old, new), count in sorted(passed.items(), key=lambda one: -one[1])
    ]
    undecided = [
        {
            "assignment": assignment,
            "role": role,
            "before": names.get(old[0] or 0, ""),
            "with": names.get(new[1] or 0, ""),
            "proposed": names.get(new[2] or 0, ""),
        }
        for assignment, role, old, new in waits[:MOST]
    ]
    return {
        "passed": told[:MOST],
        "passed_count": sum(passed.values()),
        "undecided": undecided,
        "undecided_count": len(waits),
        "no_longer_undecided": decided,
        "work": Assignment.objects.filter(pk__in={key[0] for key in before.roles | after.roles}).count(),
    }


def _reports(ended: Collection[int], day: date) -> dict[str, int]:
    """The periodic reports of units that end on parts of time that reach past their last day."""
    reports = Report.objects.filter(unit__in=ended, ends_on__gt=day)
    accepted = reports.filter(state__in=[State.ACCEPTED.value, State.CORRECTING.value]).count()
    return {"all": reports.count(), "accepted": accepted}


def _meanwhile(units: Collection[int], since: date, today: date) -> dict[str, int]:
    """What was done in the name of these units between the day and today: recorded late, all of it stands beside the new tree."""
    held = Role.objects.filter(unit__in=units, role=Part.RECEIVER.value).values("assignment")
    figures = Figure.objects.filter(unit__in=units, superseded_at=None)
    return {
        "done": Done.objects.filter(assignment__in=held, on__gte=since, on__lte=today).count(),
        "figures": figures.filter(Q(on__gte=since) | Q(ends_on__gt=since)).count(),
        "reports": Report.objects.filter(unit__in=units, sent_on__gte=since).count(),
        "terms": Term.objects.filter(post__unit__in=units, valid_from__gte=since, valid_from__lte=today).count(),
    }
