"""The codes of units that a draft establishes: made from the name, free, or that of the same unit whose establishment was revoked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.organisations.models import NEVER, Change, Unit

from .queries import in_reach

TRIES = 30
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit to be established by a step. `kept` is the code that it had in the decision that the draft was copied from, `base` one
    made from its name."""

    step: int
    kept: str
    base: str
    name: str
    short_name: str


def given(wanted: Sequence[Wanted], top: int, today: date, day: date) -> dict[int, str]:
    """A code for each step, in at most four queries. A code of a unit that lives on no day, because its establishment was revoked,
    is given again where it had the same name and its superior is in reach: then it becomes that unit again."""
    tries = {one.step: list(_tries(one)) for one in wanted}
    known = {
        code: (pk, begins)
        for pk, code, begins in Unit.objects.filter(
            code__in={code for codes in tries.values() for code in codes}
        ).values_list("pk", "code", "valid_from")
    }
    again = _again([pk for pk, begins in known.values() if begins == NEVER], top, today, day)
    used: set[str] = set()
    found: dict[int, str] = {}
    for one in wanted:
        free = (
            code
            for code in tries[one.step]
            if code not in used and (code not in known or _same(one, code, again.get(known[code][0])))
        )
        found[one.step] = next(free, f"{one.base[:60]}-{one.step}")
        used.add(found[one.step])
    return found


def _same(one: Wanted, code: str, names: set[str] | None) -> bool:
    """Whether the unit of a code may be this one again: a copied one may have been corrected, another must have the same name."""
    return names is not None and (code == one.kept or one.name in names)


def _tries(one: Wanted) -> Iterable[str]:
    if one.kept:
        yield one.kept
    base = one.base[: LONGEST - 4].strip("-")
    yield base
    yield from (f"{base}-{number}" for number in range(2, TRIES))


def _again(never: list[int], top: int, today: date, day: date) -> dict[int, set[str]]:
    """Of the units that live on no day those that were once to stand in reach, with the names that they were to have."""
    if not never:
        return {}
    rows = list(
        Change.objects.filter(unit__in=never, attribute__in=["parent", "name"], reorganisation__kind="establish")
    )
    above = {row.unit_id: row.other_id for row in rows if row.attribute == "parent" and row.other_id}
    near = in_reach(above.values(), top, today, day)
    # A unit below another one that is to come again is as near as that one.
    while new := {unit for unit, superior in above.items() if superior in near} - near:
        near |= new
    names: dict[int, set[str]] = {}
    for row in rows:
        if row.attribute == "name" and row.unit_id in near:
            names.setdefault(row.unit_id, set()).add(row.text)
    return names
