"""Lists of assignments by the part one has in them, and what may be done to several rows at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.accounts.actors import Actor
from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import may
from dondoc.directives import forms, queries, services
from dondoc.directives.asof import as_of
from dondoc.directives.models import Assignment
from dondoc.directives.queries import Card
from dondoc.directives.rules import OPEN, UNISSUED, State
from dondoc.directives.services import DocumentData
from dondoc.documents.models import OfficialDocument
from dondoc.lib.refusals import INVALID
from dondoc.lib.vietnamese import folded, sort_key
from dondoc.web import states

from .common import back, came_with, chosen, issue_form, received_words

ROWS = 50
CLOSED = {"accepted", "accepted_late", "handed_over", "cancelled"}

Units = Sequence[int]


def _parked(units: Units, day: date) -> QuerySet[Assignment]:
    return Assignment.objects.filter(pk__in={one.card.pk for one in queries.parked_with(units, day)})


@dataclass(frozen=True, slots=True)
class Part:
    """A list: what I have to do with the assignments on it. `what` says what to do where it is empty."""

    name: str
    label: str | Promise
    rows: Callable[[Units, date], QuerySet[Assignment]]
    what: str | Promise


PARTS = (
    Part(
        "received",
        gettext_lazy("Assigned to us"),
        queries.received_by,
        gettext_lazy("Assignments appear here once they are issued to your unit."),
    ),
    Part(
        "verify",
        gettext_lazy("To be verified by us"),
        queries.to_verify,
        gettext_lazy("Assignments appear here whose results your unit confirms."),
    ),
    Part(
        "follow",
        gettext_lazy("Followed by us"),
        queries.to_follow,
        gettext_lazy("Assignments appear here that your unit follows and urges."),
    ),
    Part(
        "issued",
        gettext_lazy("Assigned by us"),
        lambda units, day: queries.authored_by(units, day),
        gettext_lazy("Directives of your leaders appear here once a draft is confirmed."),
    ),
    Part(
        "objected",
        gettext_lazy("To be answered by us"),
        queries.objected_to,
        gettext_lazy("Objections of units to which your unit has assigned something appear here."),
    ),
    Part(
        "approve",
        gettext_lazy("To be approved"),
        queries.to_approve,
        gettext_lazy("Assignments appear here once the office has prepared them."),
    ),
    Part(
        "issue",
        gettext_lazy("To be issued"),
        queries.to_issue,
        gettext_lazy("Assignments appear here once the leader has approved them."),
    ),
    Part(
        "waiting",
        gettext_lazy("Without a unit"),
        _parked,
        gettext_lazy("Roles appear here that a reorganisation has left without a unit."),
    ),
)
ALL = Part(
    "all",
    gettext_lazy("All that you may see"),
    lambda units, day: Assignment.objects.none(),
    gettext_lazy("Assignments of the units in your scope appear here."),
)
TABS = (
    "overdue",
    "due_soon",
    "not_started",
    "in_progress",
    "returned",
    "reported",
    "objected",
    "drafted",
    "approved",
    "accepted",
    "accepted_late",
    "handed_over",
    "cancelled",
)


OF_ISSUER = {State.OBJECTED: "objected", State.DRAFTED: "approve", State.APPROVED: "issue"}
"""What waits for the issuer in a state, as the name of its list."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list and what one tap may do to it."""

    card: Card
    may_acknowledge: bool
    tickable: bool


@reads
def listing(request: PageRequest) -> HttpResponse:
    """The list, by part, state, unit and words; all of it stands in the address."""
    actor, day, today = request.actor, request.on, request.today
    past = _past(actor, day, today) if day < today else None
    counts = {one.name: len(past[one.name]) if past else _rows_of(one, actor, day).count() for one in PARTS}
    part = _part(request.GET.get("part") or ("all" if request.GET.get("unit") else ""), counts)
    if past is not None:
        cards = sorted(past[part.name], key=_urgency)
    else:
        rows = queries.visible(actor) if part is ALL else _rows_of(part, actor, day)
        cards = sorted(queries.cards(rows, day, seen_by=actor.units), key=_urgency)
    words, unit, state = (request.GET.get(name, "") for name in ("q", "unit", "state"))
    found = [one for one in cards if _fits(one, words, unit)]
    by_state = queries.count_by_standing(found)
    state = state if state in TABS else ""
    page = Paginator([one for one in found if not state or one.standing == state], ROWS).get_page(
        request.GET.get("page")
    )
    units = _units(cards)
    shown = _rows(actor, list(page.object_list), part, acts=day == today)
    context = {
        "part": part,
        "parts": [(one, counts.get(one.name)) for one in (*PARTS, ALL) if one in (part, ALL) or counts.get(one.name)],
        "sentence": _sentence(by_state, len(found)),
        "tabs": _tabs(by_state, state, len(found)),
        "state": state,
        "state_word": states.word(state) if state else "",
        "page": page,
        "rows": shown,
        "tickable": any(row.tickable for row in shown),
        "units": units,
        "unit": unit,
        "unit_name": dict(units).get(unit, ""),
        "q": words,
        "issue_form": issue_form(actor.acting.unit, today) if part.name == "issue" and actor.acting else None,
    }
    return render(request, "directives/list.html", context)


