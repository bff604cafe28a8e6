"""Reading the tree on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from dondoc.lib.vietnamese import folded

from .kinds import committees, kinds
from .models import Ancestry, Change, Family, Heritage, Succession, Unit, UnitKind, UnitName, UnitParent

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Label:
    """What pages say of a unit on a day; after its end, what it was last called (`alive` is False then)."""

    unit: int
    code: str
    name: str
    short_name: str
    kind: str
    family: str
    alive: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a text may mean. `path` names its superiors, nearest first, so that a person can tell it from its namesakes."""

    unit: int
    label: Label
    path: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One step in what became of a unit: `predecessor` ended `on` the day and `heir` took over, by which decision.

    `how` is "successor" where the decision named the heir, "superior" where a dissolved unit's superior took over. `several`: the
    predecessor had other heirs as well.
    """

    predecessor: Label
    heir: Label
    on: date
    how: str
    decision: str
    several: bool


def labels(units: Iterable[int], day: date) -> dict[int, Label]:
    """The labels of units on a day, by unit, in one query however many there are. A unit not yet begun has its first name."""
    return _labelled(Unit.objects.filter(pk__in=set(units)), day)


def _labelled(units: QuerySet[Unit], day: date) -> dict[int, Label]:
    fields = "pk", "code", "family", "valid_from", "valid_to"
    dated = "names__valid_from", "names__name", "names__short_name", "kinds__valid_from", "kinds__kind"
    rows = units.order_by("pk").values_list(*fields, *dated)
    found: dict[int, Label] = {}
    for (pk, code, family, start, end), told in groupby(rows, key=lambda row: row[:5]):
        versions = [row[5:] for row in told]
        # A unit whose establishment was revoked has no name on any day: its code stands for it.
        name, short_name = _holding([(one[0], (one[1], one[2])) for one in versions], day) or (code, code)
        kind = _holding([(one[3], one[4]) for one in versions], day) or ""
        found[pk] = Label(pk, code, name, short_name, kind, family, start <= day and (end is None or day < end))
    return found


def _holding(versions: Iterable[tuple[date | None, T]], day: date) -> T | None:
    """Of values and the days from which they hold the one of the day, else the first; None where there is none."""
    known = sorted(((start, value) for start, value in versions if start), key=lambda one: one[0])
    begun = [value for start, value in known if start <= day]
    return begun[-1] if begun else next((value for _, value in known), None)


def below(ancestors: Iterable[int], day: date) -> QuerySet[Unit]:
    """The units under these on the day, themselves included."""
    under = Ancestry.objects.on(day).filter(ancestor__in=list(ancestors), descendant=OuterRef("pk"))
    return Unit.objects.filter(Exists(under))


def readable(ancestors: Iterable[int], day: date) -> QuerySet[Unit]:
    """The units under these on the day, and the predecessors of those units, whose past they inherited by that day."""
    tops = list(ancestors)
    under = Ancestry.objects.on(day).filter(ancestor__in=tops, descendant=OuterRef("pk"))
    inherited = Heritage.objects.filter(
        Exists(Ancestry.objects.on(day).filter(ancestor__in=tops, descendant=OuterRef("heir"))),
        predecessor=OuterRef("pk"),
        since__lte=day,
    )
    return Unit.objects.filter(Exists(under) | Exists(inherited))


def superiors(unit: int, day: date) -> list[int]:
    """Everyone above a unit on the day, nearest first; nobody for a unit that does not live that day. One query."""
    level = UnitKind.objects.on(day).filter(unit=OuterRef("ancestor")).values("level")[:1]
    above = Ancestry.objects.on(day).filter(descendant=unit).exclude(ancestor=unit).annotate(level=Subquery(level))
    return list(above.order_by("-level").values_list("ancestor", flat=True))


def superior(unit: int, day: date) -> int | None:
    """The direct superior of a unit on the day; None at the top, and for a unit that does not live that day."""
    return UnitParent.objects.on(day).filter(unit=unit).values_list("parent", flat=True).first()


def children(unit: int, day: date) -> list[int]:
    """The units directly under one on the day: Party first, then in the order of the alphabet. One query."""
    return [pk for pk, _ in _children(unit, day)]


def of_family(unit: int, family: str, day: date) -> list[int]:
    """The units of a family directly under one on the day, such as the Front (`Family.FRONT`) and mass organisations of a commune."""
    return [pk for pk, its_family in _children(unit, day) if its_family == family]


def fronts_and_mass_organisations(unit: int, day: date) -> list[int]:
    """The Front and the mass organisations directly under a unit on the day."""
    wanted = {Family.FRONT.value, Family.MASS.value}
    return [pk for pk, family in _children(unit, day) if family in wanted]


def _children(unit: int, day: date) -> list[tuple[int, str]]:
    key = UnitName.objects.on(day).filter(unit=OuterRef("unit")).values("sort_key")[:1]
    rows = UnitParent.objects.on(day).filter(parent=unit).annotate(key=Subquery(key), family=F("unit__family"))
    order = {family: number for number, family in enumerate(Family.values)}
    found = rows.order_by("key", "unit").values_list("unit", "family")
    return sorted(found, key=lambda row: order[row[1]])


def path(unit: int, day: date) -> list[Label]:
    """The unit's place on the day, from the top down to itself; of a unit that has ended, its place on its last day. Two queries."""
    found = Unit.objects.filter(pk=unit).first()
    return path_of(found, day) if found else []


