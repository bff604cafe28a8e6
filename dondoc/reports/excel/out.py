"""The Excel sheet of a report: filled with what is known, to be filled further where nothing is connected, and brought back."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from dondoc.lib.counts import LARGEST
from dondoc.lib.wording import day
from dondoc.lib.workbooks.opening import cell_name
from dondoc.lib.workbooks.writing import FAINT, HEAD, READ, RULE, Book, for_print, shown
from dondoc.reports.models import Report
from dondoc.reports.naming import days_words, title_of
from dondoc.reports.rules.checks import ALL
from dondoc.reports.services.filling import MOST_WORDS
from dondoc.reports.sheets import Row, Sheet, number_of
from dondoc.reports.shown import source_of

from . import layout
from .layout import HEAD_ROW, LAST, MEASURE, NAME, NUMBER, PLACE, WORDS, Computed, Entry, Identity, Layout, Said

FILLED = "#FFF8DC"
WIDTHS = (5, 44, 11, 13, 11, 34)
_TEXT_HEIGHT = 96
"""Points: six lines of a narrative part; a longer text can be seen by making its row higher."""


def identity_of(report: Report, unit_code: str) -> Identity:
    """Of which report a sheet is."""
    last = report.ends_on - timedelta(1)
    return Identity(
        report.form,
        report.since.isoformat(),
        unit_code,
        report.period,
        report.starts_on.isoformat(),
        last.isoformat(),
    )


class _Writer:
    """Writes cell by cell and remembers what lies where."""

    def __init__(self, sheet: Sheet, title: str) -> None:
        self.sheet = sheet
        self.book = Book(title)
        self.page = self.book.book.add_worksheet(layout.SHEET)
        self.said: list[Said] = []
        self.computed: list[Computed] = []
        self.entries: list[Entry] = []
        self.alike: dict[bool, tuple[dict[str, Any], list[tuple[int, int]]]] = {}
        self.row = 0

    def finish(self) -> None:
        """Put the rules that say nothing of their own line into the sheet once for all their cells."""
        for rule, cells in self.alike.values():
            names = " ".join(cell_name(row, column) for row, column in cells)
            self.page.data_validation(*cells[0], *cells[0], {**rule, "multi_range": names})

    def say(self, column: int, text: str, to: int | None = None, **style: Any) -> None:
        """A text by which a reader knows the place."""
        if to is None:
            self.book.text(self.page, self.row, column, text, **style)
        else:
            self.book.wide(self.page, self.row, column, to, text, **style)
        self.said.append(Said(self.row, column, shown(text)))

    def entry(self, name: str, label: str, column: int, to: int | None = None, *, help_text: str = "") -> None:
        """A cell that may be filled, with what stands in the field."""
        text = shown(self.sheet.text(name))
        number = name.startswith("line.")
        style: dict[str, Any] = {
            "num_format": "0",
            "locked": False,
            "bg_color": FILLED,
            "border": 1,
            "border_color": RULE,
        }
        about = {"input_title": _title(label), "input_message": help_text[:255]} if help_text else {}
        if number:
            self.book.whole(self.page, self.row, column, number_of(text), bold=True, **style)
            rule = {
                "validate": "integer",
                "criteria": "between",
                "minimum": 0,
                "maximum": LARGEST,
                "error_title": _("Not a whole number"),
                "error_message": _("Enter a whole number, 0 or more, digits only: 1500, not 1.500 or 1,500."),
            }
        else:
            # Marked as text: a part that begins with a dash is a text and no sum.
            style |= {"text_wrap": True, "valign": "top", "num_format": "@", "indent": 1}
            if to is None:
                self.book.text(self.page, self.row, column, text, **style)
            else:
                self.book.wide(self.page, self.row, column, to, text, **style)
            rule = {
                "validate": "length",
                "criteria": "<=",
                "value": MOST_WORDS,
                "error_title": _("Too long"),
                "error_message": _("At most %(most)s letters.") % {"most": MOST_WORDS},
            }
        if about:
            self.page.data_validation(self.row, column, self.row, column, {**rule, **about})
        else:
            self.alike.setdefault(number, (rule, []))[1].append((self.row, column))
        last = column if to is None else to
        self.entries.append(Entry(self.row, column, last, name, label, text, self.sheet.counter(name)))


def workbook(sheet: Sheet, *, unit: str, code: str, receiver: str) -> bytes:
    """The .xlsx of a report as it stands, for the unit of this name and code that sends it to `receiver`."""
    report, title = sheet.report, title_of(sheet.report)
    out = _Writer(sheet, title)
    for column, width in enumerate(WIDTHS):
        out.page.set_column(column, column, width)
    _head(out, title, unit, code, receiver)
    number = 0
    for group, rows in sheet.groups:
        out.row += 1
        out.say(PLACE, group.title, WORDS, bold=True, bg_color=HEAD, border=1, border_color=RULE)
        for row in rows:
            number += 1
            out.row += 1
            _line(out, row, number)
    _narrative(out)
    out.finish()
    made = Layout(identity_of(report, code), out.said, out.computed, out.entries)
    out.page.protect("", {"format_columns": True, "format_rows": True})
    out.page.freeze_panes(HEAD_ROW + 1, 0)
    for_print(out.page, HEAD_ROW, landscape=False)
    hidden = out.book.book.add_worksheet(layout.HIDDEN)
    for place, text in enumerate(layout.written(made)):
        hidden.write_string(place, 0, text)
    hidden.protect()
    hidden.very_hidden()
    return out.book.done()


def _head(out: _Writer, title: str, unit: str, code: str, receiver: str) -> None:
    report = out.sheet.report
    last = report.ends_on - timedelta(1)
    out.say(PLACE, title, WORDS, bold=True, font_size=16, align="center")
    out.page.set_row(out.row, 28)
    out.row = layout.UNIT_ROW
    out.say(PLACE, _("Unit: %(unit)s") % {"unit": unit}, WORDS, bold=True, align="center")
    out.row = layout.PERIOD_ROW
    days = {"period": days_words(report), "first": day(report.starts_on), "last": day(last)}
    out.say(PLACE, _("Period: %(period)s (%(first)s to %(last)s)") % days, WORDS, align="center")
    out.row = layout.DUE_ROW
    due = {"unit": receiver, "day": day(report.due_on)}
    out.book.wide(out.page, out.row, PLACE, WORDS, _("To %(unit)s by %(day)s") % due, align="center")
    out.row = layout.NOTE_ROW
    note = _(
        "Fill in the yellow cells only: whole numbers, digits only (1500). What is grey comes from other reports. Add, move and merge no rows or columns. Save the file as .xlsx and bring it to the page of this report; what it changes is shown there before it is saved."
    )
    out.book.wide(out.page, out.row, PLACE, WORDS, note, text_wrap=True, italic=True, font_size=11, align="left")
    out.page.set_row(out.row, 50)
    out.row = layout.FORM_ROW
    about = {"form": out.sheet.form.name, "since": day(report.since), "unit": code, "period": report.period}
    text = _("Form: %(form)s, as it holds from %(since)s. Unit code: %(unit)s. Period: %(period)s.") % about
    out.say(PLACE, text, WORDS, font_size=10, font_color=FAINT, align="left")
    out.row = HEAD_ROW
    heads = [
        _("Line no."),
        _("Line"),
        _("This period"),
        _("Counted in"),
        _("Last report"),
        _("Explanation, source of the number"),
    ]
    out.page.set_row(out.row, 36)
    for column, head in enumerate(heads):
        out.say(column, head, bold=True, text_wrap=True, align="center", border=1, bg_color=HEAD)


def _line(out: _Writer, row: Row, number: int) -> None:
    look: dict[str, Any] = {"num_format": "0", "border": 1, "border_color": RULE}
    look |= {} if row.open else {"bg_color": READ}
    out.book.whole(out.page, out.row, PLACE, number, **look | {"align": "center"})
    out.say(NAME, row.name, text_wrap=True, indent=1, **look)
    out.book.text(out.page, out.row, MEASURE, row.measure, text_wrap=True, align="center", **look)
    out.book.whole(out.page, out.row, LAST, row.last, font_color=FAINT, **look)
    if row.open:
        out.entry(f"line.{row.key}", row.name, NUMBER, help_text=row.line.help)
        out.entry(f"why.{row.key}", _("Explanation: %(line)s") % {"line": row.name}, WORDS)
        return
    out.book.whole(out.page, out.row, NUMBER, row.value, **look)
    out.computed.append(Computed(out.row, NUMBER, row.value, row.name))
    source, _url = source_of(out.sheet, row)
    out.book.text(out.page, out.row, WORDS, source, text_wrap=True, italic=True, font_size=10, indent=1, **look)


def _narrative(out: _Writer) -> None:
    out.row += 1
    out.say(PLACE, _("In words"), WORDS, bold=True, bg_color=HEAD, border=1, border_color=RULE)
    texts = [(f"section.{one.code}", one.title, one.help) for one in out.sheet.sections]
    for name, label, help_text in [*texts, (f"why.{ALL}", _("Explanation of the whole report"), "")]:
        out.row += 1
        out.say(PLACE, label, WORDS, bold=True, align="left")
        if help_text:
            out.row += 1
            out.book.wide(out.page, out.row, PLACE, WORDS, help_text, italic=True, font_size=10, font_color=FAINT)
        out.row += 1
        out.page.set_row(out.row, _TEXT_HEIGHT if name.startswith("section.") else _TEXT_HEIGHT / 2)
        out.entry(name, label, PLACE, WORDS, help_text=help_text)


def _title(label: str) -> str:
    """A label as long as the title of a hint may be."""
    return label if len(label) <= 32 else f"{label[:31]}…"
