"""One view per verb of an assignment: open the door, check the form, call the service, go back to the page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, writes
from dondoc.directives import queries, services
from dondoc.directives.services import ChildData
from dondoc.documents.services import store_file
from dondoc.lib import texts
from dondoc.lib.refusals import INVALID, Refused

from .assignment import Panel, panel, shown
from .common import back, to_assignment


def _sent(
    request: ActRequest, pk: int, verb: str, serve: Callable[[dict[str, Any]], object], done: str
) -> HttpResponse:
    """The frame of a verb with a form: what is not right comes back on the page with everything that was typed."""
    right = "report_result" if verb == "on_behalf" else None if verb == "decide_role" else verb
    assignment = queries.access_assignment(request.actor, pk, may=right)
    sent = panel(request, assignment, verb, data=request.POST, files=request.FILES, seen=request.seen)
    data = _typed(sent)
    if data is not None:
        try:
            serve(data)
        except Refused as refused:
            if refused.status != INVALID:
                raise
            listed = [texts.problem(one) for one in refused.data.get("problems", [])]
            sent.form.add_error(None, [texts.refusal(refused), *dict.fromkeys(listed)])
    if sent.form.errors:
        return shown(request, assignment, sent)
    messages.success(request, done)
    return to_assignment(pk)


def _typed(sent: Panel) -> dict[str, Any] | None:
    """What was typed, with the files stored; None where a field is not right or the door refuses a file, and then the form says why."""
    if not sent.form.is_valid():
        return None
    data = dict(sent.form.cleaned_data)
    if "evidence" not in data:
        return data
    stored = []
    for upload in data.pop("evidence"):
        try:
            stored.append(store_file(upload).pk)
        except Refused as refused:
            sent.form.add_error("evidence", f"{upload.name}: {texts.refusal(refused)}")
    return None if sent.form.errors else data | {"files": stored}


@writes
def acknowledge(request: ActRequest, pk: int) -> HttpResponse:
    """The receiver has it."""
    queries.access_assignment(request.actor, pk, may="acknowledge")
    services.acknowledge(pk, seen=request.seen, act=request.act)
    messages.success(request, _("You have acknowledged the assignment."))
    return back(request, f"/directives/{pk}/")


@writes
def object_to(request: ActRequest, pk: int) -> HttpResponse:
    """Not ours."""
    said = _("Your objection has been sent to the unit that assigned this.")
    return _sent(
        request, pk, "object_to", lambda data: services.object_to(pk, seen=request.seen, act=request.act, **data), said
    )


@writes
def uphold(request: ActRequest, pk: int) -> HttpResponse:
    """The issuer stays with it."""
    said = _("The assignment stays with this unit.")
    return _sent(
        request, pk, "uphold", lambda data: services.uphold(pk, seen=request.seen, act=request.act, **data), said
    )


@writes
def pass_down(request: ActRequest, pk: int) -> HttpResponse:
    """Parts for units below."""

    def serve(data: dict[str, Any]) -> object:
        children = [ChildData(unit, data["task"], data["product"], due_on=data["due_on"]) for unit in data["units"]]
        return services.pass_down(pk, children=children, seen=request.seen, act=request.act)

    return _sent(request, pk, "pass_down", serve, _("The parts have been assigned to the units below."))


@writes
def report_progress(request: ActRequest, pk: int) -> HttpResponse:
    """How far it has come."""
    said = _("Your progress report has been sent.")
    return _sent(
        request,
        pk,
        "report_progress",
        lambda data: services.report_progress(pk, seen=request.seen, act=request.act, **data),
        said,
    )


@writes
def report_result(request: ActRequest, pk: int) -> HttpResponse:
    """What was done, with evidence."""
    said = _("Your result has been sent to the verifier.")
    return _sent(
        request,
        pk,
        "report_result",
        lambda data: services.report_result(pk, seen=request.seen, act=request.act, **data),
        said,
    )


@writes
def on_behalf(request: ActRequest, pk: int) -> HttpResponse:
    """A unit's paper, entered by the office."""

    def serve(data: dict[str, Any]) -> object:
        if data.pop("is_result"):
            return services.report_result(pk, seen=request.seen, act=request.act, **data)
        return services.report_progress(pk, text=data["text"], files=data["files"], seen=request.seen, act=request.act)

    return _sent(request, pk, "on_behalf", serve, _("The unit's report has been entered."))


@writes
def ask_extension(request: ActRequest, pk: int) -> HttpResponse:
    """A later deadline is asked for."""
    said = _("Your request for an extension has been sent.")
    return _sent(
        request,
        pk,
        "ask_extension",
        lambda data: services.ask_extension(pk, seen=request.seen, act=request.act, **data),
        said,
    )


@writes
def answer_extension(request: ActRequest, pk: int) -> HttpResponse:
    """Granted or refused."""
    said = _("The extension is granted.") if request.POST.get("granted") == "1" else _("The extension is refused.")
    return _sent(
        request,
        pk,
        "answer_extension",
        lambda data: services.answer_extension(pk, seen=request.seen, act=request.act, **data),
        said,
    )


@writes
def accept(request: ActRequest, pk: int) -> HttpResponse:
    """The result is confirmed."""
    said = _("The result is confirmed.")
    return _sent(
        request, pk, "accept", lambda data: services.accept(pk, seen=request.seen, act=request.act, **data), said
    )


@writes
def return_result(request: ActRequest, pk: int) -> HttpResponse:
    """The result is not complete yet."""
    said = _("The result has been returned for completion.")
    return _sent(
        request,
        pk,
        "return_result",
        lambda data: services.return_result(pk, seen=request.seen, act=request.act, **data),
        said,
    )


@writes
def reopen(request: ActRequest, pk: int) -> HttpResponse:
    """Taken up again."""
    said = _("The assignment is open again.")
    return _sent(
        request, pk, "reopen", lambda data: services.reopen(pk, seen=request.seen, act=request.act, **data), said
    )


@writes
def cancel(request: ActRequest, pk: int) -> HttpResponse:
    """No longer asked."""
    said = _("The assignment is withdrawn.")
    return _sent(
        request, pk, "cancel", lambda data: services.cancel(pk, seen=request.seen, act=request.act, **data), said
    )


@writes
def chase(request: ActRequest, pk: int) -> HttpResponse:
    """The follower urges."""
    said = _("The unit has been urged.")
    return _sent(
        request, pk, "chase", lambda data: services.chase(pk, seen=request.seen, act=request.act, **data), said
    )


@writes
def hand_over(request: ActRequest, pk: int) -> HttpResponse:
    """A role goes to another unit."""
    said = _("The role has been handed over.")
    return _sent(
        request, pk, "hand_over", lambda data: services.hand_over(pk, seen=request.seen, act=request.act, **data), said
    )


@writes
def decide(request: ActRequest, pk: int) -> HttpResponse:
    """A role that waited has a unit again."""

    def serve(data: dict[str, Any]) -> object:
        role = queries.access_role(request.actor, data.pop("role_id"))
        if role.assignment_id != pk:
            raise Http404
        return services.decide_role(role.pk, seen=request.seen, act=request.act, **data)

    return _sent(request, pk, "decide_role", serve, _("It is decided who takes the role."))
