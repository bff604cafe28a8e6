"""Opening an Excel file (.xlsx) that a stranger sent. Never raises; takes neither more memory nor more time than a large honest sheet.

calamine gets a packed file of our own making with only the parts that were looked at here: how far they unfold, that cells stand where they
say, within bounds (it lays out the whole rectangle up to the last cell), and that nothing in them can be read in two ways.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from dondoc.lib.refusals import Problem

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
"""Bytes of all parts that are read."""
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 5000, 100

PROBLEMS = {
    "empty": "there is nothing in the file",
    "too_large": "more than LARGEST_FILE bytes, or it unfolds without bounds",
    "old": "Excel before 2007 (.xls)",
    "locked": "a password is needed to open it",
    "macros": "it carries macros or other programs",
    "kind": "another kind of file",
    "broken": "it says that it is an Excel file, but cannot be opened",
    "no_such_sheet": "a sheet that was wanted is not in it",
    "too_many_rows": "a cell below row MOST_ROWS; the source is the cell",
    "too_wide": "a cell to the right of column MOST_COLUMNS; the source is the cell",
}

_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ACTIVE = re.compile(
    r"vbaProject|activeX|macrosheets|\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr|ole)$|oleObject|embeddings/.+\.bin",
    re.IGNORECASE,
)
_TAG = rb"<(?:[^<>\s/:\"]+:)?"
_LISTED = re.compile(_TAG + rb"sheet(\s[^<>]*)>")
_LINK = re.compile(_TAG + rb"Relationship(\s[^<>]*)>")
_TARGET = re.compile(r"(?:/?xl/)?([A-Za-z0-9_./-]+\.xml)")
_ANY_CELL = re.compile(_TAG + rb"c[\s/>]")
_OTHER = rb"(?:\s+(?!r=)[\w:.-]+=\"[^\"<>]{0,200}\"){0,9}"
_CELL = re.compile(_TAG + rb"c" + _OTHER + rb"\s+r=\"([A-Z]{1,3})([1-9][0-9]{0,6})\"" + _OTHER + rb"\s*/?>")
_CELL_GIVEN = re.compile(_TAG + rb"c(\s[^<>]*)>")
_FORMULA = re.compile(_CELL.pattern + rb"\s*" + _TAG + rb"f[\s/>]")
_ROW = re.compile(_TAG + rb"row(\s[^<>]*)>")
_COLUMN = re.compile(_TAG + rb"col(\s[^<>]*)>")
_ATTRIBUTE = re.compile(rb"([\w.:-]+)=\"([^\"<>]*)\"")
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Cell = int | float | str | bool | Any


@dataclass(slots=True)
class Sheet:
    """A sheet: `cells` from A1 on, row by row; `formulas` the cells whose value a formula makes, `errors` those that show one of Excel's
    errors (calamine takes them for empty); rows and columns that are hidden; merged ranges as (first row, first column, last row, last
    column). All counted from 0."""

    cells: list[list[Cell]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def at(self, row: int, column: int) -> Cell:
        """What stands in a cell; "" where nothing does."""
        if row < len(self.cells) and column < len(self.cells[row]):
            return self.cells[row][column]
        return ""


class Unreadable(Exception):
    """Why a file is not read, as a code of PROBLEMS; `cell` where it is one."""

    def __init__(self, code: str, cell: str = "") -> None:
        super().__init__(code)
        self.code, self.cell = code, cell


def opened(data: bytes, wanted: Collection[str]) -> dict[str, Sheet] | Problem:
    """The sheets of these names, or why there are none."""
    try:
        return _opened(data, wanted)
    except Unreadable as why:
        return Problem(why.cell, why.code)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        KeyError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ):
        return Problem("", "broken")


def _opened(data: bytes, wanted: Collection[str]) -> dict[str, Sheet]:
    _kind(data)
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = _Parts(packed)
        links = {one.get(b"Id", b""): one for one in _all(_LINK, parts.read(_LINKS))}
        told: dict[str, bytes] = {}
        for one in _all(_LISTED, parts.read(_WORKBOOK)):
            name = html.unescape(one.get(b"name", b"").decode())
            if name in wanted and name not in told:
                told[name] = parts.read(_target(links.get(one.get(b"id", b""), {})))
        if set(told) != set(wanted):
            raise Unreadable("no_such_sheet")
        beside = {
            kind: parts.read(_target(one))
            for kind in ("sharedStrings", "styles")
            for one in links.values()
            if one.get(b"Type", b"").endswith(f"/{kind}".encode())
        }
    found = {name: _looked_at(xml) for name, xml in told.items()}
    _fill(found, told, beside)
    return found


def _kind(data: bytes) -> None:
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable("empty")
    if len(data) > LARGEST_FILE:
        raise Unreadable("too_large")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("locked" if "EncryptedPackage".encode("utf-16-le") in data else "old")
    if not data.startswith(b"PK\x03\x04"):
        raise Unreadable("kind")


class _Parts:
    """The parts of a packed file, each read no further than allowed: the sizes that it states may be lies."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        infos = packed.infolist()
        names = {info.filename for info in infos}
        self._packed, self._left = packed, LARGEST_UNPACKED
        if len(infos) > MOST_PARTS:
            raise Unreadable("too_large")
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("locked")
        if _WORKBOOK not in names:
            raise Unreadable("kind")
        if any(_ACTIVE.search(name) for name in names) or b"macroEnabled" in self.read("[Content_Types].xml"):
            raise Unreadable("macros")
        if len(names) != len(infos):
            raise Unreadable("broken")

    def read(self, name: str) -> bytes:
        """One part. Offices write UTF-8 without declarations, comments and sections; what is written otherwise is not read."""
        info = self._packed.getinfo(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("broken")
        with self._packed.open(info) as part:
            found = part.read(self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise Unreadable("too_large")
        if b"<!" in found or b"\0" in found:
            raise Unreadable("broken")
        return found


def _target(link: Mapping[bytes, bytes]) -> str:
    found = _TARGET.fullmatch(link.get(b"Target", b"").decode())
    if found is None:
        raise Unreadable("broken")
    return f"xl/{found[1]}"


def _all(tag: re.Pattern[bytes], xml: bytes) -> list[dict[bytes, bytes]]:
    """The attributes of all elements of a kind, by their names without the namespace."""
    return [
        {name.rpartition(b":")[2]: value for name, value in _ATTRIBUTE.findall(given)} for given in tag.findall(xml)
    ]


def _looked_at(xml: bytes) -> Sheet:
    """What calamine does not tell of a sheet, and whether it may be given this one. Its cells are not read yet."""
    sheet = Sheet([])
    places = _CELL.findall(xml)
    if len(places) != len(_ANY_CELL.findall(xml)):
        raise Unreadable("broken")
    for letters, row in places:
        if int(row) > MOST_ROWS:
            raise Unreadable("too_many_rows", f"{letters.decode()}{int(row)}")
        if len(letters) > 2 or column_of(letters.decode()) >= MOST_COLUMNS:
            raise Unreadable("too_wide", f"{letters.decode()}{int(row)}")
    sheet.formulas = {
        (int(row) - 1, column_of(letters.decode())) for letters, row in (_FORMULA.findall(xml) if b"f" in xml else ())
    }
    if b't="e"' in xml:
        for one in _all(_CELL_GIVEN, xml):
            if one.get(b"t") == b"e":
                sheet.errors.add(place(one[b"r"].decode()))
    if b"hidden" in xml or b"ht=" in xml:
        for row in _all(_ROW, xml):
            if _hidden(row) or row.get(b"ht") in (b"0", b"0.0"):
                sheet.hidden_rows.add(int(row.get(b"r", b"1")) - 1)
    if b"<col" in xml or b":col" in xml:
        for column in _all(_COLUMN, xml):
            if _hidden(column) or column.get(b"width") in (b"0", b"0.0"):
                first, last = int(column.get(b"min", b"1")), int(column.get(b"max", b"1"))
                sheet.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))
    return sheet


