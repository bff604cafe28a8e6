"""Excel files as others send them: a sheet of ours changed part by part, the way programs and people change it."""

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from io import BytesIO

from django.utils import translation

from dondoc.reports.content import forms
from dondoc.reports.excel.out import workbook
from dondoc.reports.models import Report, Value
from dondoc.reports.rules.forms import Mode
from dondoc.reports.sheets import Row, Sheet

Change = Callable[[str], str]
PAGE, HIDDEN = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a packed file."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(parts: Mapping[str, bytes | str]) -> bytes:
    """A packed file of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, change: Change, part: str = PAGE) -> bytes:
    """The file with one part rewritten."""
    parts = parts_of(data)
    parts[part] = change(parts[part].decode()).encode()
    return pack(parts)


def cell(name: str, inner: str, kind: str = "", style: str = "") -> Change:
    """Put something else into a cell: its type ("str", "b", "inlineStr"; a number without) and what stands in it."""

    def change(xml: str) -> str:
        given = f' t="{kind}"' if kind else ""
        new, count = re.subn(
            rf'<c r="{name}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)',
            lambda found: f'<c r="{name}"{style or found[1] or ""}{given}>{inner}</c>',
            xml,
            count=1,
        )
        assert count, name
        return new

    return change


def number(name: str, value: str) -> Change:
    """A number in a cell, as it is written in the file."""
    return cell(name, f"<v>{value}</v>")


def text(name: str, value: str) -> Change:
    """A text in a cell."""
    return cell(name, f"<is><t xml:space='preserve'>{escape(value, quote=False)}</t></is>", "inlineStr")


def formula(name: str, made_of: str, value: str) -> Change:
    """A formula with what it made last."""
    return cell(name, f"<f>{escape(made_of)}</f><v>{value}</v>")


def filled(data: bytes, values: Mapping[str, int | str]) -> bytes:
    """The file with these cells filled in."""
    for name, value in values.items():
        data = changed(data, number(name, str(value)) if isinstance(value, int) else text(name, value))
    return data


def sheet_of_a_cell(**texts: str) -> Sheet:
    """The monthly report of a cell, read from no database. Its lines on inspection are summed up from below, all others are filled in."""
    form = forms()["monthly"]
    version = form.versions[-1]
    report = Report(form="monthly", since=version.since, period="2023-04")
    report.starts_on, report.ends_on, report.due_on = date(2023, 4, 1), date(2023, 5, 1), date(2023, 5, 2)
    groups = []
    for group in version.groups:
        rows = []
        for line in group.lines:
            mode = Mode.BELOW if group.code == "inspection" else Mode.ENTERED
            typed = texts.get(line.key, "")
            value = int(typed) if typed else None
            rows.append(Row(line, mode, line.key, "đảng viên", value, mode is Mode.ENTERED, None, 7))
        groups.append((group, rows))
    values = {
        name: Value(name=name, text=text, counter=2)
        for key, text in texts.items()
        if (name := f"line.{key}" if key in {line.key for line in version.lines()} else f"section.{key}")
    }
    return Sheet(report, form, version, "cell", groups, values, {})


def book_of_a_cell(**texts: str) -> bytes:
    """Its Excel sheet."""
    with translation.override("vi"):
        return workbook(sheet_of_a_cell(**texts), unit="Chi bộ 1", code="chi-bo-1", receiver="Đảng ủy xã A1")
