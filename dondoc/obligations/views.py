"""The pages of what units owe by their regulations: a unit's standing, one obligation, and what is said of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes, writes_after
from dondoc.accounts.queries import access_unit, may, scope
from dondoc.documents.services import look_at, store_file
from dondoc.lib import texts
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations import queries as organisations
from dondoc.regulations import queries as regulations

from . import queries, rules, services
from .acting import place
from .forms import AnswerForm, AskForm, DeclareForm, SettleForm
from .models import Obligation
from .rules import Verdict
from .texts import STEPS


@reads
def start(request: PageRequest) -> HttpResponse:
    """The standing of the unit through which one acts; of those who see no unit's business, why there is nothing."""
    acting, units = request.actor.acting, request.actor.units
    if not units:
        return render(request, "regulations/none.html")
    return _standing(request, acting.unit if acting and acting.unit in units else units[0])


@reads
def unit(request: PageRequest, pk: int) -> HttpResponse:
    """What a unit owes and how it and the units directly below keep to their regulations, as of the day shown."""
    return _standing(request, access_unit(request.actor, pk).pk)


def _standing(request: PageRequest, pk: int) -> HttpResponse:
    on, today = request.on, request.today
    path = organisations.path(pk, on)
    below = organisations.labels(organisations.children(pk, on), on)
    owing = {key: place for key, place in below.items() if place.kind in regulations.kinds_that_have_one()}
    held = regulations.in_force([pk, *owing], on)
    # Doubts are for those who may ask about them, never for the unit itself.
    asked = list(owing) if owing and may(request.actor, queries.SETTLING, min(owing)) else []
    context = {
        "place": path[-1],
        "path": path[:-1],
        "linked": set(scope(request.actor).filter(pk__in=[one.unit for one in path]).values_list("pk", flat=True)),
        "months": queries.months_until(on),
        "version": held.get(pk),
        "own": path[-1].kind in regulations.kinds_that_have_one(),
        "unmet": queries.unmet(pk, on, today),
        "coming": queries.coming(pk, on, today),
        "rows": queries.by_duty(pk, on, today),
        "below": queries.by_unit(list(owing.values()), on, today),
        "without": [place for key, place in owing.items() if key not in held],
        "slipped": [(one, owing[one.unit_id]) for one in queries.slipped(list(owing), on)],
        "doubtful": [(one, words, owing[one.obligation.unit_id]) for one, words in queries.doubtful(asked, on)],
        "repeated": queries.repeated(owing, on, today),
        "neglected": queries.neglected(list(owing), on, today),
    }
    return render(request, "obligations/unit.html", context)


@reads
def obligation(request: PageRequest, pk: int) -> HttpResponse:
    """One obligation: what is owed by which article, what shows of it, what was said, whom it was told, what to do."""
    return _page(request, queries.access_obligation(request.actor, pk))


@reads
def act(request: PageRequest, pk: int) -> HttpResponse:
    """To the page on which what the duty waits for is one press."""
    return redirect(place(request.actor, queries.access_obligation(request.actor, pk)))


def _page(request: PageRequest, found: Obligation, form: Form | None = None) -> HttpResponse:
    actor, today = request.actor, request.today
    own = bool(may(actor, queries.DECLARING, found.unit_id))
    acting = actor.acting
    above = acting is not None and acting.unit != found.unit_id and bool(may(actor, queries.EXCUSING, found.unit_id))
    met = found.verdict in (Verdict.DONE, Verdict.ENDED)
    excuses = list(found.excuses.select_related("asked_by", "answered_by").order_by("pk"))
    steps = list(found.steps.order_by("done_on", "pk"))
    named = organisations.labels({one.unit_id for one in steps}, request.on)
    asks = acting is not None and acting.unit != found.unit_id and bool(may(actor, queries.SETTLING, found.unit_id))
    doubts = list(found.doubts.select_related("settled_by").order_by("pk")) if asks else []
    context: dict[str, Any] = {
        "one": found,
        "doubts": [(one, queries.doubt_words(one)) for one in doubts if one.on <= request.on],
        "settle": form if isinstance(form, SettleForm) else SettleForm(),
        "may_revoke": above,
        "place": organisations.labels([found.unit_id], request.on)[found.unit_id],
        "judgements": [one for one in found.judgements.all() if one.on <= request.on],
        "declarations": list(found.declarations.select_related("file", "post").order_by("pk")),
        "excuses": excuses,
        "asked": next((one for one in excuses if one.granted is None), None),
        "steps": [
            {
                "words": STEPS[one.step],
                "done_on": one.done_on,
                "unit_name": named[one.unit_id].name,
                "on_paper": one.on_paper,
            }
            for one in steps
            if one.done_on <= request.on
        ],
        "proof": _proof(found.proof),
        "lapsed": found.verdict in rules.UNMET,
        "may_declare": own and not met,
        "may_answer": above and not met and found.verdict != Verdict.EXCUSED,
        "declare": form if isinstance(form, DeclareForm) else DeclareForm(today=today),
        "ask": form if isinstance(form, AskForm) else AskForm(),
        "answer": form if isinstance(form, AnswerForm) else AnswerForm(),
        "wrong": type(form).__name__ if form else "",
    }
    return render(request, "obligations/obligation.html", context, status=INVALID if form else 200)