def _rows_of(part: Part, actor: Actor, day: date) -> QuerySet[Assignment]:
    """The list as of the day shown, of what the person may see today: the day chosen opens nothing.

    What waits with a unit is its own to decide, whoever held it before.
    """
    rows = part.rows(actor.units, day)
    return rows if part.name == "waiting" else rows.filter(pk__in=queries.visible(actor).values("pk"))


def _past(actor: Actor, day: date, today: date) -> dict[str, list[Card]]:
    """Every list as it stood on a day gone by. The lists of today ask for today's states, so here each card is judged by how it stood."""
    cards = as_of(queries.cards(queries.visible_on(actor, day), day, seen_by=actor.units), day, today)
    demanded = set(queries.authored_by(actor.units, day).values_list("pk", flat=True))
    found: dict[str, list[Card]] = {one.name: [] for one in (*PARTS, ALL)}
    for card in cards:
        for name in _lists(card, actor.units, day):
            found[name].append(card)
        if card.pk in demanded:
            found["issued"].append(card)
        found["all"].append(card)
    return found


def _lists(card: Card, units: Units, day: date) -> Iterator[str]:
    """On which lists of these units a card stood on its day, by the parts they held then; the same rules as in `queries.lists`."""

    def held(holder: queries.Holder | None) -> bool:
        return bool(holder and holder.since <= day and holder.unit and holder.unit.unit in units)

    state = State(card.assignment.state)
    is_open, issued = state in OPEN, state not in UNISSUED
    if held(card.receiver) and issued and state is not State.CANCELLED:
        yield "received"
    if held(card.verifier) and is_open and (state is State.REPORTED or card.open_extension):
        yield "verify"
    if held(card.follower) and is_open and issued:
        yield "follow"
    if held(card.issuer) and state in OF_ISSUER:
        yield OF_ISSUER[state]
    parts = (card.receiver, card.answerable, card.follower, card.verifier, card.issuer)
    if is_open and any(one and one.since <= day and one.parked_with and one.parked_with.unit in units for one in parts):
        yield "waiting"


def _part(asked: str, counts: dict[str, int]) -> Part:
    """The list that was asked for, else the first that has something."""
    named = {one.name: one for one in (*PARTS, ALL)}
    if asked in named:
        return named[asked]
    return next(
        (
            named[name]
            for name in ("approve", "issue", "objected", "received", "verify", "follow", "issued")
            if counts[name]
        ),
        ALL,
    )


def _urgency(card: Card) -> tuple[bool, date, int]:
    """Open ones first, by the next day on which something is due; what has no day yet after them."""
    return card.standing in CLOSED, card.due or date.max, card.pk


def _fits(card: Card, words: str, unit: str) -> bool:
    """Whether every word stands in the task, product, directive or unit, with or without marks."""
    receiver = card.receiver.unit if card.receiver else None
    if unit and str(receiver.unit if receiver else "") != unit:
        return False
    if not words.strip():
        return True
    text = folded(" ".join((card.task, card.product, card.text, card.origin_label, receiver.name if receiver else "")))
    return all(word in text for word in folded(words).split())


def _units(cards: Sequence[Card]) -> list[tuple[str, str]]:
    """The units that carry out something on the list, to choose one."""
    units = {one.receiver.unit.unit: one.receiver.unit for one in cards if one.receiver and one.receiver.unit}
    return [(str(key), label.name) for key, label in sorted(units.items(), key=lambda pair: sort_key(pair[1].name))]


def _sentence(by_state: dict[str, int], count: int) -> str:
    """What matters on this list, worst first."""
    told = [
        (ngettext("%(n)s overdue", "%(n)s overdue", by_state.get("overdue", 0)), by_state.get("overdue", 0)),
        (ngettext("%(n)s due soon", "%(n)s due soon", by_state.get("due_soon", 0)), by_state.get("due_soon", 0)),
        (
            ngettext("%(n)s not started", "%(n)s not started", by_state.get("not_started", 0)),
            by_state.get("not_started", 0),
        ),
        (
            ngettext("%(n)s awaiting verification", "%(n)s awaiting verification", by_state.get("reported", 0)),
            by_state.get("reported", 0),
        ),
    ]
    parts = [text % {"n": number} for text, number in told if number]
    if parts:
        return ", ".join(parts) + "."
    return (
        ngettext("%(n)s assignment, none overdue.", "%(n)s assignments, none overdue.", count) % {"n": count}
        if count
        else ""
    )


