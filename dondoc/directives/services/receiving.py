"""What the receiving side does: acknowledge, object, pass down, report, ask for more time."""

from collections.abc import Sequence
from datetime import date

from dondoc.accounts.models import Post
from dondoc.directives import holders, outlines, rules, schedule
from dondoc.directives.models import Assignment, Extension, Report, RoleDecision
from dondoc.documents.rules import stop_if_secret
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Ancestry, Unit
from dondoc.organisations.services import queue

from .claiming import note, put, refuse, take
from .values import ChildData

Part = rules.Part


def acknowledge(assignment_id: int, *, seen: int, act: Act) -> Assignment:
    """The receiver has it and will do it."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "acknowledge")
        put([assignment], "acknowledge", act, acknowledged_on=act.day, objected_on=None)
    return assignment


def object_to(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    """ "Not ours": the issuer must hand it over, stay with it, or cancel it."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "object_to")
        row = note(assignment, "object_to", reason, act)
        put([assignment], "object_to", act, rows=[row], objected_on=act.day)
    return assignment


def _receiver(assignment: Assignment, day: date) -> int:
    held = holders.on(day, [assignment.pk]).get(assignment.pk, {}).get(Part.RECEIVER.value)
    if held is None or held.unit_id is None:
        raise Refused("directives.receiver_undecided")
    return held.unit_id


def pass_down(assignment_id: int, *, children: Sequence[ChildData], seen: int, act: Act) -> list[Assignment]:
    """Parts of it for units below the receiver, issued at once; the receiver verifies and follows them and stays answerable for the whole."""
    if not children:
        raise Refused("directives.nothing_chosen", INVALID)
    with writing(act):
        queue()
        [assignment] = take([assignment_id], seen, "pass_down")
        receiver = _receiver(assignment, act.day)
        units = {child.unit for child in children}
        under = set(
            Ancestry.objects.on(act.day)
            .filter(ancestor=receiver, descendant__in=units)
            .values_list("descendant", flat=True)
        )
        if units - (under - {receiver}) or Unit.objects.on(act.day).filter(pk__in=units).count() < len(units):
            raise Refused("directives.not_below_the_receiver", INVALID)
        posts = [child.post for child in children if child.post is not None]
        known = set(Post.objects.on(act.day).filter(pk__in=posts).values_list("pk", "unit"))
        if any((child.post, child.unit) not in known for child in children if child.post is not None):
            raise Refused("directives.not_a_post_of_the_receiver", INVALID)
        heads = holders.load_tree(units)
        made = []
        for child in children:
            if not child.task.strip():
                raise Refused("directives.task_missing", INVALID)
            for written in (child.task, child.product):
                stop_if_secret(written)
            if child.due_on is not None and child.cadence_months is not None:
                raise Refused("directives.deadline_or_cadence", INVALID)
            part = Assignment.objects.create(
                directive_id=assignment.directive_id,
                parent=assignment,
                task=child.task.strip(),
                product=child.product.strip()[:300],
                due_on=child.due_on,
                cadence_months=child.cadence_months,
                review_on=child.review_on,
                state=rules.State.ISSUED.value,
                document_id=assignment.document_id,
                oral=assignment.oral,
                drafted_on=act.day,
                approved_on=act.day,
                issued_on=act.day,
            )
            post = child.post or heads.head_post(child.unit, act.day)
            given: list[tuple[rules.Part, int, int | None]] = [
                (Part.RECEIVER, child.unit, None),
                *((p, receiver, None) for p in (Part.ISSUER, Part.FOLLOWER, Part.VERIFIER)),
            ]
            if post is not None:
                given.append((Part.ANSWERABLE, child.unit, post))
            RoleDecision.objects.bulk_create(
                RoleDecision(
                    assignment=part,
                    role=role.value,
                    unit_id=unit,
                    post_id=holder,
                    effective_on=act.day,
                    decided_on=act.day,
                )
                for role, unit, holder in given
            )
            made.append(part)
        holders.rebuild(made)
        refuse([gap for one in outlines.of(made, act.day) for gap in rules.gaps(one, act.day)])
        schedule.reschedule(made, act.day)
        put([assignment], "pass_down", act, data={"children": [one.pk for one in made]})
        for part, child in zip(made, children, strict=True):
            record("directives.part_received", part, unit=child.unit, data={"parent": assignment.pk})
    return made


