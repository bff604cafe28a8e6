"""Who holds a part: handing it over, and deciding what a reorganisation left open."""

from datetime import date

from dondoc.accounts.models import Post
from dondoc.directives import holders, rules
from dondoc.directives.models import Assignment, Role, RoleDecision
from dondoc.history.services import Act, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Unit

from .claiming import put, take

Part = rules.Part
WATCHING = frozenset({Part.FOLLOWER, Part.VERIFIER})


def _give(
    assignment: Assignment, part: rules.Part, unit: int, post: int | None, on: date, reason: str, act: Act
) -> RoleDecision:
    """A decision from a day on, and the roles that follow from it. Refused where a unit would watch over itself."""
    if not reason.strip():
        raise Refused("directives.reason_missing", INVALID)
    if not Unit.objects.on(on).filter(pk=unit).exists():
        raise Refused("directives.unit_has_ended", INVALID)
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
    decision = RoleDecision.objects.create(
        assignment=assignment,
        role=part.value,
        unit_id=unit,
        post_id=post,
        effective_on=on,
        decided_on=act.day,
        reason=reason.strip(),
    )
    holders.rebuild([assignment])
    return decision


def hand_over(
    assignment_id: int, *, role: str, unit: int, reason: str, post: int | None = None, seen: int, act: Act
) -> Assignment:
    """Give a part to another unit from today on (the answerable part: to another post of the receiver). What was objected to starts afresh."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "hand_over")
        part = rules.Part(role)
        if assignment.state == rules.State.OBJECTED.value and part is not Part.RECEIVER:
            raise Refused("directives.objection_is_open")
        decision = _give(assignment, part, unit, post, act.day, reason, act)
        fields = {"objected_on": None} if assignment.state == rules.State.OBJECTED.value else {}
        put(
            [assignment],
            "hand_over",
            act,
            rows=[decision],
            data={"role": part.value, "to": unit, "decision": decision.pk},
            **fields,
        )
    return assignment


def decide_role(role_id: int, *, unit: int, reason: str, seen: int, act: Act) -> Assignment:
    """Give a part that waits to a unit, from today on, or from the day since which it waits where that is still to come."""
    with writing(act):
        role = Role.objects.filter(pk=role_id, how=rules.How.PARKED.value).first()
        if role is None:
            raise Refused("directives.role_is_decided")
        [assignment] = take([role.assignment_id], seen, "decide_role")
        role = Role.objects.filter(pk=role_id, how=rules.How.PARKED.value).first()
        if role is None or (role.valid_to is not None and role.valid_to <= act.day):
            raise Refused("directives.role_is_decided")
        on = max(act.day, role.valid_from)
        decision = _give(assignment, rules.Part(role.role), unit, None, on, reason, act)
        put(
            [assignment],
            "decide_role",
            act,
            rows=[decision],
            data={"role": role.role, "to": unit, "decision": decision.pk},
        )
    return assignment
