"""The unit page: one unit on the chosen day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import access_unit, scope
from dondoc.directives import queries as directives
from dondoc.directives.models import Finding
from dondoc.directives.queries import Card
from dondoc.figures import queries as figures
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import Label
from dondoc.working_sessions.models import WorkingSession

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a unit's timeline, as `web/_timeline.html` takes it."""

    on: date
    title: str
    url: str = ""
    body: str = ""
    state: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything the page says of a unit on a day. `cards` are its own assignments, open ones first."""

    unit: Unit
    label: Label
    path: list[Label]
    children: list[Label]
    figures: list[figures.Shown]
    findings: list[Finding]
    cards: list[Card]
    total: int
    sessions: list[WorkingSession]
    became: list[organisations.Passage]
    came: list[organisations.Passage]
    on: date

    @property
    def open(self) -> list[Card]:
        return [card for card in self.cards if card.standing not in CLOSED]

    @property
    def closed(self) -> list[Card]:
        return [card for card in self.cards if card.standing in CLOSED]

    @property
    def overdue(self) -> list[Card]:
        return [card for card in self.cards if card.standing == "overdue"]

    @property
    def timeline(self) -> list[Happened]:
        """Everything that happened up to the day, newest first."""
        lines = [
            Happened(
                session.on,
                gettext("Working session: %(topic)s") % {"topic": session.topic or session.leader_title},
                reverse("working_sessions:page", args=[session.pk]),
            )
            for session in self.sessions
        ]
        lines += [
            Happened(
                finding.said_on,
                finding.get_kind_display(),
                body=finding.text,
                tone="gold" if finding.kind == Finding.Kind.PRAISE else "",
            )
            for finding in self.findings
        ]
        for card in self.cards:
            lines += self._of_card(card)
        lines += [
            Happened(
                passing.on,
                gettext("Took over from %(unit)s") % {"unit": passing.predecessor.name},
                reverse("overview:unit", args=[passing.predecessor.unit]),
                passing.decision,
            )
            for passing in self.came
        ]
        return sorted((line for line in lines if line.on <= self.on), key=lambda line: line.on, reverse=True)

    def _of_card(self, card: Card) -> list[Happened]:
        work = card.assignment
        url = reverse("directives:assignment", args=[card.pk])
        steps = (
            (work.issued_on, gettext("Assigned: %(task)s")),
            (work.acknowledged_on, gettext("Acknowledged: %(task)s")),
            (work.reported_on, gettext("Result reported: %(task)s")),
            (work.closed_on, gettext("Closed: %(task)s")),
        )
        return [Happened(on, title % {"task": card.task}, url) for on, title in steps if on is not None]

    @property
    def origins(self) -> list[tuple[Label, date]]:
        """The units that this one took over from, each with its last day."""
        return [(passing.predecessor, passing.on - timedelta(days=1)) for passing in self.came]

    @property
    def always(self) -> tuple[str, ...]:
        """Indicators that are named even where there is no figure: that none is known is itself worth knowing."""
        return ALWAYS


ALWAYS = ("members", "cells", "admissions")
CLOSED = frozenset({"accepted", "accepted_late", "cancelled", "handed_over"})


def unit_page(actor: Actor, pk: int, on: date) -> UnitPage:
    """The page of a unit in the actor's scope as it stood on `on`. 404 outside the scope; the number of queries is fixed."""
    unit = access_unit(actor, pk)
    received = directives.visible(actor).filter(pk__in=directives.received_by([pk], on)).exclude(issued_on=None)
    received = received.filter(issued_on__lte=on)
    cards = directives.cards(received.order_by("due_on", "pk")[:SHOWN], on)
    labels = organisations.labels([pk], on)
    below = organisations.children(pk, on)
    children = organisations.labels(below, on)
    known_to = max(on, actor.day)
    return UnitPage(
        unit,
        labels[pk],
        organisations.path(pk, on),
        [children[child] for child in below],
        figures.of_units([pk], on)[pk],
        list(
            directives.findings_of([pk])
            .filter(pk__in=directives.visible_findings(actor), said_on__lte=on, withdrawn_on=None)
            .order_by("-said_on", "pk")[:SHOWN]
        ),
        sorted(cards, key=lambda card: (card.standing in CLOSED, card.due or date.max)),
        received.count(),
        list(
            WorkingSession.objects.filter(units=pk, on__lte=on, withdrawn_on=None)
            .filter(units__in=scope(actor))
            .distinct()
            .order_by("-on")[:SHOWN]
        ),
        organisations.what_became_of(pk, known_to),
        organisations.came_from(pk, on),
        on,
    )


@reads
def unit(request: PageRequest, pk: int) -> HttpResponse:
    """The unit on the chosen day."""
    return render(request, "overview/unit.html", {"page": unit_page(request.actor, pk, request.on)})
