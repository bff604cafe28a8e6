"""The next day on which something can happen to an assignment by itself: kept in `next_step_on` by every service."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from . import content, rules
from .models import Assignment, Extension, Role, Step

Taken = tuple[str, date, date]


@dataclass(slots=True)
class Waiting:
    """What runs on one assignment besides its own fields: extensions, roles that wait, and the steps already taken."""

    extended_on: date | None = None
    asked_on: date | None = None
    parked_since: list[date] = field(default_factory=list)
    taken: set[Taken] = field(default_factory=set)


def waiting(assignments: Sequence[Assignment], day: date) -> dict[int, Waiting]:
    """For each assignment, as it is on the day; three queries. A role that waits only until a later change waits all the same."""
    keys = [one.pk for one in assignments]
    found: dict[int, Waiting] = defaultdict(Waiting)
    for extension in Extension.objects.filter(assignment__in=keys).order_by("pk"):
        one = found[extension.assignment_id]
        if extension.granted is None:
            one.asked_on = extension.asked_on
        elif extension.granted:
            one.extended_on = extension.answered_on
    since: dict[tuple[int, str, date], date] = {}
    for role in Role.objects.filter(assignment__in=keys, how=rules.How.PARKED.value).order_by("valid_from"):
        # One that waits with another unit, because the first has ended, waits since the first.
        began = since.get((role.assignment_id, role.role, role.valid_from), role.valid_from)
        if role.valid_to is not None:
            since[role.assignment_id, role.role, role.valid_to] = began
        if role.valid_to is None or role.valid_to > day:
            found[role.assignment_id].parked_since.append(began)
    # Of work long overdue there are hundreds, each to several units.
    steps = Step.objects.filter(assignment__in=keys).values_list("assignment", "step", "counted_from", "due_on")
    for key, step, counted_from, due_on in steps.distinct():
        found[key].taken.add((step, counted_from, due_on))
    return found


def due_days(assignment: Assignment) -> list[date]:
    """Every day on which something is due of an issued assignment."""
    if assignment.cadence_months is None:
        return [assignment.due_on] if assignment.due_on else []
    if assignment.issued_on is None or assignment.review_on is None:
        return [assignment.review_on] if assignment.review_on else []
    return rules.due_days(assignment.issued_on, assignment.cadence_months, assignment.review_on)


def final_due(assignment: Assignment) -> date | None:
    """The day on which the result is due."""
    return assignment.review_on if assignment.cadence_months is not None else assignment.due_on


def next_due(assignment: Assignment) -> date | None:
    """The first day on which something is due that was not handed in."""
    return rules.next_due(due_days(assignment), assignment.met_to)


def clocks(assignment: Assignment, one: Waiting) -> list[rules.Running]:
    """The clocks that run on the assignment."""
    return rules.running(
        assignment.state,
        drafted_on=assignment.drafted_on,
        approved_on=assignment.approved_on,
        issued_on=assignment.issued_on,
        asked_anew_on=assignment.asked_anew_on,
        objected_on=assignment.objected_on,
        reported_on=assignment.reported_on,
        returned_on=assignment.returned_on,
        unmet=[day for day in due_days(assignment) if assignment.met_to is None or day > assignment.met_to],
        extended_on=one.extended_on,
        asked_on=one.asked_on,
        parked_since=one.parked_since,
    )


def untaken(assignment: Assignment, one: Waiting, day: date) -> list[rules.Occurrence]:
    """The steps whose day has come and that were not taken."""
    found = rules.occurrences(clocks(assignment, one), content.ladders().ladders, content.calendar(), day)
    return [step for step in found if (step.rung.code, step.counted_from, step.due_on) not in one.taken]


def following(assignment: Assignment, one: Waiting, day: date) -> date | None:
    """The first day after `day` on which a step is due."""
    return rules.next_after(clocks(assignment, one), content.ladders().ladders, content.calendar(), day)


def reschedule(assignments: Sequence[Assignment], day: date) -> None:
    """Write `next_step_on` anew after these assignments have changed; `day` is the working day. No change of version."""
    known = waiting(assignments, day)
    for assignment in assignments:
        late = untaken(assignment, known[assignment.pk], day)
        assignment.next_step_on = late[0].due_on if late else following(assignment, known[assignment.pk], day)
    Assignment.objects.bulk_update(assignments, ["next_step_on"], batch_size=200)
