"""The ladder by itself: every step whose day has come is taken once, also after days that were skipped."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from dondoc.accounts.queries import reachable
from dondoc.clock.services import system_act
from dondoc.history.services import record, writing

from . import content, holders, rules, schedule
from .models import Assignment, Role, Step

logger = logging.getLogger(__name__)

# So many fit well into 200 ms: long enough to spare the disk, short enough to keep nobody waiting.
TOGETHER = 50

Target = tuple[int, str, bool]
"""A unit, the audience there, and whether the step goes there on paper."""


def step(day: date) -> int:
    """Take all steps due up to and with the day; returns how many. Some assignments are one act: a killed run goes on where it was."""
    due = list(
        Assignment.objects.filter(next_step_on__lte=day).order_by("next_step_on", "pk").values_list("pk", flat=True)
    )
    return sum(_tried(due[start : start + TOGETHER], day) for start in range(0, len(due), TOGETHER))


def _tried(keys: Sequence[int], day: date) -> int:
    """`take`; an assignment that cannot be taken stops no other. It stays due, so the next run tries it again."""
    try:
        return take(keys, day)
    except Exception:
        if len(keys) > 1:
            return sum(_tried([key], day) for key in keys)
        logger.exception("The ladder's steps of assignment %s on %s were not taken", keys[0], day)
        return 0


def take(keys: Sequence[int], day: date) -> int:
    """Take the due steps of these assignments in one act, leaving out those that another run has taken meanwhile; returns how many.

    A fixed number of queries, however many assignments.
    """
    with writing(system_act(day)):
        found = Assignment.objects.select_for_update().filter(pk__in=keys, next_step_on__lte=day)
        assignments = list(found.order_by("next_step_on", "pk"))
        waiting = schedule.waiting(assignments, day)
        due = {one.pk: schedule.untaken(one, waiting[one.pk], day) for one in assignments}
        roles: dict[int, list[Role]] = defaultdict(list)
        for role in Role.objects.on(day).filter(assignment__in=assignments):
            roles[role.assignment_id].append(role)
        targets = _targets(
            {key: {name for one in several for name in one.rung.audience} for key, several in due.items()}, roles, day
        )
        steps: dict[tuple[int, rules.Occurrence], list[Step]] = {}
        for assignment in assignments:
            for one in due[assignment.pk]:
                steps[assignment.pk, one] = [
                    Step(
                        assignment=assignment,
                        step=one.rung.code,
                        counted_from=one.counted_from,
                        due_on=one.due_on,
                        done_on=day,
                        unit_id=unit,
                        audience=audience,
                        on_paper=on_paper,
                    )
                    for unit, audience, on_paper in _once(
                        target for name in one.rung.audience for target in targets[assignment.pk][name]
                    )
                ]
        Step.objects.bulk_create([row for rows in steps.values() for row in rows])
        for assignment in assignments:
            receiver = next((role.unit_id for role in roles[assignment.pk] if role.role == rules.Part.RECEIVER), None)
            for one in due[assignment.pk]:
                data = {"step": one.rung.code, "due_on": one.due_on, "done_on": day}
                rows = steps[assignment.pk, one]
                record("directives.step_taken", assignment, unit=receiver, data=data, rows=rows)
            assignment.next_step_on = schedule.following(assignment, waiting[assignment.pk], day)
        Assignment.objects.bulk_update(assignments, ["next_step_on"])
    return sum(map(len, due.values()))


def _once(targets: Iterable[Target]) -> list[Target]:
    found: dict[tuple[int, str], bool] = {}
    for unit, audience, on_paper in targets:
        found[unit, audience] = found.get((unit, audience), False) or on_paper
    return [(unit, audience, on_paper) for (unit, audience), on_paper in found.items()]


def _targets(
    names: Mapping[int, Collection[str]], roles: Mapping[int, Sequence[Role]], day: date
) -> dict[int, dict[str, list[Target]]]:
    """For each assignment and each of its audiences the units that it stands for today, as (unit, audience, on paper).

    Where nobody at the unit has ever signed in, the step goes there on paper, and to the superior as well.
    """
    meant = {key: _meant(wanted, roles[key]) for key, wanted in names.items()}
    pairs = {pair for audiences in meant.values() for several in audiences.values() for pair in several}
    known = content.ladders().audiences
    reach = reachable({unit for unit, _name in pairs}, day)
    unreached = {(unit, name) for unit, name in pairs if not (known[name].kinds & reach.get(unit, set()))}
    tree = holders.load_tree({unit for unit, _name in unreached}) if unreached else rules.Tree()

    def of(pair: tuple[int, str]) -> list[Target]:
        unit, audience = pair
        above = tree.superior(unit, day) if pair in unreached else None
        return [(unit, audience, pair in unreached), *([(above, "superior", True)] if above is not None else [])]

    return {
        key: {name: [target for pair in sorted(several) for target in of(pair)] for name, several in audiences.items()}
        for key, audiences in meant.items()
    }


def _meant(names: Collection[str], roles: Sequence[Role]) -> dict[str, set[tuple[int, str]]]:
    """The units and audiences behind the names of audiences of one assignment.

    Where a part waits for a decision, the unit that must decide; where nobody holds it, the issuer: a step always reaches somebody.
    """
    known = content.ladders().audiences
    issuers = {
        (role.unit_id, "issuer") for role in roles if role.role == rules.Part.ISSUER and role.unit_id is not None
    }
    meant: dict[str, set[tuple[int, str]]] = {}
    for name in names:
        part = known[name].part
        found: set[tuple[int, str]] = set()
        for role in roles:
            if role.parked_with_id is not None and (name == content.PARKED or part == role.role):
                found.add((role.parked_with_id, content.PARKED))
            elif role.unit_id is not None and part == role.role:
                found.add((role.unit_id, name))
        meant[name] = found or set(issuers)
    return meant
