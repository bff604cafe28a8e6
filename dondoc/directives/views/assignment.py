"""The page of one assignment: what matters now, what this person may do, and everything that happened."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.accounts.actors import Actor
from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.queries import may
from dondoc.directives import forms, queries
from dondoc.directives.asof import as_of
from dondoc.directives.models import Assignment
from dondoc.directives.queries import Card, access_assignment
from dondoc.directives.rules import Part, State
from dondoc.directives.services.judging import own_duty, reporters_of
from dondoc.directives.texts import PARTS, REFUSALS
from dondoc.documents.models import StoredFile
from dondoc.documents.registers import visible
from dondoc.documents.views.files import sent as sent_file
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import UnitParent
from dondoc.organisations.queries import Label, labels

from . import telling

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Verb:
    """How a verb looks: where its form goes, its title, its button, and whether it ends something."""

    url: str
    title: Words
    button: Words
    icon: str
    grave: bool = False


# In the order in which the page offers them; the first that is allowed is the page's main action.
VERBS: dict[str, Verb] = {
    "accept": Verb("accept", gettext_lazy("Confirm the result"), gettext_lazy("Confirm completion"), "check"),
    "answer_extension": Verb(
        "answer-extension", gettext_lazy("Answer the extension"), gettext_lazy("Send the answer"), "calendar-clock"
    ),
    "return_result": Verb("return", gettext_lazy("Return for completion"), gettext_lazy("Return"), "undo-2"),
    "decide_role": Verb("decide", gettext_lazy("Decide who takes the role"), gettext_lazy("Decide"), "network"),
    "uphold": Verb("uphold", gettext_lazy("Keep the assignment with this unit"), gettext_lazy("Keep"), "gavel"),
    "acknowledge": Verb("acknowledge", gettext_lazy("Acknowledge"), gettext_lazy("Acknowledge"), "check"),
    "report_result": Verb("report-result", gettext_lazy("Report the result"), gettext_lazy("Send the result"), "send"),
    "report_progress": Verb(
        "report-progress", gettext_lazy("Report progress"), gettext_lazy("Send the progress"), "activity"
    ),
    "pass_down": Verb(
        "pass-down", gettext_lazy("Pass parts down to units below"), gettext_lazy("Pass down"), "network"
    ),
    "ask_extension": Verb(
        "ask-extension", gettext_lazy("Ask for an extension"), gettext_lazy("Send the request"), "calendar-clock"
    ),
    "object_to": Verb("object", gettext_lazy("Not our unit's responsibility"), gettext_lazy("Send the objection"), "x"),
    "on_behalf": Verb(
        "on-behalf", gettext_lazy("Enter the unit's paper report"), gettext_lazy("Enter the report"), "file-input"
    ),
    "chase": Verb("chase", gettext_lazy("Urge the unit"), gettext_lazy("Send"), "bell"),
    "hand_over": Verb("hand-over", gettext_lazy("Hand a role over"), gettext_lazy("Hand over"), "arrow-right-left"),
    "reopen": Verb("reopen", gettext_lazy("Open it again"), gettext_lazy("Open again"), "rotate-ccw"),
    "cancel": Verb("cancel", gettext_lazy("Withdraw the assignment"), gettext_lazy("Withdraw"), "ban", grave=True),
}
MAIN = ("accept", "answer_extension", "decide_role", "uphold", "acknowledge", "report_result")
# What belongs beside the main action, because one chooses between them.
NEAR = {
    "accept": ("return_result", "answer_extension"),
    "uphold": ("hand_over", "cancel"),
    "acknowledge": ("object_to",),
    "report_result": ("report_progress", "ask_extension"),
}


PROMPTS: dict[str, Words] = {
    "accept": gettext_lazy("The unit has reported its result. Read the report below, then confirm it or return it."),
    "answer_extension": gettext_lazy("The unit asks for a later deadline; its reason stands below."),
    "decide_role": gettext_lazy("A reorganisation has left a role of this assignment without a unit."),
    "uphold": gettext_lazy(
        "The unit says that this is not its responsibility. Keep it there, hand it over, or withdraw it."
    ),
    "acknowledge": gettext_lazy("The assignment waits to be acknowledged by your unit."),
    "report_result": gettext_lazy("When the work is done, report the result with evidence."),
}


@dataclass(slots=True)
class Panel:
    """A verb's form on the page; `seen` is the version that the form carries, `sent` whether it comes back with what was typed."""

    verb: str
    looks: Verb
    form: Any
    url: str
    seen: int
    sent: bool = False
    choices: Sequence[Label] = ()


def panel(
    request: PageRequest,
    assignment: Assignment,
    verb: str,
    *,
    data: Any = None,
    files: Any = None,
    seen: int | None = None,
    card: Card | None = None,
) -> Panel:
    """The form of a verb for this assignment, empty or with what was sent."""
    card = card or queries.cards([assignment], request.today)[0]
    looks = VERBS[verb]
    made = _FORMS[verb](request, card, {"data": data, "files": files, "today": request.today})
    form, choices = made if isinstance(made, tuple) else (made, ())
    url = reverse(f"directives:{looks.url}", args=[assignment.pk])
    return Panel(verb, looks, form, url, assignment.version if seen is None else seen, data is not None, choices)


