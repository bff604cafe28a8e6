"""The list of drafts, the page of one, its Word file, and its way to an issued document."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import require
from dondoc.directives.holders import living
from dondoc.directives.models import Assignment
from dondoc.directives.queries import access_assignments
from dondoc.directives.views.common import chosen
from dondoc.documents import pdf
from dondoc.documents.files import DOCX
from dondoc.documents.views.files import sent_as_pdf
from dondoc.drafting import pages, papers, queries, services
from dondoc.drafting.forms import NumberForm
from dondoc.drafting.models import DocumentDraft
from dondoc.drafting.rules import State
from dondoc.lib import texts
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.vietnamese import folded
from dondoc.meetings.queries import access_meeting
from dondoc.organisations.queries import labels
from dondoc.reports.queries import access_report
from dondoc.working_sessions.queries import access_session

from .common import seen_rows, to_draft

A_PAGE = 30


@reads
def listing(request: PageRequest) -> HttpResponse:
    """The drafts of one's units: what waits for me first, then what is being drafted, then what is settled."""
    waiting = queries.waiting(request.actor)
    every = queries.visible(request.actor)
    state = request.GET.get("state", "")
    state = state if state in DocumentDraft.State.values else ""
    shown = Paginator(every.filter(**({"state": state} if state else {})), A_PAGE).get_page(request.GET.get("page"))
    units = labels({one.unit_id for one in shown}, request.today)
    counts = {code: every.filter(state=code).count() for code in DocumentDraft.State.values}
    context = {
        "page": shown,
        "rows": [(one, units[one.unit_id], pages.name_of(one)) for one in shown],
        "tabs": [("", _("All"), sum(counts.values()))]
        + [(code, DocumentDraft.State(code).label, count) for code, count in counts.items() if count or code == state],
        "state": state,
        "sentence": _sentence(len(waiting["approve"]), len(waiting["issue"])),
    }
    return render(request, "drafting/list.html", context)


def _sentence(approve: int, issue: int) -> str:
    told = []
    if approve:
        told.append(ngettext("%(n)s draft to approve", "%(n)s drafts to approve", approve) % {"n": approve})
    if issue:
        told.append(ngettext("%(n)s document to issue", "%(n)s documents to issue", issue) % {"n": issue})
    return ", ".join(told) + "." if told else ""


