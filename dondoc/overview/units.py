"""The unit page: one unit on the chosen day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render

from dondoc.accounts.actors import Actor
from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.holders import Holder
from dondoc.accounts.models import Post
from dondoc.accounts.queries import access_unit, holders, may, scope, vacant
from dondoc.directives import queries as directives
from dondoc.directives import rules
from dondoc.directives.models import Finding, Role
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import Family, Unit
from dondoc.organisations.queries import Label, Passage
from dondoc.working_sessions import queries as sessions
from dondoc.working_sessions.models import WorkingSession
from dondoc.working_sessions.rules import KIND

from .facts import Child, Fact, children_of, facts
from .happened import Happened, timeline
from .outcomes import Outcome, outcomes

SHOWN = 200
FINDINGS = 50
SESSIONS = 50


@dataclass(frozen=True, slots=True)
class Passed:
    """What one decision did on one day: which units took over, or were taken over; `parts` where a unit went to several heirs."""

    on: date
    decision: str
    units: tuple[tuple[Label, bool], ...]

    @property
    def eve(self) -> date:
        """The last day before it."""
        return self.on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything the page says of a unit on a day. `linked` are the units whose pages this person may open, `said_in` the sessions."""

    unit: Unit
    label: Label
    path: list[Label]
    children: list[Child]
    facts: list[Fact]
    findings: list[Finding]
    outcomes: list[Outcome]
    total: int
    sessions: list[WorkingSession]
    became: list[Passed]
    came: list[Passed]
    vacant: list[Post]
    holders: list[Holder]
    linked: frozenset[int]
    said_in: frozenset[int]
    timeline: list[Happened]
    on: date
    may_receive: bool

    @property
    def open(self) -> list[Outcome]:
        """What is to be done, the longest overdue first."""
        return [one for one in self.outcomes if one.open]

    @property
    def closed(self) -> list[Outcome]:
        """What is accepted, withdrawn or handed over."""
        return [one for one in self.outcomes if not one.open]

    @property
    def overdue(self) -> int:
        """How many are overdue on the day."""
        return sum(one.card.standing == "overdue" for one in self.outcomes)

    @property
    def waiting(self) -> int:
        """How many results wait for the verifier on the day."""
        return sum(one.card.standing == "reported" for one in self.outcomes)

    @property
    def above(self) -> Label | None:
        """The direct superior."""
        return self.path[-2] if len(self.path) > 1 else None

    @property
    def begins_later(self) -> bool:
        """Whether the unit did not exist yet."""
        return self.unit.valid_from > self.on

    @property
    def last_day(self) -> date | None:
        """The last day of a unit that has ended."""
        return self.unit.valid_to - timedelta(days=1) if self.unit.valid_to else None

    @property
    def is_party(self) -> bool:
        """Whether figures of Party building are expected of it."""
        return self.label.family == Family.PARTY

    @property
    def unknown(self) -> bool:
        """Whether nothing at all is known of it on the day."""
        return not (self.findings or self.outcomes or self.sessions or any(fact.known for fact in self.facts))


def unit_page(actor: Actor, pk: int, on: date) -> UnitPage:
    """The page of a unit in the actor's scope as it stood on `on`. 404 outside the scope; the number of queries is fixed."""
    unit = access_unit(actor, pk)
    label = organisations.labels([pk], on)[pk]
    path = organisations.path(pk, on)
    children = children_of(pk, on)
    became = _passed(organisations.what_became_of(pk, max(on, actor.day)), "heir")
    came = _passed(organisations.came_from(pk, on), "predecessor")
    held = Role.objects.filter(role=rules.Part.RECEIVER.value, unit=pk, valid_from__lte=on).values("assignment")
    received = directives.visible(actor).filter(pk__in=held, issued_on__lte=on, directive__withdrawn_on=None)
    listed = received.order_by(F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")
    asked = outcomes(directives.cards(listed[:SHOWN], on, seen_by=[pk]), on, actor.day)
    asked.sort(key=lambda one: (not one.open, one.card.standing != "overdue", one.card.due or date.max, one.card.pk))
    findings = list(
        directives.findings_of([pk])
        .filter(pk__in=directives.visible_findings(actor).values("pk"), said_on__lte=on)
        .order_by("-said_on", "span_start", "pk")[:FINDINGS]
    )
    known = facts(actor, pk, label, on, children)
    mine = list(
        sessions.visible(actor)
        .filter(Q(pk__in=WorkingSession.objects.filter(units=pk).values("pk")) | Q(led_by=pk), on__lte=on)
        .order_by("-on", "-pk")[:SESSIONS]
    )
    keys = {one.origin_key for one in findings if one.origin_kind == KIND}
    said_in = frozenset(sessions.visible(actor).filter(pk__in=keys).values_list("pk", flat=True))
    named = {one.unit for one in path} | {one.unit for passed in (*became, *came) for one, _part in passed.units}
    linked = frozenset(scope(actor).filter(pk__in=named).values_list("pk", flat=True))
    return UnitPage(
        unit,
        label,
        path,
        children,
        known,
        findings,
        asked,
        received.count() if len(asked) == SHOWN else len(asked),
        mine,
        became,
        came,
        vacant([pk], on),
        holders([pk], (), on),
        linked,
        said_in,
        timeline(mine, findings, asked, became, came, unit, on, linked, said_in),
        on,
        actor.acting is not None and bool(may(actor, "intake.receive", actor.acting.unit)),
    )


def _passed(passages: Sequence[Passage], side: str) -> list[Passed]:
    """The passages by day and decision, in their order."""
    found: dict[tuple[date, str], list[tuple[Label, bool]]] = {}
    for one in passages:
        found.setdefault((one.on, one.decision), []).append((getattr(one, side), one.several))
    return [Passed(on, decision, tuple(units)) for (on, decision), units in found.items()]


@reads
def unit(request: PageRequest, pk: int) -> HttpResponse:
    """The unit on the chosen day."""
    page = unit_page(request.actor, pk, request.on)
    return render(request, "overview/unit.html", {"page": page, "today_shown": request.on == request.today})
