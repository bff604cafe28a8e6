"""Excel sheets as they come back wrong: refused with the cell named and what to do, whatever is in the file, and never by an exception."""

import re
import struct
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dondoc.lib.texts import problem
from dondoc.lib.workbooks import opening
from dondoc.reports.excel import layout
from dondoc.reports.excel.read import Filled, read
from dondoc.reports.excel.texts import PROBLEMS

from .books import PAGE, Change, book_of_a_cell, cell, changed, formula, number, pack, parts_of, text

BOOK = book_of_a_cell(admissions="3", results="Đã họp.")
PARTS = parts_of(BOOK)
READ = read(BOOK)
assert isinstance(READ, Filled), READ
ENTRIES = {entry.name: opening.cell_name(entry.row, entry.column) for entry, _text in READ.entries}
C, WHY, TEXT = ENTRIES["line.admissions"], ENTRIES["why.admissions"], ENTRIES["section.results"]
ROW = C[1:]
SHEETS = opening.opened(BOOK, [layout.SHEET, layout.HIDDEN])
assert isinstance(SHEETS, dict)
LAYOUT = layout.read([str(row[0]) for row in SHEETS[layout.HIDDEN].cells])
assert LAYOUT is not None
COMPUTED = opening.cell_name(LAYOUT.computed[0].row, LAYOUT.computed[0].column)


def said(found: Filled | list) -> str:  # type: ignore[type-arg]
    assert isinstance(found, list), "it was taken"
    return " ".join(problem(one) for one in found)


def sub(old: str, new: str) -> Change:
    """Replace what stands in a part."""

    def change(xml: str) -> str:
        assert old in xml, old
        return xml.replace(old, new, 1)

    return change


def both(*changes: Change) -> Change:
    def change(xml: str) -> str:
        for one in changes:
            xml = one(xml)
        return xml

    return change


def styled_as_date(data: bytes) -> bytes:
    data = changed(data, sub('<xf numFmtId="0"', '<xf numFmtId="14" applyNumberFormat="1"'), "xl/styles.xml")
    return changed(data, cell(C, "<v>45000</v>", style=' s="0"'))


def as_percentage(data: bytes, shown: str, value: str) -> bytes:
    """The workbook with a number in a cell that is shown as a percentage."""
    head, begin, styles = parts_of(data)["xl/styles.xml"].decode().partition("<cellXfs")
    n = styles.partition("</cellXfs>")[0].count("<xf ")
    told = begin + styles.replace(
        "</cellXfs>", f'<xf {shown} fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>', 1
    )
    if "170" in shown:
        head = head.replace(
            "<fonts", '<numFmts count="1"><numFmt numFmtId="170" formatCode="0.0%"/></numFmts><fonts', 1
        )
    data = changed(data, lambda _xml: head + told, "xl/styles.xml")
    return changed(data, cell(C, f"<v>{value}</v>", style=f' s="{n}"'))


CELLS: dict[str, tuple[Change, str, str]] = {
    "letters": (text(C, "ba"), C, "no_number"),
    "text that is a word and a number": (text(C, "3 đồng chí"), C, "no_number"),
    "a comma, as 1,500": (text(C, "1,500"), C, "decimal"),
    "a point, as 1.5": (text(C, "1.5"), C, "decimal"),
    "a fraction, as a percentage is one": (number(C, "0.692"), C, "fraction"),
    "a negative number": (number(C, "-3"), C, "negative"),
    "a negative number as text": (text(C, "-3"), C, "negative"),
    "far too much": (number(C, "1E+300"), C, "too_large_number"),
    "no number of this world": (number(C, "NaN"), C, "too_large_number"),
    "true": (cell(C, "<v>1</v>", "b"), C, "no_number"),
    "an error of Excel": (cell(C, "<v>#REF!</v>", "e"), C, "error"),
    "a text that Excel took for a formula": (cell(TEXT, "<v>#NAME?</v>", "e"), TEXT, "error"),
    "a date": (cell(C, "<v>2023-04-28T00:00:00</v>", "d"), C, "date"),
    "a formula with a good value": (formula(C, "1+1", "2"), C, "formula"),
    "a formula in a text": (cell(TEXT, '<f>"a"</f><v>a</v>', "str"), TEXT, "formula"),
    "a formula in an explanation": (formula(WHY, "A1", "0"), WHY, "formula"),
    "a hidden row": (sub(f'<row r="{ROW}"', f'<row hidden="1" r="{ROW}"'), C, "hidden_row"),
    "a row without height": (sub(f'<row r="{ROW}"', f'<row ht="0" customHeight="1" r="{ROW}"'), C, "hidden_row"),
    "a hidden column": (sub('<col min="3"', '<col hidden="1" min="3"'), "C9", "hidden_column"),
    "cells merged over numbers": (
        sub("<mergeCells", f'<mergeCells><mergeCell ref="C{int(ROW) - 1}:{C}"/></mergeCells><mergeCells'),
        C,
        "merged",
    ),
    "a whole line merged": (
        sub("<mergeCells", f'<mergeCells><mergeCell ref="A{ROW}:F{ROW}"/></mergeCells><mergeCells'),
        C,
        "merged",
    ),
    "a summed number typed over": (number(COMPUTED, "4"), COMPUTED, "computed"),
    "another line under its name": (text(f"B{ROW}", "members_died"), f"B{ROW}", "moved"),
    "another unit in its head": (text("A2", "Đơn vị: Chi bộ 2"), "A2", "moved"),
    "another period in its head": (text("A3", "Kỳ báo cáo: tháng 5/2023"), "A3", "moved"),
    "columns in another order": (both(text("C7", "Kỳ trước"), text("E7", "Kỳ này")), "C7", "moved"),
    "more than 5,000 rows": (
        sub("</sheetData>", '<row r="5001"><c r="A5001"><v>1</v></c></row></sheetData>'),
        "A5001",
        "too_many_rows",
    ),
    "a cell at the end of the world": (
        sub("</sheetData>", '<row r="900"><c r="XFD900"><v>1</v></c></row></sheetData>'),
        "XFD900",
        "too_wide",
    ),
}


