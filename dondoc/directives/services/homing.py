"""Who holds a part: handing it over, and deciding what a reorganisation left open."""

from datetime import date
from typing import Any

from dondoc.accounts.models import Post
from dondoc.directives import holders, rules
from dondoc.directives.models import Assignment, Role, RoleDecision
from dondoc.documents.rules import stop_if_secret
from dondoc.history.services import Act, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.services import queue

from .claiming import put, take
from .fitting import WATCHING, require_fitting

Part = rules.Part


def _give(
    assignment: Assignment,
    part: rules.Part,
    unit: int,
    post: int | None,
    on: date,
    reason: str,
    act: Act,
    waits: Role | None = None,
) -> RoleDecision:
    """A decision from a day on, and the roles that follow from it. Refused where the unit may not hold the part or would watch over itself."""
    if not reason.strip():
        raise Refused("directives.reason_missing", INVALID)
    stop_if_secret(reason)
    held = holders.on(on, [assignment.pk]).get(assignment.pk, {})
    units = {rules.Part(name): row.unit_id for name, row in held.items()}
    if part in WATCHING and units.get(Part.RECEIVER) == unit:
        raise Refused("directives.watches_itself", INVALID)
    if part is Part.RECEIVER and unit in {units.get(one) for one in WATCHING}:
        raise Refused("directives.watches_itself", INVALID)
    if part is Part.ANSWERABLE and not (
        units.get(Part.RECEIVER) == unit and Post.objects.on(on).filter(pk=post, unit=unit).exists()
    ):
        raise Refused("directives.not_a_post_of_the_receiver", INVALID)
    if part is not Part.ANSWERABLE:
        require_fitting(part, unit, assignment, on, waits=waits)
    decision = RoleDecision.objects.create(
        assignment=assignment,
        role=part.value,
        unit_id=unit,
        post_id=post,
        effective_on=on,
        decided_on=act.day,
        reason=reason.strip(),
        answers_id=waits.reorganisation_id if waits is not None else None,
    )
    holders.rebuild([assignment])
    return decision


def hand_over(
    assignment_id: int, *, role: str, unit: int, reason: str, post: int | None = None, seen: int, act: Act
) -> Assignment:
    """Give a part to another unit from today on (the answerable part: to another post of the receiver).

    Another receiver starts afresh: it has to acknowledge, or may object, and its time to do so counts from today. Refused while a
    reported result waits for its judgement, which nobody would give any more.
    """
    part = rules.Part(role)
    if part is Part.ISSUER:
        raise Refused("directives.no_such_field", INVALID)
    with writing(act):
        queue()
        if part is Part.RECEIVER:
            return _hand_on(assignment_id, unit, reason, seen, act)
        [assignment] = take([assignment_id], seen, "hand_over")
        if assignment.state == rules.State.OBJECTED.value:
            raise Refused("directives.objection_is_open")
        decision = _give(assignment, part, unit, post, act.day, reason, act)
        put([assignment], "hand_over", act, rows=[decision], data=_told(decision))
    return assignment


def _hand_on(assignment_id: int, unit: int, reason: str, seen: int, act: Act) -> Assignment:
    [assignment] = take([assignment_id], seen, "hand_over")
    if assignment.state == rules.State.REPORTED.value:
        raise Refused("directives.result_is_reported")
    held = holders.on(act.day, [assignment.pk]).get(assignment.pk, {}).get(Part.RECEIVER.value)
    if held is not None and held.unit_id == unit:
        raise Refused("directives.receives_it_already")
    decision = _give(assignment, Part.RECEIVER, unit, None, act.day, reason, act)
    put(
        [assignment],
        "hand_on",
        act,
        rows=[decision],
        data=_told(decision),
        asked_anew_on=act.day,
        acknowledged_on=None,
        objected_on=None,
        returned_on=None,
    )
    return assignment


def _told(decision: RoleDecision) -> dict[str, Any]:
    return {"role": decision.role, "to": decision.unit_id, "decision": decision.pk}


def decide_role(role_id: int, *, unit: int, reason: str, seen: int, act: Act) -> Assignment:
    """Give a part that waits to a unit, from today on, or from the day since which it waits where that is still to come."""
    with writing(act):
        queue()
        role = Role.objects.filter(pk=role_id, how=rules.How.PARKED.value).first()
        if role is None:
            raise Refused("directives.role_is_decided")
        [assignment] = take([role.assignment_id], seen, "decide_role")
        role = Role.objects.filter(pk=role_id, how=rules.How.PARKED.value).first()
        if role is None or (role.valid_to is not None and role.valid_to <= act.day):
            raise Refused("directives.role_is_decided")
        on = max(act.day, role.valid_from)
        decision = _give(assignment, rules.Part(role.role), unit, None, on, reason, act, waits=role)
        put(
            [assignment],
            "decide_role",
            act,
            rows=[decision],
            data=_told(decision),
        )
    return assignment
