"""The page of one meeting and everything that is done on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes, writes_after
from dondoc.accounts.queries import may
from dondoc.documents.models import OfficialDocument
from dondoc.documents.services import look_at, store_file
from dondoc.lib import texts
from dondoc.lib.refusals import INVALID, Refused
from dondoc.meetings import queries, rules, services
from dondoc.meetings.content import agenda_for
from dondoc.meetings.forms import AdoptForm, BeginForm, CancelForm, InviteForm, MoveForm, TaskForm, name_of
from dondoc.meetings.models import Attendance, Meeting, Minutes
from dondoc.organisations import queries as organisations

WAS = "was-"
DOCUMENTS = 30


@reads
def page(request: PageRequest, meeting: int) -> HttpResponse:
    """One meeting: when and where, what it takes up again, who was there, the minutes, the work given, how it ended."""
    return _page(request, queries.access_meeting(request.actor, meeting))


def _page(request: PageRequest, found: Meeting, wrong: Form | None = None) -> HttpResponse:
    actor, today = request.actor, request.today
    holds = queries.may_hold(actor, found.unit_id)
    names = queries.sees_names(actor, found)
    lines = queries.attendance(found, today) if names else []
    minutes = Minutes.objects.filter(meeting=found).first() if names else None
    content: dict[str, str] = minutes.content if minutes else {}
    agenda = list(found.agenda.all())
    form = agenda_for(found.kind, found.planned_on)
    least = (form.joint if found.thematic else form.minutes) if form else 0
    taken = found.began_at and found.ended_at and rules.minutes_between(found.began_at, found.ended_at)
    forms = _forms(found, lines, today) | ({type(wrong).__name__: wrong} if wrong else {})
    context = {
        "one": found,
        "kind": name_of(found.kind),
        "place": organisations.labels([found.unit_id], request.on)[found.unit_id],
        "holds": holds,
        "names": names,
        "may": {verb: holds and rules.may(verb, found.state) for verb in rules.MOVES},
        "forms": forms,
        "lines": lines,
        "count": rules.count(found.attendances.values_list("status", flat=True)),
        "noted": found.attendances.exists(),
        "statuses": [(status.value, status.label) for status in Attendance.Status],
        "guests": list(found.guests.select_related("post")),
        "above": queries.posts_above(found.unit_id, found.held_on or today) if holds else [],
        "came": set(found.guests.values_list("post", flat=True)),
        "fields": [
            *((one.code, f"{one.position}. {one.title}", content.get(one.code, "")) for one in agenda if one.written),
            (services.CONCLUSION, _("Conclusion"), content.get(services.CONCLUSION, "")),
        ],
        "minutes": minutes,
        "late": list(minutes.late_values.select_related("by")) if minutes and holds else [],
        "tasks": list(found.tasks.select_related("participant").order_by("pk")) if names else [],
        "earlier": queries.open_tasks(found) if names else [],
        "papers": list(found.papers.select_related("file")) if names else [],
        "moves": list(found.moves.order_by("pk")),
        "taken": taken,
        "short": bool(taken and taken < least),
        "least": least,
        "agenda": agenda,
        "documents": _documents(found) if holds else [],
        "directed": queries.directed(actor, found, today),
        "may_direct": _directs(request, found),
        "may_draft": bool(
            may(actor, "document.prepare", found.unit_id) or may(actor, "document.approve", found.unit_id)
        ),
    }
    return render(request, "meetings/meeting.html", context, status=INVALID if wrong else 200)


def _directs(request: PageRequest, found: Meeting) -> bool:
    """Whether the person may give a task to units below, of which there are some."""
    if not rules.may("direct", found.state) or not may(request.actor, "directive.prepare", found.unit_id):
        return False
    return queries.may_hold(request.actor, found.unit_id) and bool(organisations.children(found.unit_id, request.today))


def _forms(found: Meeting, lines: list[queries.Line], today: Any) -> dict[str, Form]:
    roll = [(line.participant.pk, line.participant.name) for line in lines]
    return {
        "MoveForm": MoveForm(today=today),
        "CancelForm": CancelForm(),
        "InviteForm": InviteForm(initial={"topic": found.topic}),
        "BeginForm": BeginForm(
            today=today, initial={"on": f"{min(found.planned_on, today):%d/%m/%Y}", "began_at": _time(found.starts_at)}
        ),
        "AdoptForm": AdoptForm(initial={"began_at": _time(found.began_at), "ended_at": _time(found.ended_at)}),
        "TaskForm": TaskForm(today=today, roll=roll),
    }


def _time(of_day: Any) -> str:
    return f"{of_day:%H:%M}" if of_day else ""


def _documents(found: Meeting) -> list[OfficialDocument]:
    rows = OfficialDocument.objects.filter(issuer=found.unit_id, dated_on__gte=found.held_on or found.planned_on)
    return list(rows.order_by("-dated_on", "-number")[:DOCUMENTS])


def _done(
    request: ActRequest,
    found: Meeting,
    form: Form,
    serve: Callable[[dict[str, Any]], object],
    said: str,
    anchor: str = "",
) -> HttpResponse:
    """Do what a form asks for, or show the page again with what is wrong beside it."""
    if form.is_valid():
        try:
            serve(form.cleaned_data)
        except Refused as refused:
            if refused.status != INVALID:
                raise
            listed = [texts.problem(one) for one in refused.data.get("problems", [])]
            form.add_error(None, [texts.refusal(refused), *listed])
    if form.errors:
        return _page(request, found, form)
    messages.success(request, said)
    return redirect(f"/meetings/{found.pk}/{anchor}")


@writes
def move(request: ActRequest, meeting: int) -> HttpResponse:
    """Put it off."""
    found = queries.access_meeting(request.actor, meeting, queries.PLANNING)

    def serve(data: dict[str, Any]) -> None:
        services.move(found.pk, data["to"], data["reason"], seen=request.seen, act=request.act)

    return _done(request, found, MoveForm(request.POST, today=request.today), serve, _("The meeting is moved."))


@writes
def cancel(request: ActRequest, meeting: int) -> HttpResponse:
    """It will not be held."""
    found = queries.access_meeting(request.actor, meeting, queries.PLANNING)

    def serve(data: dict[str, Any]) -> None:
        services.cancel(found.pk, data["reason"], seen=request.seen, act=request.act)

    return _done(request, found, CancelForm(request.POST), serve, _("The meeting is cancelled."))


def _look(request: PageRequest, meeting: int) -> None:
    """What a file is, and whether it bears a mark, may take long to see."""
    look_at(request.FILES.getlist("papers"))


@writes_after(_look)
def invite(request: ActRequest, _looked: None, meeting: int) -> HttpResponse:
    """Those invited are told, with the papers."""
    found = queries.access_meeting(request.actor, meeting, queries.PLANNING)

    def serve(data: dict[str, Any]) -> None:
        files = [store_file(upload) for upload in request.FILES.getlist("papers")]
        services.invite(found.pk, data["topic"], files, seen=request.seen, act=request.act)

    return _done(request, found, InviteForm(request.POST), serve, _("It is noted that those invited were told."))


@writes
def begin(request: ActRequest, meeting: int) -> HttpResponse:
    """It begins."""
    found = queries.access_meeting(request.actor, meeting, queries.HOLDING)

    def serve(data: dict[str, Any]) -> None:
        services.begin(found.pk, data["on"], data["began_at"], seen=request.seen, act=request.act)

    return _done(
        request, found, BeginForm(request.POST, today=request.today), serve, _("The meeting is open."), "#attendance"
    )


@writes
def attend(request: ActRequest, meeting: int) -> HttpResponse:
    """Who was there."""
    found = queries.access_meeting(request.actor, meeting, queries.HOLDING)
    known = {status.value for status in Attendance.Status}
    statuses = {
        int(name.removeprefix("status-")): (str(value), request.POST.get(f"reason-{name.removeprefix('status-')}", ""))
        for name, value in request.POST.items()
        if name.startswith("status-") and name[7:].isdecimal() and len(name) < 24 and value in known
    }
    above = {post.pk for post in queries.posts_above(found.unit_id, found.held_on or request.today)}
    guests = [
        int(one) for one in request.POST.getlist("guest") if one.isdecimal() and len(one) < 16 and int(one) in above
    ]
    services.attend(found.pk, statuses, guests, seen=request.seen, act=request.act)
    messages.success(request, _("Who was there is noted."))
    return redirect(f"/meetings/{found.pk}/#minutes")


@writes
def write(request: ActRequest, meeting: int) -> HttpResponse:
    """Some fields of the minutes; to the script as an answer of its own, else the page again."""
    found = queries.access_meeting(request.actor, meeting, queries.HOLDING)
    saved = services.write(found.pk, _typed(request), _was(request), seen=request.seen, act=request.act)
    if request.headers.get("X-Script") == "minutes":
        return JsonResponse({"version": saved.version, "late": list(saved.late)})
    if saved.late:
        messages.warning(request, _("Somebody else has changed this meanwhile: choose which value holds."))
    else:
        messages.success(request, _("Saved."))
    return redirect(f"/meetings/{found.pk}/#minutes")


def _typed(request: HttpRequest) -> dict[str, str]:
    own = {"csrfmiddlewaretoken", "seen", "key"}
    return {name: str(value) for name, value in request.POST.items() if name not in own and not name.startswith(WAS)}


def _was(request: HttpRequest) -> dict[str, str]:
    return {name.removeprefix(WAS): str(value) for name, value in request.POST.items() if name.startswith(WAS)}


@writes
def choose(request: ActRequest, late: int) -> HttpResponse:
    """Settle a value that came too late."""
    found = queries.access_late(request.actor, late)
    meeting = services.choose(found.pk, take=request.POST.get("take") == "1", act=request.act)
    return redirect(f"/meetings/{meeting.pk}/#minutes")


@writes
def give_task(request: ActRequest, meeting: int) -> HttpResponse:
    """Work is given."""
    found = queries.access_meeting(request.actor, meeting, queries.HOLDING)
    roll = [(one.pk, one.name) for one in queries.roll(found.unit_id, found.held_on or request.today)]
    form = TaskForm(request.POST, today=request.today, roll=roll)

    def serve(data: dict[str, Any]) -> None:
        who = int(data["participant"]) if data["participant"] else None
        services.give_task(found.pk, data["title"], who, data["due_on"], act=request.act)

    return _done(request, found, form, serve, _("The work is noted."), "#tasks")


@writes
def tell_task(request: ActRequest, meeting: int) -> HttpResponse:
    """What became of work given before."""
    found = queries.access_meeting(request.actor, meeting, queries.HOLDING)
    task = request.POST.get("task", "")
    if not task.isdecimal() or len(task) > 15:
        raise Refused("meetings.changed_meanwhile")
    done = request.POST.get("done") == "1"
    services.tell_task(found.pk, int(task), done=done, result=request.POST.get("result", ""), act=request.act)
    messages.success(request, _("It is noted what became of it."))
    return redirect(f"/meetings/{found.pk}/#earlier")


@writes
def adopt(request: ActRequest, meeting: int) -> HttpResponse:
    """The minutes were read back and adopted."""
    found = queries.access_meeting(request.actor, meeting, queries.HOLDING)

    def serve(data: dict[str, Any]) -> None:
        services.adopt(found.pk, data["began_at"], data["ended_at"], seen=request.seen, act=request.act)

    return _done(request, found, AdoptForm(request.POST), serve, _("The minutes are adopted."))


@writes
def conclude(request: ActRequest, meeting: int) -> HttpResponse:
    """Name the document in which it ended."""
    found = queries.access_meeting(request.actor, meeting, queries.HOLDING)
    document = request.POST.get("document", "")
    if not document.isdecimal() or len(document) > 15:
        raise Refused("meetings.no_document", INVALID)
    services.conclude(found.pk, int(document), seen=request.seen, act=request.act)
    messages.success(request, _("The conclusion of the meeting is noted."))
    return redirect("meetings:meeting", found.pk)
