"""The steps of early warning: each is taken once, on the first day on which it is due, however late the clock comes to it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from dondoc.accounts.queries import reachable
from dondoc.obligations import rules
from dondoc.obligations.content import Rung, ladders
from dondoc.obligations.models import Obligation, Step
from dondoc.obligations.rules import Past, Verdict
from dondoc.organisations.models import UnitParent


def day_of(one: Obligation, rung: Rung) -> date | None:
    """The day on which a step is due, None where it is not for this obligation."""
    if (one.ends_on - one.begins_on).days < rung.period:
        return None
    open_yet = one.verdict == Verdict.OPEN and one.done_on is None
    wanted = open_yet if rung.clock == "before" else one.verdict in rules.UNMET
    if not wanted:
        return None
    on = one.last_day + timedelta(days=rung.days)
    return on if on >= one.begins_on else None


def following(one: Obligation, day: date) -> date | None:
    """The next day after `day` on which time alone brings something: a step, or the end of grace."""
    days = [on for rung in ladders().on(day) if (on := day_of(one, rung)) and on > day]
    if one.verdict == Verdict.OPEN:
        days.append(max(one.last_day, day) + timedelta(days=1))
        # A unit that has ended owes nothing that falls due later.
    return min(days, default=None)


def take_steps(live: Sequence[Obligation], rows: Sequence[Obligation], day: date) -> int:
    """Take what is due of some obligations, which are among those judged just now; returns how many steps are new. Four queries, and none where nothing is due."""
    due = [(one, rung, on) for one in live for rung in ladders().on(day) if (on := day_of(one, rung)) and on <= day]
    if not due:
        return 0
    taken = set(
        Step.objects.filter(obligation__in={one.pk for one, _, _ in due}).values_list("obligation", "step", "due_on")
    )
    due = [(one, rung, on) for one, rung, on in due if (one.pk, rung.code, on) not in taken]
    past = _past(rows, [(one, rung) for one, rung, _ in due if rung.within], day)
    due = [(one, rung, on) for one, rung, on in due if _is_so(one, rung, past[one.unit_id])]
    if not due:
        return 0
    units = {one.unit_id for one, _, _ in due}
    parents = dict(UnitParent.objects.on(day).filter(unit__in=units).values_list("unit", "parent"))
    reached = reachable({*units, *parents.values()}, day)
    steps = [
        Step(obligation=one, step=rung.code, due_on=on, done_on=day, unit_id=unit, audience=audience, on_paper=paper)
        for one, rung, on in due
        for name in rung.audience
        for unit, audience, paper in _told(one.unit_id, name, parents, reached)
    ]
    Step.objects.bulk_create(steps, ignore_conflicts=True, batch_size=500)
    return len(steps)


def _told(
    unit: int, name: str, parents: dict[int, int], reached: dict[int, set[str]]
) -> Iterator[tuple[int, str, bool]]:
    """The unit where an audience is, as (unit, audience, on paper); where nobody there looks in, on paper and at the superior as well."""
    audience = ladders().audiences[name]
    place = unit if audience.where == "unit" else parents.get(unit)
    if place is None:
        return
    paper = not (audience.kinds & reached.get(place, set()))
    yield place, name, paper
    above = parents.get(place)
    if paper and above is not None:
        yield above, "superior", False


def _past(rows: Sequence[Obligation], asking: Sequence[tuple[Obligation, Rung]], day: date) -> dict[int, list[Past]]:
    """How the obligations stand of the units whose patterns are asked for, so far back as that takes: as stored, and as judged just now.

    One query, and none where nothing is asked.
    """
    found: dict[int, list[Past]] = defaultdict(list)
    if not asking:
        return found
    # A drop is compared with twice as many days before.
    since = min(one.last_day - timedelta(days=rung.within * (3 if rung.drop else 1)) for one, rung in asking)
    units = {one.unit_id for one, _ in asking}
    fresh = {one.pk: one.verdict for one in rows}
    stored = Obligation.objects.filter(unit__in=units, last_day__gt=since, last_day__lte=day)
    for pk, unit, code, last_day, verdict in stored.values_list("pk", "unit", "code", "last_day", "verdict"):
        found[unit].append(Past(code, last_day, fresh.get(pk, verdict)))
    return found


def _is_so(one: Obligation, rung: Rung, past: Sequence[Past]) -> bool:
    """Whether the pattern that a step waits for is there; a step without one is always due."""
    if rung.lapses and rules.lapses(past, one.code, one.last_day, rung.within) < rung.lapses:
        return False
    if rung.duties and rules.duties_lapsed(past, one.last_day, rung.within) < rung.duties:
        return False
    return not rung.drop or rules.drop(past, one.last_day, rung.within) >= rung.drop
