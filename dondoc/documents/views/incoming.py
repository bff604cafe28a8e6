"""The register of documents in, the page of one, entering one, and dealing with it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes, writes_after
from dondoc.accounts.queries import may
from dondoc.accounts.timeline import timeline_entries
from dondoc.documents import registers, services
from dondoc.documents.carried import carried
from dondoc.documents.forms import FilesForm, FinishForm, HandleForm, InForm
from dondoc.documents.models import IncomingDocument, OfficialDocument
from dondoc.documents.nearby import likely, units_near
from dondoc.documents.registers import access_incoming
from dondoc.documents.services import Arrival
from dondoc.history.queries import timeline
from dondoc.lib.refusals import INVALID
from dondoc.lib.wording import day as written
from dondoc.organisations.queries import labels

from .common import A_PAGE, chosen_unit, look_at_files, own_unit, stored

RECEIVE = "document.receive"
SOON = timedelta(days=3)
WORDS = {"": lazy("All"), "open": lazy("To be dealt with"), "overdue": lazy("Overdue"), "done": lazy("Done")}


def state(document: IncomingDocument, on: date) -> str:
    """Where a document in stood on a day, as the code of a state."""
    if document.done_on is not None and document.done_on <= on:
        late = document.due_on is not None and document.done_on > document.due_on
        return "accepted_late" if late else "accepted"
    if document.due_on is None:
        return "in_progress" if document.handled_by_id else "not_started"
    if document.due_on < on:
        return "overdue"
    return "due_soon" if document.due_on - on <= SOON else "in_progress"


def _narrowed(rows: QuerySet[IncomingDocument], which: str, on: date) -> QuerySet[IncomingDocument]:
    waits = Q(done_on=None) | Q(done_on__gt=on)
    return rows.filter({"open": waits, "overdue": waits & Q(due_on__lt=on), "done": ~waits}.get(which, Q()))


@reads
def register(request: PageRequest) -> HttpResponse:
    """The documents in of a unit as of the day shown, and what was sent to it and waits to be entered."""
    unit, units = chosen_unit(request)
    words, which = request.GET.get("q", "")[:100], request.GET.get("state", "")
    which = which if which in WORDS else ""
    rows = IncomingDocument.objects.filter(unit=unit.unit if unit else None, arrived_on__lte=request.on)
    found = registers.with_words(rows, words)
    counts = {name: _narrowed(found, name, request.on).count() for name in WORDS}
    page = Paginator(registers.by_arrival(_narrowed(found, which, request.on)), A_PAGE).get_page(
        request.GET.get("page")
    )
    shown = list(page.object_list)
    named = labels({one.sender_id for one in shown if one.sender_id}, request.on)
    waiting = list(registers.addressed([unit.unit], request.on)[:20]) if unit else []
    issuers = labels({one.issuer_id for one in waiting}, request.on)
    context = {
        "unit": unit,
        "units": units,
        "q": words,
        "which": which,
        "tabs": [(name, WORDS[name], counts[name]) for name in WORDS],
        "page": page,
        "lines": [
            (one, named[one.sender_id].name if one.sender_id else one.sender_words, state(one, request.on))
            for one in shown
        ],
        "waiting": [(one, issuers[one.issuer_id].name) for one in waiting],
        "sentence": _sentence(counts),
        "acts": bool(unit and request.on == request.today and may(request.actor, RECEIVE, unit.unit)),
    }
    return render(request, "documents/in.html", context)


def _sentence(counts: dict[str, int]) -> str:
    told = [
        (ngettext("%(n)s document overdue", "%(n)s documents overdue", counts["overdue"]), counts["overdue"]),
        (ngettext("%(n)s to be dealt with", "%(n)s to be dealt with", counts["open"]), counts["open"]),
        (ngettext("%(n)s document in", "%(n)s documents in", counts[""]), counts[""]),
    ]
    return ", ".join(text % {"n": n} for text, n in told if n) + "." if counts[""] else ""


@reads
def page(request: PageRequest, incoming: int) -> HttpResponse:
    """One document in: from whom, about what, who deals with it until when, its files, and what came of it."""
    return _document(request, access_incoming(request.actor, incoming))


def _document(request: PageRequest, found: IncomingDocument, status: int = 200, **forms: Any) -> HttpResponse:
    named = labels({found.unit_id, found.sender_id or found.unit_id}, request.on)
    today = request.today
    context = {
        "document": found,
        "unit": named[found.unit_id],
        "sender": named[found.sender_id].name if found.sender_id else found.sender_words,
        "state": state(found, request.on),
        "done": found.done_on is not None and found.done_on <= request.on,
        "files": list(found.files.order_by("pk")),
        "acts": request.on == today and bool(registers.keeps(request.actor, RECEIVE, found.unit_id)),
        "handle_form": forms.get("handle") or HandleForm(today=today, document=found, unit=_keeper(request, found)),
        "finish_form": forms.get("finish") or FinishForm(today=today),
        "files_form": forms.get("files") or FilesForm(today=today),
        "carried": carried(request.actor, request.on, incoming=found.pk),
        "assigns": request.on == today and bool(may(request.actor, "directive.prepare", found.unit_id)),
        "reads": request.on == today and bool(may(request.actor, "intake.receive", found.unit_id)),
        "opened": next(iter(forms), ""),
        "entries": timeline_entries(timeline("documents.IncomingDocument", found.pk)),
        "not_yet": found.arrived_on > request.on,
    }
    return render(request, "documents/incoming.html", context, status=status)


def _keeper(request: PageRequest, found: IncomingDocument) -> int:
    """The unit whose posts deal with it: the one that it came to, or that took over from it."""
    acting = request.actor.acting
    return acting.unit if acting and registers.keeps(request.actor, RECEIVE, found.unit_id) else found.unit_id


def _form(request: PageRequest, unit: int, *data: object, **given: Any) -> InForm:
    return InForm(*data, today=request.today, unit=unit, units=units_near(unit, request.today), **given)


@reads
def new(request: PageRequest) -> HttpResponse:
    """The form for a document that came in; `?document=` begins with one that was sent to the unit from here."""
    unit = own_unit(request, RECEIVE)
    typed = request.GET.get("document", "")
    key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else 0
    sent = registers.addressed([unit], request.today).filter(pk=key).first()
    return _new(request, unit, _form(request, unit, initial=_known(sent, request.today) if sent else {}))


def _new(request: PageRequest, unit: int, form: InForm, status: int = 200) -> HttpResponse:
    return render(request, "documents/new_in.html", {"form": form, "near": likely(unit, request.today)}, status=status)


def _known(sent: OfficialDocument, on: date) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "sender": labels([sent.issuer_id], on)[sent.issuer_id].name,
        "number": f"{sent.number:02d}",
        "symbol": sent.symbol,
        "dated_on": written(sent.dated_on),
        "abstract": sent.abstract,
        "arrived_on": written(on),
    }


@writes_after(look_at_files)
def enter(request: ActRequest, _looked: None) -> HttpResponse:
    """Enter the document. What is refused is shown with what was typed."""
    unit = own_unit(request, RECEIVE)
    form = _form(request, unit, request.POST, request.FILES)
    if not form.is_valid():
        return _new(request, unit, form, INVALID)
    data = dict(form.cleaned_data)
    sender, words = data.pop("sender")
    post, files = data.pop("handled_by"), stored(data.pop("scans"))
    made = services.enter(
        unit,
        Arrival(**data, sender=sender, sender_words=words, handled_by=post.pk if post else None, files=files),
        request.act,
    )
    messages.success(request, _("Entered under arrival number %(number)s.") % {"number": made.arrival})
    return redirect("documents:incoming", made.pk)


@writes
def handle(request: ActRequest, incoming: int) -> HttpResponse:
    """Who deals with it, until when."""
    found = access_incoming(request.actor, incoming, may=RECEIVE)
    form = HandleForm(request.POST, today=request.today, document=found, unit=_keeper(request, found))
    if not form.is_valid():
        return _document(request, found, INVALID, handle=form)
    post = form.cleaned_data["handled_by"]
    services.handle(
        incoming, post=post.pk if post else None, due_on=form.cleaned_data["due_on"], seen=request.seen, act=request.act
    )
    messages.success(request, _("Written down who deals with it."))
    return redirect("documents:incoming", incoming)


@writes
def finish(request: ActRequest, incoming: int) -> HttpResponse:
    """It was dealt with."""
    found = access_incoming(request.actor, incoming, may=RECEIVE)
    form = FinishForm(request.POST, today=request.today)
    if not form.is_valid():
        return _document(request, found, INVALID, finish=form)
    services.finish(incoming, words=form.cleaned_data["words"], seen=request.seen, act=request.act)
    messages.success(request, _("The document is dealt with."))
    return redirect("documents:incoming", incoming)


def _looked_at(request: PageRequest, incoming: int) -> None:
    access_incoming(request.actor, incoming, may=RECEIVE)
    look_at_files(request)


@writes_after(_looked_at)
def attach(request: ActRequest, _looked: None, incoming: int) -> HttpResponse:
    """Further files."""
    found = access_incoming(request.actor, incoming, may=RECEIVE)
    form = FilesForm(request.POST, request.FILES, today=request.today)
    if not form.is_valid():
        return _document(request, found, INVALID, files=form)
    services.attach(incoming, stored(form.cleaned_data["scans"]), seen=request.seen, act=request.act)
    messages.success(request, _("The files have been attached."))
    return redirect("documents:incoming", incoming)