@pytest.mark.parametrize(("change", "named", "code"), CELLS.values(), ids=CELLS)
def test_a_cell_that_is_not_right_is_named_with_what_to_do(change: Change, named: str, code: str) -> None:
    found = read(changed(BOOK, change))
    assert isinstance(found, list)
    assert f"reports.excel_{code}" in {one.code for one in found if one.source == named}
    assert f"{named}" in said(found)


@pytest.mark.parametrize("shown", ['numFmtId="9"', 'numFmtId="10"', 'numFmtId="170"'])
def test_a_percentage_is_never_taken_for_a_count(shown: str) -> None:
    # 200 % is a whole number in the file, and 2 would have been read.
    found = read(as_percentage(BOOK, shown, "2"))
    assert isinstance(found, list)
    assert [(one.source, one.code) for one in found] == [(C, "reports.excel_percent")]
    assert said(found)


def test_all_wrong_cells_are_named_at_once() -> None:
    found = read(changed(BOOK, both(text(C, "ba"), number("C9", "-1"))))
    assert isinstance(found, list)
    assert [one.source for one in found] == ["C9", C]


def with_part(name: str, content: bytes | str) -> bytes:
    return pack({**PARTS, name: content})


def lying(data: bytes) -> bytes:
    """Every part says that it has another sum."""
    places = [found.start() for found in re.finditer(b"PK\x01\x02", data)]
    made = bytearray(data)
    for at in places:
        made[at + 16 : at + 20] = struct.pack("<I", 1)
    return bytes(made)


