"""The form of a report: it saves itself while one types, and works without script as well."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import may
from dondoc.lib.counts import NotACount, read_count
from dondoc.lib.refusals import INVALID, Problem, Refused
from dondoc.organisations.queries import labels
from dondoc.reports import differences, queries, services, sheets
from dondoc.reports.models import LateValue, Report
from dondoc.reports.naming import title_of
from dondoc.reports.shown import show

from .ending import ending
from .sent import into, sent_page

PREFIXES = ("line.", "section.", "why.")


@reads
def report(request: PageRequest, pk: int) -> HttpResponse:
    """The form for whoever fills it, else what was sent; an office that may enter it for the unit sees what was sent first (`?fill`)."""
    found = queries.access_report(request.actor, pk)
    today = request.on == request.today
    looks = "sent" in request.GET
    if found.sent_on and "fill" not in request.GET:
        looks = looks or queries.enters_on_behalf(request.actor, found)
    if today and queries.may_fill(request.actor, found) and not looks:
        return form_page(request, found)
    return sent_page(request, found)


def _to_form(request: ActRequest, found: Report) -> HttpResponse:
    """Back to the form, also for an office that enters it for the unit."""
    filling = (
        "?fill=1" if queries.may_fill(request.actor, found) and queries.enters_on_behalf(request.actor, found) else ""
    )
    return redirect(reverse("reports:report", args=[found.pk]) + filling)


def form_page(
    request: PageRequest,
    found: Report,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: list[Problem] | None = None,
    refused: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form with everything beside it; `typed` could not be saved, `refused` after an attempt to send."""
    sheet = sheets.read(found)
    form = show(sheet, request.actor.account, typed=typed, wrong=wrong or [], refused=refused)
    last = found.submissions.order_by("-number").prefetch_related("remarks").first()
    known = labels({found.unit_id, found.filler_id, found.receiver_id}, request.on)
    context: dict[str, Any] = {
        "report": found,
        "form": form,
        "title": title_of(found),
        "unit": known[found.unit_id],
        "filler": known[found.filler_id],
        "receiver": known[found.receiver_id],
        "line": queries.lines([found], request.today)[0],
        **ending(request, found, known[found.unit_id]),
        "sentence": sentence(form),
        "on_behalf": queries.enters_on_behalf(request.actor, found),
        "may_submit": bool(may(request.actor, "report.submit", found.filler_id)),
        "can_send": (found.ends_on - request.today).days <= 1,
        "paper": request.POST.get("paper", ""),
        "remarks": list(last.remarks.all()) if last is not None and last.accepted_on is None else [],
        "titles": {name.removeprefix("line."): label for name, label in sheet.labels.items()},
        "refused": refused,
        "taken_in_late": differences.taken_in_late(found) if request.today > found.cut_off_on else 0,
        "into": into(request, found) if found.sent_on else [],
        "key": uuid4(),
        "reason": sheet.text("why.correction"),
    }
    return render(request, "reports/form.html", context, status=status)


def sentence(form: Any) -> str:
    """What is left to do, in one sentence."""
    told = []
    if form.empty:
        told.append(
            ngettext("%(n)d place is still empty", "%(n)d places are still empty", form.empty) % {"n": form.empty}
        )
    if form.errors:
        told.append(
            ngettext("%(n)d place to be put right", "%(n)d places to be put right", form.errors) % {"n": form.errors}
        )
    if form.unexplained:
        n = form.unexplained
        told.append(ngettext("%(n)d place to be explained", "%(n)d places to be explained", n) % {"n": n})
    return ", ".join(told) or _("everything is filled in, the report can be sent")


def changed(request: ActRequest) -> tuple[dict[str, str], dict[str, int], dict[str, str], list[Problem]]:
    """What a person changed in the form since it was shown: readable texts, the counters that were seen, and what cannot be read."""
    good: dict[str, str] = {}
    counters: dict[str, int] = {}
    bad: dict[str, str] = {}
    wrong: list[Problem] = []
    for name in request.POST:
        text = request.POST.get(name, "")
        if not name.startswith(PREFIXES) or text.replace("\r\n", "\n") == request.POST.get(f"was.{name}", ""):
            continue
        counter = request.POST.get(f"counter.{name}", "0")
        counters[name] = int(counter) if counter.isascii() and counter.isdigit() and len(counter) < 9 else 0
        try:
            if name.startswith("line."):
                read_count(text)
        except NotACount as problem:
            bad[name] = text
            wrong.append(Problem(name, f"reports.{problem.code}", {"typed": text.strip()[:40]}))
        else:
            good[name] = text
    return good, counters, bad, wrong


@contextmanager
def named(found: Report) -> Iterator[None]:
    """What is refused inside gives back what was typed under the names of the report's fields."""
    try:
        yield
    except Refused as refused:
        refused.data.setdefault("labels", sheets.read(found).labels)
        raise


