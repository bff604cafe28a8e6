"""What a person may see and do: the visible assignments and findings, and the doors."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may as may_do
from dondoc.accounts.queries import scope
from dondoc.accounts.rules import Verdict
from dondoc.directives import holders, rules
from dondoc.directives.models import Assignment, Directive, Finding, Report, Role
from dondoc.directives.services.judging import own_duty, reporters_of
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.organisations.models import Ancestry, Heritage, Unit

Part = rules.Part

RIGHT_AT: dict[str, rules.Part] = {
    "directive.prepare": Part.ISSUER,
    "directive.approve": Part.ISSUER,
    "directive.issue": Part.ISSUER,
    "directive.cancel": Part.ISSUER,
    "role.decide": Part.ISSUER,
    "assignment.acknowledge": Part.RECEIVER,
    "assignment.object": Part.RECEIVER,
    "assignment.pass_down": Part.RECEIVER,
    "assignment.report": Part.RECEIVER,
    "assignment.ask_extension": Part.RECEIVER,
    "assignment.accept": Part.VERIFIER,
    "assignment.answer_extension": Part.VERIFIER,
    "assignment.chase": Part.FOLLOWER,
}
"""Against which part's unit a right of `content/accounts/rights.yaml` is checked."""

RIGHT_FOR: dict[str, tuple[tuple[str, rules.Part], ...]] = {
    "save_field": (("directive.prepare", Part.ISSUER),),
    "remove_receiver": (("directive.prepare", Part.ISSUER),),
    "approve": (("directive.approve", Part.ISSUER),),
    "send_back": (("directive.approve", Part.ISSUER),),
    "issue": (("directive.issue", Part.ISSUER),),
    "cancel": (("directive.cancel", Part.ISSUER),),
    "uphold": (("directive.approve", Part.ISSUER),),
    "hand_over": (("role.decide", Part.ISSUER),),
    "acknowledge": (("assignment.acknowledge", Part.RECEIVER),),
    "object_to": (("assignment.object", Part.RECEIVER),),
    "pass_down": (("assignment.pass_down", Part.RECEIVER),),
    "report_progress": (("assignment.report", Part.RECEIVER),),
    "report_result": (("assignment.report", Part.RECEIVER),),
    "ask_extension": (("assignment.ask_extension", Part.RECEIVER),),
    "accept": (("assignment.accept", Part.VERIFIER),),
    "return_result": (("assignment.accept", Part.VERIFIER),),
    "answer_extension": (("assignment.answer_extension", Part.VERIFIER),),
    "reopen": (("assignment.accept", Part.VERIFIER), ("directive.approve", Part.ISSUER)),
    "chase": (("assignment.chase", Part.FOLLOWER),),
}
"""Which right, at which part's unit, each verb needs; one of them is enough."""


def _in_scope(actor: Actor) -> QuerySet[Unit, int]:
    """The units under the actor's posts today and their predecessors, as one list that a database can join from either end."""
    under = Ancestry.objects.on(actor.day).filter(ancestor__in=actor.units)
    inherited = Heritage.objects.filter(
        heir__in=Ancestry.objects.on(actor.day).filter(ancestor__in=actor.units).values("descendant"),
        since__lte=actor.day,
    )
    return under.values_list("descendant", flat=True).union(inherited.values_list("predecessor", flat=True))


def visible(actor: Actor) -> QuerySet[Assignment]:
    """The assignments that this person may see: any part of which is today, or was, with a unit of their scope; drafts only at the issuer's.

    One list of keys, joined once: alternatives ("or") between lists would make PostgreSQL look into each list for every row.
    """
    if not actor.units:
        return Assignment.objects.none()
    # The answerable post belongs to the receiver's unit, so its rows would only repeat the receiver's. What a reorganisation recorded ahead
    # will bring to a unit is not its own yet.
    parts = Role.objects.exclude(role=Part.ANSWERABLE.value).filter(valid_from__lte=actor.day)
    theirs = parts.filter(unit__in=_in_scope(actor), assignment__issued_on__isnull=False).values_list("assignment")
    ours = parts.filter(role=Part.ISSUER.value, unit__in=_own(actor)).values_list("assignment")
    return Assignment.objects.filter(pk__in=theirs.union(ours))


