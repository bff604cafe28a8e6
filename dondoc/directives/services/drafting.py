"""From a directive to drafted assignments: receivers, defaults, and the table in which a person completes them. Drafts are no records."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dondoc.accounts.models import Post
from dondoc.directives import content, holders, rules, schedule
from dondoc.directives.models import Assignment, Directive, LateField, RoleDecision
from dondoc.documents.rules import stop_if_secret
from dondoc.history.services import Act, record, writing
from dondoc.lib.days import read_day
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.wording import day as day_text
from dondoc.organisations.models import Family, UnitParent
from dondoc.organisations.services import queue

from .claiming import changed, drop
from .fitting import require_fitting, require_receiver
from .values import Saved

Part = rules.Part
ROLES = (Part.RECEIVER.value, Part.ANSWERABLE.value, Part.FOLLOWER.value, Part.VERIFIER.value)
DAYS = ("due_on", "review_on")
FIELDS = ("task", "product", *DAYS, "cadence_months", *ROLES)
"""What `save_field` may set. Values are text as typed: a day, whole months, the key of a unit, for `answerable` the key of a post."""
LONGEST_CADENCE = 12


def receivers_of(directive: Directive, units: Sequence[int], day: date) -> list[int]:
    """To which units a directive speaks, the units of its session being these; empty where a person must say it."""
    match rules.Receivers(directive.receivers):
        case rules.Receivers.UNIT:
            return list(directive.units.order_by("pk").values_list("pk", flat=True))
        case rules.Receivers.LOCALITIES | rules.Receivers.HEADS:
            return list(dict.fromkeys(units))
        case rules.Receivers.FRONTS:
            below = UnitParent.objects.on(day).filter(parent__in=units, unit__family__in=[Family.FRONT, Family.MASS])
            return list(below.order_by("parent", "unit").values_list("unit", flat=True))
        case rules.Receivers.NONE:
            return []


def draft_assignments(directive_ids: Sequence[int], units: Sequence[int], act: Act) -> list[Assignment]:
    """One draft for each receiver of each directive, completed by default; `units` are those of the session. None is made twice."""
    with writing(act):
        queue()
        directives = {one.pk: one for one in Directive.objects.filter(pk__in=directive_ids).prefetch_related("units")}
        known = set(
            RoleDecision.objects.filter(assignment__directive__in=directive_ids, role=Part.RECEIVER.value)
            .exclude(assignment__state=rules.State.CANCELLED.value)
            .values_list("assignment__directive", "unit")
        )
        wanted = [
            (directives[key], unit)
            for key in directive_ids
            for unit in receivers_of(directives[key], units, directives[key].said_on)
            if (key, unit) not in known
        ]
        return _draft(wanted, act)


def _draft(wanted: Sequence[tuple[Directive, int]], act: Act) -> list[Assignment]:
    """Drafts with their defaults, each marked with where its value comes from."""
    assignments = []
    for directive, _unit in wanted:
        given = rules.default_of(directive.text, content.products(), act.day, directive.planned_year)
        due_on, cadence, review = given.due_on, given.cadence_months, given.review_on
        origin = "default"
        if directive.due_on is not None:
            due_on, cadence, review, origin = directive.due_on, None, None, "text"
        elif directive.cadence_months is not None:
            regular = rules.ProductRule((), given.product, None, directive.cadence_months, "", verified=False)
            again = rules.default_of("", [regular], act.day, directive.planned_year)
            due_on, cadence, review, origin = None, again.cadence_months, again.review_on, "text"
        marks: dict[str, Any] = {"product": {"from": "default", "version": 1}}
        for name, value in (("due_on", due_on), ("cadence_months", cadence), ("review_on", review)):
            if value is not None:
                marks[name] = {"from": "default" if name == "review_on" else origin, "version": 1}
        marks |= {role: {"from": "default", "version": 1} for role in ROLES if role != Part.RECEIVER.value}
        assignments.append(
            Assignment(
                directive=directive,
                task=directive.text,
                product=given.product,
                due_on=due_on,
                cadence_months=cadence,
                review_on=review,
                drafted_on=act.day,
                marks=marks,
            )
        )
    Assignment.objects.bulk_create(assignments)
    pairs = [(one, unit, one.directive.said_on) for one, (_d, unit) in zip(assignments, wanted, strict=True)]
    _give_roles(pairs, act)
    holders.rebuild(assignments)
    schedule.reschedule(assignments, act.day)
    for directive in {one.directive_id: one.directive for one in assignments}.values():
        drafts = [one.pk for one in assignments if one.directive_id == directive.pk]
        record("directives.drafted", directive, unit=directive.author_unit_id, data={"assignments": drafts})
    return assignments


def _give_roles(pairs: Sequence[tuple[Assignment, int, date]], act: Act) -> None:
    """The default holders: the receiver's nearest superior committee verifies and its office follows, the receiver's head answers."""
    tree = holders.load_tree({unit for _a, unit, _day in pairs})
    rows = []
    for assignment, unit, said_on in pairs:
        # Said once of the units of that day: what has changed since follows from the successions, and shows how it came here.
        day = min(said_on, act.day)
        superior = tree.superior(unit, day)
        given: list[tuple[rules.Part, int | None, int | None]] = [
            (Part.RECEIVER, unit, None),
            (Part.ISSUER, assignment.directive.author_unit_id, None),
            (Part.FOLLOWER, superior, None),
            (Part.VERIFIER, superior, None),
            (Part.ANSWERABLE, unit, tree.head_post(unit, day)),
        ]
        for part, holder, post in given:
            if holder is not None and (part is not Part.ANSWERABLE or post is not None):
                rows.append(_decision(assignment, part.value, holder, post, day, act))
    RoleDecision.objects.bulk_create(rows)


def _decision(
    assignment: Assignment, part: str, unit: int, post: int | None, on: date, act: Act, reason: str = ""
) -> RoleDecision:
    return RoleDecision(
        assignment=assignment, role=part, unit_id=unit, post_id=post, effective_on=on, decided_on=act.day, reason=reason
    )


def add_receiver(directive_id: int, unit: int, *, act: Act) -> Assignment:
    """A draft for one more unit, chosen by a person. Refused where the unit has one already or has ended."""
    with writing(act):
        queue()
        directive = Directive.objects.select_for_update().get(pk=directive_id)
        if directive.withdrawn_on is not None:
            raise Refused("directives.removed_meanwhile")
        require_receiver(unit, directive.author_unit_id, act.day)
        there = RoleDecision.objects.filter(assignment__directive=directive, role=Part.RECEIVER.value, unit=unit)
        if there.exclude(assignment__state=rules.State.CANCELLED.value).filter(assignment__parent=None).exists():
            raise Refused("directives.receives_it_already")
        [assignment] = _draft([(directive, unit)], act)
        # A person named the unit today, so it receives the directive from today on.
        RoleDecision.objects.filter(assignment=assignment).delete()
        _give_roles([(assignment, unit, act.day)], act)
        holders.rebuild([assignment])
    return assignment


def remove_receiver(assignment_id: int, *, seen: int, act: Act) -> None:
    """Take a draft out. Refused once it is approved, or where somebody has changed it meanwhile."""
    with writing(act):
        assignment = _drafted(assignment_id)
        if assignment.version != seen:
            raise changed(assignment)
        record(
            "directives.draft_removed",
            assignment.directive,
            unit=assignment.directive.author_unit_id,
            data={"assignment": assignment.pk},
        )
        drop([assignment], _("Taken out before it was issued."), act)


def _drafted(assignment_id: int) -> Assignment:
    assignment = Assignment.objects.select_for_update().filter(pk=assignment_id).first()
    if assignment is None:
        raise Refused("directives.removed_meanwhile")
    if assignment.state != rules.State.DRAFTED.value:
        raise Refused("directives.no_draft_any_more", current=[])
    return assignment


def value_of(assignment: Assignment, field: str) -> str:
    """The present value of a field of a draft, as `save_field` takes it."""
    if field in ROLES:
        role = assignment.roles.filter(role=field).order_by("-valid_from").first()
        key = None if role is None else role.post_id if field == Part.ANSWERABLE.value else role.unit_id
        return "" if key is None else str(key)
    value = getattr(assignment, field)
    if value is None:
        return ""
    return value.strftime("%d/%m/%Y") if field in DAYS else str(value)


def _read(field: str, value: str, act: Act) -> Any:
    """The value that was typed; Refused (422) with what to do where it is none."""
    text = value.strip()
    if field not in FIELDS:
        raise Refused("directives.no_such_field", INVALID)
    stop_if_secret(text)
    if field == "task":
        if not text:
            raise Refused("directives.task_missing", INVALID)
        return text
    if field == "product":
        if len(text) > 300:
            raise Refused("directives.product_too_long", INVALID)
        return text
    if not text:
        return None
    if field in DAYS:
        day = read_day(text, act.day)
        if day is None:
            raise Refused("directives.no_day", INVALID, typed=text)
        return day
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Refused("directives.no_number", INVALID, typed=text)
    number = int(text)
    if field == "cadence_months" and not 1 <= number <= LONGEST_CADENCE:
        raise Refused("directives.no_cadence", INVALID, longest=LONGEST_CADENCE)
    return number


CLEARS: dict[str, tuple[str, ...]] = {"due_on": ("cadence_months", "review_on"), "cadence_months": ("due_on",)}
"""What a value in one field makes empty in others: once by a day, or regularly until a review day."""


def save_field(assignment_id: int, field: str, value: str, *, seen: int, act: Act) -> Saved:
    """Set one field of a draft. Where that field has moved on since `seen`, it stays and the value is kept beside it (`late`).

    Setting `due_on` clears the cadence and the review day; setting `cadence_months` clears the deadline and proposes the review day. What
    would clear a field that has moved on since `seen` is kept beside as well.
    """
    return save_fields(assignment_id, {field: value}, seen=seen, act=act)[field]


def save_fields(assignment_id: int, values: Mapping[str, str], *, seen: int, act: Act) -> dict[str, Saved]:
    """Several fields of one form, each compared with what the person saw when the form was shown; what became of each."""
    wanted = {field: _read(field, value, act) for field, value in values.items()}
    with writing(act):
        if set(ROLES) & set(values):
            queue()
        assignment = _drafted(assignment_id)
        # Judged before any of them is written: what the form itself sets is no change by somebody else.
        late = {field for field in values if _moved_on(assignment, field, wanted[field], seen)}
        return {
            field: _keep_beside(assignment, field, value, act)
            if field in late
            else _set(assignment, field, wanted[field], act)
            for field, value in values.items()
        }


def fill(ids: Sequence[int], field: str, value: str, *, seen: Mapping[int, int], act: Act) -> dict[int, Saved]:
    """The same value for several drafts ("fill down", "apply to all"); what became of each."""
    with writing(act):
        return {key: save_field(key, field, value, seen=seen.get(key, 0), act=act) for key in sorted(set(ids))}


def _cleared(assignment: Assignment, field: str, wanted: Any) -> list[str]:
    """The fields with a value that this value would make empty."""
    others = CLEARS.get(field, ()) if wanted is not None else ("review_on",) if field == "cadence_months" else ()
    return [name for name in others if getattr(assignment, name) is not None]


def _moved_on(assignment: Assignment, field: str, wanted: Any, seen: int) -> bool:
    """Whether the field, or one that it would clear, was saved since the person saw it, with another value."""
    touched = [field, *_cleared(assignment, field, wanted)]
    newest = max(assignment.marks.get(name, {}).get("version", 1) for name in touched)
    return newest > seen and _text(field, wanted) != value_of(assignment, field)


def _keep_beside(assignment: Assignment, field: str, typed: str, act: Act) -> Saved:
    assert act.person is not None
    late = LateField.objects.create(assignment=assignment, field=field, value=typed, by_id=act.person, at=act.at)
    return Saved(assignment.version, value_of(assignment, field), late)


def _set(assignment: Assignment, field: str, wanted: Any, act: Act) -> Saved:
    assignment.version += 1
    said = {"from": "person", "version": assignment.version, "by": act.person}
    assignment.marks = assignment.marks | {field: said}
    if field in ROLES:
        _save_role(assignment, field, wanted, said, act)
    else:
        for name in _cleared(assignment, field, wanted):
            setattr(assignment, name, None)
            assignment.marks = assignment.marks | {name: said}
        setattr(assignment, field, wanted)
        if field == "cadence_months" and wanted is not None and assignment.review_on is None:
            year = assignment.directive.planned_year
            proposal = rules.ProductRule((), "", None, wanted, "", verified=False)
            assignment.review_on = rules.default_of("", [proposal], act.day, year).review_on
            assignment.marks = assignment.marks | {"review_on": {"from": "default", "version": assignment.version}}
    assignment.save()
    return Saved(assignment.version, value_of(assignment, field))


def _text(field: str, wanted: Any) -> str:
    if wanted is None:
        return ""
    return day_text(wanted) if field in DAYS else str(wanted)


def _save_role(assignment: Assignment, field: str, wanted: int | None, said: dict[str, Any], act: Act) -> None:
    """A draft keeps one decision per role. With another receiver the roles that nobody has confirmed follow by default."""
    decisions = RoleDecision.objects.filter(assignment=assignment)
    if field == Part.ANSWERABLE.value:
        decisions.filter(role=field).delete()
        if wanted is not None:
            post = Post.objects.on(act.day).filter(pk=wanted).first()
            receiver = assignment.roles.filter(role=Part.RECEIVER.value).order_by("-valid_from").first()
            if post is None or receiver is None or post.unit_id != receiver.unit_id:
                raise Refused("directives.not_a_post_of_the_receiver", INVALID)
            _decision(assignment, field, post.unit_id, post.pk, receiver.valid_from, act).save()
    else:
        if wanted is not None:
            require_fitting(Part(field), wanted, assignment, act.day)
        if field == Part.RECEIVER.value:
            if wanted is None:
                raise Refused("directives.receiver_missing", INVALID)
            _change_receiver(assignment, wanted, said, act)
        else:
            decisions.filter(role=field).delete()
            if wanted is not None:
                _decision(assignment, field, wanted, None, act.day, act).save()
    holders.rebuild([assignment])


def _change_receiver(assignment: Assignment, unit: int, said: dict[str, Any], act: Act) -> None:
    kept = {
        role
        for role in (Part.FOLLOWER.value, Part.VERIFIER.value)
        if assignment.marks.get(role, {}).get("from") == "person"
    }
    RoleDecision.objects.filter(~Q(role__in=kept), assignment=assignment).delete()
    _give_roles([(assignment, unit, act.day)], act)
    doubled = RoleDecision.objects.filter(assignment=assignment, role__in=kept).order_by("role", "-pk")
    newest: dict[str, int] = {}
    for row in reversed(doubled):
        newest.setdefault(row.role, row.pk)
    doubled.exclude(pk__in=newest.values()).delete()
    assignment.marks = assignment.marks | {
        role: {"from": "default", "version": said["version"]}
        for role in ROLES
        if role not in kept | {Part.RECEIVER.value}
    }


def confirm_defaults(ids: Sequence[int], *, seen: Mapping[int, int], act: Act) -> None:
    """A person has looked at the proposals of these drafts and takes them as they are."""
    with writing(act):
        for key in sorted(set(ids)):
            assignment = _drafted(key)
            if seen.get(key) != assignment.version:
                raise changed(assignment)
            assignment.version += 1
            assignment.marks = {
                field: mark
                if mark["from"] == "person"
                else {"from": "person", "version": assignment.version, "by": act.person}
                for field, mark in assignment.marks.items()
            }
            assignment.save(update_fields=["version", "marks"])


def choose_late(late_id: int, *, take: bool, seen: int, act: Act) -> Saved:
    """Take the value that came late instead of the present one, or drop it."""
    with writing(act):
        late = LateField.objects.select_for_update().filter(pk=late_id).first()
        if late is None:
            raise Refused("directives.removed_meanwhile")
        if late.field in ROLES:
            queue()
        assignment = _drafted(late.assignment_id)
        if assignment.version != seen:
            raise changed(assignment)
        late.delete()
        if not take:
            return Saved(assignment.version, value_of(assignment, late.field))
        return _set(assignment, late.field, _read(late.field, late.value, act), act)
