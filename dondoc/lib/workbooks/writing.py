"""Writing Excel files: what is text stays text, whatever it begins with, and looks the same on every sheet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

FONT, SIZE = "Times New Roman", 12
HEAD, READ, RULE, FAINT = "#E9EDF2", "#F3F4F6", "#9AA4B2", "#5B6472"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 220
"""Digits that still fit on one page side by side; a wider table goes on to the next page, with its first columns on each."""
LONGEST = 32_767
"""Letters that a cell can hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what stands above it, and how wide it is in digits. `number`: its cells hold whole numbers."""

    head: str
    width: float
    number: bool = False


class Book:
    """A workbook that is being written; `done` gives its bytes. Cells are counted from 0."""

    def __init__(self, title: str) -> None:
        from xlsxwriter import Workbook  # a fifth of a second that only those wait for who ask for a sheet

        self._out = BytesIO()
        self.book = Workbook(
            self._out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": FONT, "font_size": SIZE},
            },
        )
        self.book.set_properties({"title": title, "author": "Đôn Đốc"})
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **wanted: Any) -> Any:
        """The format with these properties of XlsxWriter."""
        every = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"} | wanted
        key = tuple(sorted(every.items()))
        if key not in self._styles:
            self._styles[key] = self.book.add_format(every)
        return self._styles[key]

    def text(self, sheet: Any, row: int, column: int, text: str, **style: Any) -> None:
        """Text. One that begins like a formula is marked as text, so that it stays text when somebody edits it."""
        if text.startswith(_FORMULA_LIKE):
            style |= {"quote_prefix": True}
        sheet.write_string(row, column, shown(text), self.style(**style))

    def wide(self, sheet: Any, row: int, first: int, last: int, text: str, **style: Any) -> None:
        """Text over several columns."""
        sheet.merge_range(row, first, row, last, "", self.style(**style))
        self.text(sheet, row, first, text, **style)

    def whole(self, sheet: Any, row: int, column: int, number: int | None, **style: Any) -> None:
        """A whole number; an empty cell where there is none."""
        made = self.style(**{"num_format": "#,##0", "align": "right"} | style)
        if number is None:
            sheet.write_blank(row, column, None, made)
        else:
            sheet.write_number(row, column, number, made)

    def table(
        self,
        name: str,
        title: str,
        about: Sequence[str],
        columns: Sequence[Column],
        rows: Sequence[Sequence[str | int | None]],
        *,
        frozen: int = 1,
        landscape: bool = True,
    ) -> Any:
        """A sheet with one table under its title and what is said about it. The first `frozen` columns stay when one scrolls."""
        sheet = self.book.add_worksheet(name)
        self.text(sheet, 0, 0, title, bold=True, font_size=15)
        for place, text in enumerate(about, 1):
            self.text(sheet, place, 0, text, font_color=FAINT)
        top = len(about) + 2
        lines = max(-(-len(column.head) * 6 // (5 * int(column.width))) for column in columns)
        sheet.set_row(top, 18 * lines + 4)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            self.text(
                sheet, top, place, column.head, bold=True, text_wrap=True, align="center", border=1, bg_color=HEAD
            )
        for number, row in enumerate(rows, top + 1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                if isinstance(value, str):
                    align = "right" if column.number else "left"
                    self.text(sheet, number, place, value, text_wrap=True, align=align, border=1, border_color=RULE)
                else:
                    self.whole(sheet, number, place, value, border=1, border_color=RULE)
        sheet.freeze_panes(top + 1, frozen)
        for_print(sheet, top, landscape=landscape)
        if sum(column.width for column in columns) > WIDEST:
            sheet.fit_to_pages(0, 0)
            sheet.set_print_scale(75)
            sheet.repeat_columns(0, frozen - 1)
        return sheet

    def done(self) -> bytes:
        """The file."""
        self.book.close()
        return self._out.getvalue()


def for_print(sheet: Any, head: int, *, landscape: bool) -> None:
    """A4, as many pages long as it takes, one wide; the row `head` stands on every page."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&P/&N")
    sheet.hide_gridlines(2)


def shown(text: str) -> str:
    """The text as a cell can hold it."""
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]", "", text.replace("\r\n", "\n"))
    return plain[:LONGEST]
