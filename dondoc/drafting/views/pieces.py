"""Changing the words of a draft, piece by piece; for the page's own script each answers with what has changed on the page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, writes
from dondoc.documents import patterns
from dondoc.drafting import pages, queries, services
from dondoc.drafting.models import Clause, DocumentDraft, LateText

from .common import to_draft, whole


def _clause(request: ActRequest, pk: int) -> Clause:
    clause = Clause.objects.filter(pk=pk).first()
    if clause is None:
        raise Http404
    queries.access_draft(request.actor, clause.draft_id, may="write")
    return clause


def _answer(request: ActRequest, draft: int, clause: int) -> HttpResponse:
    if not getattr(request, "htmx", False):
        return to_draft(draft, f"clause-{clause}")
    shown = pages.page(request.actor, DocumentDraft.objects.get(pk=draft), request.today)
    pieces = [*shown.lines, *(piece for part in shown.parts for piece in part.pieces)]
    piece = next(one for one in pieces if one.clause.pk == clause)
    return render(request, "drafting/draft.html#saved", {"shown": shown, "draft": shown.draft, "piece": piece})


@writes
def save(request: ActRequest, pk: int) -> HttpResponse:
    """The words of one piece."""
    clause = _clause(request, pk)
    saved = services.save_clause(pk, request.POST.get("text", ""), seen=request.seen, act=request.act)
    if saved.late is not None:
        messages.warning(request, _("Someone else changed the same paragraph meanwhile. Both are shown: choose one."))
    return _answer(request, clause.draft_id, pk)


@writes
def leave_out(request: ActRequest, pk: int) -> HttpResponse:
    """Leave a piece out, or take it back in."""
    clause = _clause(request, pk)
    services.leave_out(pk, out=request.POST.get("out") == "1", seen=request.seen, act=request.act)
    return to_draft(clause.draft_id, f"clause-{pk}")


@writes
def move(request: ActRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    clause = _clause(request, pk)
    services.move_clause(pk, up=request.POST.get("up") == "1", seen=request.seen, act=request.act)
    return to_draft(clause.draft_id, f"clause-{pk}")


@writes
def add(request: ActRequest, pk: int) -> HttpResponse:
    """A paragraph of one's own, after another one."""
    draft = queries.access_draft(request.actor, pk, may="write")
    after = whole(request.POST.get("after", ""))
    if after is not None and not draft.clauses.filter(pk=after).exists():
        raise Http404
    clause = services.add_clause(pk, request.POST.get("text", ""), after=after, act=request.act)
    return to_draft(pk, f"clause-{clause.pk}")


@writes
def add_row(request: ActRequest, pk: int, name: str) -> HttpResponse:
    """A row more in a table of the document."""
    draft = queries.access_draft(request.actor, pk, may="write")
    template = patterns.read(draft.template, request.today)
    fields = next((one.fields for one in template.placeholders if one.name == name and one.shape == "rows"), ())
    clause = services.add_row(pk, name, [one.name for one in fields], act=request.act)
    return to_draft(pk, f"clause-{clause.pk}")


@writes
def choose(request: ActRequest, pk: int) -> HttpResponse:
    """Of two wordings that were written at the same time, the one that holds."""
    late = LateText.objects.filter(pk=pk).select_related("clause").first()
    if late is None:
        raise Http404
    queries.access_draft(request.actor, late.clause.draft_id, may="write")
    services.choose_late(pk, take=request.POST.get("take") == "1", seen=request.seen, act=request.act)
    return to_draft(late.clause.draft_id, f"clause-{late.clause_id}")
