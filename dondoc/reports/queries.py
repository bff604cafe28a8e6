"""Reading reports: doors, what somebody has to fill or waits for, and what lies with whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.http import Http404
from django.urls import reverse

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may, require, scope
from dondoc.accounts.rights import grants
from dondoc.figures.models import Figure
from dondoc.figures.origins import Place
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.organisations.queries import Label, labels

from .asof import Urged, difficulties_as_of, urged
from .models import Difficulty, DifficultyStep, Report, SentLine, Submission
from .naming import title_of
from .rules import states
from .rules.states import FILLED, WAITED_FOR, State
from .texts import STANDINGS


def access_report(actor: Actor, pk: int) -> Report:
    """The report, for a person in whose scope its unit is or was; others get 404."""
    report = Report.objects.filter(pk=pk, unit__in=scope(actor)).select_related("demand").first()
    if report is None:
        raise Http404
    return report


def access_to_fill(actor: Actor, pk: int, right: str = "report.fill") -> Report:
    """The report, for a person who fills it for its unit, or an office above that enters it from paper; others 403."""
    report = access_report(actor, pk)
    require(actor, right, report.filler_id)
    return report


def access_to_judge(actor: Actor, pk: int) -> Report:
    """The report, for a person of the unit that waits for it who may accept; others 403."""
    report = access_report(actor, pk)
    require(actor, "report.accept", report.unit_id)
    if actor.acting is None or actor.acting.unit != report.receiver_id:
        raise Refused("accounts.not_this_unit", FORBIDDEN)
    return report


def may_wait_no_longer(actor: Actor, report: Report, unit: Label) -> bool:
    """Whether the actor's unit waits for a report that it may let go: one asked for once, or one of a unit that has ended."""
    at_receiver = actor.acting is not None and actor.acting.unit == report.receiver_id
    open_ = State(report.state) in WAITED_FOR and (report.demand_id is not None or not unit.alive)
    return open_ and at_receiver and bool(may(actor, "report.accept", report.unit_id))


def access_to_urge(actor: Actor, keys: Collection[int]) -> list[Report]:
    """These reports, for a person of the unit that waits for all of them who may accept; outside the scope 404, others 403."""
    found = list(Report.objects.filter(pk__in=set(keys), unit__in=scope(actor)))
    if len(found) != len(set(keys)):
        raise Http404
    if actor.acting is None or any(one.receiver_id != actor.acting.unit for one in found):
        raise Refused("accounts.not_this_unit", FORBIDDEN)
    require(actor, "report.accept", actor.acting.unit)
    return found


def access_difficulty(actor: Actor, pk: int) -> Difficulty:
    """The difficulty, for whoever sees the unit that raised it; others get 404."""
    one = Difficulty.objects.filter(pk=pk, unit__in=scope(actor)).select_related("report").first()
    if one is None:
        raise Http404
    return one


def access_to_answer(actor: Actor, pk: int) -> Difficulty:
    """The difficulty, for a person of the unit with which it lies who may answer; others 403."""
    one = access_difficulty(actor, pk)
    if one.lies_with_id is not None:
        require(actor, "difficulty.answer", one.lies_with_id)
    return one


def as_known_on(report: Report, day: date) -> list[Submission]:
    """The sendings of a report by the day, oldest first, as they were known at its end: what was accepted later is not accepted yet."""
    related = report.submissions.select_related("by", "post", "accepted_by", "accepted_post")
    found = list(related.filter(on__lte=day).order_by("number"))
    for one in found:
        if one.accepted_on is not None and one.accepted_on > day:
            one.accepted_on = one.accepted_by = one.accepted_post = None
    return found


def enters_on_behalf(actor: Actor, report: Report) -> bool:
    """Whether the actor's hand is not that of the unit: what is entered needs its paper."""
    return actor.acting is None or actor.acting.unit != report.filler_id


def may_fill(actor: Actor, report: Report) -> bool:
    """Whether the actor may fill the report now."""
    return State(report.state) in FILLED and bool(may(actor, "report.fill", report.filler_id))


def may_judge(actor: Actor, report: Report) -> bool:
    """Whether the actor may accept the report or send it back now; the service looks at who wrote it."""
    at_receiver = actor.acting is not None and actor.acting.unit == report.receiver_id
    return at_receiver and report.state == State.SUBMITTED and bool(may(actor, "report.accept", report.unit_id))


def units_where(actor: Actor, action: str) -> list[int]:
    """The units at which the person holds a post that may do the action there."""
    return sorted({held.unit for held in actor.holdings if (held.kind, action) in grants()})


def to_fill(units: Collection[int]) -> QuerySet[Report]:
    """The reports that these units still have to send, the most urgent first."""
    return Report.objects.filter(filler__in=units, state__in=list(FILLED)).order_by("due_on", "starts_on", "pk")


def to_judge(units: Collection[int]) -> QuerySet[Report]:
    """The reports that wait for these units to accept them."""
    return Report.objects.filter(receiver__in=units, state=State.SUBMITTED).order_by("due_on", "pk")


def waited_for(units: Collection[int], day: date) -> QuerySet[Report]:
    """The reports that these units should have got by the day and have not."""
    return Report.objects.filter(receiver__in=units, state__in=list(WAITED_FOR), due_on__lt=day).order_by("due_on")


