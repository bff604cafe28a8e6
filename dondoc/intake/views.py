"""The desk of intake and the review of a draft. Every save answers with the way back to the value, with and without script alike."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes, writes_after
from dondoc.accounts.queries import may, require
from dondoc.documents.rules import LARGEST_TEXT
from dondoc.lib import texts
from dondoc.lib.refusals import FORBIDDEN, INVALID, Refused
from dondoc.lib.sources.found import LARGEST_FILE

from . import queries, review, services, units
from .described import session_word
from .desk_form import ReceiveForm
from .forms import ADD_FORMS, EMPTY, PLACE, ValueForm, form_class
from .gazetteer import queries as gazetteer
from .gazetteer.wording import outside_words
from .models import Draft, DraftValue, LateValue
from .remembered import last_time
from .rules import Content
from .shown import Review

SAMPLE = settings.CONTENT / "demonstration" / "article.txt"


@reads
def desk(request: PageRequest) -> HttpResponse:
    """Where texts come in, and the drafts that wait."""
    return render(request, "intake/list.html", _desk(request, ReceiveForm(initial={"kind": "article"})))


def _desk(request: PageRequest, form: ReceiveForm, **more: Any) -> dict[str, Any]:
    acting = request.actor.acting
    verdict = may(request.actor, "intake.receive", acting.unit) if acting else None
    return {
        "form": form,
        "open": queries.lines(request.actor, request.today, states=[Draft.State.OPEN]),
        "done": queries.lines(
            request.actor, request.today, states=[Draft.State.CONFIRMED, Draft.State.WITHDRAWN], limit=10
        ),
        "may_receive": bool(verdict),
        "sample": bool(getattr(request, "demonstration", None)) and SAMPLE.exists(),
        **more,
    }


@dataclass(frozen=True, slots=True)
class _Brought:
    """What was sent to the desk, and what is read in it; None where a field is not right."""

    form: ReceiveForm
    read: services.ReadSource | Refused | None


def _brought(request: PageRequest) -> _Brought:
    """Read what was sent, before the act: a long PDF takes seconds, in which nobody else could write."""
    _owner(request)
    form = ReceiveForm(request.POST, request.FILES)
    if "sample" in request.POST and request.demonstration is not None:  # type: ignore[attr-defined]
        form = ReceiveForm({"text": SAMPLE.read_text(encoding="utf-8"), "kind": "article", "access": "public"})
    if not form.is_valid():
        return _Brought(form, None)
    file = form.cleaned_data["file"]
    try:
        if file is None:
            return _Brought(form, services.read_source(form.cleaned_data["text"]))
        return _Brought(form, services.read_source(file.read(LARGEST_FILE + 1), file.name))
    except Refused as refused:
        return _Brought(form, refused)


def _owner(request: PageRequest) -> int:
    """The unit for which this person takes texts in."""
    acting = request.actor.acting
    if acting is None:
        raise Refused("accounts.no_post", FORBIDDEN)
    require(request.actor, "intake.receive", acting.unit)
    return acting.unit


@writes_after(_brought)
def receive(request: ActRequest, brought: _Brought) -> HttpResponse:
    """Take a text in and go to its draft. What is refused is shown on the same page, with what was typed."""
    owner, form = _owner(request), brought.form
    if brought.read is None:
        return render(request, "intake/list.html", _desk(request, form), status=INVALID)
    try:
        if isinstance(brought.read, Refused):
            raise brought.read
        received = services.receive(
            brought.read,
            kind=form.cleaned_data["kind"],
            is_public=form.cleaned_data["access"] == "public",
            owner=owner,
            act=request.act,
        )
    except Refused as refused:
        if form.cleaned_data["file"] is not None and refused.code.startswith("documents."):
            form.add_error("file", texts.refusal(refused))
            return render(request, "intake/list.html", _desk(request, form), status=refused.status)
        if len(request.POST.get("text", "")) > LARGEST_TEXT:
            form = ReceiveForm(initial=form.cleaned_data | {"text": ""})
        return render(
            request, "intake/list.html", _desk(request, form, refused=texts.refusal(refused)), status=refused.status
        )
    return to_draft(request, received)


def to_draft(request: HttpRequest, received: services.Received) -> HttpResponse:
    """To the draft of what was received, or to what became of it."""
    draft = received.draft
    if received.pages_unread:
        pages = ", ".join(map(str, received.pages_unread))
        messages.warning(
            request,
            _("These pages of the file are pictures and were not read: %(pages)s. Look at them yourself.")
            % {"pages": pages},
        )
    if received.known and draft.state == Draft.State.CONFIRMED and draft.session_id:
        messages.info(request, _("This text was already confirmed. This is the working session that came of it."))
        return redirect("working_sessions:page", draft.session_id)
    if received.known:
        messages.info(request, _("This text had come in before. This is its draft, as it was left."))
    return redirect("intake:draft", draft.pk)


@reads
def draft(request: PageRequest, pk: int) -> HttpResponse:
    """The review page; `?edit=` opens the form of a value, `?add=` that of a new one, `?find=` looks up units for it."""
    return _page(request, queries.access_draft(request.actor, pk))


def _page(
    request: PageRequest, found: Draft, *, form: ValueForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    shown = review.build(found, request.today, request.actor.account)
    is_open = found.state == Draft.State.OPEN and bool(may(request.actor, "intake.receive", found.owner_id))
    context: dict[str, Any] = {
        "review": shown,
        "draft": found,
        "is_open": is_open,
        "may_confirm": bool(may(request.actor, "intake.confirm", found.owner_id)),
        "session": found.session,
        "session_words": session_word(shown.known, request.on) if shown.known else "",
        "key": uuid4(),
        "edit": None,
        "add": None,
        "form": form,
        **more,
    }
    if is_open and form is None:
        context |= _asked_form(request, shown)
    page = "intake/draft.html#review" if getattr(request, "htmx", False) else "intake/draft.html"
    return render(request, page, context, status=status)


def _asked_form(request: PageRequest, shown: Review) -> dict[str, Any]:
    edit, add = request.GET.get("edit", ""), request.GET.get("add", "")
    if edit.isascii() and edit.isdigit() and len(edit) < 19:
        value = DraftValue.objects.filter(draft=shown.draft, pk=int(edit)).first()
        if value is not None:
            return {"edit": value.pk, "form": _form(request, value), "find": request.GET.get("find", "")}
    if add in ADD_FORMS:
        return {
            "add": add,
            "form": _add_form(request, shown.draft, add, initial={"words": request.GET.get("words", "")}),
        }
    return {}


def _form(request: PageRequest, value: DraftValue, data: Any = None) -> ValueForm:
    """The form of a value, with the choices that its kind needs."""
    text = value.draft.text
    options: dict[str, Any] = {
        "content": value.content,
        "draft_text": text,
        "near": value.span_start,
        "today": request.today,
    }
    day = queries.day_of(value.draft) or request.today
    if value.kind == "unit":
        found = units.search(request.GET.get("find", "") or request.POST.get("find", ""), day)
        listed = {
            **units.candidates([*value.content["candidates"], *filter(None, [value.content["unit"]])], day),
            **{c.unit: c for c in found},
        }
        options["candidates"] = [*_candidates(value, list(listed.values()), day), *_places(value, request.today)]
    elif value.name == "leader":
        posts = units.leader_posts(value.draft.owner_id, queries.units_named(value.draft), day, request.today)
        options["posts"] = [(one.post, f"{one.title} ({one.unit.name})") for one in posts]
    elif value.kind != "event":
        options["units"] = queries.unit_choices(value.draft)
    words = text[value.span_start : value.span_end] if value.span_start is not None else ""
    return form_class(value.kind, value.name)(data, prefix=f"v{value.pk}", initial={"words": words}, **options)


def _candidates(value: DraftValue, listed: list[units.Candidate], day: date) -> list[tuple[int, str]]:
    """The units to choose from: first those of the leader, then the others, which say that they are not."""
    leader = queries.leader_unit(value.draft)
    foreign = units.not_ours([one.unit for one in listed], value.draft.owner_id, leader, day)
    content = value.content
    listed = sorted(listed, key=lambda one: one.unit != content.get("last"))
    words = [
        (one.unit, (f"{one.name} ({one.path})" if one.path else one.name) + last_time(content, one.unit))
        for one in listed
    ]
    ours = [(unit, text) for unit, text in words if unit not in foreign]
    others = [
        (unit, _("%(unit)s – not under the leader's committee on that day") % {"unit": text})
        for unit, text in words
        if unit in foreign
    ]
    return [*ours, *others]


def _places(value: DraftValue, today: date) -> list[tuple[str, str]]:
    """The places outside the tree that the name may mean."""
    keys = [*value.content.get("places", ()), *filter(None, [value.content.get("place")])]
    return [(PLACE + key, outside_words(place, today)) for key, place in gazetteer.keyed(keys).items()]


def _add_form(request: PageRequest, found: Draft, kind: str, data: Any = None, initial: Any = None) -> ValueForm:
    near = request.GET.get("near", "") or request.POST.get("near", "")
    return ADD_FORMS[kind](
        data,
        prefix="add",
        initial=initial,
        content=dict(EMPTY[kind]),
        draft_text=found.text,
        units=queries.unit_choices(found),
        near=int(near) if near.isascii() and near.isdigit() and len(near) < 9 else None,
        today=request.today,
    )


def _back(request: HttpRequest, value: DraftValue) -> HttpResponse:
    return redirect(f"{reverse('intake:draft', args=[value.draft_id])}#value-{value.pk}")


def _kept(request: HttpRequest, kept: services.Kept, done: str) -> HttpResponse:
    if kept.late is not None:
        messages.warning(request, _("Somebody changed this value before you. Both are kept: choose which one holds."))
    elif done:
        messages.success(request, done)
    return _back(request, kept.value)


@writes
def save(request: ActRequest, pk: int) -> HttpResponse:
    """Correct a value."""
    value = queries.access_value(request.actor, pk, "intake.receive")
    form = _form(request, value, request.POST)
    if not form.is_valid():
        found = queries.access_draft(request.actor, value.draft_id)
        return _page(request, found, form=form, edit=value.pk, find=request.POST.get("find", ""), status=INVALID)
    kept = services.save_value(value.pk, form.changed_content(), span=form.span, seen=request.seen, act=request.act)
    return _kept(request, kept, _("The value was corrected."))


@writes
def drop(request: ActRequest, pk: int) -> HttpResponse:
    """Leave a value out."""
    value = queries.access_value(request.actor, pk, "intake.receive")
    return _kept(
        request,
        services.drop_value(value.pk, seen=request.seen, act=request.act),
        _("The value is left out. It can be taken back."),
    )


@writes
def undo(request: ActRequest, pk: int) -> HttpResponse:
    """Back to what was read."""
    value = queries.access_value(request.actor, pk, "intake.receive")
    return _kept(
        request,
        services.undo_value(value.pk, seen=request.seen, act=request.act),
        _("The value is back as it was read."),
    )


@writes
def accept(request: ActRequest, pk: int) -> HttpResponse:
    """Leave what is odd as it is."""
    value = queries.access_value(request.actor, pk, "intake.receive")
    return _kept(
        request, services.accept_value(value.pk, seen=request.seen, act=request.act), _("The value is accepted.")
    )


@dataclass(frozen=True, slots=True)
class _Offered:
    """The answer that was chosen for a value, None where the page offers it no more, and the state of the draft that offers it."""

    content: Content | None
    mark: int


def _offered(request: PageRequest, pk: int) -> _Offered:
    """Build the review before the act: with hundreds of values that takes longer than anybody else should wait to write."""
    value = queries.access_value(request.actor, pk, "intake.receive")
    found = queries.access_draft(request.actor, value.draft_id)
    shown = review.build(found, request.today, request.actor.account)
    contents = {choice.token: choice.content for choice in shown.choices(value.pk)}
    return _Offered(contents.get(request.POST.get("choice", "")), shown.mark)


@writes_after(_offered)
def settle(request: ActRequest, offered: _Offered, pk: int) -> HttpResponse:
    """Take one of the answers that the page offers for what is wrong with a value."""
    value = queries.access_value(request.actor, pk, "intake.receive")
    if offered.content is None or offered.mark != queries.mark_of(value.draft.values.all()):
        raise Refused("intake.value_changed")
    kept = services.save_value(value.pk, offered.content, seen=request.seen, act=request.act)
    return _kept(request, kept, _("The choice is saved."))


@writes
def step_back(request: ActRequest, pk: int) -> HttpResponse:
    """Take back the last thing that this person did to the draft."""
    found = queries.access_draft(request.actor, pk, "intake.receive")
    value = services.step_back(found.pk, seen=request.seen, act=request.act)
    messages.success(request, _("Taken back."))
    return _back(request, value)


@writes
def mark_new(request: ActRequest, pk: int) -> HttpResponse:
    """Say of a further source whether this sentence is to be added."""
    value = queries.access_value(request.actor, pk, "intake.receive")
    kept = services.mark_new(value.pk, new=request.POST.get("new") == "1", seen=request.seen, act=request.act)
    return _kept(request, kept, "")


@writes
def choose_late(request: ActRequest, pk: int) -> HttpResponse:
    """Choose between two values saved at the same time."""
    late = LateValue.objects.filter(pk=pk).first()
    if late is None:
        raise Refused("intake.late_settled")
    queries.access_value(request.actor, late.value_id, "intake.receive")
    kept = services.choose_late(pk, take=request.POST.get("take") == "1", seen=request.seen, act=request.act)
    return _kept(request, kept, _("The choice is saved."))


@writes
def add(request: ActRequest, pk: int) -> HttpResponse:
    """Add what the reader missed."""
    found = queries.access_draft(request.actor, pk, "intake.receive")
    kind = request.POST.get("kind", "")
    if kind not in ADD_FORMS:
        raise Http404
    form = _add_form(request, found, kind, request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, add=kind, status=INVALID)
    value = services.add_value(found.pk, kind, form.changed_content(), span=form.span, act=request.act)
    messages.success(request, _("The value was added."))
    return _back(request, value)


@writes
def confirm(request: ActRequest, pk: int) -> HttpResponse:
    """Turn the draft into records."""
    found = queries.access_draft(request.actor, pk, "intake.confirm")
    typed = request.POST.get("mark", "")
    mark = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else -1
    another = request.POST.get("session") == "another"
    session = services.confirm(found.pk, seen=request.seen, mark=mark, act=request.act, another=another)
    messages.success(request, _("The draft is confirmed. Next: complete the assignments and have them approved."))
    return redirect("working_sessions:page", session.pk)


@writes
def discard(request: ActRequest, pk: int) -> HttpResponse:
    """Put the whole draft aside."""
    found = queries.access_draft(request.actor, pk, "intake.receive")
    services.discard(found.pk, seen=request.seen, act=request.act)
    messages.success(request, _("The draft is put aside. The same text can be brought in again."))
    return redirect("intake:list")


@writes
def withdraw(request: ActRequest, pk: int) -> HttpResponse:
    """Take back what was confirmed by mistake."""
    found = queries.access_draft(request.actor, pk, "intake.confirm")
    services.withdraw(found.pk, reason=request.POST.get("reason", ""), seen=request.seen, act=request.act)
    messages.success(request, _("The draft is withdrawn, with everything that came of it."))
    return redirect("intake:draft", found.pk)
