"""A report that was sent: to read, to print, to judge; sent beside live; and its correction."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import may
from dondoc.lib.refusals import INVALID, UNSEEN, Refused
from dondoc.organisations.queries import Label, labels
from dondoc.reports import differences, queries, services, sheets
from dondoc.reports.asof import as_of
from dondoc.reports.models import Report, Submission
from dondoc.reports.naming import title_of
from dondoc.reports.rules.states import State
from dondoc.web.ways import own_page

from .ending import ending


@reads
def sent(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """One sending of a report, also one that was followed by others; on an earlier day only where it was sent by then."""
    found = queries.access_report(request.actor, pk)
    if not found.submissions.filter(number=number).exists():
        raise Http404
    return sent_page(request, found, number)


def sent_page(
    request: PageRequest, found: Report, number: int | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a sending, the last one by default; of a report not sent by the day shown, that it is waited for."""
    every = queries.as_known_on(found, request.on)
    shown = next((one for one in every if one.number == number), every[-1] if every else None)
    not_opened = found.opened_on > request.on
    [then] = [copy(found)] if not_opened else as_of([found], request.on, request.today)
    if not_opened:
        then.state, then.sent_on, then.begun_on = State.OPEN.value, None, None
    known = labels({then.unit_id, then.filler_id, then.receiver_id}, request.on)
    today = request.on == request.today
    [line] = queries.lines([then], request.on)
    context: dict[str, Any] = {
        "report": then,
        "title": line.title,
        "unit": line.unit,
        "receiver": known[then.receiver_id],
        "line": line,
        "not_opened": not_opened,
        **ending(request, then, line.unit),
        "submission": shown,
        "submissions": every,
        "is_last": shown is not None and shown == every[-1],
        "on_behalf": queries.enters_on_behalf(request.actor, found),
        "may_draft": today and shown is not None and bool(may(request.actor, "document.prepare", found.filler_id)),
        "may_fill": today and queries.may_fill(request.actor, found),
        **more,
    }
    if shown is not None:
        context |= _content(request, found, shown)
    return render(request, "reports/sent.html", context, status=status)


def _content(request: PageRequest, found: Report, shown: Submission) -> dict[str, Any]:
    sheet = sheets.read(found)
    today = request.on == request.today
    compared = differences.compare(shown, sheet, live=today)
    texts = dict(shown.sections.values_list("code", "text"))
    remarks = list(shown.remarks.filter(on__lte=request.on).select_related("by", "post").order_by("pk"))
    said: dict[str, list[str]] = {}
    for one in remarks:
        said.setdefault(one.line, []).append(one.text)
    groups = [
        (group, [(compared[row.key], said.get(row.key, [])) for row in rows if row.key in compared])
        for group, rows in sheet.groups
    ]
    difficulties = differences.difficulties_on(found, request.on)
    return {
        "groups": [(group, rows) for group, rows in groups if rows],
        "sections": [
            (one, texts.get(one.code, ""), said.get(f"section.{one.code}", []))
            for one in sheet.sections
            if not one.difficulties
        ],
        "difficulties": difficulties,
        "difficulty_with": labels({one.lies_with_id for one in difficulties if one.lies_with_id}, request.on),
        "whole_remarks": said.get("", []),
        "differing": [one for one in compared.values() if one.differs],
        "into": into(request, found),
        "may_judge": today and queries.may_judge(request.actor, found),
        "may_correct": today
        and found.state == State.ACCEPTED
        and bool(may(request.actor, "report.submit", found.filler_id)),
        "lines": [(key, one.name) for key, one in compared.items()],
        "titles": [(f"section.{one.code}", one.title) for one in sheet.sections],
    }


def into(request: PageRequest, found: Report) -> list[tuple[Report, Label, str]]:
    """Where the numbers of a report already went by the day shown: the report with its unit and title."""
    several = [one for one in differences.went_into(found) if one.went_on <= request.on]  # type: ignore[attr-defined]
    units = labels({one.unit_id for one in several}, request.on)
    return [(one, units[one.unit_id], title_of(one)) for one in several]


@writes
def accept(request: ActRequest, pk: int) -> HttpResponse:
    """Accept a report."""
    found = queries.access_to_judge(request.actor, pk)
    services.accept(found.pk, seen=request.seen, act=request.act, text=request.POST.get("text", ""))
    messages.success(request, _("The report is accepted; its numbers are in the ledger."))
    return redirect(own_page(request, request.POST.get("next", ""), f"/reports/{found.pk}/"))


@writes
def accept_many(request: ActRequest) -> HttpResponse:
    """Accept the ticked reports, all of them or none."""
    seen = chosen(request)
    for pk in seen:
        queries.access_to_judge(request.actor, pk)
    done = services.accept_many(seen, act=request.act)
    said = ngettext("%(n)d report is accepted.", "%(n)d reports are accepted.", len(done)) % {"n": len(done)}
    messages.success(request, said)
    return redirect(own_page(request, request.POST.get("next", ""), "/reports/"))


def chosen(request: ActRequest) -> dict[int, int]:
    """The ticked rows, each with the version that was seen, from values "12:3". Refused when none is ticked."""
    rows: dict[int, int] = {}
    for value in request.POST.getlist("chosen"):
        key, _colon, version = value.partition(":")
        if not all(part.isascii() and part.isdigit() and len(part) <= 15 for part in (key, version)):
            raise Refused("web.unseen", UNSEEN)
        rows[int(key)] = int(version)
    if not rows:
        raise Refused("reports.nothing_chosen", INVALID)
    return rows


@writes
def send_back(request: ActRequest, pk: int) -> HttpResponse:
    """Return a report with remarks."""
    found = queries.access_to_judge(request.actor, pk)
    remarks: dict[str, str] = {"": request.POST.get("text", "")}
    for name in request.POST:
        if name.startswith("remark."):
            remarks[name.removeprefix("remark.")] = request.POST.get(name, "")
    services.send_back(found.pk, remarks=remarks, seen=request.seen, act=request.act)
    messages.success(request, _("The report is returned with your remarks."))
    return redirect("reports:report", found.pk)


@writes
def correct(request: ActRequest, pk: int) -> HttpResponse:
    """Open an accepted report for correction."""
    found = queries.access_to_fill(request.actor, pk, "report.submit")
    services.correct(found.pk, reason=request.POST.get("reason", ""), seen=request.seen, act=request.act)
    messages.success(request, _("The report is open for correction. Change what is wrong, then send it again."))
    return redirect("reports:report", found.pk)
