"""Deciding what becomes of what a unit that ended had still to achieve."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Max

from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.wording import day as written
from dondoc.lib.wording import number
from dondoc.organisations.services import queue
from dondoc.targets import rules
from dondoc.targets.models import Decision, Kind, Remainder, Target
from dondoc.targets.queries import in_force
from dondoc.targets.remainders import lefts

from .claiming import decide, touch
from .values import Basis


def settle(remainder: int, shares: Mapping[int, int], let_go: int, *, basis: Basis, seen: int, act: Act) -> Remainder:
    """Give what is left to the units that take it on (unit → number); `let_go` is what nobody takes on. It adds up to what is left.

    Each of them then has that much more assigned, from the day that `basis` says. Refused: it does not add up, with the difference; a
    unit that is none of the heirs and does not stand directly below; a day before one from which such a unit has other numbers, which
    would end what it is given; no reason (422); decided or changed meanwhile (409).
    """
    if not basis.reason.strip():
        raise Refused("targets.no_reason", INVALID)
    if any(not 0 <= one <= rules.LARGEST for one in (*shares.values(), let_go)):
        raise Refused("targets.not_a_count", INVALID)
    with writing(act):
        queue()
        row = Remainder.objects.select_related("unit").get(pk=remainder)
        claimed = Remainder.objects.filter(pk=remainder, version=seen, state=Remainder.State.WAITING)
        if not claimed.update(version=seen + 1):
            raise Refused("targets.settled_meanwhile")
        if basis.holds_from < row.on:
            raise Refused("targets.before_it_ended", INVALID)
        [left] = lefts([row], act.day)
        given = sum(shares.values()) + let_go
        if given != left.rest:
            code = "targets.settles_more" if given > left.rest else "targets.settles_less"
            data = {"rest": number(left.rest), "sum": number(given), "difference": number(abs(given - left.rest))}
            raise Refused(code, INVALID, **data)
        known = {one.label.unit for one in left.shares} | {one.unit for one in left.others}
        if set(shares) - known:
            raise Refused("targets.not_an_heir", INVALID)
        _refuse_what_would_end(row, [unit for unit, n in shares.items() if n], basis.holds_from)
        row = _write(Remainder.objects.get(pk=remainder), {unit: n for unit, n in shares.items() if n}, basis, act)
        row.rest, row.let_go = left.rest, let_go
        row.state, row.decided_on, row.reason = Remainder.State.DECIDED, act.day, basis.reason.strip()
        row.save()
        said = {"of": row.unit_id, "indicator": row.indicator, "year": row.year, "rest": left.rest, "let_go": let_go}
        record("targets.settled", row, unit=row.keeper_id, data=said)
    return row


def _refuse_what_would_end(row: Remainder, units: Sequence[int], holds_from: date) -> None:
    later = Target.objects.filter(
        unit__in=units,
        indicator=row.indicator,
        year=row.year,
        decision__kind=Kind.ASSIGNED,
        decision__superseded_at=None,
        decision__holds_from__gt=holds_from,
    )
    if (last := later.aggregate(day=Max("decision__holds_from"))["day"]) is not None:
        raise Refused("targets.settled_before_other_numbers", INVALID, day=written(last))


def _write(row: Remainder, shares: Mapping[int, int], basis: Basis, act: Act) -> Remainder:
    if not shares:
        return row
    sheet = touch(row.keeper_id, row.indicator, row.year)
    decision, rows = decide(sheet, Kind.ASSIGNED, Decision.Way.CARRIED, {}, basis, act)
    present = in_force(shares, row.year, [row.indicator], basis.holds_from)
    targets = []
    for unit, more in shares.items():
        before = present[unit, row.indicator].assigned if (unit, row.indicator) in present else None
        targets.append(
            Target(
                decision=decision,
                unit_id=unit,
                indicator=row.indicator,
                year=row.year,
                value=more + (before.value if before else 0),
                base=before.base if before else None,
                base_on=before.base_on if before else None,
                base_source=before.base_source if before else "",
            )
        )
    Target.objects.bulk_create(targets)
    row.decision = decision
    data = {"indicator": row.indicator, "year": row.year, "decision": decision.pk}
    record("targets.carried", decision, unit=row.keeper_id, data=data, rows=[*rows, *targets])
    for one in targets:
        record("targets.received", one, unit=one.unit_id, data={"indicator": row.indicator, "value": one.value})
    return row