def _beside(card: Card, day: date) -> list[Label]:
    """The units that a role could go to: the superiors' own children on the day, and the superiors themselves."""
    near = {
        holder.unit.unit
        for holder in (card.receiver, card.follower, card.verifier, card.issuer)
        if holder and holder.unit
    }
    waiting = {
        holder.parked_with.unit
        for holder in (card.receiver, card.follower, card.verifier)
        if holder and holder.parked_with
    }
    above = set(UnitParent.objects.on(day).filter(unit__in=near).values_list("parent", flat=True)) | waiting
    children = set(UnitParent.objects.on(day).filter(parent__in=above).values_list("unit", flat=True))
    return _alive(above | near | children, day)


def _below(card: Card, day: date) -> list[Label]:
    if not card.receiver or not card.receiver.unit:
        return []
    children = UnitParent.objects.on(day).filter(parent=card.receiver.unit.unit).values_list("unit", flat=True)
    return _alive(set(children), day)


def _alive(units: set[int], day: date) -> list[Label]:
    return sorted((one for one in labels(units, day).values() if one.alive), key=lambda one: one.name)


def _pass_down(request: PageRequest, card: Card, given: dict[str, Any]) -> forms.PassDownForm:
    assignment = card.assignment
    initial = {"task": assignment.task, "product": assignment.product}
    before = assignment.due_on or assignment.review_on
    return forms.PassDownForm(units=_below(card, request.today), before=before, initial=initial, **given)


def _hand_over(request: PageRequest, card: Card, given: dict[str, Any]) -> tuple[forms.HandOverForm, Sequence[Label]]:
    choices = _beside(card, request.today)
    roles = [(part, PARTS[part]) for part in (Part.RECEIVER, Part.FOLLOWER, Part.VERIFIER)]
    return forms.HandOverForm(choices=choices, roles=roles, **given), choices


def _decide(request: PageRequest, card: Card, given: dict[str, Any]) -> tuple[forms.DecideForm, Sequence[Label]]:
    choices = _beside(card, request.today)
    waiting = [holder for _part, holder in telling.holders(card) if holder and holder.parked_with]
    first = waiting[0] if waiting else None
    initial = {"role_id": first.role, "unit": first.proposed.name if first.proposed else ""} if first else {}
    return forms.DecideForm(choices=choices, waiting=[one.role for one in waiting], initial=initial, **given), choices


def _result(form: type[forms.ResultForm]) -> Callable[[PageRequest, Card, dict[str, Any]], forms.ResultForm]:
    return lambda _request, card, given: form(open_children=card.open_children > 0, **given)


def _simple(form: type[forms.ActForm]) -> Callable[[PageRequest, Card, dict[str, Any]], forms.ActForm]:
    return lambda _request, _card, given: form(**given)


_FORMS: Mapping[str, Callable[[PageRequest, Card, dict[str, Any]], Any]] = {
    "accept": _simple(forms.AcceptForm),
    "answer_extension": _simple(forms.AnswerForm),
    "return_result": _simple(forms.ReturnForm),
    "decide_role": _decide,
    "uphold": _simple(forms.UpholdForm),
    "acknowledge": _simple(forms.PlainForm),
    "report_result": _result(forms.ResultForm),
    "report_progress": _simple(forms.ReportForm),
    "pass_down": _pass_down,
    "ask_extension": _simple(forms.ExtensionForm),
    "object_to": _simple(forms.ObjectForm),
    "on_behalf": _result(forms.OnBehalfForm),
    "chase": _simple(forms.ChaseForm),
    "hand_over": _hand_over,
    "reopen": _simple(forms.ReopenForm),
    "cancel": _simple(forms.CancelForm),
}


@reads
def assignment(request: PageRequest, pk: int) -> HttpResponse:
    """The page."""
    return shown(request, access_assignment(request.actor, pk))


