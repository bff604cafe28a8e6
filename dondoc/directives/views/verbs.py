"""The verbs of an assignment: open the door, check the form, call the service, go back to the page. One table says which verb is which."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.accounts.acts import ActRequest, PageRequest, writes, writes_after
from dondoc.directives import queries, services
from dondoc.directives.services import ChildData
from dondoc.documents.services import look_at, store_file
from dondoc.lib import texts
from dondoc.lib.refusals import INVALID, Refused

from .assignment import Panel, Words, panel, shown
from .common import back, to_assignment

Serve = Callable[[ActRequest, int, dict[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Act:
    """What a verb does with what was typed, what the page says then, and the right that it needs (None: the service judges)."""

    serve: Serve
    done: Words | Callable[[dict[str, Any]], Words]
    right: str | None


def _plain(service: Callable[..., object]) -> Serve:
    """A service whose arguments are the fields of the form."""
    return lambda request, pk, data: service(pk, seen=request.seen, act=request.act, **data)


def _pass_down(request: ActRequest, pk: int, data: dict[str, Any]) -> object:
    children = [ChildData(unit, data["task"], data["product"], due_on=data["due_on"]) for unit in data["units"]]
    return services.pass_down(pk, children=children, seen=request.seen, act=request.act)


def _on_behalf(request: ActRequest, pk: int, data: dict[str, Any]) -> object:
    if data.pop("is_result"):
        return services.report_result(pk, seen=request.seen, act=request.act, **data)
    return services.report_progress(pk, text=data["text"], files=data["files"], seen=request.seen, act=request.act)


def _decide(request: ActRequest, pk: int, data: dict[str, Any]) -> object:
    role = queries.access_role(request.actor, data.pop("role_id"))
    if role.assignment_id != pk:
        raise Http404
    return services.decide_role(role.pk, seen=request.seen, act=request.act, **data)


def _answered(data: dict[str, Any]) -> Words:
    return _("The extension is granted.") if data["granted"] else _("The extension is refused.")


ACTS: dict[str, Act] = {
    "object_to": Act(
        _plain(services.object_to),
        gettext_lazy("Your objection has been sent to the unit that assigned this."),
        "object_to",
    ),
    "uphold": Act(_plain(services.uphold), gettext_lazy("The assignment stays with this unit."), "uphold"),
    "pass_down": Act(_pass_down, gettext_lazy("The parts have been assigned to the units below."), "pass_down"),
    "report_progress": Act(
        _plain(services.report_progress), gettext_lazy("Your progress report has been sent."), "report_progress"
    ),
    "report_result": Act(
        _plain(services.report_result), gettext_lazy("Your result has been sent to the verifier."), "report_result"
    ),
    "on_behalf": Act(_on_behalf, gettext_lazy("The unit's report has been entered."), "report_result"),
    "ask_extension": Act(
        _plain(services.ask_extension), gettext_lazy("Your request for an extension has been sent."), "ask_extension"
    ),
    "answer_extension": Act(_plain(services.answer_extension), _answered, "answer_extension"),
    "accept": Act(_plain(services.accept), gettext_lazy("The result is confirmed."), "accept"),
    "return_result": Act(
        _plain(services.return_result), gettext_lazy("The result has been returned for completion."), "return_result"
    ),
    "reopen": Act(_plain(services.reopen), gettext_lazy("The assignment is open again."), "reopen"),
    "cancel": Act(_plain(services.cancel), gettext_lazy("The assignment is withdrawn."), "cancel"),
    "chase": Act(_plain(services.chase), gettext_lazy("The unit has been urged."), "chase"),
    "hand_over": Act(_plain(services.hand_over), gettext_lazy("The role has been handed over."), "hand_over"),
    "decide_role": Act(_decide, gettext_lazy("It is decided who takes the role."), None),
}


def view(verb: str) -> Callable[..., HttpResponse]:
    """The view of a verb with a form: what is not right comes back on the page with everything that was typed."""
    does = ACTS[verb]

    @writes_after(_look_at_files)
    def acted(request: ActRequest, _looked: None, pk: int) -> HttpResponse:
        assignment = queries.access_assignment(request.actor, pk, may=does.right)
        sent = panel(request, assignment, verb, data=request.POST, files=request.FILES, seen=request.seen)
        data = _typed(sent)
        if data is None:
            return shown(request, assignment, sent)
        said = does.done(data) if callable(does.done) else does.done
        try:
            does.serve(request, pk, data)
        except Refused as refused:
            if refused.status != INVALID:
                raise
            listed = [texts.problem(one) for one in refused.data.get("problems", [])]
            sent.form.add_error(None, [texts.refusal(refused), *dict.fromkeys(listed)])
            return shown(request, assignment, sent)
        messages.success(request, str(said))
        return to_assignment(pk)

    return acted


def _look_at_files(request: PageRequest, pk: int) -> None:
    """What a file is, and whether it bears a mark, may take long to see."""
    look_at(upload for _name, uploads in request.FILES.lists() for upload in uploads)


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
    """The receiver has it; there is nothing to type, and from a list one comes back to the list."""
    queries.access_assignment(request.actor, pk, may="acknowledge")
    services.acknowledge(pk, seen=request.seen, act=request.act)
    messages.success(request, _("You have acknowledged the assignment."))
    return back(request, f"/directives/{pk}/")
