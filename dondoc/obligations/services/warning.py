"""The steps of early warning: each is taken once, on the first day on which it is due, however late the clock comes to it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from dondoc.accounts.queries import reachable
from dondoc.obligations import rules
from dondoc.obligations.content import Rung, ladders
from dondoc.obligations.models import Obligation, Step
from dondoc.obligations.rules import Verdict
from dondoc.organisations.models import UnitParent

YEAR = timedelta(days=365)


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


def take_steps(rows: Sequence[Obligation], day: date) -> int:
    """Take what is due of these obligations; returns how many steps are new. Four queries, and none where nothing is due."""
    due = [(one, rung, on) for one in rows for rung in ladders().on(day) if (on := day_of(one, rung)) and on <= day]
    if not due:
        return 0
    taken = set(
        Step.objects.filter(obligation__in={one.pk for one, _, _ in due}).values_list("obligation", "step", "due_on")
    )
    due = [(one, rung, on) for one, rung, on in due if (one.pk, rung.code, on) not in taken]
    lapses = _lapses(rows)
    due = [(one, rung, on) for one, rung, on in due if rung.clock == "before" or _so_far(lapses, one) >= rung.lapses]
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


def _lapses(rows: Sequence[Obligation]) -> dict[tuple[int, str], list[date]]:
    """The last days of what lapsed, by unit and duty."""
    found: dict[tuple[int, str], list[date]] = defaultdict(list)
    for one in rows:
        if one.verdict in rules.LAPSES:
            found[one.unit_id, one.code].append(one.last_day)
    return found


def _so_far(lapses: dict[tuple[int, str], list[date]], one: Obligation) -> int:
    """How many times this duty had lapsed within a year when this one did, itself included: later ones make it no worse."""
    return sum(one.last_day - YEAR < day <= one.last_day for day in lapses[one.unit_id, one.code])
