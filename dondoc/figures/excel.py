"""The figures of a unit in a period as an Excel file: the same numbers as on the page, each with its completeness."""

from datetime import date

from django.utils.translation import gettext as _

from dondoc.lib.wording import NO_FIGURE, day
from dondoc.lib.workbooks.writing import Book, Column

from .pages import Overview
from .rollup import Total
from .words import period_words


def workbook(shown: Overview, period: str, on: date) -> bytes:
    """The .xlsx of the overview: the unit as a whole, then the units below it side by side."""
    words = {"unit": shown.label.name, "period": period_words(period)}
    title = _("Figures of %(unit)s, %(period)s") % words
    about = [
        _("As known on %(day)s. Beside each number stands how many of the expected reports are in it.")
        % {"day": day(on)}
    ]
    book = Book(title)
    columns = [
        Column(_("Indicator"), 48),
        Column(_("Counted in"), 16),
        Column(_("Figure"), 14, number=True),
        Column(_("Rate"), 12, number=True),
        Column(_("Reported"), 12, number=True),
        Column(_("Expected"), 12, number=True),
    ]
    rows = [
        [
            row.indicator.name,
            row.indicator.unit,
            _number(row.total),
            row.rate,
            row.total.reported,
            row.total.expected,
        ]
        for row in (*shown.rows, *shown.silent)
    ]
    book.table(_("The whole unit"), title, about, columns, rows)
    if shown.below:
        beside = [Column(_("Unit"), 40)]
        for one in shown.columns:
            beside += [Column(one.name, 13, number=True), Column(_("Reports in it"), 9, number=True)]
        lines = [
            [label.name, *(cell for _key, total in totals for cell in (_number(total), _completeness(total)))]
            for label, totals in [
                *((one.label, one.totals) for one in shown.below),
                (shown.label, shown.whole),
            ]
        ]
        book.table(_("By unit"), title, about, beside, lines)
    return book.done()


def _number(total: Total) -> int | str:
    return NO_FIGURE if total.value is None else total.value


def _completeness(total: Total) -> str:
    return f"{total.reported}/{total.expected}" if total.expected else ""
