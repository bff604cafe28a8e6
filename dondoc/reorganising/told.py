"""A decision told step by step: which units, to whom, what before and what after."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import scope
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import NEVER, Change, Reorganisation, Unit, UnitParent
from dondoc.organisations.queries import labels

from .queries import reachable

A, K = Change.Attribute, Reorganisation.Kind
COUNTS = {
    K.ESTABLISH: ngettext_lazy("%(n)s unit established", "%(n)s units established", "n"),
    K.MERGE: ngettext_lazy("%(n)s unit merged", "%(n)s units merged", "n"),
    K.SPLIT: ngettext_lazy("%(n)s unit split by parts", "%(n)s units split by parts", "n"),
    K.DISSOLVE: ngettext_lazy("%(n)s unit dissolved", "%(n)s units dissolved", "n"),
    K.MOVE: ngettext_lazy("%(n)s unit moved", "%(n)s units moved", "n"),
    K.CHANGE_KIND: ngettext_lazy("%(n)s unit of another kind", "%(n)s units of another kind", "n"),
    K.RENAME: ngettext_lazy("%(n)s unit renamed", "%(n)s units renamed", "n"),
}


def summary(counts: Iterable[tuple[str, int]]) -> str:
    """What a decision does, in one line."""
    said = ", ".join(str(COUNTS[K(kind)] % {"n": number}) for kind, number in counts)
    return said[:1].upper() + said[1:]


def late_words(days: int) -> str:
    """How late something was recorded."""
    return ngettext("recorded %(n)s day late", "recorded %(n)s days late", days) % {"n": days}


@dataclass(frozen=True, slots=True)
class Named:
    """A unit by its name; `opens`: its page may be opened."""

    unit: int
    name: str
    opens: bool


@dataclass(slots=True)
class Line:
    """One record of a decision. `units` are those it is about, `others` the superior or the heirs; `to` is the new name or kind,
    `at` the superior of one that is renamed, since many have the same name.

    Of a split `parts` holds what goes to each heir.
    """

    record: int
    kind: str
    units: list[Named]
    others: list[Named] = field(default_factory=list)
    to: str = ""
    at: str = ""
    parts: list[tuple[Named, list[Named]]] = field(default_factory=list)


def lines(records: Sequence[Reorganisation], actor: Actor) -> list[Line]:
    """The records in order, a fixed number of queries. What is said of units outside of the person's scope is left out."""
    if not records:
        return []
    day = records[0].effective_on
    rows: dict[int, list[Change]] = defaultdict(list)
    for row in Change.objects.filter(reorganisation__in=[one.pk for one in records]).order_by("pk"):
        rows[row.reorganisation_id].append(row)
    mentioned = {pk for several in rows.values() for row in several for pk in (row.unit_id, row.other_id) if pk}
    opens = set(scope(actor).filter(pk__in=mentioned).values_list("pk", flat=True))
    known = set(opens)
    for top in actor.units:
        known |= set(reachable(top, actor.day, day).filter(pk__in=mentioned).values_list("pk", flat=True))
    _add_established(known, [one for one in records if one.kind == K.ESTABLISH], rows)
    names = _names(mentioned, day - timedelta(days=1))
    renamed = {row.unit_id for one in records if one.kind == K.RENAME for row in rows[one.pk]}
    above = dict(UnitParent.objects.on(day - timedelta(days=1)).filter(unit__in=renamed).values_list("unit", "parent"))
    superiors = labels(above.values(), day - timedelta(days=1))
    named = {pk: Named(pk, names[pk], pk in opens) for pk in mentioned}
    found = []
    for one in records:
        if any({row.unit_id, row.other_id} & known for row in rows[one.pk]):
            line = _line(one, rows[one.pk], named)
            line.at = superiors[above[line.units[0].unit]].name if line.units[0].unit in above else ""
            found.append(line)
    return found


def _add_established(known: set[int], records: Sequence[Reorganisation], rows: dict[int, list[Change]]) -> None:
    """What was established below a known unit is known too, also where the establishment was revoked and the unit lives on no day."""
    above = {row.unit_id: row.other_id for one in records for row in rows[one.pk] if row.attribute == A.PARENT}
    while new := {unit for unit, superior in above.items() if superior in known} - known:
        known |= new


def _names(mentioned: Collection[int], eve: date) -> dict[int, str]:
    """What each unit was called on the eve, a later one at first; one whose establishment was revoked as it was to be called."""
    names = {pk: label.name for pk, label in labels(mentioned, eve).items()}
    never = Unit.objects.filter(pk__in=mentioned, valid_from=NEVER).values("pk")
    told = Change.objects.filter(unit__in=never, attribute=A.NAME, reorganisation__kind=K.ESTABLISH).order_by("pk")
    return names | dict(told.values_list("unit", "text"))


def _line(one: Reorganisation, rows: Sequence[Change], named: dict[int, Named]) -> Line:
    by: dict[str, list[Change]] = defaultdict(list)
    for row in rows:
        by[row.attribute].append(row)
    about = by[A.END] or by[A.BEGIN] or rows
    units = [named[pk] for pk in dict.fromkeys(row.unit_id for row in about)]
    line = Line(one.pk, one.kind, units)
    if one.kind == K.RENAME:
        line.to = rows[0].text
    elif one.kind == K.CHANGE_KIND:
        line.to = kinds()[rows[0].text].name if rows[0].text in kinds() else rows[0].text
    elif one.kind in {K.MOVE, K.ESTABLISH}:
        line.others = [named[row.other_id] for row in by[A.PARENT] if row.other_id]
        if one.kind == K.ESTABLISH and by[A.KIND]:
            line.to = kinds()[by[A.KIND][0].text].name
    else:
        line.others = [named[pk] for pk in dict.fromkeys(row.other_id for row in by[A.HEIR] if row.other_id)]
    if one.kind == K.SPLIT:
        line.parts = [
            (heir, [named[row.unit_id] for row in by[A.PARENT] if row.other_id == heir.unit]) for heir in line.others
        ]
    return line


def head_words(late: int, ahead: int) -> str:
    """Whether the day has come, in words: recorded late, or so many days ahead; empty where neither."""
    if late:
        return late_words(late)
    if ahead:
        return ngettext("takes effect in %(n)s day", "takes effect in %(n)s days", ahead) % {"n": ahead}
    return _("in effect")
