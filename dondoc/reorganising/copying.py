"""A recorded decision as the steps of a draft: its facts back in words, so that it can be recorded again or corrected."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Q

from dondoc.organisations.models import NEVER, Change, Reorganisation, Unit, UnitName, UnitParent
from dondoc.organisations.queries import labels

from .rules import PART, Kind

A = Change.Attribute
Content = dict[str, str]


def copied(first: Reorganisation) -> list[tuple[Kind, Content]]:
    """The steps of a decision in their order; moves to one superior and dissolutions are one step each. Few queries."""
    records = list(Reorganisation.objects.filter(Q(pk=first.pk) | Q(together=first.pk)).order_by("pk"))
    rows: dict[int, list[Change]] = defaultdict(list)
    for row in Change.objects.filter(reorganisation__in=[one.pk for one in records]).order_by("pk"):
        rows[row.reorganisation_id].append(row)
    names, codes = _names([row for several in rows.values() for row in several], first.effective_on)
    made: list[tuple[Kind, Content]] = []
    for one in records:
        kind = Kind(one.kind)
        content = _content(kind, rows[one.pk], names, codes)
        last = made[-1] if made else None
        same = last is not None and last[0] is kind and kind in {Kind.MOVE, Kind.DISSOLVE}
        if same and last is not None and last[1].get("to") == content.get("to"):
            last[1]["units"] += "\n" + content["units"]
        else:
            made.append((kind, content))
    return made


def _names(rows: Collection[Change], day: date) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """What to write for each unit so that it is found again, and the codes of all: of namesakes the superior is named as well."""
    units = {pk for row in rows for pk in (row.unit_id, row.other_id) if pk}
    eve = day - timedelta(days=1)
    known = labels(units, eve)
    codes = {pk: label.code for pk, label in known.items()}
    never = set(Unit.objects.filter(pk__in=units, valid_from=NEVER).values_list("pk", flat=True))
    told = {row.unit_id: row.text for row in rows if row.attribute == A.NAME}
    begun = {row.unit_id for row in rows if row.attribute == A.BEGIN}
    names = {pk: told[pk] if pk in told and pk in (begun | never) else label.name for pk, label in known.items()}
    above = dict(UnitParent.objects.on(eve).filter(unit__in=units).values_list("unit", "parent"))
    called = {pk: label.name for pk, label in labels(above.values(), eve).items()}
    counted: dict[str, set[int]] = defaultdict(set)
    for unit, name in UnitName.objects.filter(name__in=set(names.values())).values_list("unit", "name"):
        counted[name].add(unit)
    return {
        pk: f"{name}, {called[above[pk]]}" if len(counted[name] | {pk}) > 1 and above.get(pk) in called else name
        for pk, name in names.items()
    }, codes


def _content(kind: Kind, rows: Collection[Change], names: Mapping[int, str], codes: Mapping[int, str]) -> Content:
    by: dict[str, list[Change]] = defaultdict(list)
    for row in rows:
        by[row.attribute].append(row)

    def other(attribute: str) -> str:
        return names[by[attribute][0].other_id or 0] if by[attribute] and by[attribute][0].other_id else ""

    unit = next(iter(rows)).unit_id
    match kind:
        case Kind.ESTABLISH:
            name = by[A.NAME][0]
            return {
                "unit_kind": by[A.KIND][0].text,
                "name": name.text,
                "short_name": name.short_text,
                "superior": other(A.PARENT),
                "code": codes[unit],
            }
        case Kind.RENAME:
            return {"unit": names[unit], "name": by[A.NAME][0].text, "short_name": by[A.NAME][0].short_text}
        case Kind.CHANGE_KIND:
            return {"unit": names[unit], "unit_kind": by[A.KIND][0].text}
        case Kind.MOVE:
            return {"units": names[unit], "to": other(A.PARENT)}
        case Kind.MERGE:
            return {"units": "\n".join(names[row.unit_id] for row in by[A.END]), "into": other(A.HEIR)}
        case Kind.SPLIT:
            heirs = "\n".join(names[row.other_id] for row in by[A.HEIR] if row.other_id)
            parts = {f"{PART}{row.unit_id}": names[row.other_id] for row in by[A.PARENT] if row.other_id}
            return {"unit": names[by[A.END][0].unit_id], "heirs": heirs} | parts
        case Kind.DISSOLVE:
            return {"units": names[unit]}
