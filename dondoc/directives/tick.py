"""The ladder by itself: every step whose day has come is taken once, also after days that were skipped."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from dondoc.accounts.models import Term
from dondoc.clock.services import system_act
from dondoc.history.services import record, writing

from . import content, holders, rules, schedule
from .models import Assignment, Role, Step

logger = logging.getLogger(__name__)

# So many fit well into 200 ms: long enough to spare the disk, short enough to keep nobody waiting.
TOGETHER = 10

Target = tuple[int, str, bool]
"""A unit, the audience there, and whether the step goes there on paper."""


def step(day: date) -> int:
    """Take all steps due up to and with the day; returns how many. A few assignments are one act: a killed run goes on where it was."""
    due = list(
        Assignment.objects.filter(next_step_on__lte=day).order_by("next_step_on", "pk").values_list("pk", flat=True)
    )
    done = 0
    for start in range(0, len(due), TOGETHER):
        with writing(system_act(day)):
            done += sum(_tried(key, day) for key in due[start : start + TOGETHER])
    return done


def _tried(key: int, day: date) -> int:
    """`take`; an assignment that cannot be taken stops no other. It stays due, so the next run tries it again."""
    try:
        return take(key, day)
    except Exception:
        logger.exception("The ladder's steps of assignment %s on %s were not taken", key, day)
        return 0


def take(assignment_id: int, day: date) -> int:
    """Take the due steps of one assignment; 0 where another run has done so meanwhile."""
    with writing(system_act(day)):
        assignment = Assignment.objects.select_for_update().filter(pk=assignment_id, next_step_on__lte=day).first()
        if assignment is None:
            return 0
        waiting = schedule.waiting([assignment], day)[assignment.pk]
        due = schedule.untaken(assignment, waiting, day)
        roles = list(Role.objects.on(day).filter(assignment=assignment))
        receiver = next((role.unit_id for role in roles if role.role == rules.Part.RECEIVER.value), None)
        targets = _targets({name for one in due for name in one.rung.audience}, roles, day)
        steps = [
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
            for one in due
            for unit, audience, on_paper in _once(target for name in one.rung.audience for target in targets[name])
        ]
        Step.objects.bulk_create(steps)
        for one in due:
            data = {"step": one.rung.code, "due_on": one.due_on, "done_on": day}
            rows = [
                row
                for row in steps
                if (row.step, row.counted_from, row.due_on) == (one.rung.code, one.counted_from, one.due_on)
            ]
            record("directives.step_taken", assignment, unit=receiver, data=data, rows=rows)
        assignment.next_step_on = schedule.following(assignment, waiting, day)
        assignment.save(update_fields=["next_step_on"])
    return len(due)


def _once(targets: Iterable[Target]) -> list[Target]:
    found: dict[tuple[int, str], bool] = {}
    for unit, audience, on_paper in targets:
        found[unit, audience] = found.get((unit, audience), False) or on_paper
    return [(unit, audience, on_paper) for (unit, audience), on_paper in found.items()]


def _targets(names: Collection[str], roles: Sequence[Role], day: date) -> dict[str, list[Target]]:
    """For each audience the unit it stands for today, as (unit, audience, on paper).

    Where its part waits for a decision, the unit that must decide; where nobody holds it, the issuer: a step always reaches somebody. Where
    nobody at the unit has ever signed in, the step goes there on paper, and to the superior as well.
    """
    known = content.ladders().audiences
    issuers = [role.unit_id for role in roles if role.role == rules.Part.ISSUER.value and role.unit_id is not None]
    meant: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for name in names:
        part = known[name].part
        for role in roles:
            if role.parked_with_id is not None and (name == content.PARKED or part == role.role):
                meant[name].add((role.parked_with_id, content.PARKED))
            elif role.unit_id is not None and part == role.role:
                meant[name].add((role.unit_id, name))
        if not meant[name]:
            meant[name] = {(unit, "issuer") for unit in issuers}
    reachable = _reachable({unit for pairs in meant.values() for unit, _name in pairs}, day)
    unreached = {
        (unit, name)
        for pairs in meant.values()
        for unit, name in pairs
        if not (known[name].kinds & reachable.get(unit, set()))
    }
    tree = holders.load_tree({unit for unit, _name in unreached}) if unreached else rules.Tree()
    found: dict[str, list[Target]] = {}
    for name, pairs in meant.items():
        targets: list[Target] = []
        for unit, audience in sorted(pairs):
            on_paper = (unit, audience) in unreached
            targets.append((unit, audience, on_paper))
            if on_paper and (above := tree.superior(unit, day)) is not None:
                targets.append((above, "superior", True))
        found[name] = targets
    return found


def _reachable(units: Collection[int], day: date) -> dict[int, set[str]]:
    """The kinds of post of each unit that somebody holds, or deputises in, who has signed in before."""
    terms = Term.objects.on(day).filter(
        post__unit__in=units, account__is_active=True, account__last_login__isnull=False
    )
    found: dict[int, set[str]] = defaultdict(set)
    for unit, kind in terms.values_list("post__unit", "post__kind"):
        found[unit].add(kind)
    return found