def encrypted(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01\x00" + data[at + 10 :]


def bomb() -> bytes:
    return pack({**PARTS, PAGE: b"<worksheet>" + b" " * (30 * 1024 * 1024) + b"</worksheet>"})


def twice() -> bytes:
    """Under two names of the same length, one of which is then written over with the other."""
    return pack({**PARTS, PAGE.replace("1.xml", "9.xml"): PARTS[PAGE]}).replace(b"sheet9.xml", b"sheet1.xml")


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "zeros": (lambda: b"\0" * 5000, "empty"),
    "an old Excel file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
    "with a password": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "packed with a password": (lambda: encrypted(BOOK), "locked"),
    "an OpenDocument sheet": (lambda: pack({"mimetype": "application/vnd.oasis", "content.xml": "<x/>"}), "kind"),
    "a binary Excel file": (lambda: pack({"[Content_Types].xml": "<x/>", "xl/workbook.bin": b"x"}), "kind"),
    "a table with commas": (lambda: "Chỉ tiêu,Kỳ này\nKết nạp,3\n".encode(), "kind"),
    "a page": (lambda: b"<html><table><tr><td>3</td></tr></table></html>", "kind"),
    "a PDF": (lambda: b"%PDF-1.7 x", "kind"),
    "half a file": (lambda: BOOK[: len(BOOK) // 2], "broken"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "macros"),
    "too large": (lambda: BOOK + b"\0" * opening.LARGEST_FILE, "too_large"),
    "a bomb": (bomb, "too_large"),
    "parts without end": (lambda: pack({**PARTS, **{f"x/{n}": b"" for n in range(600)}}), "too_large"),
    "a lie about what is in it": (lambda: lying(BOOK), "broken"),
    "two parts of one name": (twice, "broken"),
    "another workbook": (lambda: changed(BOOK, sub("Báo cáo", "Sheet1"), "xl/workbook.xml"), "no_such_sheet"),
    "without its hidden sheet": (lambda: changed(BOOK, sub('"dondoc"', '"x"'), "xl/workbook.xml"), "no_such_sheet"),
    "with nothing on its hidden sheet": (
        lambda: with_part("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
        "no_such_sheet",
    ),
    "a hidden sheet of another layout": (
        lambda: changed(BOOK, sub(layout.MARK, "dondoc report 0"), "xl/sharedStrings.xml"),
        "other_layout",
    ),
    "a hidden sheet that somebody wrote on": (
        lambda: changed(BOOK, sub('"said":[[0,', '"said":[[-1,'), "xl/sharedStrings.xml"),
        "no_such_sheet",
    ),
    "entities": (lambda: changed(BOOK, sub("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')), "broken"),
    "cells that do not say where they are": (lambda: changed(BOOK, sub(f'<c r="{C}"', "<c")), "broken"),
    "a cell in two places": (lambda: changed(BOOK, sub(f'<c r="{C}"', f"<c r='XFD1' r=\"{C}\"")), "broken"),
    "no XML": (lambda: with_part(PAGE, b"\xff\xfe<\0w\0"), "broken"),
    "a sheet that lies elsewhere": (
        lambda: changed(BOOK, sub("worksheets/sheet1.xml", "../../etc/passwd"), "xl/_rels/workbook.xml.rels"),
        "broken",
    ),
}


@pytest.mark.parametrize(("make", "code"), FILES.values(), ids=FILES)
def test_a_file_that_is_none_of_ours_is_refused_with_what_to_do(make: Callable[[], bytes], code: str) -> None:
    found = read(make())
    assert isinstance(found, list)
    assert [one.code for one in found] == [f"reports.excel_{code}"]
    assert said(found)


GOOD: dict[str, tuple[Change, str]] = {
    "a number": (number(C, "12"), "12"),
    "a number as 12.0": (number(C, "12.0"), "12"),
    "a number as 1.2E1": (number(C, "1.2E+1"), "12"),
    "digits as text": (text(C, " 12 "), "12"),
    "thousands with a point, as text": (text(C, "1.500"), "1500"),
    "thousands with a space, as text": (text(C, "1 500"), "1500"),
    "nothing any more": (cell(C, ""), ""),
}


@pytest.mark.parametrize(("change", "wanted"), GOOD.values(), ids=GOOD)
def test_a_number_that_can_be_read_in_one_way_is_read(change: Change, wanted: str) -> None:
    found = read(changed(BOOK, change))
    assert isinstance(found, Filled)
    assert [(entry.name, typed) for entry, typed in found.changed] == [("line.admissions", wanted)]


@pytest.mark.parametrize("kind", ["", "n", "s", "str", "inlineStr", "b", "e", "d", "x"])
def test_what_stands_in_a_cell_is_never_taken_for_nothing(kind: str) -> None:
    written = ("<is><t>7</t></is>",) if kind == "inlineStr" else ("<v>7</v>", "<v>7</v><v>8</v>", "<v>99999</v>")
    for inner in written:
        found = read(changed(BOOK, cell(C, inner, kind)))
        assert not isinstance(found, Filled) or {e.name: t for e, t in found.entries}["line.admissions"] != ""


def test_a_sheet_that_nobody_changed_changes_nothing() -> None:
    found = read(BOOK)
    assert isinstance(found, Filled)
    assert found.changed == []


def test_every_problem_of_a_file_has_its_sentence() -> None:
    assert {f"reports.excel_{code}" for code in opening.PROBLEMS} <= set(PROBLEMS)


def bits(data: bytes, flips: list[tuple[int, int]]) -> bytes:
    made = bytearray(data)
    for at, value in flips:
        made[at % len(made)] = value
    return bytes(made)


flips = some.lists(some.tuples(some.integers(0, 10**6), some.integers(0, 255)), min_size=1, max_size=12)
pieces = some.sampled_from(
    [
        b"<c ",
        b'r="C9"',
        b'r="ZZ99"',
        b"<f>",
        b"</c>",
        b"<row",
        b'"',
        b"<",
        b"&#0;",
        b"<v>",
        b"1e999",
        b't="s"',
        b't="n"',
        b"\xff",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(flips)
def test_whatever_bytes_change_in_a_file_it_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    judged(read(bits(BOOK, changes)))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    some.sampled_from([name for name in PARTS if name.startswith("xl/") and "theme" not in name]),
    flips,
    some.lists(some.tuples(some.integers(0, 10**6), pieces), max_size=4),
)
def test_whatever_changes_in_a_part_it_is_read_or_refused(
    name: str, changes: list[tuple[int, int]], put_in: list[tuple[int, bytes]]
) -> None:
    part = bits(PARTS[name], changes)
    for at, piece in put_in:
        at %= len(part)
        part = part[:at] + piece + part[at:]
    judged(read(pack({**PARTS, name: part})))


def judged(found: Filled | list) -> None:  # type: ignore[type-arg]
    """Read means: every number is one, and every text is a text."""
    if isinstance(found, list):
        assert said(found)
        return
    for entry, typed in found.entries:
        assert not entry.number or typed == "" or (typed.isascii() and typed.isdigit())
