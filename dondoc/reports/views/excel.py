"""A report as an Excel sheet: downloaded with what is known, brought back, looked at and then saved like the form."""

from django.http import HttpResponse

from dondoc.accounts.acts import PageRequest, reads
from dondoc.lib.refusals import Refused
from dondoc.lib.workbooks.writing import MEDIA_TYPE
from dondoc.organisations.queries import labels
from dondoc.reports import queries, sheets
from dondoc.reports.excel.out import workbook
from dondoc.reports.rules.states import FILLED, State


def download(name: str, content: bytes) -> HttpResponse:
    """A file of ours for the person who asked."""
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@reads
def sheet(request: PageRequest, pk: int) -> HttpResponse:
    """The sheet of a report that is being filled."""
    found = queries.access_to_fill(request.actor, pk)
    if State(found.state) not in FILLED:
        raise Refused("reports.not_being_filled")
    known = labels({found.unit_id, found.receiver_id}, request.on)
    unit = known[found.unit_id]
    content = workbook(sheets.read(found), unit=unit.name, code=unit.code, receiver=known[found.receiver_id].name)
    return download(f"{found.form}-{unit.code}-{found.starts_on:%Y-%m-%d}", content)