def visible_on(actor: Actor, on: date) -> QuerySet[Assignment]:
    """Of what this person may see today what was there on the day: what was issued by then, and at the issuer's also what was drafted."""
    if on >= actor.day:
        return visible(actor)
    ours = Role.objects.filter(role=Part.ISSUER.value, unit__in=_own(actor)).values("assignment")
    return visible(actor).filter(Q(issued_on__lte=on) | Q(drafted_on__lte=on, pk__in=ours))


def _own(actor: Actor) -> QuerySet[Unit, int]:
    own = Unit.objects.filter(pk__in=actor.units).values_list("pk", flat=True)
    inherited = Heritage.objects.filter(heir__in=actor.units, since__lte=actor.day).values_list(
        "predecessor", flat=True
    )
    return own.union(inherited)


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """The findings that this person may see: about a unit of their scope, or said by one. A common one is seen by all the units named."""
    if not actor.units:
        return Finding.objects.none()
    about = Finding.about.through._default_manager.filter(unit__in=_in_scope(actor)).values_list("finding")
    said = Finding.objects.filter(author_unit__in=_in_scope(actor)).values_list("pk")
    named = Directive.objects.filter(
        origin_kind=OuterRef("origin_kind"), origin_key=OuterRef("origin_key"), units__in=_in_scope(actor)
    )
    common = Finding.objects.filter(Exists(named), common=True, about=None).values_list("pk")
    return Finding.objects.filter(pk__in=about.union(said, common), withdrawn_on=None)


def visible_directives(actor: Actor) -> QuerySet[Directive]:
    """The directives of which a person sees an assignment, and those that their own units gave."""
    if not actor.units:
        return Directive.objects.none()
    mine = Directive.objects.filter(author_unit__in=_own(actor)).values_list("pk")
    seen = Assignment.objects.filter(pk__in=visible(actor).values("pk")).values_list("directive")
    return Directive.objects.filter(pk__in=mine.union(seen), withdrawn_on=None)


def read_whole(actor: Actor, directives: Collection[Directive]) -> set[int]:
    """Of these directives those around which a person may read in the source: it is public, or the unit that said it is in their scope.

    Of a restricted source everybody else sees their own sentences only (design, "People, posts, rights"). One query.
    """
    authors = {one.author_unit_id for one in directives}
    near = set(scope(actor).filter(pk__in=authors).values_list("pk", flat=True))
    return {one.pk for one in directives if one.source.is_public or one.author_unit_id in near}


def _verdict(actor: Actor, what: str, held: dict[str, Role]) -> Verdict:
    """Whether a verb (or a right) is open to the actor at the unit that holds the fitting part today."""
    verdict = Verdict(False, "accounts.not_this_post")
    for right, part in RIGHT_FOR.get(what) or ((what, RIGHT_AT[what]),):
        role = held.get(part.value)
        if role is None or role.unit_id is None:
            verdict = Verdict(False, "directives.holder_undecided")
            continue
        verdict = may_do(actor, right, role.unit_id)
        if verdict:
            return verdict
    return verdict


def access_assignment(actor: Actor, pk: int, may: str | None = None) -> Assignment:
    """The assignment, for a person who may see it (others: 404); `may` is a verb or a right, checked at the unit that holds the fitting
    part on the working day (403 with the reason)."""
    assignment = visible(actor).select_related("directive").filter(pk=pk).first()
    if assignment is None:
        raise Http404
    if may is not None:
        verdict = _verdict(actor, may, holders.on(actor.day, [pk]).get(pk, {}))
        if not verdict:
            raise Refused(verdict.reason, FORBIDDEN)
    return assignment


