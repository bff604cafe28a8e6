"""Recording reorganisations and revoking them. Whatever is recorded, in whatever order, the tree follows from the set of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import NEVER, Change, Reorganisation, Unit
from dondoc.organisations.steps import (
    KINDS,
    ChangeKind,
    Dissolve,
    Establish,
    Merge,
    Move,
    Parts,
    Ref,
    Rename,
    Split,
    Step,
    changes,
    refs,
)

from .derive import chunks, derive

Handler = Callable[[list[Reorganisation], list[int], Act], None]


def reorganise(
    step: Step, *, decision: str, effective_on: date, act: Act, recorded_on: date | None = None
) -> Reorganisation:
    """Record one reorganisation and bring everything that follows from it up to date, in one transaction.

    It may take effect on any day, past or to come. Refused (422) with every problem where the set of all reorganisations that are
    not revoked would then be impossible.
    """
    return reorganise_together([step], decision=decision, effective_on=effective_on, act=act, recorded_on=recorded_on)[
        0
    ]


def reorganise_together(
    steps: Sequence[Step], *, decision: str, effective_on: date, act: Act, recorded_on: date | None = None
) -> list[Reorganisation]:
    """Record several reorganisations of one decision; only what they say together must be possible. One record for each step.

    `recorded_on` is the day on which the office knew of it (default: the day of the act).
    """
    if not decision.strip():
        raise Refused("organisations.decision_missing", INVALID)
    with writing(act):
        queue()
        units = _established(steps)
        found = _resolver(steps, units)
        records = _store(
            Reorganisation(
                kind=KINDS[type(step)],
                decision=decision.strip(),
                effective_on=effective_on,
                recorded_on=recorded_on or act.day,
            )
            for step in steps
        )
        rows = [change for step, made in zip(steps, records, strict=True) for change in changes(step, made, found)]
        _refuse_second_change(rows)
        Change.objects.bulk_create(rows, batch_size=2000)
        _follow({row.unit_id for row in rows}, records, act)
        said: dict[int, list[Change]] = {made.pk: [] for made in records}
        for row in rows:
            said[row.reorganisation_id].append(row)
        for made in records:
            _tell(made, said[made.pk])
    return records


def establish(
    code: str,
    *,
    kind: str,
    name: str,
    parent: Ref | None,
    decision: str,
    effective_on: date,
    act: Act,
    short_name: str = "",
) -> Reorganisation:
    """Found a unit under a superior (None: at the top). Refused where the code belongs to another unit."""
    step = Establish(code, kind, name, parent, short_name)
    return reorganise(step, decision=decision, effective_on=effective_on, act=act)


def rename(
    unit: Ref, *, name: str, decision: str, effective_on: date, act: Act, short_name: str = ""
) -> Reorganisation:
    """Give a unit another name."""
    return reorganise(Rename(unit, name, short_name), decision=decision, effective_on=effective_on, act=act)


def change_kind(unit: Ref, *, kind: str, decision: str, effective_on: date, act: Act) -> Reorganisation:
    """Make a unit one of another kind, and so of another level."""
    return reorganise(ChangeKind(unit, kind), decision=decision, effective_on=effective_on, act=act)


def move(unit: Ref, *, to: Ref, decision: str, effective_on: date, act: Act) -> Reorganisation:
    """Put a unit, with all below it, under another superior."""
    return reorganise(Move(unit, to), decision=decision, effective_on=effective_on, act=act)


def merge(units: Sequence[Ref], *, into: Ref, decision: str, effective_on: date, act: Act) -> Reorganisation:
    """End units in favour of one that lives on; what stands below them follows. A new one is established in the same go."""
    return reorganise(Merge(units, into), decision=decision, effective_on=effective_on, act=act)


def split(unit: Ref, *, parts: Parts, decision: str, effective_on: date, act: Act) -> Reorganisation:
    """End a unit in favour of several; `parts` says for each heir which sub-units go to it. Every sub-unit must have its part."""
    return reorganise(Split(unit, parts), decision=decision, effective_on=effective_on, act=act)


def dissolve(unit: Ref, *, decision: str, effective_on: date, act: Act) -> Reorganisation:
    """End a unit; its superior of the last day takes over, and what stands below it goes there."""
    return reorganise(Dissolve(unit), decision=decision, effective_on=effective_on, act=act)


def revoke(reorganisation: Reorganisation, *, decision: str, act: Act) -> Reorganisation:
    """Set a wrong reorganisation aside by a counter-record; refused where it was revoked before or where what is left is impossible."""
    return revoke_together([reorganisation], decision=decision, act=act)[0]


def revoke_together(reorganisations: Sequence[Reorganisation], *, decision: str, act: Act) -> list[Reorganisation]:
    """Set several aside in one go, such as all records of one decision."""
    if not decision.strip():
        raise Refused("organisations.decision_missing", INVALID)
    keys = [one.pk for one in reorganisations]
    with writing(act):
        queue()
        found = list(Reorganisation.objects.filter(pk__in=keys).select_related("revoked_by").order_by("pk"))
        for one in found:
            if one.kind == Reorganisation.Kind.REVOKE:
                raise Refused("organisations.not_revocable")
            if hasattr(one, "revoked_by"):
                raise Refused("organisations.already_revoked", decision=one.revoked_by.decision)
        records = _store(
            Reorganisation(
                kind=Reorganisation.Kind.REVOKE,
                decision=decision.strip(),
                effective_on=one.effective_on,
                recorded_on=act.day,
                revokes=one,
            )
            for one in found
        )
        rows = Change.objects.filter(reorganisation__in=keys)
        touched = set(rows.values_list("unit", flat=True))
        rows.update(revoked=True)
        _follow(touched, records, act)
        for made in records:
            _tell(made, list(Change.objects.filter(reorganisation=made.revokes_id)))
    return records


def _store(records: Iterable[Reorganisation]) -> list[Reorganisation]:
    """Store the records of one go; all but the first name the first."""
    made = list(records)
    for one in made[:1]:
        one.save(force_insert=True)
    for one in made[1:]:
        one.together = made[0]
    return [*made[:1], *Reorganisation.objects.bulk_create(made[1:], batch_size=2000)]


def rebuild() -> int:
    """Derive every unit anew from the facts and write what differs; returns how many rows did. 0: everything stored was right."""
    with transaction.atomic():
        return derive(Unit.objects.values_list("pk", flat=True)).written


def queue() -> None:
    """Two reorganisations at once would derive from facts that they cannot see: the second waits here for the first.

    So does whoever gives work to units by the tree: what is written beside a reorganisation would not be carried by it. Called before
    anything of the work is locked, because a reorganisation locks that afterwards.
    """
    list(Unit.objects.select_for_update(no_key=True).order_by("pk")[:1])


def _established(steps: Sequence[Step]) -> dict[str, int]:
    """Make the units that the steps establish; code → key. A code whose unit was revoked becomes that unit again."""
    wanted = {step.code: step for step in steps if isinstance(step, Establish)}
    if len(wanted) < sum(isinstance(step, Establish) for step in steps):
        codes = [step.code for step in steps if isinstance(step, Establish)]
        raise Refused("organisations.code_taken", INVALID, taken=next(c for c in codes if codes.count(c) > 1))
    keys: dict[str, int] = {}
    for unit in _by_code(wanted):
        if unit.valid_from != NEVER:
            raise Refused("organisations.code_taken", INVALID, taken=unit.code)
        keys[unit.code] = unit.pk
        family = _family(wanted[unit.code])
        Unit.objects.filter(pk=unit.pk).exclude(family=family).update(family=family)
    new = [Unit(code=code, family=_family(step), valid_from=NEVER) for code, step in wanted.items() if code not in keys]
    Unit.objects.bulk_create(new, batch_size=2000)
    return keys | {unit.code: unit.pk for unit in new}


def _family(step: Establish) -> str:
    kind = kinds().get(step.kind)
    if kind is None:
        raise Refused("organisations.no_such_kind", INVALID, kind=step.kind)
    return kind.family


def _by_code(codes: Iterable[str]) -> Iterable[Unit]:
    waiting = sorted(codes)
    for start in range(0, len(waiting), 5000):
        yield from Unit.objects.filter(code__in=waiting[start : start + 5000])


def _resolver(steps: Sequence[Step], established: Mapping[str, int]) -> Callable[[Ref], int]:
    """From what a step calls a unit to its key; refused where there is no such unit."""
    codes = dict(established)
    spoken = [ref for step in steps for ref in refs(step)]
    codes |= {unit.code: unit.pk for unit in _by_code({r for r in spoken if isinstance(r, str)} - codes.keys())}
    asked = {ref for ref in spoken if isinstance(ref, int)}
    known = {pk for part in chunks(asked) for pk in Unit.objects.filter(pk__in=part).values_list("pk", flat=True)}

    def find(ref: Ref) -> int:
        if isinstance(ref, Unit):
            return ref.pk
        if isinstance(ref, str) and ref in codes:
            return codes[ref]
        if isinstance(ref, int) and ref in known:
            return ref
        raise Refused("organisations.no_such_unit", INVALID, unit=str(ref))

    return find


def _refuse_second_change(rows: Sequence[Change]) -> None:
    """Two changes of the same thing on the same day cannot both be right; said before the database would say it."""
    single = [row for row in rows if row.attribute != Change.Attribute.HEIR]
    seen: set[tuple[int, str]] = set()
    for row in single:
        if (row.unit_id, row.attribute) in seen:
            raise _twice(row)
        seen.add((row.unit_id, row.attribute))
    if not rows:
        return
    for part in chunks({row.unit_id for row in single}):
        known: QuerySet[Change] = Change.objects.filter(unit__in=part, effective_on=rows[0].effective_on, revoked=False)
        for row in known.exclude(attribute=Change.Attribute.HEIR):
            if (row.unit_id, row.attribute) in seen:
                raise _twice(row)


def _twice(row: Change) -> Refused:
    return Refused(
        "organisations.said_twice",
        unit=row.unit.code,
        what=str(Change.Attribute(row.attribute).label),
        day=f"{row.effective_on:%d/%m/%Y}",
    )


def _follow(touched: set[int], records: list[Reorganisation], act: Act) -> None:
    """Derive, then let the folders that hold open work bring it to those who are now answerable for it."""
    affected = sorted(derive(touched, min(one.effective_on for one in records)).affected)
    for name in settings.ON_REORGANISED:
        handler: Handler = import_string(name)
        handler(records, affected, act)


def _tell(made: Reorganisation, rows: list[Change]) -> None:
    """Say it in the history, once for each unit of which it says something and each that takes over."""
    heirs = [row.other_id for row in rows if row.attribute == Change.Attribute.HEIR and row.other_id is not None]
    for number, unit in enumerate(dict.fromkeys([*(row.unit_id for row in rows), *heirs])):
        record(
            f"organisations.{made.kind}",
            made,
            unit=unit,
            data={"effective_on": made.effective_on},
            rows=rows if number == 0 else (),
        )
