"""Assignments as they stood on a day gone by: what was done later, an acceptance or a longer deadline, is not there yet.

The rows of `directives` say how things are now. How they were is told by the record: the moves made up to the day, taken through the same
table of legal moves, and by the reports, extensions and parts passed down up to the day. What was done on the day itself counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Max

from dondoc.directives import rules, schedule
from dondoc.directives.models import Assignment, Extension, Report
from dondoc.directives.queries import Card
from dondoc.history.models import Event
from dondoc.lib.refusals import Refused

ACTIONS = "directives."
KIND = "directives.Assignment"
BORN = "part_received"
"""A part passed down is issued when it is made; everything else begins as a draft."""

DAYS = ("approved_on", "issued_on", "acknowledged_on", "objected_on", "reported_on", "returned_on", "closed_on")
"""The days of an assignment that its moves write."""

Move = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Then:
    """How an assignment stood at the end of a day, as its moves say."""

    state: rules.State = rules.State.DRAFTED
    approved_on: date | None = None
    issued_on: date | None = None
    acknowledged_on: date | None = None
    objected_on: date | None = None
    reported_on: date | None = None
    returned_on: date | None = None
    closed_on: date | None = None
    progress_on: tuple[date, ...] = ()


def stood(moves: Iterable[Move]) -> Then:
    """The moves made so far, in their order, as the state that they led to. What is no move of the table (a reminder) changes nothing."""
    then = Then()
    for day, verb in moves:
        if verb == BORN:
            then = replace(then, state=rules.State.ISSUED, approved_on=day, issued_on=day)
            continue
        try:
            state = rules.move(then.state, verb)
        except Refused:
            continue
        then = replace(then, state=state, **_days(then, verb, day))
    return then


def _days(then: Then, verb: str, day: date) -> dict[str, Any]:
    """What a verb writes beside the state, as the services of `directives` do."""
    written: dict[str, dict[str, Any]] = {
        "approve": {"approved_on": day},
        "send_back": {"approved_on": None},
        "issue": {"issued_on": day},
        "acknowledge": {"acknowledged_on": day, "objected_on": None},
        "object_to": {"objected_on": day},
        "uphold": {"objected_on": None},
        "hand_on": {"acknowledged_on": None, "objected_on": None, "returned_on": None},
        "report_progress": {
            "progress_on": (*then.progress_on, day),
            "acknowledged_on": then.acknowledged_on or day,
        },
        "report_result": {
            "reported_on": day,
            "returned_on": None,
            "acknowledged_on": then.acknowledged_on or day,
        },
        "return_result": {"returned_on": day, "reported_on": None},
        "accept": {"closed_on": day},
        "cancel": {"closed_on": day},
        "reopen": {"closed_on": None, "reported_on": None},
    }
    return written.get(verb, {})


def as_of(cards: Sequence[Card], on: date, today: date) -> list[Card]:
    """The cards, each as it stood on the day; on today or later as they are. Four queries, however many there are."""
    if on >= today or not cards:
        return list(cards)
    keys = [card.pk for card in cards]
    parts: dict[int, list[int]] = defaultdict(list)
    for part in Assignment.objects.filter(parent__in=keys, drafted_on__lte=on).only("pk", "parent_id"):
        parts[part.parent_id or 0].append(part.pk)
    moves: dict[int, list[Move]] = defaultdict(list)
    wanted = {*keys, *(child for children in parts.values() for child in children)}
    events = Event.objects.filter(kind=KIND, key__in=wanted, entry__day__lte=on).order_by("entry", "position")
    for key, action, day in events.values_list("key", "action", "entry__day"):
        moves[key].append((day, action.removeprefix(ACTIONS)))
    extensions: dict[int, list[Extension]] = defaultdict(list)
    for extension in Extension.objects.filter(assignment__in=keys).order_by("pk"):
        extensions[extension.assignment_id].append(extension)
    reports = Report.objects.filter(assignment__in=keys, on__lte=on).values_list("assignment").annotate(last=Max("on"))
    reported = dict(reports)
    return [
        replace(
            _then(card, stood(moves[card.pk]), extensions[card.pk], on),
            last_report_on=reported.get(card.pk),
            children=len(parts[card.pk]),
            open_children=sum(stood(moves[child]).state in rules.OPEN for child in parts[card.pk]),
        )
        for card in cards
    ]


def _then(card: Card, then: Then, extensions: Sequence[Extension], on: date) -> Card:
    work = copy(card.assignment)
    work.state = then.state.value
    for name in DAYS:
        setattr(work, name, getattr(then, name))
    if then.issued_on is None:
        work.document, work.oral = None, False
    later = next((one for one in extensions if one.granted and one.answered_on and one.answered_on > on), None)
    if later is not None:
        # Granted only after the day: the deadline of that day is the one from which was asked.
        setattr(work, "review_on" if work.cadence_months is not None else "due_on", later.old_due_on)
    work.met_to = _met(work, then.progress_on)
    waiting = [one for one in extensions if one.asked_on <= on and (one.answered_on is None or one.answered_on > on)]
    done = then.state is rules.State.ACCEPTED or then.state in rules.UNISSUED
    due = schedule.final_due(work) if done else schedule.next_due(work)
    standing = rules.standing(
        work.state,
        on,
        due=due,
        reported_on=work.reported_on,
        returned=work.returned_on is not None,
        handed_over=card.standing == "handed_over",
    )
    return replace(card, assignment=work, standing=standing, due=due, open_extension=waiting[0] if waiting else None)


def _met(work: Assignment, reports: Iterable[date]) -> date | None:
    met = None
    if work.cadence_months is not None:
        for day in reports:
            met = rules.answered_to(schedule.due_days(work), met, day)
    return met
