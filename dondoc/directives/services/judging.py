"""What the verifying side does: accept, return, answer an extension, reopen; and what the follower does: urge."""

from dondoc.accounts.models import Term
from dondoc.directives import holders, rules, schedule
from dondoc.directives.models import Assignment, Extension, Report
from dondoc.documents.rules import stop_if_secret
from dondoc.history.services import Act, writing
from dondoc.lib.refusals import FORBIDDEN, INVALID, Refused
from dondoc.organisations.services import queue

from .claiming import note, put, take

Part = rules.Part


def own_duty(assignment: Assignment, act: Act, *, reporters: set[int]) -> str:
    """Why this person may not judge it: see `rules.may_close`. Empty where they may."""
    held = holders.on(act.day, [assignment.pk]).get(assignment.pk, {})
    units = {part: row.unit_id for part, row in held.items()}
    posts = holders.answering(held.values(), act.day).values()
    people = set(Term.objects.on(act.day).filter(post__in=posts).values_list("account", flat=True))
    own = Term.objects.on(act.day).filter(account=act.person).values_list("post__unit", flat=True)
    return rules.may_close(
        act.person,
        act.unit,
        reporters=reporters,
        answerable=people,
        receiver=units.get(Part.RECEIVER.value),
        verifier=units.get(Part.VERIFIER.value),
        posts_at=set(own),
    )


def reporters_of(assignment: Assignment) -> set[int]:
    """Everyone who reported the result, or entered it for the unit."""
    return set(Report.objects.filter(assignment=assignment, is_result=True).values_list("by", flat=True))


def _not_their_own(assignment: Assignment, act: Act, reporters: set[int]) -> None:
    if reason := own_duty(assignment, act, reporters=reporters):
        raise Refused(reason, FORBIDDEN)


def accept(assignment_id: int, *, remark: str = "", seen: int, act: Act) -> Assignment:
    """The result is what was asked: it is closed. Refused to whoever would close their own duty."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "accept")
        _not_their_own(assignment, act, reporters_of(assignment))
        row = note(assignment, "accept", remark, act, needed=False)
        due = schedule.final_due(assignment)
        late = due is not None and assignment.reported_on is not None and assignment.reported_on > due
        put([assignment], "accept", act, rows=[row] if row else [], data={"late": late}, closed_on=act.day)
    return assignment


def return_result(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    """The result is not yet what was asked: it goes back with what is missing."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "return_result")
        _not_their_own(assignment, act, reporters_of(assignment))
        row = note(assignment, "return_result", reason, act)
        put([assignment], "return_result", act, rows=[row], returned_on=act.day, reported_on=None)
    return assignment


def answer_extension(assignment_id: int, *, granted: bool, answer: str = "", seen: int, act: Act) -> Extension:
    """Grant or refuse the later deadline that was asked for; a refusal needs its reason. Nobody grants what they asked for."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "answer_extension")
        extension = Extension.objects.select_for_update().filter(assignment=assignment, granted=None).first()
        if extension is None:
            raise Refused("directives.no_extension_asked")
        _not_their_own(assignment, act, {extension.asked_by_id})
        if not granted and not answer.strip():
            raise Refused("directives.reason_missing", INVALID)
        stop_if_secret(answer)
        fields = {}
        if granted:
            parent = assignment.parent
            latest = schedule.final_due(parent) if parent else None
            if latest is not None and extension.new_due_on > latest:
                raise Refused("directives.later_than_the_whole", INVALID)
            fields = {"review_on" if assignment.cadence_months is not None else "due_on": extension.new_due_on}
        extension.granted, extension.answer = granted, answer.strip()
        extension.answered_on, extension.answered_by_id = act.day, act.person
        extension.save()
        put(
            [assignment],
            "answer_extension",
            act,
            rows=[extension],
            data={"granted": granted, "to": extension.new_due_on},
            **fields,
        )
    return extension


def reopen(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    """What was accepted is taken up again; its roles are brought to what the units have become meanwhile."""
    with writing(act):
        queue()
        [assignment] = take([assignment_id], seen, "reopen")
        row = note(assignment, "reopen", reason, act)
        holders.rebuild([assignment])
        put([assignment], "reopen", act, rows=[row], closed_on=None, reported_on=None, asked_anew_on=act.day)
    return assignment


def chase(assignment_id: int, *, text: str, seen: int, act: Act) -> Assignment:
    """The follower urges, in words of its own."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "chase")
        put([assignment], "chase", act, rows=[note(assignment, "chase", text, act)])
    return assignment