def _proof(proof: str) -> tuple[str, str]:
    """The record on which a verdict rests, as its kind and key; ("", "") for none."""
    kind, _colon, key = proof.partition(":")
    return kind, key


def _look(request: PageRequest, pk: int) -> None:
    """What a file is, and whether it bears a mark, may take long to see."""
    look_at(request.FILES.getlist("file"))


@writes_after(_look)
def declare(request: ActRequest, _looked: None, pk: int) -> HttpResponse:
    """It was carried out."""
    found = queries.access_obligation(request.actor, pk, queries.DECLARING)
    form = DeclareForm(request.POST, request.FILES, today=request.today)
    if not form.is_valid():
        return _page(request, found, form)
    data = form.cleaned_data
    try:
        file = store_file(data["file"]) if data["file"] else None
        services.declare(found.pk, data["done_on"], data["words"], file, seen=request.seen, act=request.act)
    except Refused as refused:
        return _refused(request, found, form, refused)
    messages.success(request, _("It is noted that this was carried out."))
    return redirect("obligations:obligation", pk)


@writes
def ask(request: ActRequest, pk: int) -> HttpResponse:
    """The unit asks to be excused."""
    found = queries.access_obligation(request.actor, pk, queries.DECLARING)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    services.ask_excuse(found.pk, form.cleaned_data["reason"], seen=request.seen, act=request.act)
    messages.success(request, _("The superior is asked."))
    return redirect("obligations:obligation", pk)


@writes
def answer(request: ActRequest, pk: int) -> HttpResponse:
    """The superior excuses a unit, or does not."""
    found = queries.access_obligation(request.actor, pk, queries.EXCUSING)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    granted = request.POST.get("granted") == "1"
    try:
        services.answer_excuse(found.pk, granted, form.cleaned_data["words"], seen=request.seen, act=request.act)
    except Refused as refused:
        return _refused(request, found, form, refused)
    messages.success(request, _("The unit is excused.") if granted else _("The unit is not excused."))
    return redirect("obligations:obligation", pk)


@writes
def withdraw(request: ActRequest, declaration: int) -> HttpResponse:
    """What was declared by mistake is taken back."""
    found = queries.access_declaration(request.actor, declaration)
    services.withdraw(found.pk, act=request.act)
    messages.success(request, _("The declaration is withdrawn."))
    return redirect("obligations:obligation", found.obligation_id)


@writes
def settle(request: ActRequest, doubt: int) -> HttpResponse:
    """The superior has looked at a doubt and says what is to be thought of it."""
    found = queries.access_doubt(request.actor, doubt)
    return _answered(request, found.obligation, found.pk, services.settle_doubt, _("The doubt is settled."))


@writes
def revoke(request: ActRequest, excuse: int) -> HttpResponse:
    """An excuse counts no more."""
    found = queries.access_excuse(request.actor, excuse)
    return _answered(request, found.obligation, found.pk, services.revoke_excuse, _("The excuse is revoked."))


def _answered(request: ActRequest, owed: Obligation, pk: int, serve: Callable[..., object], said: str) -> HttpResponse:
    """What a superior says in a sentence, done by a service that takes it."""
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, owed, form)
    serve(pk, form.cleaned_data["words"], act=request.act)
    messages.success(request, said)
    return redirect("obligations:obligation", owed.pk)


def _refused(request: ActRequest, found: Obligation, form: Form, refused: Refused) -> HttpResponse:
    if refused.status != INVALID:
        raise refused
    form.add_error(None, texts.refusal(refused))
    return _page(request, found, form)