def path_of(unit: Unit, day: date) -> list[Label]:
    """The same of a unit that is known. One query."""
    day = max(day, unit.valid_from)
    if unit.valid_to is not None and day >= unit.valid_to:
        day = unit.valid_to - timedelta(days=1)
    above = Ancestry.objects.on(day).filter(descendant=unit).exclude(ancestor=unit)
    found = _labelled(Unit.objects.filter(Q(pk=unit.pk) | Q(pk__in=above.values("ancestor"))), day)
    own = found.pop(unit.pk)
    return [*sorted(found.values(), key=lambda one: kinds()[one.kind].level), own]


def find_by_name(
    name: str, type_words: Sequence[str] = (), parent_name: str | None = None, *, day: date, limit: int = 20
) -> list[Candidate]:
    """The units that a text calls by this name, living on the day; several where it does not decide, none where nobody is so called.

    `name` is without its type word ("Sơn Tân"); `type_words` are the words before it ("xã"; none: any type); `parent_name` is the
    name of any superior ("Cam Lâm"). Marks, case and tone spelling do not matter. Three queries, however many are found.
    """
    wanted = folded(name)
    if not wanted:
        return []
    named = UnitName.objects.on(day).filter(folded_short=wanted).order_by("unit")
    if type_words:
        forms = tuple(form for word in type_words for form in _forms(word))
        hits = [row.unit_id for row in named if _called(row.folded, wanted, forms)]
    else:
        hits = [row.unit_id for row in named]
    above: dict[int, list[int]] = {hit: [] for hit in hits}
    level = UnitKind.objects.on(day).filter(unit=OuterRef("ancestor")).values("level")[:1]
    rows = Ancestry.objects.on(day).filter(descendant__in=hits).exclude(ancestor=F("descendant"))
    for hit, ancestor in rows.annotate(level=Subquery(level)).order_by("-level").values_list("descendant", "ancestor"):
        above[hit].append(ancestor)
    known = labels({*hits, *(one for ancestors in above.values() for one in ancestors)}, day)
    if parent_name:
        parent = folded(parent_name)
        hits = [h for h in hits if any(folded(known[one].short_name) == parent for one in above[h])]
    return [Candidate(h, known[h], ", ".join(known[one].name for one in above[h])) for h in hits[:limit]]


def _forms(word: str) -> list[str]:
    """How a type word stands before the name of a unit's place: "huyện" also as "huyện ủy"."""
    return [folded(form) for form in (word, committees().get(word.lower().strip(), "")) if form]


def _called(full: str, name: str, forms: tuple[str, ...]) -> bool:
    """Whether a full name says the type: "dang bo xa son tan" is an "xa" called "son tan"."""
    return any(f" {full} ".endswith(f" {form} {name} ") for form in forms)


def what_became_of(unit: int, day: date) -> list[Passage]:
    """Who took over from a unit that has ended by the day, and from those in turn, by day; nothing while it lives. Few queries."""
    return _passages("predecessor", "heir", unit, day)


def came_from(unit: int, day: date) -> list[Passage]:
    """Whose past a unit took over by the day, directly or through others, newest first."""
    return list(reversed(_passages("heir", "predecessor", unit, day)))


def _passages(start: str, to: str, unit: int, day: date) -> list[Passage]:
    # Two queries for the closure, whatever its depth: Heritage names the pairs, Succession the steps between them.
    pairs = Heritage.objects.filter(**{start: unit}, since__lte=day)
    others = set(pairs.values_list(to, flat=True)) | {unit}
    steps = list(
        Succession.objects.filter(predecessor__in=others, heir__in=others, on__lte=day)
        .select_related("reorganisation")
        .order_by("on", "predecessor", "heir")
    )
    heirs: dict[int, int] = {}
    for pk in Succession.objects.filter(predecessor__in=[s.predecessor_id for s in steps]).values_list(
        "predecessor", flat=True
    ):
        heirs[pk] = heirs.get(pk, 0) + 1
    known = labels(others, day)
    return [
        Passage(
            known[s.predecessor_id],
            known[s.heir_id],
            s.on,
            s.how,
            s.reorganisation.decision,
            heirs[s.predecessor_id] > 1,
        )
        for s in steps
    ]


def days_of_change(units: QuerySet[Unit], until: date | None = None) -> list[date]:
    """The days from which reorganisations of these units took or take effect, newest first. One query."""
    changes = Change.objects.filter(Exists(units.filter(pk=OuterRef("unit"))), revoked=False)
    if until is not None:
        changes = changes.filter(effective_on__lte=until)
    return list(changes.order_by("-effective_on").values_list("effective_on", flat=True).distinct())