def access_assignments(actor: Actor, pks: Collection[int], may: str) -> list[Assignment]:
    """Several at once, as `access_assignment`: all of them or none. At most one question of rights per unit that holds a part."""
    found = {one.pk: one for one in visible(actor).select_related("directive").filter(pk__in=pks)}
    if set(pks) - set(found):
        raise Http404
    roles = holders.on(actor.day, found)
    answered: dict[int | None, Verdict] = {}
    for pk in found:
        held = roles.get(pk, {})
        part = (RIGHT_FOR.get(may) or ((may, RIGHT_AT[may]),))[0][1]
        unit = held[part.value].unit_id if part.value in held else None
        if unit not in answered:
            answered[unit] = _verdict(actor, may, held)
        if not answered[unit]:
            raise Refused(answered[unit].reason, FORBIDDEN)
    return [found[pk] for pk in dict.fromkeys(pks)]


def access_directive(actor: Actor, pk: int, may: str | None = None) -> Directive:
    """The directive, for a person who may see it; `may` is a right, checked at the unit that gave it or that took over from it."""
    directive = visible_directives(actor).filter(pk=pk).first()
    if directive is None:
        raise Http404
    if may is not None:
        verdict = may_do(actor, may, holders.living(directive.author_unit_id, actor.day))
        if not verdict:
            raise Refused(verdict.reason, FORBIDDEN)
    return directive


def access_origin(actor: Actor, kind: str, key: int, may: str | None = None) -> list[Directive]:
    """The directives of an origin that a person may see (none: 404); `may` as in `access_directive`."""
    found = list(visible_directives(actor).filter(origin_kind=kind, origin_key=key).order_by("span_start", "pk"))
    if not found:
        raise Http404
    if may is not None:
        for unit in {one.author_unit_id for one in found}:
            verdict = may_do(actor, may, holders.living(unit, actor.day))
            if not verdict:
                raise Refused(verdict.reason, FORBIDDEN)
    return found


def access_role(actor: Actor, pk: int) -> Role:
    """A role that waits, for a person who may decide it: at the unit on whose list it stands, or the issuer's."""
    seen = Q(assignment__in=visible(actor)) | Q(parked_with__in=_own(actor))
    role: Role | None = Role.objects.filter(seen, pk=pk, how=rules.How.PARKED.value).first()
    if role is None or role.parked_with_id is None:
        raise Http404
    verdict = may_do(actor, "role.decide", role.parked_with_id)
    if not verdict:
        verdict = _verdict(actor, "hand_over", holders.on(actor.day, [role.assignment_id])[role.assignment_id])
    if not verdict:
        raise Refused(verdict.reason, FORBIDDEN)
    return role


def allowed(actor: Actor, assignment: Assignment) -> set[str]:
    """The verbs (names of services) that this person may use on the assignment now: the state, the right, and own duty considered."""
    held = holders.on(actor.day, [assignment.pk]).get(assignment.pk, {})
    found = set()
    for verb in RIGHT_FOR:
        if verb in ("save_field", "remove_receiver"):
            legal = assignment.state == rules.State.DRAFTED.value
        else:
            legal = (rules.State(assignment.state), verb) in rules.MOVES
        if legal and _verdict(actor, verb, held):
            found.add(verb)
    return _without_own_duty(actor, assignment, found)


def _without_own_duty(actor: Actor, assignment: Assignment, verbs: set[str]) -> set[str]:
    asked = assignment.extensions.filter(granted=None).first()
    if asked is None:
        verbs.discard("answer_extension")
    else:
        verbs.discard("ask_extension")
    judging = verbs & {"accept", "return_result", "answer_extension"}
    if not judging or actor.acting is None:
        return verbs
    act = actor.act(None)  # type: ignore[arg-type]
    if judging & {"accept", "return_result"} and own_duty(assignment, act, reporters=reporters_of(assignment)):
        verbs -= {"accept", "return_result"}
    if asked is not None and "answer_extension" in verbs and own_duty(assignment, act, reporters={asked.asked_by_id}):
        verbs.discard("answer_extension")
    return verbs


def sees_file(actor: Actor, file: int) -> bool:
    """Whether a stored file belongs to a report that this person may see."""
    return Report.objects.filter(files=file, assignment__in=visible(actor)).exists()


def why_not(actor: Actor, assignment: Assignment, verb: str) -> str:
    """Why a verb that the state allows is not open to this person, as a code; empty where it is open."""
    held = holders.on(actor.day, [assignment.pk]).get(assignment.pk, {})
    return _verdict(actor, verb, held).reason
