"""The verdicts on what units owe, as the evidence says today, and the steps of the ladder that follow."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from dondoc.directives.content import calendar
from dondoc.history.services import Act, record, writing
from dondoc.lib.cadence import Due
from dondoc.lib.evidence import Evidence, Proof
from dondoc.lib.periods import Interval
from dondoc.obligations import rules
from dondoc.obligations.models import Excuse, Judgement, Obligation
from dondoc.obligations.rules import Judged, Owed, Verdict
from dondoc.regulations.models import Version
from dondoc.regulations.rules import grace_of

from .doubting import doubt
from .opening import around, obligation
from .warning import following, take_steps

FIELDS = ("begins_on", "ends_on", "due_on", "last_day", "verdict", "done_on", "proof", "judge_on", "version")
WINDOW = timedelta(days=400)
"""What ended longer ago stays as it was judged."""
UNPROVEN = Judged(Verdict.OPEN)
AHEAD = timedelta(days=62)
"""Papers are asked for as soon as their meeting is that near; every unit is looked at once a month at least."""


def evidence_changed(units: Iterable[int], act: Act) -> None:
    """To be called inside the act that wrote what may be evidence: what the units owe is judged anew, at once."""
    rejudge(sorted(set(units)), act, anew=True)


def rejudge(
    units: Sequence[int], act: Act, since: date | None = None, *, anew: bool = False, due_only: bool = False
) -> int:
    """Judge what these units owe, also what ended on `since` or later; returns how many verdicts changed.

    `anew`: their records changed, so doubts are looked at even where no verdict does. `due_only`: only time has passed, so duties of which
    nothing is due are left alone. A fixed number of queries, however many units.
    """
    day = act.day
    start = min(since or day, day - WINDOW)
    # Whoever has no regulation owes nothing, so nothing is looked for: most reports and reorganisations are of such units.
    units = sorted(set(Version.objects.filter(unit__in=units).order_by().values_list("unit", flat=True)))
    if not units:
        return 0
    with writing(act):
        proofs = evidence(units, start - AHEAD, day + WINDOW)
        wanted = Obligation.objects.filter(unit__in=units, ends_on__gt=start)
        if due_only:
            codes = set(wanted.filter(judge_on__lte=day).order_by().values_list("code", flat=True))
            wanted = wanted.filter(Q(code__in=codes) | ~Q(event=""))
        # Few duties and units stand behind many rows: each is read once.
        rows = list(wanted.select_for_update().prefetch_related("duty", "unit").order_by("pk"))
        stored = {one.pk: _as_stored(one) for one in rows}
        new, gone = _events(units, rows, proofs, day)
        rows += new
        if not rows:
            return 0
        excused = set(
            Excuse.objects.filter(obligation__unit__in=units, granted=True, revoked_on=None).values_list(
                "obligation", flat=True
            )
        )
        changed = _judge(rows, proofs, excused, gone, day)
        _write(rows, changed, day)
        fresh = set(units) if anew else {one.unit_id for one in rows if changed.get(one.pk, UNPROVEN).proof}
        doubt(fresh, [one for one in rows if one.unit_id in fresh], day)
        # What is new, has changed or moved with its meeting, and what the clock was to look at.
        live = [
            one
            for one in rows
            if _as_stored(one) != stored.get(one.pk) or (one.judge_on is not None and one.judge_on <= day)
        ]
        take_steps(live, rows, day)
        for one in live:
            one.judge_on = following(one, day)
        moved = [one for one in rows if _as_stored(one) != stored.get(one.pk)]
        # The rows are there and locked: writing them over is several times faster than an update with a case for each.
        Obligation.objects.bulk_create(
            moved, update_conflicts=True, update_fields=FIELDS, unique_fields=["id"], batch_size=500
        )
    return len(changed)


def evidence(units: Collection[int], since: date, until: date) -> dict[tuple[int, Evidence], list[Proof]]:
    """All that the folders of `settings.EVIDENCE` find for these units, by unit and kind."""
    found: dict[tuple[int, Evidence], list[Proof]] = defaultdict(list)
    for name in settings.EVIDENCE:
        for proof in import_string(name)(units, since, until):
            found[proof.unit, proof.kind].append(proof)
    return found


def _events(
    units: Sequence[int],
    rows: Sequence[Obligation],
    proofs: Mapping[tuple[int, Evidence], Sequence[Proof]],
    day: date,
) -> tuple[list[Obligation], set[int]]:
    """What comes with meetings: owed as soon as it can be, moved where its meeting moved.

    Returns what is new, and the keys of that whose meeting was cancelled, so that it asks for nothing any more.
    """
    there = {(one.unit_id, one.code, one.event): one for one in rows if one.event}
    made: list[Obligation] = []
    kept: set[tuple[int, str, str]] = set()
    for duty, version, cadence, end in around(units, day):
        for proof in proofs.get((version.unit_id, Evidence(cadence.event)), ()):
            base = proof.on or proof.planned_on
            start = max(version.holds_from, version.approved_on)
            if base is None or base < start or (end is not None and base >= end):
                continue
            place = version.unit_id, duty.code, proof.key
            before = cadence.days < 0
            kept.add(place)
            if base > day + AHEAD or (not before and proof.on is None):
                continue
            on = cadence.due_on(base, calendar())
            period = Interval(min(on, base), max(on, base) + timedelta(days=1))
            row = there.get(place)
            if row is None:
                made.append(obligation(duty, version, Due(period, on), proof.key))
            elif row.due_on != on:
                grace = grace_of(duty.content)
                row.begins_on, row.ends_on, row.due_on = min(on, base), max(on, base) + timedelta(days=1), on
                row.last_day = grace.last_day(on, calendar()) if grace else on
    gone = {
        row.pk for place, row in there.items() if place not in kept and row.verdict in (Verdict.OPEN, Verdict.ENDED)
    }
    Obligation.objects.bulk_create(made, ignore_conflicts=True)
    if not made:
        return [], gone
    new = (
        Obligation.objects.filter(unit__in=units, event__in={one.event for one in made})
        .exclude(pk__in=[one.pk for one in rows])
        .select_related("duty", "unit")
    )
    return list(new), gone


def _judge(
    rows: Sequence[Obligation],
    proofs: Mapping[tuple[int, Evidence], Sequence[Proof]],
    excused: Collection[int],
    gone: Collection[int],
    day: date,
) -> dict[int, Judged]:
    """The verdicts that are others than they were, by obligation."""
    together: dict[tuple[int, str], list[Obligation]] = defaultdict(list)
    for one in rows:
        together[one.unit_id, one.code].append(one)
    changed: dict[int, Judged] = {}
    for (unit, _), several in together.items():
        owed = [owed_by(one) for one in several if one.pk not in gone]
        kinds = {one.kind for one in owed}
        found = [proof for kind in kinds for proof in proofs.get((unit, kind), ())]
        judged = rules.judge(owed, found, excused, day)
        for one in several:
            after = judged.get(one.pk, Judged(Verdict.ENDED))
            if (after.verdict, after.done_on, after.proof) != (one.verdict, one.done_on, one.proof):
                changed[one.pk] = after
    return changed


def owed_by(one: Obligation) -> Owed:
    """An obligation as the rules take it."""
    kind = Evidence(one.duty.evidence)
    over = one.unit.valid_to
    return Owed(one.pk, kind, one.begins_on, one.ends_on, one.due_on, one.last_day, one.event, over)


def _write(rows: Sequence[Obligation], changed: Mapping[int, Judged], day: date) -> None:
    judgements = []
    lapsed = []
    for one in rows:
        after = changed.get(one.pk)
        if after is None:
            continue
        if after.verdict in rules.UNMET and one.verdict not in rules.LAPSES:
            lapsed.append(one)
        if after.verdict != one.verdict or after.done_on != one.done_on:
            judgements.append(
                Judgement(obligation=one, verdict=after.verdict, on=day, done_on=after.done_on, proof=after.proof)
            )
        one.verdict, one.done_on, one.proof = after.verdict, after.done_on, after.proof
        one.version += 1
    Judgement.objects.bulk_create(judgements, batch_size=500)
    for one in lapsed:
        data = {"verdict": one.verdict, "due_on": one.due_on, "last_day": one.last_day}
        record("obligations.lapsed", one, unit=one.unit_id, data=data)
    if judgements:
        record("obligations.judged", judgements[0].obligation, data={"count": len(judgements)}, rows=judgements)


def _as_stored(one: Obligation) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in FIELDS)