def _report(
    assignment: Assignment, *, is_result: bool, text: str, files: Sequence[int], reason: str, act: Act
) -> Report:
    """The report's row. Whoever reports for another unit enters what that unit handed in on paper, and attaches it."""
    if not text.strip() and not files:
        raise Refused("directives.report_empty", INVALID)
    for written in (text, reason):
        stop_if_secret(written)
    assert act.person is not None
    assert act.post is not None
    assert act.unit is not None
    receiver = _receiver(assignment, act.day)
    entered_for = receiver if act.unit != receiver else None
    if entered_for is not None and not files:
        raise Refused("directives.paper_missing", INVALID)
    report = Report.objects.create(
        assignment=assignment,
        is_result=is_result,
        text=text.strip(),
        on=act.day,
        by_id=act.person,
        post_id=act.post,
        unit_id=act.unit,
        entered_for_id=entered_for,
        open_children_reason=reason,
    )
    report.files.set(files)
    return report


def report_progress(assignment_id: int, *, text: str, files: Sequence[int] = (), seen: int, act: Act) -> Report:
    """How far it has come. Of a regular one it answers what is due (`rules.answered_to`)."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "report_progress")
        report = _report(assignment, is_result=False, text=text, files=files, reason="", act=act)
        met_to = assignment.met_to
        if assignment.cadence_months is not None:
            met_to = rules.answered_to(schedule.due_days(assignment), met_to, act.day)
        put(
            [assignment],
            "report_progress",
            act,
            rows=[report],
            data={"report": report.pk},
            met_to=met_to,
            acknowledged_on=assignment.acknowledged_on or act.day,
        )
    return report


def report_result(
    assignment_id: int, *, text: str, files: Sequence[int] = (), open_children_reason: str = "", seen: int, act: Act
) -> Report:
    """It is done: text or files are the evidence. While a part passed down is open, only with a reason."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "report_result")
        states = [one.value for one in rules.OPEN]
        still_open = Assignment.objects.filter(parent=assignment, state__in=states).count()
        reason = open_children_reason.strip() if still_open else ""
        if still_open and not reason:
            raise Refused("directives.parts_are_open", INVALID, open=still_open)
        report = _report(assignment, is_result=True, text=text, files=files, reason=reason, act=act)
        put(
            [assignment],
            "report_result",
            act,
            rows=[report],
            data={"report": report.pk},
            reported_on=act.day,
            returned_on=None,
            acknowledged_on=assignment.acknowledged_on or act.day,
        )
    return report


def ask_extension(assignment_id: int, *, new_due_on: date, reason: str, seen: int, act: Act) -> Extension:
    """Ask for a later deadline (of a regular one: a later review day). One at a time; the present deadline holds until it is granted."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "ask_extension")
        old = schedule.final_due(assignment)
        if old is None or new_due_on <= max(old, act.day):
            raise Refused("directives.no_later_day", INVALID)
        if Extension.objects.filter(assignment=assignment, granted=None).exists():
            raise Refused("directives.extension_is_open")
        if not reason.strip():
            raise Refused("directives.reason_missing", INVALID)
        stop_if_secret(reason)
        assert act.person is not None
        extension = Extension.objects.create(
            assignment=assignment,
            old_due_on=old,
            new_due_on=new_due_on,
            reason=reason.strip(),
            asked_on=act.day,
            asked_by_id=act.person,
        )
        put([assignment], "ask_extension", act, rows=[extension], data={"from": old, "to": new_due_on})
    return extension