def _tabs(by_state: dict[str, int], state: str, count: int) -> list[dict[str, Any]]:
    """All, then each state that occurs, the gravest first."""
    tabs = [{"label": _("All"), "query": "", "count": count, "current": not state, "state": ""}]
    for code in TABS:
        if by_state.get(code) or code == state:
            number = by_state.get(code, 0)
            tabs.append(
                {"label": states.word(code), "query": code, "count": number, "current": code == state, "state": code}
            )
    return tabs


def _rows(actor: Actor, cards: Sequence[Card], part: Part, *, acts: bool) -> list[Row]:
    """What one tap may do in each row, by two rights asked once. On another day than today nothing is done (`acts`)."""
    if not acts:
        return [Row(card, False, False) for card in cards]
    acting = actor.acting
    acknowledges = bool(acting and may(actor, "assignment.acknowledge", acting.unit))

    def mine(card: Card) -> bool:
        return bool(acting and card.receiver and card.receiver.unit and card.receiver.unit.unit == acting.unit)

    def ours(card: Card) -> bool:
        return bool(acting and card.issuer and card.issuer.unit and card.issuer.unit.unit == acting.unit)

    action = {"approve": "directive.approve", "issue": "directive.issue", "follow": "document.prepare"}.get(
        part.name, ""
    )
    ticks = bool(action and acting and may(actor, action, acting.unit))
    if part.name == "follow":
        ticks = ticks and bool(acting and may(actor, "assignment.chase", acting.unit))

    def urged(card: Card) -> bool:
        """Whether a letter of the acting unit may urge it: overdue, and followed by this unit."""
        follows = bool(acting and card.follower and card.follower.unit and card.follower.unit.unit == acting.unit)
        return follows and card.standing == "overdue"

    rows = []
    for card in cards:
        waits = acknowledges and card.assignment.state == State.ISSUED and mine(card)
        ticked = ticks and (urged(card) if part.name == "follow" else ours(card))
        rows.append(Row(card, waits, (waits and part.name == "received") or ticked))
    return rows


@writes
def approve(request: ActRequest) -> HttpResponse:
    """The leader approves the rows."""
    rows = chosen(request)
    queries.access_assignments(request.actor, rows, may="approve")
    done = services.approve(list(rows), seen=rows, act=request.act)
    said = ngettext("%(n)s assignment approved.", "%(n)s assignments approved.", len(done)) % {"n": len(done)}
    messages.success(request, said)
    return back(request, "/directives/")


@writes
def send_back(request: ActRequest) -> HttpResponse:
    """Approved rows become drafts again, with what must be corrected."""
    form = forms.SendBackForm(request.POST, today=request.today)
    rows = chosen(request)
    queries.access_assignments(request.actor, rows, may="send_back")
    if not form.is_valid():
        return _again(request, form, rows, "send-back", _("Send back for correction"))
    done = services.send_back(list(rows), seen=rows, act=request.act, **form.cleaned_data)
    said = ngettext("%(n)s assignment sent back.", "%(n)s assignments sent back.", len(done)) % {"n": len(done)}
    messages.success(request, said)
    return back(request, "/directives/")


@writes
def issue(request: ActRequest) -> HttpResponse:
    """The office issues the rows, by a document or by word of mouth."""
    rows = chosen(request)
    assignments = queries.access_assignments(request.actor, rows, may="issue")
    received = came_with(one.directive for one in assignments)
    form = forms.IssueForm(request.POST, today=request.today, received=received_words(received))
    if not form.is_valid():
        return _again(request, form, rows, "issue", _("Issue the assignments"))
    data = form.cleaned_data
    document: DocumentData | OfficialDocument | None = received if data["way"] == "received" else None
    if data["way"] == "document":
        issuer = request.act.unit or assignments[0].directive.author_unit_id
        document = DocumentData(
            issuer, data["term"], data["symbol"], data["number"], data["dated_on"], data["abstract"]
        )
    done = services.issue(list(rows), document=document, oral=document is None, seen=rows, act=request.act)
    said = ngettext("%(n)s assignment issued.", "%(n)s assignments issued.", len(done)) % {"n": len(done)}
    messages.success(request, said)
    return back(request, "/directives/")


@writes
def acknowledge_many(request: ActRequest) -> HttpResponse:
    """The receiver has them all."""
    rows = chosen(request)
    queries.access_assignments(request.actor, rows, may="acknowledge")
    for pk, version in rows.items():
        services.acknowledge(pk, seen=version, act=request.act)
    said = ngettext("%(n)s assignment acknowledged.", "%(n)s assignments acknowledged.", len(rows)) % {"n": len(rows)}
    messages.success(request, said)
    return back(request, "/directives/")


def _again(request: ActRequest, form: forms.ActForm, rows: dict[int, int], verb: str, title: str) -> HttpResponse:
    """The form on a page of its own with what was typed and the rows that were ticked."""
    ticked = [f"{pk}:{version}" for pk, version in rows.items()]
    context = {"form": form, "ticked": ticked, "verb": verb, "title": title, "next": request.POST.get("next", "")}
    return render(request, "directives/again.html", context, status=INVALID)
