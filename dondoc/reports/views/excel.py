"""A report as an Excel sheet: downloaded with what is known, brought back, looked at and then saved like the form."""

from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dondoc.accounts.acts import PageRequest, reads
from dondoc.documents.layouts import setting
from dondoc.lib import texts
from dondoc.lib.refusals import INVALID, Problem, Refused
from dondoc.lib.workbooks.opening import LARGEST_FILE
from dondoc.organisations.queries import labels
from dondoc.reports import paper as papers
from dondoc.reports import queries, sheets
from dondoc.reports.excel.compare import Preview, preview
from dondoc.reports.excel.out import workbook
from dondoc.reports.excel.read import read
from dondoc.reports.models import Report
from dondoc.reports.naming import title_of
from dondoc.reports.rules.states import FILLED, State
from dondoc.web import downloads

WITH_MACROS = (".xlsm", ".xltm", ".xlam")


@reads
def sheet(request: PageRequest, pk: int) -> HttpResponse:
    """The sheet of a report that is being filled."""
    found = _being_filled(request, pk)
    known = labels({found.unit_id, found.receiver_id}, request.on)
    unit = known[found.unit_id]
    content = workbook(sheets.read(found), unit=unit.name, code=unit.code, receiver=known[found.receiver_id].name)
    return downloads.workbook(f"{found.form}-{unit.code}-{found.starts_on:%Y-%m-%d}", content)


@reads
def paper(request: PageRequest, pk: int) -> HttpResponse:
    """The form on paper of a report that is being filled, as PDF."""
    found = _being_filled(request, pk)
    known = labels({found.unit_id, found.receiver_id}, request.on)
    unit = known[found.unit_id]
    form = papers.paper(
        sheets.read(found),
        unit=unit.name,
        receiver=known[found.receiver_id].name,
        address=request.build_absolute_uri(reverse("reports:report", args=[found.pk])),
        on=request.today,
    )
    return downloads.pdf(f"{found.form}-{unit.code}-{found.starts_on:%Y-%m-%d}", setting.form(form))


@reads
def bring(request: PageRequest, pk: int) -> HttpResponse:
    """Bring a filled sheet: what it changes, or what is wrong in it, is shown. Nothing is written; what is shown goes to `reports:save`."""
    found = _being_filled(request, pk)
    known = labels({found.unit_id}, request.on)[found.unit_id]
    looked: Preview | list[Problem] | None = None
    if request.method == "POST":
        looked = _looked_at(request.FILES.get("sheet"), found, known.code)
    problems = looked if isinstance(looked, list) else []
    context = {
        "report": found,
        "title": title_of(found),
        "unit": known,
        "on_behalf": queries.enters_on_behalf(request.actor, found),
        "problems": [texts.problem(one) for one in problems],
        "looked": None if problems else looked,
        "key": uuid4(),
    }
    return render(request, "reports/excel.html", context, status=INVALID if problems else 200)


def _being_filled(request: PageRequest, pk: int) -> Report:
    found = queries.access_to_fill(request.actor, pk)
    if State(found.state) not in FILLED:
        raise Refused("reports.not_being_filled")
    return found


def _looked_at(upload: "UploadedFile[bytes] | None", report: Report, code: str) -> Preview | list[Problem]:
    if upload is None or not upload.size:
        return [Problem("", "reports.excel_empty")]
    if upload.size > LARGEST_FILE:
        return [Problem("", "reports.excel_too_large")]
    if (upload.name or "").lower().endswith(WITH_MACROS):
        return [Problem("", "reports.excel_macros")]
    filled = read(upload.read())
    return filled if isinstance(filled, list) else preview(filled, sheets.read(report), code)