@writes
def save(request: ActRequest, pk: int) -> HttpResponse:
    """Save what was changed; what cannot be read is named and stays where it was typed."""
    found = queries.access_to_fill(request.actor, pk)
    good, counters, bad, wrong = changed(request)
    with named(found):
        kept = services.save_fields(pk, good, counters=counters, act=request.act) if good else {}
    if getattr(request, "htmx", False):
        return _saved(request, pk, found.version, kept, bad, wrong)
    found.refresh_from_db()
    if any(one.late for one in kept.values()):
        messages.warning(request, _("Somebody changed a field before you. Both are kept: choose which one holds."))
    if wrong:
        return _again(request, found, bad, wrong, saved=bool(good))
    messages.success(request, _("Saved. The report has not been sent yet."))
    return _to_form(request, found)


def _again(
    request: ActRequest, found: Report, bad: dict[str, str], wrong: list[Problem], *, saved: bool
) -> HttpResponse:
    """The form again with what was typed. Where good fields were saved the answer is no error: an error writes nothing."""
    return form_page(request, found, typed=bad, wrong=wrong, status=200 if saved else INVALID)


def _saved(
    request: ActRequest,
    pk: int,
    before: int,
    kept: Mapping[str, services.Kept],
    bad: dict[str, str],
    wrong: list[Problem],
) -> HttpResponse:
    """What has changed on the page: counters of the fields saved, what is said beside all fields, and the version.

    A version that moved without this person stays unseen, so that sending asks them to look first.
    """
    found = Report.objects.get(pk=pk)
    sheet = sheets.read(found)
    form = show(sheet, request.actor.account, typed=bad, wrong=wrong, refused="refused" in request.POST)
    for one in form.fields:
        if one.name in kept and kept[one.name].late is not None:
            # The field on the page still holds what came late: it counts as seen there, until a person has chosen.
            one.was = request.POST[one.name]
    context = {
        "report": found,
        "form": form,
        "kept": set(kept),
        "sentence": sentence(form),
        "seen": found.version if before == request.seen else request.seen,
        "at": request.act.at,
    }
    return render(request, "reports/form.html#saved", context)


@writes
def zeros(request: ActRequest, pk: int) -> HttpResponse:
    """Write 0 into the numbers of the period that are still empty, after saving what was typed."""
    found = queries.access_to_fill(request.actor, pk)
    good, counters, bad, wrong = changed(request)
    if good:
        with named(found):
            services.save_fields(pk, good, counters=counters, act=request.act)
    if wrong:
        found.refresh_from_db()
        return _again(request, found, bad, wrong, saved=bool(good))
    count = services.fill_zeros(pk, act=request.act)
    said = ngettext("%(n)d empty field is 0 now.", "%(n)d empty fields are 0 now.", count) % {"n": count}
    messages.success(request, said if count else _("No field was empty."))
    return _to_form(request, found)


@writes
def submit(request: ActRequest, pk: int) -> HttpResponse:
    """Save what was typed last, then send. What stops it is shown on the form, and what was typed stays saved."""
    found = queries.access_to_fill(request.actor, pk, "report.submit")
    good, counters, bad, wrong = changed(request)
    seen = request.seen
    if good:
        with named(found):
            kept = services.save_fields(pk, good, counters=counters, act=request.act)
        before, found = found.version, Report.objects.get(pk=pk)
        seen = found.version if before == seen else seen
        if any(one.late for one in kept.values()):
            messages.warning(request, _("Somebody changed a field before you. Both are kept: choose which one holds."))
            return _to_form(request, found)
    if wrong:
        return _again(request, found, bad, wrong, saved=bool(good))
    try:
        with named(found):
            services.submit(pk, seen=seen, act=request.act, paper=request.POST.get("paper", ""))
    except Refused as refused:
        if refused.status != INVALID or "problems" not in refused.data:
            raise
        return form_page(request, Report.objects.get(pk=pk), refused=True, status=200 if good else INVALID)
    messages.success(request, _("The report has been sent."))
    return redirect("reports:report", pk)


@writes
def choose(request: ActRequest, late: int) -> HttpResponse:
    """Take the value that came late, or keep the present one; what else was typed is saved first."""
    found_late = LateValue.objects.filter(pk=late).select_related("value").first()
    if found_late is None:
        raise Refused("reports.late_settled")
    found = queries.access_to_fill(request.actor, found_late.value.report_id)
    good, counters, bad, wrong = changed(request)
    good.pop(found_late.value.name, None)
    bad.pop(found_late.value.name, None)
    counter = request.POST.get(f"counter.{found_late.value.name}", "")
    seen = int(counter) if counter.isascii() and counter.isdigit() and len(counter) < 9 else 0
    with named(found):
        if good:
            services.save_fields(found.pk, good, counters=counters, act=request.act)
        services.choose_late(late, take=request.POST.get("take") == "1", counter=seen, act=request.act)
    if bad:
        found.refresh_from_db()
        return _again(request, found, bad, [one for one in wrong if one.source in bad], saved=True)
    return redirect(f"{reverse('reports:report', args=[found.pk])}#{found_late.value.name.replace('.', '-')}")