def shown(request: PageRequest, assignment: Assignment, sent: Panel | None = None) -> HttpResponse:
    """The page as of the day chosen, with the form that was sent and is not right yet in its place. What is done is done today."""
    today = request.today
    day = today if sent else request.on
    if day < today and not queries.visible_on(request.actor, day).filter(pk=assignment.pk).exists():
        since = assignment.issued_on or assignment.drafted_on
        return render(request, "directives/not_yet.html", {"since": since})
    story = queries.story(assignment, day)
    above = [story.parent] if story.parent else []
    shown = [*queries.cards([assignment], day, seen_by=request.actor.units), *above, *story.children]
    card, *family = as_of(shown, day, today)
    story = replace(story, parent=family[0] if above else None, children=tuple(family[len(above) :]))
    panels = list(_panels(request, card, sent)) if day == today else []
    main = next((one for verb in MAIN for one in panels if one.verb == verb), None)
    beside = NEAR.get(main.verb, ()) if main else ()
    near = [one for one in panels if one is main or one.verb in beside]
    recent, before = telling.timeline(card, story, day)
    context = {
        "card": card,
        "assignment": assignment,
        "standing_word": telling.standing_word(card, day),
        "sentence": telling.sentence(card, day),
        "main": main,
        "prompt": PROMPTS[main.verb] if main else "",
        "reason": telling.reason(card, story),
        "near": sorted(near, key=lambda one: one is not main),
        "panels": [one for one in panels if one not in near],
        "notes": list(_notes(request.actor, card, [one.verb for one in panels])) if day == today else [],
        "asked": telling.asked(card, day, opens=_opens(request.actor, assignment.document_id)),
        "roles": telling.roles(card, telling.so_far(story.passages, min(day, today))),
        "excerpt": telling.excerpt(
            card.directive, whole=card.directive.pk in queries.read_whole(request.actor, [card.directive])
        ),
        "story": story,
        "reports": telling.reports(story),
        "extensions": story.extensions,
        "remarks": telling.remarks(story),
        "timeline": recent,
        "before": before,
        "sent": sent,
        "urges": _urges(request, card, panels),
    }
    return render(request, "directives/assignment.html", context, status=INVALID if sent else 200)


def _urges(request: PageRequest, card: Card, panels: Sequence[Panel]) -> bool:
    """Whether this person may have an urging letter drafted: it is overdue, and their unit follows it."""
    acting = request.actor.acting
    chases = any(one.verb == "chase" for one in panels)
    return (
        chases and card.standing == "overdue" and bool(acting and may(request.actor, "document.prepare", acting.unit))
    )


def _panels(request: PageRequest, card: Card, sent: Panel | None) -> Iterator[Panel]:
    open_verbs = queries.allowed(request.actor, card.assignment) | _decides(request.actor, card)
    acting = request.actor.acting
    receiver = card.receiver.unit.unit if card.receiver and card.receiver.unit else None
    if open_verbs & {"report_result", "report_progress"} and acting and acting.unit != receiver:
        open_verbs = (open_verbs - {"report_result", "report_progress"}) | {"on_behalf"}
    for verb in VERBS:
        if sent and sent.verb == verb:
            yield sent
        elif verb in open_verbs:
            made = panel(request, card.assignment, verb, card=card)
            if verb != "pass_down" or made.form.fields["units"].choices:
                yield made


def _decides(actor: Actor, card: Card) -> set[str]:
    """Whether this person may decide a role of it that waits."""
    for _part, holder in telling.holders(card):
        if holder and holder.parked_with:
            try:
                queries.access_role(actor, holder.role)
            except (Http404, Refused):
                continue
            return {"decide_role"}
    return set()


def _opens(actor: Actor, document: int | None) -> bool:
    """Whether the person may open the document with which it was issued."""
    return document is not None and visible(actor).filter(pk=document).exists()


def _notes(actor: Actor, card: Card, offered: Sequence[str]) -> Iterator[str]:
    """What is not possible now, where only the state stands in the way, and why."""
    acting = actor.acting.unit if actor.acting else None
    state = card.assignment.state

    def holds(holder: queries.Holder | None) -> bool:
        return bool(holder and holder.unit and holder.unit.unit == acting)

    if holds(card.verifier) and "accept" not in offered:
        if state in (State.ISSUED, State.IN_PROGRESS):
            yield _("The result cannot be confirmed yet: the unit has not reported it.")
        elif state == State.REPORTED:
            yield own_duty_words(actor, card.assignment)
    if holds(card.receiver):
        if state == State.ISSUED and "acknowledge" in offered:
            yield _("Parts can be passed down once the assignment is acknowledged.")
        if state == State.REPORTED:
            yield _("The result has been reported. Until it is confirmed or returned nothing more can be reported.")
        if state == State.OBJECTED:
            yield _("Your unit has objected. Work goes on once the unit that assigned it has answered.")
        if card.open_extension:
            yield _("An extension has been asked for. Another one can be asked for once it is answered.")


def own_duty_words(actor: Actor, assignment: Assignment) -> str:
    """Why one who holds the verifying part may not judge this result."""
    code = queries.why_not(actor, assignment, "accept")
    code = code or own_duty(assignment, actor.act(timezone.now()), reporters=reporters_of(assignment))
    return str(REFUSALS[code]) if code in REFUSALS else _("Somebody else must judge this result.")


@reads
def file(request: PageRequest, pk: int, file: int) -> HttpResponse:
    """A file of one of the reports, to be kept, never opened inside our own pages."""
    assignment = access_assignment(request.actor, pk)
    if not assignment.reports.filter(files=file).exists() or not queries.sees_file(request.actor, file):
        raise Http404
    return cast(HttpResponse, sent_file(get_object_or_404(StoredFile, pk=file)))