@reads
def draft(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a draft."""
    return _shown(request, queries.access_draft(request.actor, pk))


def _shown(
    request: PageRequest, draft: DocumentDraft, form: NumberForm | None = None, wrong: str = "", faults: Any = ()
) -> HttpResponse:
    shown = pages.page(request.actor, draft, request.today)
    if form is None and "issue" in shown.verbs:
        form = NumberForm(draft=draft, symbol=shown.symbol, today=request.today, faults=bool(shown.faults))
    shown.faults = list(dict.fromkeys([*shown.faults, *faults]))
    context = {"shown": shown, "draft": draft, "form": form, "wrong": wrong, "no_pdf": pdf.program() is None}
    return render(request, "drafting/draft.html", context, status=INVALID if wrong or (form and form.errors) else 200)


@reads
def word(request: PageRequest, pk: int) -> HttpResponse:
    """The Word file of a draft, each paragraph in a control that says which it is, or (`?as=pdf`) its PDF; of an issued one as it went out."""
    draft = queries.access_draft(request.actor, pk)
    if draft.document is not None and draft.document.file_id is not None:
        query = request.GET.urlencode()
        return redirect(reverse("documents:file", args=[draft.document.file_id]) + (f"?{query}" if query else ""))
    made = papers.word_file(draft, list(draft.clauses.all()), request.today)
    name = f"{folded(pages.name_of(draft)).replace(' ', '-')}-{draft.pk}-{draft.version}"
    if request.GET.get("as") == "pdf":
        return cast(HttpResponse, sent_as_pdf(made, name))
    answer = HttpResponse(made, content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@writes
def from_session(request: ActRequest, session: int) -> HttpResponse:
    """The notice of conclusion drafts itself from the session; where it is being drafted already, to that draft."""
    found = access_session(request.actor, session)
    queries.require(request.actor, living(found.led_by_id, request.today), "write")
    made = services.draft_notice(found, act=request.act)
    return to_draft(made.pk)


@writes
def minutes_of(request: ActRequest, session: int) -> HttpResponse:
    """The minutes draft themselves from the session."""
    found = access_session(request.actor, session)
    queries.require(request.actor, living(found.led_by_id, request.today), "write")
    return to_draft(services.draft_minutes(found, act=request.act).pk)


@writes
def plan_of(request: ActRequest, session: int) -> HttpResponse:
    """A unit that was criticised in the session drafts its plan, through the post in which the person acts."""
    found = access_session(request.actor, session)
    unit = request.act.unit or 0
    queries.require(request.actor, unit, "write")
    return to_draft(services.draft_plan(found, unit, act=request.act).pk)


_OF_MEETINGS: dict[str, Callable[..., DocumentDraft]] = {
    "invitation": services.draft_invitation,
    "minutes": services.draft_meeting_minutes,
    "notice": partial(services.draft_ending, resolution=False),
    "resolution": partial(services.draft_ending, resolution=True),
}


@writes
def from_meeting(request: ActRequest, meeting: int, form: str) -> HttpResponse:
    """A document of a meeting drafts itself: the invitation, the minutes, the notice of conclusion or the resolution."""
    found = access_meeting(request.actor, meeting)
    queries.require(request.actor, living(found.unit_id, request.today), "write")
    if form not in _OF_MEETINGS:
        raise Http404
    return to_draft(_OF_MEETINGS[form](found, act=request.act).pk)


@writes
def from_report(request: ActRequest, report: int) -> HttpResponse:
    """The document of a report that was sent."""
    found = access_report(request.actor, report)
    queries.require(request.actor, found.filler_id, "write")
    return to_draft(services.draft_report(found, act=request.act).pk)


@writes
def urge(request: ActRequest) -> HttpResponse:
    """A letter to each receiver of the overdue assignments chosen."""
    rows = chosen(request)
    assignments = access_assignments(request.actor, rows, may="chase")
    require(request.actor, "document.prepare", request.act.unit or 0)
    found = Assignment.objects.filter(pk__in=[one.pk for one in assignments]).select_related("directive")
    drafts = services.urge(list(found), act=request.act)
    said = ngettext("%(n)s urging letter is drafted.", "%(n)s urging letters are drafted.", len(drafts))
    messages.success(request, said % {"n": len(drafts)})
    return to_draft(drafts[0].pk) if len(drafts) == 1 else redirect(reverse("drafting:list"))


@writes
def approve(request: ActRequest, pk: int) -> HttpResponse:
    """The words stand, and with them the assignments of the document's directives."""
    queries.access_draft(request.actor, pk, may="approve")
    services.approve(pk, seen=request.seen, assignments=seen_rows(request), act=request.act)
    messages.success(request, _("The document is approved. The office can issue it."))
    return to_draft(pk)


@writes
def send_back(request: ActRequest, pk: int) -> HttpResponse:
    """Back to whoever drafts it, with what is to be mended."""
    queries.access_draft(request.actor, pk, may="send_back")
    services.send_back(pk, reason=request.POST.get("reason", ""), seen=request.seen, act=request.act)
    messages.success(request, _("The document is sent back for correction."))
    return to_draft(pk)


@writes
def drop(request: ActRequest, pk: int) -> HttpResponse:
    """It will not be issued."""
    queries.access_draft(request.actor, pk, may="drop")
    services.drop(pk, seen=request.seen, act=request.act)
    messages.success(request, _("The draft is dropped. Its records stay as they are."))
    return to_draft(pk)


@writes
def issue(request: ActRequest, pk: int) -> HttpResponse:
    """The document gets its number and goes out, and with it what it holds."""
    draft = queries.access_draft(request.actor, pk, may="issue")
    symbol = papers.lines_of(draft.clauses.all()).get("symbol", "")
    form = NumberForm(request.POST, draft=draft, symbol=symbol, today=request.today, faults=True)
    if draft.state != State.APPROVED or not form.is_valid():
        return _shown(request, draft, form)
    try:
        document = services.issue(
            pk,
            form.numbering,
            seen=request.seen,
            assignments=seen_rows(request),
            despite=form.cleaned_data["despite"],
            act=request.act,
        )
    except Refused as refused:
        if refused.code != "drafting.not_in_form":
            raise
        return _shown(request, draft, form, texts.refusal(refused), refused.data["faults"])
    messages.success(request, _("Issued: %(number)s.") % {"number": document})
    return to_draft(pk)
