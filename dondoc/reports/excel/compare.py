"""What a filled sheet would change in a report, shown before it is saved like what is typed on its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dondoc.documents.rules import examine_words
from dondoc.lib.refusals import Problem, Refused
from dondoc.lib.texts import problem as sentence
from dondoc.lib.texts import refusal
from dondoc.lib.wording import day
from dondoc.lib.workbooks.opening import cell_name
from dondoc.organisations.models import Unit
from dondoc.reports import sheets
from dondoc.reports.naming import days_words
from dondoc.reports.rules import checks
from dondoc.reports.services.filling import MOST_WORDS
from dondoc.reports.sheets import Sheet
from dondoc.reports.shown import EMPTY

from . import layout
from .layout import Entry, Identity
from .out import identity_of
from .read import MOST_SAID, Filled

IMPOSSIBLE = frozenset({"reports.over_hundred_percent", "reports.more_than_whole"})
"""What no word of explanation makes right."""
UNIT_CELL = cell_name(layout.UNIT_ROW, 0)
PERIOD_CELL = cell_name(layout.PERIOD_ROW, 0)
FORM_CELL = cell_name(layout.FORM_ROW, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A field that gets another value. `counter` is where it stood when the sheet was made; `late`: somebody changed it since."""

    cell: str
    name: str
    label: str
    old: str
    new: str
    counter: int
    late: bool

    @property
    def number(self) -> bool:
        """Whether it is a whole number."""
        return self.name.startswith("line.")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet changes; `notes` is what would still be odd about the report then."""

    changes: Sequence[Change]
    notes: Sequence[str]


def preview(filled: Filled, sheet: Sheet, code: str) -> Preview | list[Problem]:
    """What a sheet would change in the report of the unit with this code, or why it may not."""
    if wrong := _of_another(filled.identity, sheet, code):
        return [wrong]
    can_be_filled = {f"line.{row.key}" for row in sheet.rows if row.open}
    known = {row.key for row in sheet.rows} | {checks.ALL}
    can_be_filled |= {f"why.{key}" for key in known} | {f"section.{one.code}" for one in sheet.sections}
    found: list[Problem] = []
    changes = []
    for entry, text in filled.changed:
        if entry.name not in can_be_filled:
            found.append(_said(entry, "reports.excel_closed"))
        elif (old := sheet.text(entry.name)) != text:
            late = sheet.counter(entry.name) != entry.counter
            cell = cell_name(entry.row, entry.column)
            changes.append(Change(cell, entry.name, entry.label, old, text, entry.counter, late))
            found += _words(entry, text)
    cells = {entry.name: cell_name(entry.row, entry.column) for entry, _said_now in filled.entries}
    now = sheets.read(sheet.report, typed={one.name: one.new for one in changes})
    notes, empty = [], []
    for one in now.problems:
        cell = cells.get(one.source if one.source.startswith(checks.SECTION) else f"line.{one.source}", "")
        if not cell:
            notes.append(sentence(one))
        elif one.code in IMPOSSIBLE:
            found.append(Problem(cell, "reports.excel_impossible", {"cell": cell, "said": sentence(one)}))
        elif one.code in EMPTY:
            empty.append(cell)
        else:
            notes.append(f"{cell}: {sentence(one)}")
    if empty:
        notes.insert(0, _("Still empty: %(cells)s") % {"cells": ", ".join(empty)})
    return found[:MOST_SAID] if found else Preview(changes, notes)


def _words(entry: Entry, text: str) -> list[Problem]:
    """Why a text may not come in."""
    if entry.number:
        return []
    try:
        examine_words(text, MOST_WORDS)
    except Refused as refused:
        return [_said(entry, "reports.excel_words", said=refusal(refused))]
    return []


def _said(entry: Entry, code: str, **data: str) -> Problem:
    cell = cell_name(entry.row, entry.column)
    return Problem(cell, code, {"cell": cell, "label": entry.label, **data})


def _of_another(told: Identity, sheet: Sheet, code: str) -> Problem | None:
    """Why the sheet is not that of this report."""
    wanted = identity_of(sheet.report, code)
    if told.form != wanted.form:
        return Problem(FORM_CELL, "reports.excel_other_form", {"cell": FORM_CELL, "wanted": sheet.form.name})
    if told.unit != wanted.unit:
        exists = Unit.objects.filter(code=told.unit).exists()
        which = "reports.excel_other_unit" if exists else "reports.excel_no_such_unit"
        return Problem(UNIT_CELL, which, {"cell": UNIT_CELL, "found": told.unit[:80], "wanted": wanted.unit})
    if (told.period, told.first, told.last) != (wanted.period, wanted.first, wanted.last):
        data = {"cell": PERIOD_CELL, "first": _day(told.first), "last": _day(told.last)}
        return Problem(PERIOD_CELL, "reports.excel_other_period", {**data, "wanted": days_words(sheet.report)})
    if told.since != wanted.since:
        data = {"cell": FORM_CELL, "found": _day(told.since), "wanted": _day(wanted.since)}
        return Problem(FORM_CELL, "reports.excel_older_form", data)
    return None


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text[:20]