def _hidden(given: Mapping[bytes, bytes]) -> bool:
    return given.get(b"hidden") in (b"1", b"true")


def _fill(found: Mapping[str, Sheet], sheets: Mapping[str, bytes], beside: Mapping[str, bytes]) -> None:
    """Put into the sheets what calamine reads out of a file of our own that holds these parts and nothing else."""
    import python_calamine  # only those wait for it who read a sheet

    listed = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(len(sheets)))
    links = "".join(_link(f"r{n}", "worksheet", f"worksheets/{n}.xml") for n in range(len(sheets)))
    links += "".join(_link(kind, kind, f"{kind}.xml") for kind in beside)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("_rels/.rels", _links(_link("r", "officeDocument", _WORKBOOK)))
        packed.writestr(
            _WORKBOOK, f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_DOCUMENT}"><sheets>{listed}</sheets></workbook>'
        )
        packed.writestr(_LINKS, _links(links))
        for n, xml in enumerate(sheets.values()):
            packed.writestr(f"xl/worksheets/{n}.xml", xml)
        for kind, xml in beside.items():
            packed.writestr(f"xl/{kind}.xml", xml)
    out.seek(0)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(out) as book:
            for n, name in enumerate(sheets):
                read = book.get_sheet_by_index(n)
                found[name].cells = read.to_python(skip_empty_area=False)
                found[name].merged = [(*first, *last) for first, last in read.merged_cell_ranges or ()]
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # what goes wrong in it may come as an exception of no ordinary kind
        raise Unreadable("broken") from error


def _links(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'


def _link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'


def column_of(letters: str) -> int:
    """The column that is called so, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place(cell: str) -> tuple[int, int]:
    """The row and column of a cell such as "C7", counted from 0."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_of(letters)


def cell_name(row: int, column: int) -> str:
    """What a cell is called: (6, 2) is "C7"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
