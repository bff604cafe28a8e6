"""The pages of working regulations, and everything that is saved in a draft."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import access_unit, may, require, scope
from dondoc.lib.fieldwise import plain
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations import queries as organisations

from . import queries, services
from .content import models, models_for
from .forms import ApproveForm
from .models import Draft, Version, holds_on
from .pages import draft_page
from .rules import Kind
from .told import rhythm

WAS = "was-"


@reads
def start(request: PageRequest) -> HttpResponse:
    """The regulation of the unit through which one acts; of those who see no unit's business, why there is nothing."""
    acting, units = request.actor.acting, request.actor.units
    if not units:
        return render(request, "regulations/none.html")
    return redirect("regulations:unit", acting.unit if acting and acting.unit in units else units[0])


@reads
def unit(request: PageRequest, pk: int) -> HttpResponse:
    """The regulation of a unit that holds on the day shown, its versions, its draft, and how the units directly below stand."""
    found = access_unit(request.actor, pk)
    listed = queries.versions(found.pk)
    return _regulation(request, found.pk, listed, holds_on(listed, request.on))


@reads
def version(request: PageRequest, pk: int) -> HttpResponse:
    """One version, whether it holds on the day shown or not."""
    found = queries.access_version(request.actor, pk)
    return _regulation(request, found.unit_id, queries.versions(found.unit_id), found)


def _regulation(request: PageRequest, pk: int, listed: list[Version], shown: Version | None) -> HttpResponse:
    path = organisations.path(pk, request.on)
    below, left_off = queries.below(pk, request.on)
    drafts = may(request.actor, queries.DRAFTING, pk) or may(request.actor, queries.APPROVING, pk)
    articles = list(shown.articles.prefetch_related("duties")) if shown else []
    context = {
        "place": path[-1],
        "path": path[:-1],
        "linked": set(scope(request.actor).filter(pk__in=[one.unit for one in path]).values_list("pk", flat=True)),
        "shown": shown,
        "holds": holds_on(listed, request.on),
        "versions": [one for one in listed if one.approved_on <= request.on or one.holds_from <= request.on],
        "coming": next((one for one in listed if one.approved_on <= request.on < one.holds_from), None),
        "articles": [(one, [(duty, rhythm(duty.content)) for duty in one.duties.all()]) for one in articles],
        "below": below,
        "without": sum(one.version is None for one in below),
        "left_off": left_off,
        "draft": queries.open_draft(pk) if drafts else None,
        "may_draft": bool(may(request.actor, queries.DRAFTING, pk)),
        "models": models_for(path[-1].kind, request.today),
        "own": path[-1].kind in queries.kinds_that_have_one(),
    }
    return render(request, "regulations/unit.html", context)


@writes
def begin(request: ActRequest, pk: int) -> HttpResponse:
    """A draft from a model, or from the version in force."""
    found = access_unit(request.actor, pk)
    require(request.actor, queries.DRAFTING, found.pk)
    held = holds_on(queries.versions(found.pk), request.today)
    code = request.POST.get("model", "")
    made = (
        services.amend(held, act=request.act)
        if held is not None and code == "amend"
        else services.begin(found.pk, code if code in models() else "", act=request.act)
    )
    return redirect("regulations:draft", made.pk)


@reads
def draft(request: PageRequest, pk: int) -> HttpResponse:
    """The draft; `?open=` the part that is open."""
    found = queries.access_draft(request.actor, pk)
    if found.approved_id is not None:
        return redirect("regulations:version", found.approved_id)
    return _show(request, found, ApproveForm(today=request.today))


def _show(request: PageRequest, found: Draft, form: ApproveForm, status: int = 200) -> HttpResponse:
    opened = request.GET.get("open", "")
    context = {
        "draft": found,
        "page": draft_page(found),
        "place": organisations.path(found.unit_id, request.today)[-1],
        "form": form,
        "may_approve": bool(may(request.actor, queries.APPROVING, found.unit_id)),
        "opened": int(opened) if opened.isdecimal() and len(opened) < 16 else 0,
    }
    return render(request, "regulations/draft.html", context, status=status)