def lying_with_on(units: Collection[int], on: date, today: date) -> list[Difficulty]:
    """The difficulties that lay with these units on the day, the oldest first."""
    if on >= today:
        return list(lying_with(units))
    reached = Q(lies_with__in=units) | Q(steps__to__in=units) | Q(steps__unit__in=units)
    begun = Q(report__receiver__in=units) | Q(report__superior__in=units)
    rows = Difficulty.objects.filter(reached | begun, raised_on__lte=on).exclude(answered_on__lte=on)
    there = list(rows.exclude(withdrawn_on__lte=on).distinct().select_related("report__demand"))
    found = [one for one in difficulties_as_of(there, on, today) if one.lies_with_id in units]
    return sorted(found, key=lambda one: (one.lies_since, one.pk))


def raised_by_on(units: Collection[int], on: date, today: date, most: int) -> list[Difficulty]:
    """The difficulties that these units had raised by the day, those that nobody had answered first, then the newest."""
    rows = Difficulty.objects.filter(unit__in=units, raised_on__lte=on).select_related("report__demand")
    settled = Q(answered_on__lte=on) | Q(withdrawn_on__lte=on)
    ordered = rows.annotate(done=Case(When(settled, then=1), default=0)).order_by("done", "-raised_on", "pk")
    return difficulties_as_of(list(ordered[:most]), on, today)


def handled_by_on(units: Collection[int], on: date, today: date, most: int) -> list[Difficulty]:
    """The difficulties that these units had answered or passed up by the day, the latest first, with how they stood then."""
    steps = DifficultyStep.objects.filter(difficulty=OuterRef("pk"), unit__in=units, on__lte=on)
    rows = Difficulty.objects.annotate(last=Subquery(steps.order_by("-pk").values("pk")[:1])).exclude(last=None)
    return difficulties_as_of(list(rows.select_related("report__demand").order_by("-last")[:most]), on, today)


def lying_with(units: Collection[int]) -> QuerySet[Difficulty]:
    """The open difficulties that lie with these units, the oldest first."""
    return Difficulty.objects.filter(lies_with__in=units).select_related("report__demand").order_by("lies_since", "pk")


@dataclass(frozen=True, slots=True)
class Line:
    """A report as a list shows it. `explained`: places of the sent version that carry a word of explanation; `urged`: how often it was
    urged, and when last."""

    report: Report
    unit: Label
    title: str
    standing: str
    explained: int = 0
    urged: Urged | None = None
    filler: Label | None = None

    @property
    def orphaned(self) -> bool:
        """Whether the unit has ended and nobody reports for it: the receiver's office enters the report, or waits no longer."""
        return self.filler is not None and not self.filler.alive

    @property
    def word(self) -> str:
        """How it stands, in the words of reports."""
        return str(STANDINGS.get(self.standing, ""))

    @property
    def runs(self) -> bool:
        """Whether its day is still to come or has passed without it."""
        return State(self.report.state) in WAITED_FOR

    @property
    def late(self) -> bool:
        """Whether it was first sent after its day."""
        return self.report.sent_on is not None and self.report.sent_on > self.report.due_on


def lines(reports: Sequence[Report], day: date) -> list[Line]:
    """These reports with what a list says of them on the day. Five queries."""
    known = labels({unit for one in reports for unit in (one.unit_id, one.filler_id)}, day)
    explained: dict[int, int] = {}
    sent = [one.pk for one in reports if one.sent_on is not None]
    later = Submission.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"), on__lte=day)
    told = Count("lines", filter=~Q(lines__why=""))
    rows = Submission.objects.filter(~Exists(later), report__in=sent, on__lte=day).annotate(told=told)
    for pk, count, why in rows.values_list("report", "told", "why"):
        explained[pk] = count + bool(why)
    told_of = urged(reports, day)
    return [
        Line(
            one,
            known[one.unit_id],
            title_of(one),
            standing(one, day),
            explained.get(one.pk, 0),
            told_of.get(one.pk),
            known[one.filler_id],
        )
        for one in reports
    ]


def standing(report: Report, day: date) -> str:
    """How a report stands on the day, as a code of `web/states.py`."""
    return states.standing(report.state, day, due=report.due_on, begun=report.begun, sent_on=report.sent_on)


def where_figures_stand(actor: Actor, figures: Sequence[Figure]) -> dict[int, Place]:
    """The report that each figure was accepted with, and the page of that sending for whoever may see it. Two queries."""
    keys = [figure.origin_key for figure in figures if figure.origin_key is not None]
    lines = SentLine.objects.select_related("submission__report__demand").in_bulk(keys)
    seen = set(
        scope(actor)
        .filter(pk__in={line.submission.report.unit_id for line in lines.values()})
        .values_list("pk", flat=True)
    )
    found = {}
    for figure in figures:
        line = lines.get(figure.origin_key or 0)
        if line is not None:
            sent = line.submission
            url = reverse("reports:sent", args=[sent.report_id, sent.number]) if sent.report.unit_id in seen else ""
            found[figure.pk] = Place(title_of(sent.report), f"{url}#line-{line.key}" if url else "")
    return found
