"""Reports and difficulties as they stood on a day gone by: what was sent, judged, lapsed, urged or passed on later is not there yet.

The rows say how things are now. How they were is told by the record: the moves made up to the day, taken through the same table of legal
moves. Who filled a report and who waited for it follows from the tree of that day, as it is known today. What was done on the day itself
counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from dondoc.history.models import Event
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Heritage

from .homes import homes
from .models import Difficulty, Report, Urging
from .rules.states import State, move

REPORT, DIFFICULTY = "reports.Report", "reports.Difficulty"
VERBS = {
    "reports.submitted": "submit",
    "reports.returned": "send_back",
    "reports.accepted": "accept",
    "reports.correcting": "correct",
    "reports.not_due_any_more": "lapse",
    "reports.let_go": "lapse",
    "reports.passed_on": "lapse",
    "reports.due_again": "revive",
}
"""What an entry of the history did, as a verb of the table of moves."""
LAPSES = [action for action, verb in VERBS.items() if verb in {"lapse", "revive"}]
LIES = {"reports.difficulty_raised": "with", "reports.difficulty_passed_up": "to", "reports.difficulty_carried": "to"}
"""The entries that say with whom a difficulty lies from then on, each with the name under which its data hold that unit."""
RECENT = timedelta(760)
"""Rounds of reports due longer than this before the day, about two years of monthly ones, are not looked for."""

Move = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Then:
    """How a report stood at the end of a day, as its moves say."""

    state: State = State.OPEN
    sent_on: date | None = None
    accepted_on: date | None = None


def stood(moves: Iterable[Move]) -> Then:
    """The moves made so far, in their order, as the state that they led to; one that the table does not know changes nothing."""
    then = Then()
    for day, verb in moves:
        try:
            then = replace(then, state=move(then.state, verb))
        except Refused:
            continue
        if verb == "submit":
            then = replace(then, sent_on=then.sent_on or day)
        elif verb == "accept":
            then = replace(then, accepted_on=day)
    return then


def as_of(reports: Sequence[Report], on: date, today: date) -> list[Report]:
    """The reports that were there on the day, each as it stood then; on today or later all as they are. Six queries, however many."""
    if on >= today:
        return list(reports)
    there = [one for one in reports if one.opened_on <= on]
    settled = {one.pk for one in there if one.state == State.ACCEPTED and one.accepted_on and one.accepted_on <= on}
    moving = {one.pk for one in there if one.sent_on and one.sent_on <= on} - settled
    waiting = {one.pk for one in there} - settled - moving
    events = Event.objects.filter(Q(key__in=moving) | Q(key__in=waiting, action__in=LAPSES), kind=REPORT)
    moves: dict[int, list[Move]] = defaultdict(list)
    done = events.filter(entry__day__lte=on, action__in=list(VERBS)).order_by("entry", "position")
    for key, action, day in done.values_list("key", "action", "entry__day"):
        moves[key].append((day, VERBS[action]))
    known = homes({unit for one in there for unit in (one.unit_id, one.superior_id)}, on)
    found = []
    for one in there:
        then = copy(one)
        if one.pk not in settled:
            was = stood(moves[one.pk])
            then.state, then.sent_on, then.accepted_on = was.state.value, was.sent_on, was.accepted_on
        then.begun_on = one.begun_on if one.begun_on and one.begun_on <= on else None
        if then.state != State.LAPSED:
            then.lapsed_on, then.lapsed_why = None, ""
        then.filler_id = known.filler(one.unit_id, one.superior_id)
        then.receiver_id = known.receiver(one.superior_id, then.filler_id)
        found.append(then)
    return found


def _with_pasts(units: Collection[int]) -> set[int]:
    """The units and all from which they took over."""
    return {*units, *Heritage.objects.filter(heir__in=units).values_list("predecessor", flat=True)}


def filled_by(units: Collection[int], on: date, today: date) -> list[Report]:
    """The reports that these units answered for on a day gone by, the most urgent first. A fixed number of queries."""
    settled = Q(state=State.ACCEPTED, accepted_on__lte=on, due_on__lt=on - RECENT)
    rows = Report.objects.filter(Q(unit__in=_with_pasts(units)) | Q(filler__in=units), opened_on__lte=on)
    several = as_of(list(_read(rows.exclude(settled))), on, today)
    return [one for one in several if one.filler_id in units]


def received_by(units: Collection[int], on: date, today: date, **only: object) -> list[Report]:
    """The reports that these units waited for, or had, on a day gone by; `only` narrows them. A fixed number of queries."""
    rows = Report.objects.filter(
        Q(superior__in=_with_pasts(units)) | Q(receiver__in=units), opened_on__lte=on, due_on__gt=on - RECENT, **only
    )
    return [one for one in as_of(list(_read(rows)), on, today) if one.receiver_id in units]


def _read(rows: "QuerySet[Report]") -> "QuerySet[Report]":
    return rows.select_related("demand").order_by("due_on", "starts_on", "pk")


@dataclass(frozen=True, slots=True)
class Urged:
    """How often a report was urged by a day, and when last."""

    times: int
    last: date


def urged(reports: Iterable[Report], on: date) -> dict[int, Urged]:
    """The urgings of these reports up to and on the day. One query."""
    rows = Urging.objects.filter(report__in=[one.pk for one in reports], on__lte=on)
    counted = rows.values("report").annotate(times=Count("pk"), last=Max("on"))
    return {row["report"]: Urged(row["times"], row["last"]) for row in counted}


def difficulties_as_of(difficulties: Sequence[Difficulty], on: date, today: date) -> list[Difficulty]:
    """The difficulties told by the day, each with whom it lay then, and open where it was answered or withdrawn later. One query."""
    if on >= today:
        return list(difficulties)
    there = [one for one in difficulties if one.raised_on <= on]
    lay: dict[int, tuple[int, date]] = {}
    events = Event.objects.filter(kind=DIFFICULTY, key__in=[one.pk for one in there], action__in=list(LIES))
    told = events.filter(entry__day__lte=on).order_by("entry", "position")
    for key, action, data, day in told.values_list("key", "action", "data", "entry__day"):
        lay[key] = (data[LIES[action]], day)
    found = []
    for one in there:
        then = copy(one)
        then.answered_on = one.answered_on if one.answered_on and one.answered_on <= on else None
        then.withdrawn_on = one.withdrawn_on if one.withdrawn_on and one.withdrawn_on <= on else None
        if then.answered_on or then.withdrawn_on:
            then.lies_with_id = None
        elif one.pk in lay:
            then.lies_with_id, then.lies_since = lay[one.pk]
        found.append(then)
    return found