@writes
def save(request: ActRequest, pk: int) -> HttpResponse:
    """Title, day, basis and reason."""
    found = queries.access_draft(request.actor, pk)
    saved = services.save(found.pk, _typed(request), _was(request), seen=request.seen, act=request.act)
    return _answer(request, found.pk, None, saved)


@writes
def save_part(request: ActRequest, part: int) -> HttpResponse:
    """The fields of an article or a duty."""
    found = queries.access_part(request.actor, part)
    saved = services.save_part(found.pk, _typed(request), _was(request), seen=request.seen, act=request.act)
    return _answer(request, found.draft_id, found.pk, saved)


@writes
def add(request: ActRequest, pk: int) -> HttpResponse:
    """One more article, or a duty under an article."""
    found = queries.access_draft(request.actor, pk)
    under = request.POST.get("under", "")
    if under and not (under.isdecimal() and len(under) < 16):
        raise Refused("regulations.part_gone", INVALID)
    kind = Kind.DUTY if under else Kind.ARTICLE
    made = services.add(found.pk, kind, int(under) if under else None, act=request.act)
    return redirect(_place(found.pk, made.pk))


@writes
def remove(request: ActRequest, part: int) -> HttpResponse:
    """Take an article or a duty out."""
    found = queries.access_part(request.actor, part)
    services.remove(found.pk, seen=request.seen, act=request.act)
    messages.success(request, _("It was taken out of the draft."))
    return redirect(reverse("regulations:draft", args=[found.draft_id]) + "#articles")


@writes
def choose(request: ActRequest, late: int) -> HttpResponse:
    """Settle a value that came too late."""
    found = queries.access_late(request.actor, late)
    take, was = request.POST.get("take") == "1", request.POST.get("was", "")
    saved = services.choose(found.pk, take=take, was=was, act=request.act)
    return _answer(request, found.draft_id, found.part_id, saved)


@writes
def drop(request: ActRequest, pk: int) -> HttpResponse:
    """Discard the draft."""
    found = queries.access_draft(request.actor, pk)
    services.drop(found.pk, seen=request.seen, act=request.act)
    messages.success(request, _("The draft was discarded. What was in force stays in force."))
    return redirect("regulations:unit", found.unit_id)


@writes
def approve(request: ActRequest, pk: int) -> HttpResponse:
    """Make the draft the unit's regulation."""
    found = queries.access_draft(request.actor, pk, queries.APPROVING)
    form = ApproveForm(request.POST, today=request.today)
    if not form.is_valid():
        return _show(request, found, form, INVALID)
    made = services.approve(found.pk, form.document, seen=request.seen, act=request.act)
    messages.success(request, _("The working regulation is approved."))
    return redirect("regulations:version", made.pk)


def _typed(request: HttpRequest) -> dict[str, str]:
    own = {"csrfmiddlewaretoken", "seen", "key"}
    return {name: str(value) for name, value in request.POST.items() if name not in own and not name.startswith(WAS)}


def _was(request: HttpRequest) -> Mapping[str, str]:
    return {name.removeprefix(WAS): str(value) for name, value in request.POST.items() if name.startswith(WAS)}


def _place(draft: int, part: int | None) -> str:
    return reverse("regulations:draft", args=[draft]) + (f"?open={part}#part-{part}" if part else "")


def _answer(request: ActRequest, draft_id: int, part: int | None, saved: services.Saved) -> HttpResponse:
    """To the script the parts of the page that may have changed, else the page again with the part open."""
    if getattr(request, "htmx", False):
        found = Draft.objects.get(pk=draft_id)
        page = draft_page(found)
        view = next((one for one in page.parts if one.pk == part), None)
        fields = view.fields if view else page.head
        # A field that says something else by now than the page does is drawn anew: the next save would take the old text for a change.
        typed = request.POST
        moved = [one for one in fields if plain(typed.get(one.name, one.value)) != plain(one.value)]
        context = {"page": page, "draft": found, "saved": saved, "view": view, "fields": fields, "moved": moved}
        return render(request, "regulations/saved.html", context)
    if saved.late:
        messages.warning(request, _("Somebody else has changed this meanwhile: choose which value holds."))
    else:
        messages.success(request, _("Saved."))
    return redirect(_place(draft_id, part))
