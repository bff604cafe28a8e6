"""The form of a report on paper, to be filled in by hand where there is no machine; its code leads back to the report."""

from datetime import date

from django.utils.translation import gettext as _

from dondoc.documents.layouts.sheets import Blank, Form
from dondoc.lib import short_codes, wording

from .naming import days_words, title_of
from .sheets import Row, Sheet

KIND = "BC"
"""What stands before the key in the codes of reports."""
WRITTEN_LINES = 4


def paper(sheet: Sheet, *, unit: str, receiver: str, address: str, on: date) -> Form:
    """The form of a report as it stands: numbers that are known or computed are printed, the others have a box."""
    report = sheet.report
    return Form(
        title=title_of(report),
        under=f"{unit} · {days_words(report)}",
        says=_("Send it to %(receiver)s before the end of %(due)s. Write numbers in figures, one in each box.")
        % {"receiver": receiver, "due": wording.day(report.due_on)},
        foot=_("Printed on %(on)s") % {"on": wording.day(on)},
        code=short_codes.written(KIND, report.pk),
        address=address,
        groups=tuple((group.title, tuple(_blank(row) for row in rows)) for group, rows in sheet.groups),
        sections=tuple((one.title, one.help, WRITTEN_LINES) for one in sheet.version.sections),
        signed_by=(_("WRITTEN BY"), _("HEAD OF THE UNIT")),
    )


def _blank(row: Row) -> Blank:
    known = wording.number(row.value) if row.value is not None else "" if row.open else "–"
    return Blank(row.name, row.measure, known)
