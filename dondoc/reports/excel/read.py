"""Reading a report's Excel sheet back: what was filled in, or every cell that is not right. Never raises.

The rules for a number: a number of Excel counts as it is, however it is shown, where it is whole (but not as a percentage: 100 % is a 1 in the file); text counts where it is digits only, or
groups of three with points or spaces between them (1.500); with a comma (1,500) it is refused, since that is another number elsewhere. A
formula is refused, and so is what its cell shows: it may be older than what it was made of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from dondoc.lib.counts import LARGEST, NotACount, read_count
from dondoc.lib.refusals import Problem
from dondoc.lib.wording import day
from dondoc.lib.workbooks.opening import Sheet, cell_name, opened
from dondoc.lib.workbooks.writing import LONGEST

from . import layout
from .layout import Entry, Identity, Layout

_CODES = {"too_large": "too_large_number"}
MOST_SAID = 30
"""So many problems are told at once."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that was read: of which report it is, and its cells with what stands in them now, as a person would type it."""

    identity: Identity
    entries: Sequence[tuple[Entry, str]]

    @property
    def changed(self) -> list[tuple[Entry, str]]:
        """The cells in which something else stands than when the sheet was made."""
        return [(entry, text) for entry, text in self.entries if text != entry.was.strip()]


def read(data: bytes) -> Filled | list[Problem]:
    """What a file says, or all that is wrong with it: the source of a problem is its cell, "" for the file as such."""
    sheets = opened(data, [layout.SHEET, layout.HIDDEN])
    if isinstance(sheets, Problem):
        return [
            Problem(sheets.source, f"reports.excel_{sheets.code}", {"cell": sheets.source} if sheets.source else {})
        ]
    hidden = [str(row[0]) for row in sheets[layout.HIDDEN].cells if row and row[0] != ""]
    told = layout.read(hidden)
    if told is None:
        other = bool(hidden) and hidden[0] != layout.MARK and hidden[0].startswith(layout.MARK.rpartition(" ")[0])
        return [Problem("", "reports.excel_other_layout" if other else "reports.excel_no_such_sheet")]
    sheet = sheets[layout.SHEET]
    if moved := _moved(sheet, told):
        return [moved]
    found = [*_overwritten(sheet, told)]
    merged = _merged(sheet, told)
    odd = merged or sheet.formulas or sheet.errors or sheet.hidden_rows or sheet.hidden_columns or sheet.percents
    entries = []
    for entry in told.entries:
        if odd and (problem := _unfit(sheet, entry, merged)):
            found.append(problem)
            continue
        value = sheet.at(entry.row, entry.column)
        text = _text(value, entry) if value != "" else ""
        if isinstance(text, Problem):
            found.append(text)
        else:
            entries.append((entry, text))
    return found[:MOST_SAID] if found else Filled(told.identity, entries)


def _moved(sheet: Sheet, told: Layout) -> Problem | None:
    """The first cell that does not say what it said: what follows it is then not where it was."""
    for one in told.said:
        found = sheet.at(one.row, one.column)
        if found != one.text and _plain(found) != _plain(one.text):
            cell = cell_name(one.row, one.column)
            data = {"cell": cell, "wanted": one.text[:80], "found": _plain(found)[:80]}
            return Problem(cell, "reports.excel_moved", data)
    return None


def _overwritten(sheet: Sheet, told: Layout) -> list[Problem]:
    found = []
    for one in told.computed:
        value = sheet.at(one.row, one.column)
        if value != ("" if one.value is None else one.value):
            cell = cell_name(one.row, one.column)
            found.append(Problem(cell, "reports.excel_computed", {"cell": cell, "label": one.label}))
    return found


def _merged(sheet: Sheet, told: Layout) -> list[tuple[int, int, int, int]]:
    """Cells that were merged since: within the rows that are filled in, other than by us."""
    own = {(entry.row, entry.column, entry.row, entry.to) for entry in told.entries}
    own |= {(one.row, 0, one.row, layout.WORDS) for one in told.said if one.column == layout.PLACE}
    rows = {entry.row for entry in told.entries}
    return [
        one
        for one in sheet.merged
        if one not in own and any(row in rows for row in range(one[0], min(one[2], 5000) + 1))
    ]


def _unfit(sheet: Sheet, entry: Entry, merged: Sequence[tuple[int, int, int, int]]) -> Problem | None:
    """Why what stands in a cell cannot be taken for what a person typed there."""
    row, column = entry.row, entry.column
    code = ""
    if (row, column) in sheet.formulas:
        code = "formula"
    elif (row, column) in sheet.errors:
        code = "error"
    elif row in sheet.hidden_rows:
        code = "hidden_row"
    elif column in sheet.hidden_columns:
        code = "hidden_column"
    elif any(first <= row <= last and left <= entry.to and column <= right for first, left, last, right in merged):
        code = "merged"
    elif entry.number and (row, column) in sheet.percents:
        code = "percent"
    return _problem(entry, code) if code else None


def _problem(entry: Entry, code: str, **data: Any) -> Problem:
    cell = cell_name(entry.row, entry.column)
    return Problem(cell, f"reports.excel_{code}", {"cell": cell, "label": entry.label, **data})


def _text(value: Any, entry: Entry) -> str | Problem:
    """What stands in a cell, as a person would type it into the field."""
    if not entry.number:
        return _words(value, entry)
    if isinstance(value, bool):
        return _problem(entry, "no_number", typed=_plain(value))
    if isinstance(value, int | float):
        return _whole(value, entry)
    if not isinstance(value, str):
        return _problem(entry, "date")
    try:
        number = read_count(value)
    except NotACount as wrong:
        return _problem(entry, _CODES.get(wrong.code, wrong.code), typed=value.strip()[:40])
    return "" if number is None else str(number)


def _whole(value: int | float, entry: Entry) -> str | Problem:
    if not isfinite(value) or abs(value) > LARGEST:
        return _problem(entry, "too_large_number", typed=str(value)[:40])
    if value < 0:
        return _problem(entry, "negative", typed=_plain(value))
    if value != int(value):
        return _problem(entry, "fraction", typed=_plain(value))
    return str(int(value))


def _words(value: Any, entry: Entry) -> str | Problem:
    text = value.replace("\r\n", "\n").strip() if isinstance(value, str) else _plain(value)
    return text if len(text) < LONGEST else _problem(entry, "too_long")


def _plain(value: Any) -> str:
    """The value of a cell in words, with its blanks made even."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        whole = isfinite(value) and value == int(value) and abs(value) < 10**15
        return str(int(value)) if whole else str(value).replace(".", ",")
    if isinstance(value, datetime):
        return day(value.date())
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return " ".join(str(value).split())
