"""How an assignment came to where it is, what waits for a decision, and what a person needs to see to today."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Q

from dondoc.accounts.actors import Actor
from dondoc.directives import content, holders, outlines, rules, schedule, texts
from dondoc.directives.models import Assignment, Extension, Remark, Report, Role, RoleDecision, Step
from dondoc.lib.refusals import Problem
from dondoc.organisations.models import Succession, UnitName
from dondoc.organisations.queries import Label, labels

from .cards import cards
from .values import Card, DigestLine, ParkedRole, Passage, Story

Part = rules.Part
OPEN = [one.value for one in rules.OPEN]
ORDER = {part.value: number for number, part in enumerate(Part)}


def came_here(assignment: Assignment) -> list[Passage]:
    """Who held each part from when to when, how it came to them, and by which decision or reorganisation; by part and day."""
    roles = list(
        Role.objects.filter(assignment=assignment).select_related("post", "reorganisation").order_by("valid_from")
    )
    roles.sort(key=lambda role: ORDER[role.role])
    reasons: dict[tuple[str, date], str] = {}
    for decision in RoleDecision.objects.filter(assignment=assignment).order_by("pk"):
        reasons[decision.role, decision.effective_on] = decision.reason
    units: dict[int, date] = {}
    for role in roles:
        for unit in (role.unit_id, role.parked_with_id, role.proposed_id):
            if unit is not None:
                units.setdefault(unit, role.valid_from)
    names = _first_called(units)
    return [
        Passage(
            part=role.role,
            unit=names[role.unit_id] if role.unit_id is not None else None,
            post_title=role.post.title if role.post else "",
            since=role.valid_from,
            until=role.valid_to,
            how=role.how,
            parked_with=names[role.parked_with_id] if role.parked_with_id is not None else None,
            proposed=names[role.proposed_id] if role.proposed_id is not None else None,
            decision=role.reorganisation.decision if role.reorganisation else "",
            reason=reasons.get((role.role, role.valid_from), "") if role.how == rules.How.DECIDED.value else "",
        )
        for role in roles
    ]


def _first_called(units: Mapping[int, date]) -> dict[int, Label]:
    """A unit is called in a story what it was called on the day on which it first held a part. Four queries, whatever the days."""
    found = labels(units, max(units.values(), default=date.min))
    for name in UnitName.objects.filter(unit__in=units).order_by("valid_from"):
        day = units[name.unit_id]
        if name.valid_from <= day and (name.valid_to is None or day < name.valid_to):
            one = found[name.unit_id]
            found[name.unit_id] = replace(one, name=name.name, short_name=name.short_name, alive=True)
    return found


def story(assignment: Assignment, day: date) -> Story:
    """All that happened to one assignment up to the day; parent and children as they stand now (`asof.as_of` says how they stood)."""
    parent = [assignment.parent] if assignment.parent else []
    children = list(Assignment.objects.filter(parent=assignment, drafted_on__lte=day).order_by("pk"))
    shown = cards([*parent, *children], day)
    return Story(
        reports=tuple(
            Report.objects.filter(assignment=assignment, on__lte=day)
            .select_related("by", "post", "unit", "entered_for")
            .prefetch_related("files")
            .order_by("pk")
        ),
        remarks=tuple(
            Remark.objects.filter(assignment=assignment, on__lte=day).select_related("by", "post").order_by("pk")
        ),
        extensions=tuple(
            _known(one, day)
            for one in Extension.objects.filter(assignment=assignment, asked_on__lte=day)
            .select_related("asked_by", "answered_by")
            .order_by("pk")
        ),
        steps=tuple(
            Step.objects.filter(assignment=assignment, done_on__lte=day).select_related("unit").order_by("due_on", "pk")
        ),
        passages=tuple(came_here(assignment)),
        children=tuple(shown[len(parent) :]),
        parent=shown[0] if parent else None,
    )


def _known(extension: Extension, day: date) -> Extension:
    """The extension without an answer that was given only after the day."""
    if extension.answered_on is not None and extension.answered_on > day:
        extension.granted, extension.answer, extension.answered_on, extension.answered_by = None, "", None, None
    return extension


def gaps(assignments: Iterable[Assignment], day: date) -> list[Problem]:
    """What these still lack before they can be approved; `rules.where(problem.source)` gives assignment and field."""
    return [problem for one in outlines.of(list(assignments), day) for problem in rules.gaps(one, day)]


def parked_with(units: Collection[int], day: date) -> list[ParkedRole]:
    """The roles that wait on the lists of these units, also those that will wait from a later day; with proposal and candidates."""
    roles = list(
        Role.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=day),
            how=rules.How.PARKED.value,
            parked_with__in=list(units),
            assignment__state__in=OPEN,
        )
        .select_related("assignment__directive")
        .order_by("valid_from", "assignment", "role")
    )
    keys = {role.assignment_id for role in roles}
    shown = {card.pk: card for card in cards({r.assignment_id: r.assignment for r in roles}.values(), day)}
    before: dict[int, int] = {}
    past: dict[tuple[int, str], Role] = {}
    for row in Role.objects.filter(assignment__in=keys, unit__isnull=False).order_by("valid_from"):
        past.setdefault((row.assignment_id, row.role), row)
        for role in roles:
            if (row.assignment_id, row.role) == (role.assignment_id, role.role) and row.valid_from < role.valid_from:
                before[role.pk] = row.unit_id or 0
    heirs: dict[int, list[int]] = defaultdict(list)
    for one in Succession.objects.filter(predecessor__in=before.values()).order_by("heir"):
        heirs[one.predecessor_id].append(one.heir_id)
    choices: dict[int, list[int]] = {}
    for role in roles:
        receiver = shown[role.assignment_id].receiver
        own = receiver.unit.unit if receiver and receiver.unit and role.role != Part.RECEIVER.value else None
        named = [role.proposed_id, *heirs.get(before.get(role.pk, 0), [])]
        choices[role.pk] = list(dict.fromkeys(unit for unit in named if unit is not None and unit != own))
    mentioned = {unit for several in choices.values() for unit in several} | set(before.values())
    mentioned |= {role.parked_with_id for role in roles if role.parked_with_id is not None}
    names = labels(mentioned, day)
    return [
        ParkedRole(
            role=role,
            card=shown[role.assignment_id],
            part=role.role,
            parked_with=names[role.parked_with_id or 0],
            proposed=names[role.proposed_id] if role.proposed_id is not None else None,
            candidates=tuple(names[unit] for unit in choices[role.pk] if names[unit].alive or role.valid_from > day),
            before=names.get(before.get(role.pk, 0)),
        )
        for role in roles
    ]


def digest(actor: Actor, day: date) -> list[DigestLine]:
    """What this person needs to see to today: every open item of which a step was taken for a part that one of their posts now stands
    for, one line each, with its gravest step; the gravest lines first."""
    return digests([actor], day)[actor.account]


def digests(actors: Collection[Actor], day: date) -> dict[int, list[DigestLine]]:
    """The same for several people, by account; the number of queries is the same however many they are."""
    told = _told([actor for actor in actors if actor.units], day)
    assignments = Assignment.objects.in_bulk({step.assignment_id for steps in told.values() for step in steps})
    running = schedule.waiting(list(assignments.values()), day) if assignments else {}
    clocks = {
        key: {(one.clock, one.base) for one in schedule.clocks(assignment, running[key])}
        for key, assignment in assignments.items()
    }
    best = {account: _gravest(steps, clocks) for account, steps in told.items()}
    wanted = {key: assignments[key] for lines in best.values() for key in lines}
    shown = {card.pk: card for card in cards(wanted.values(), day)} if wanted else {}
    return {actor.account: _lines(best.get(actor.account, {}), shown, day) for actor in actors}


def _told(actors: Collection[Actor], day: date) -> dict[int, list[Step]]:
    """Which steps were taken for parts that the posts of these people now stand for, by account."""
    found: dict[int, list[Step]] = defaultdict(list)
    for name, audience in content.ladders().audiences.items():
        listeners: dict[int, set[int]] = defaultdict(set)
        for actor in actors:
            for holding in actor.holdings:
                if holding.kind in audience.kinds:
                    listeners[holding.unit].add(actor.account)
        if not listeners:
            continue
        told = Step.objects.filter(audience=name, assignment__state__in=OPEN, due_on__lte=day)
        if name == "superior":
            for step in told.filter(unit__in=listeners):
                for account in listeners[step.unit_id]:
                    found[account].append(step)
            continue
        # Whoever holds the part now answers for the steps that its predecessor was told of.
        at = "parked_with" if audience.part is None else "unit"
        parts = {} if audience.part is None else {"role": audience.part}
        here = Role.objects.on(day).filter(**parts, **{f"{at}__in": list(listeners)})
        standing: dict[int, set[int]] = defaultdict(set)
        for assignment, unit in here.values_list("assignment", at):
            standing[assignment] |= listeners[unit]
        for step in told.filter(assignment__in=here.values("assignment")):
            for account in standing[step.assignment_id]:
                found[account].append(step)
    return found


def _gravest(
    steps: Iterable[Step], clocks: Mapping[int, Collection[tuple[str, date | None]]]
) -> dict[int, tuple[int, Step]]:
    """By assignment its gravest step whose clock still runs, with its rank; of equally grave ones the last."""
    best: dict[int, tuple[int, date, Step]] = {}
    for step in steps:
        rung = content.ladders().rung(step.step)
        if rung is None or (rung.clock, step.counted_from) not in clocks[step.assignment_id]:
            continue
        weight = (rung.rank, step.due_on, step)
        if step.assignment_id not in best or weight[:2] > best[step.assignment_id][:2]:
            best[step.assignment_id] = weight
    return {key: (rank, step) for key, (rank, _due, step) in best.items()}


def _lines(best: Mapping[int, tuple[int, Step]], shown: Mapping[int, Card], day: date) -> list[DigestLine]:
    lines = [
        (
            rank,
            DigestLine(
                card=shown[key],
                step=step.step,
                wording=texts.step_text(step.step),
                audience=step.audience,
                due_on=step.due_on,
                new=step.done_on == day,
                on_paper=step.on_paper,
            ),
        )
        for key, (rank, step) in best.items()
    ]
    lines.sort(key=lambda line: (-line[0], line[1].due_on, line[1].card.pk))
    return [line for _rank, line in lines]


def holders_on(assignment: Assignment, day: date) -> dict[str, Role]:
    """The roles of one assignment on a day, by part."""
    return holders.on(day, [assignment.pk]).get(assignment.pk, {})
