"""What a superior collects, as an Excel file: how each report stands, and what was sent in it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from dondoc.lib.wording import NO_FIGURE, day
from dondoc.lib.workbooks.writing import Book, Column
from dondoc.reports.content import forms
from dondoc.reports.models import SentLine
from dondoc.reports.naming import days_words
from dondoc.reports.queries import Line
from dondoc.reports.rounds import Round
from dondoc.reports.sheets import line_name
from dondoc.web.states import STATES


def workbook(collected: Round, lines: Sequence[Line], on: date) -> bytes:
    """The .xlsx of these reports of a round, as on the day. One query beside those that read the lines."""
    title = f"{collected.title}: {collected.receiver.name}"
    about = [
        _("%(sent)s of %(total)s reports are in on %(day)s.")
        % {"sent": collected.sent, "total": collected.total, "day": day(on)}
    ]
    sent = _sent([line.report.pk for line in lines])
    book = Book(title)
    columns = [
        Column(_("Unit"), 40),
        Column(_("Period"), 22),
        Column(_("State"), 24),
        Column(_("Due on"), 13),
        Column(_("Sent on"), 13),
        Column(_("Explanations"), 12, number=True),
        Column(_("Reports from below in it"), 16, number=True),
    ]
    rows: list[list[str | int | None]] = [
        [
            line.unit.name,
            days_words(line.report),
            line.word or str(STATES[line.standing].word),
            day(line.report.due_on),
            day(line.report.sent_on) if line.report.sent_on else "",
            line.explained,
            _completeness(sent[line.report.pk]),
        ]
        for line in lines
    ]
    book.table(_("How they stand"), title, about, columns, rows)
    names = _names(lines)
    if names:
        heads = [Column(_("Unit"), 40), Column(_("Period"), 22)]
        heads += [Column(name, 13, number=True) for name in names.values()]
        numbers = [
            [line.unit.name, days_words(line.report), *(_number(sent[line.report.pk], key) for key in names)]
            for line in lines
            if sent[line.report.pk]
        ]
        said = [_("As it was sent last; “%(none)s” where a line was not in the report.") % {"none": NO_FIGURE}]
        book.table(_("Numbers sent"), title, [*about, *said], heads, numbers, frozen=2)
    return book.done()


def _sent(reports: Sequence[int]) -> dict[int, dict[str, SentLine]]:
    """The lines of the last sending of each report, by their keys."""
    later = SentLine.objects.filter(
        submission__report=OuterRef("submission__report"), submission__number__gt=OuterRef("submission__number")
    )
    found: dict[int, dict[str, SentLine]] = defaultdict(dict)
    rows = SentLine.objects.filter(~Exists(later), submission__report__in=reports).select_related("submission")
    for one in rows:
        found[one.submission.report_id][one.key] = one
    return found


def _names(lines: Sequence[Line]) -> dict[str, str]:
    """All lines of the forms that these reports follow, in their order, with what they are called."""
    found: dict[str, str] = {}
    for form, since in dict.fromkeys((line.report.form, line.report.since) for line in lines):
        version = next(one for one in forms()[form].versions if one.since == since)
        opened = {line.indicator for line in version.lines() if line.opening}
        for line in version.lines():
            found.setdefault(line.key, line_name(line, opened))
    return found


def _number(sent: dict[str, SentLine], key: str) -> int | str:
    value = sent[key].value if key in sent else None
    return NO_FIGURE if value is None else value


def _completeness(sent: dict[str, SentLine]) -> str:
    """Of the line that lacks most."""
    summed = [(one.expected - (one.reported or 0), one) for one in sent.values() if one.expected]
    worst = max(summed, key=lambda pair: pair[0], default=None)
    return f"{worst[1].reported}/{worst[1].expected}" if worst else ""
