"""The draft of a decision: its page, and everything that is saved in it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import require
from dondoc.lib import wording
from dondoc.lib.days import read_day
from dondoc.lib.fieldwise import plain
from dondoc.lib.refusals import FORBIDDEN, INVALID, Refused
from dondoc.reorganising import doors, queries, rules, services
from dondoc.reorganising.models import Draft
from dondoc.reorganising.pages import KINDS, Field, draft_page
from dondoc.reorganising.rules import Kind

WAS = "was-"


@reads
def draft(request: PageRequest, pk: int) -> HttpResponse:
    """`?add=` the kind of step to add, `?open=` the step that is open."""
    found = doors.access_draft(request.actor, pk)
    if found.recorded_id is not None:
        return redirect("reorganising:decision", found.revokes_id or found.recorded_id)
    page = draft_page(found, request.today, request.GET.get("add", ""))
    opened = request.GET.get("open", "")
    context = {
        "page": page,
        "draft": found,
        "kinds": _kinds(),
        "opened": int(opened) if opened.isdecimal() and len(opened) < 16 else 0,
    }
    if found.revokes_id is not None:
        assert found.revokes is not None
        context["revoked"] = found.revokes
    return render(request, "reorganising/draft.html", context)


def _kinds() -> list[tuple[str, object]]:
    return [(kind.value, label) for kind, label in KINDS.items()]


@writes
def new(request: ActRequest) -> HttpResponse:
    """An empty draft for the unit of the board that asks."""
    return redirect("reorganising:draft", services.begin(_owner(request), act=request.act).pk)


@writes
def again(request: ActRequest, pk: int) -> HttpResponse:
    """A draft that says what a recorded decision said."""
    first = queries.access_decision(request.actor, pk)
    made = services.copy(first, _owner(request), act=request.act)
    messages.success(request, _("The steps of the decision were copied into this draft. Correct what was wrong."))
    return redirect("reorganising:draft", made.pk)


@writes
def revoke(request: ActRequest, pk: int) -> HttpResponse:
    """The draft of a decision's revocation."""
    first = queries.access_decision(request.actor, pk)
    owner = _owner(request)
    doors.require_all(request.actor, first, owner)
    return redirect("reorganising:draft", services.revoking(first, owner, act=request.act).pk)


def _owner(request: ActRequest) -> int:
    """The unit for which the person prepares: that of the post through which they act."""
    acting = request.actor.acting
    if acting is None:
        raise Refused("accounts.no_post", FORBIDDEN)
    require(request.actor, queries.RIGHT, acting.unit)
    return acting.unit


@writes
def save(request: ActRequest, pk: int) -> HttpResponse:
    """The number, title and day."""
    found = doors.access_draft(request.actor, pk)
    saved = services.save(found.pk, _typed(request), _was(request), seen=request.seen, act=request.act)
    return _answer(request, found.pk, None, saved)


@writes
def add(request: ActRequest, pk: int) -> HttpResponse:
    """One more step, or several of one kind."""
    found = doors.access_draft(request.actor, pk)
    kind = request.POST.get("step", "")
    if kind not in list(Kind):
        raise Refused("reorganising.no_such_step", INVALID)
    made = services.add(found.pk, Kind(kind), _typed(request), act=request.act)
    return redirect(f"{reverse('reorganising:draft', args=[found.pk])}?open={made[0].pk}#step-{made[0].pk}")


@writes
def save_step(request: ActRequest, step: int) -> HttpResponse:
    """The fields of a step; `choose` says which of several units a name means, `rest` to whom all sub-units go that have no heir yet."""
    found = doors.access_step(request.actor, step)
    typed = _typed(request)
    if (choice := request.POST.get("choose", "")).count("|") == 2:
        name, named, value = choice.split("|")
        lines = [value if line == named else line for line in rules.lines(typed.get(name, ""))]
        typed[name] = "\n".join(lines) if name in rules.LISTS else value
    if rest := request.POST.get("rest", ""):
        typed |= {name: rest for name, value in typed.items() if name.startswith(rules.PART) and not value}
    saved = services.save_step(found.pk, typed, _was(request), seen=request.seen, act=request.act)
    return _answer(request, found.draft_id, found.pk, saved)


@writes
def remove(request: ActRequest, step: int) -> HttpResponse:
    """Take a step out."""
    found = doors.access_step(request.actor, step)
    services.remove(found.pk, seen=request.seen, act=request.act)
    messages.success(request, _("The step was taken out."))
    return redirect(f"{reverse('reorganising:draft', args=[found.draft_id])}#steps")


@writes
def choose(request: ActRequest, late: int) -> HttpResponse:
    """Settle a value that came too late."""
    found = doors.access_late(request.actor, late)
    take = request.POST.get("take") == "1"
    saved = services.choose(found.pk, take=take, was=request.POST.get("was", ""), act=request.act)
    return _answer(request, found.draft_id, found.step_id, saved)


@writes
def drop(request: ActRequest, pk: int) -> HttpResponse:
    """Discard the draft."""
    found = doors.access_draft(request.actor, pk)
    services.drop(found.pk, seen=request.seen, act=request.act)
    messages.success(request, _("The draft was discarded. Nothing of it was recorded."))
    return redirect("reorganising:list")


def _typed(request: HttpRequest) -> dict[str, str]:
    own = {"csrfmiddlewaretoken", "seen", "key", "step", "choose", "rest"}
    return {name: str(value) for name, value in request.POST.items() if name not in own and not name.startswith(WAS)}


def _was(request: HttpRequest) -> Mapping[str, str]:
    return {name.removeprefix(WAS): str(value) for name, value in request.POST.items() if name.startswith(WAS)}


def _answer(request: ActRequest, draft_id: int, step: int | None, saved: services.Saved) -> HttpResponse:
    """To the script the parts of the page that may have changed, else the page again with the step open."""
    if getattr(request, "htmx", False):
        found = Draft.objects.get(pk=draft_id)
        page = draft_page(found, request.today)
        views = [one for one in page.steps if one.pk == step]
        view = views[0] if views else None
        # A field that says something else by now than the page does is drawn anew: the next save would take the old text for a change.
        fields = view.fields if view else page.head
        moved = [one for one in fields if _differs(one, request)]
        context = {"page": page, "draft": found, "saved": saved, "view": view, "moved": moved}
        return render(request, "reorganising/saved.html", context)
    if saved.late:
        messages.warning(request, _("Somebody else has changed this meanwhile: choose which value holds."))
    else:
        messages.success(request, _("Saved."))
    place = f"?open={step}#step-{step}" if step else ""
    return redirect(reverse("reorganising:draft", args=[draft_id]) + place)


def _differs(one: Field, request: ActRequest) -> bool:
    """Whether a field says something else than what was posted, and not only the same day in other words."""
    typed = request.POST.get(one.name, "")
    if one.widget == "day" and (day := read_day(typed, request.today)):
        typed = wording.day(day)
    return plain(typed) != plain(one.value)
