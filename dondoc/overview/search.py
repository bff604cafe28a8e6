"""The search box: units by name, also by earlier ones, sessions, directives and documents by their words, with and without marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from dondoc.accounts.actors import Actor
from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.queries import scope
from dondoc.directives import queries as directives
from dondoc.documents import registers
from dondoc.documents.models import IncomingDocument, OfficialDocument
from dondoc.lib import short_codes
from dondoc.lib.vietnamese import folded
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import UnitKind, UnitName, UnitParent
from dondoc.organisations.queries import Label
from dondoc.reports.paper import KIND as REPORT
from dondoc.reports.queries import access_report
from dondoc.working_sessions import queries as sessions
from dondoc.working_sessions.models import WorkingSession

from .outcomes import Outcome, outcomes

SHOWN = 20
SESSIONS_READ = 2000
"""The latest sessions in the scope, whose topics are compared here: a topic is stored only as it was written."""
LONGEST = 100
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit of which a name holds the words; `called` is that name where it is not the one of the day, `above` tells namesakes apart."""

    label: Label
    called: str
    above: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the words find; of each kind so many, and whether there is more."""

    units: tuple[FoundUnit, ...] = ()
    sessions: tuple[WorkingSession, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    documents: tuple[OfficialDocument, ...] = ()
    arrivals: tuple[IncomingDocument, ...] = ()
    more_units: bool = False
    more_sessions: bool = False
    more_outcomes: bool = False
    more_documents: bool = False

    @property
    def papers(self) -> int:
        """How many documents of both registers."""
        return len(self.documents) + len(self.arrivals)

    def __bool__(self) -> bool:
        return bool(self.units or self.sessions or self.outcomes or self.documents or self.arrivals)


def find(actor: Actor, text: str, on: date) -> Found:
    """Everything in the actor's scope that has all the words; nothing for no words. The number of queries is fixed."""
    words = folded(text).split()[:MOST_WORDS]
    if not words:
        return Found()
    units, more_units = _units(actor, words, on)
    held = sessions.visible(actor).filter(on__lte=on).values_list("pk", "topic", "leader_title")[:SESSIONS_READ]
    fitting = [pk for pk, topic, leader in held if _has(f"{topic} {leader}", words)]
    by_key = WorkingSession.objects.in_bulk(fitting[:SHOWN])
    asked = directives.visible(actor).filter(_asks(words), directive__withdrawn_on=None, issued_on__lte=on)
    rows = list(asked.order_by("-issued_on", "-pk")[: SHOWN + 1])
    out = registers.with_words(registers.visible(actor).filter(dated_on__lte=on), text).order_by("-dated_on", "-pk")
    came = registers.with_words(registers.visible_in(actor).filter(arrived_on__lte=on), text)
    papers, arrivals = list(out[: SHOWN + 1]), list(registers.by_arrival(came)[: SHOWN + 1])
    return Found(
        units,
        tuple(by_key[pk] for pk in fitting[:SHOWN]),
        tuple(outcomes(directives.cards(rows[:SHOWN], on), on, actor.day)),
        tuple(papers[:SHOWN]),
        tuple(arrivals[:SHOWN]),
        more_units,
        len(fitting) > SHOWN,
        len(rows) > SHOWN,
        max(len(papers), len(arrivals)) > SHOWN,
    )


def _has(text: str, words: Sequence[str]) -> bool:
    plain = folded(text)
    return all(word in plain for word in words)


def _asks(words: Sequence[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(directive__folded__contains=word)
    return condition


def _named(words: Sequence[str]) -> QuerySet[UnitName]:
    names = UnitName.objects.all()
    for word in words:
        names = names.filter(folded__contains=word)
    return names


def _units(actor: Actor, words: Sequence[str], on: date) -> tuple[tuple[FoundUnit, ...], bool]:
    """Units of the scope, the higher ones first, then by the alphabet; those living on the day before those that do not. Nine queries."""
    named = _named(words).filter(unit=OuterRef("pk")).order_by("-valid_from")
    level = UnitKind.objects.filter(unit=OuterRef("pk")).order_by("-valid_from").values("level")[:1]
    rows = (
        scope(actor)
        .annotate(key=Subquery(named.values("sort_key")[:1]), level=Subquery(level))
        .exclude(key=None)
        .order_by("level", "key", "pk")
    )
    keys = list(rows.values_list("pk", flat=True)[: SHOWN + 1])
    shown = keys[:SHOWN]
    labels = organisations.labels(shown, on)
    called: dict[int, str] = {}
    for name in _named(words).filter(unit__in=shown).order_by("valid_from"):
        called[name.unit_id] = name.name
    above = _above(shown, on)
    found = [
        FoundUnit(labels[key], called[key] if called[key] != labels[key].name else "", above.get(key, ""))
        for key in shown
    ]
    return tuple(sorted(found, key=lambda one: not one.label.alive)), len(keys) > SHOWN


def _above(units: Sequence[int], on: date) -> dict[int, str]:
    """The name of the direct superior of each unit on the day, of those that have ended their last one."""
    rows = UnitParent.objects.filter(unit__in=units, valid_from__lte=on).order_by("valid_from")
    parents = dict(rows.values_list("unit", "parent"))
    named = organisations.labels(set(parents.values()), on)
    return {unit: named[parent].name for unit, parent in parents.items()}


def _coded(actor: Actor, words: str) -> int | None:
    """The report whose code from a printed form this is, where the person may see it."""
    coded = short_codes.read(words)
    if coded is None or coded[0] != REPORT:
        return None
    try:
        return access_report(actor, coded[1]).pk
    except Http404:
        return None


@reads
def search(request: PageRequest) -> HttpResponse:
    """What the words find in the person's scope."""
    typed = "".join(letter if letter.isprintable() else " " for letter in request.GET.get("q", ""))
    words = " ".join(typed.split())[:LONGEST]
    report = _coded(request.actor, words)
    if report is not None:
        return redirect("reports:report", report)
    return render(request, "overview/search.html", {"words": words, "found": find(request.actor, words, request.on)})
