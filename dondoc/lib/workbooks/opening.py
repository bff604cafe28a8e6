"""Opening an Excel file (.xlsx) that a stranger sent. Never raises; takes neither more memory nor more time than a large honest sheet.

calamine gets a packed file of our own making with only the parts that were looked at here: how far they unfold, that cells stand where they
say, within bounds (it lays out the whole rectangle up to the last cell), and that nothing in them can be read in two ways.
"""

import html
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

from dondoc.lib.refusals import Problem

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
"""Bytes of all parts that are read."""
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 5000, 104
"""What `_ODD_CELL` says: up to CZ5000."""

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
_MORE = rb"(?: (?:s|t|cm|vm|ph)=\"\w{0,12}\")*\s*/?>"
_ODD_CELL = re.compile(rb"<c(?! r=\"[A-C]?[A-Z](?:[1-4][0-9]{3}|5000|[1-9][0-9]{0,2})\"" + _MORE + rb")[\s/>]")
_SIMPLE_CELL = re.compile(rb"<c(?! r=\"[A-Z][1-9][0-9]{0,2}\"(?: s=\"\d{1,6}\")?(?: t=\"\w{1,9}\")?/?>)[\s/>]")
"""Finds nothing where all cells lie within Z999 and are written as most offices do; `_ODD_CELL` is asked only about what it finds."""
_CALLED_OTHERWISE = re.compile(rb"<[^<>\s/:\"]+:c[\s/>]")
"""A cell out of bounds, or one that is written as no office writes it."""
_CELL = re.compile(rb"<c r=\"([A-Z]{1,3}[1-9][0-9]{0,6})\"" + _MORE)
_FORMULA = re.compile(_CELL.pattern + rb"\s*<f[\s/>]")
_ERROR = re.compile(rb"<c r=\"([A-Z]{1,3}[1-9][0-9]{0,6})\"[^<>]* t=\"e\"")
_STYLED = re.compile(rb"<c r=\"([A-Z]{1,3}[1-9][0-9]{0,6})\" s=\"([0-9]{1,6})\"")
_PERCENT = re.compile(rb"numFmtId=\"\s*[+0_]*(?:9|10)\s*\"")
_FORMAT = re.compile(_TAG + rb"numFmt(\s[^<>]*)>")
_STYLE = re.compile(_TAG + rb"xf(\s[^<>]*)>")
_MERGED = re.compile(rb"mergeCell ref=\"([A-Z]{1,3}[1-9][0-9]{0,6}):([A-Z]{1,3}[1-9][0-9]{0,6})\"")
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
    errors (calamine takes them for empty); rows and columns that are hidden; `percents` the cells whose number is shown as a percentage,
    so that 1 is read as 100 %; merged ranges as (first row, first column, last row, last
    column). All counted from 0."""

    cells: list[list[Cell]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
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
        struct.error,
    ):
        return Problem("", "broken")


def _opened(data: bytes, wanted: Collection[str]) -> dict[str, Sheet]:
    _kind(data)
    parts = _Parts(data)
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
    if percent := _percent_styles(beside.get("styles", b"")):
        for name, xml in told.items():
            found[name].percents = {
                place(cell.decode()) for cell, style in _STYLED.findall(xml) if int(style) in percent
            }
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
    """The parts of a packed file, each unpacked no further than allowed: the sizes that it states may be lies."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            infos = packed.infolist()
        self._infos = {info.filename: info for info in infos}
        self._data, self._left = data, LARGEST_UNPACKED
        if len(infos) > MOST_PARTS:
            raise Unreadable("too_large")
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("locked")
        if _WORKBOOK not in self._infos:
            raise Unreadable("kind")
        if _ACTIVE.search("\n".join(self._infos)):
            raise Unreadable("macros")
        if len(self._infos) != len(infos):
            raise Unreadable("broken")

    def read(self, name: str) -> bytes:
        """One part. Offices write UTF-8 without declarations, comments and sections; what is written otherwise is not read."""
        info = self._infos[name]
        at = info.header_offset
        named, beside = struct.unpack_from("<HH", self._data, at + 26)
        begin = at + 30 + named + beside
        packed = self._data[begin : begin + info.compress_size]
        if info.compress_type == zipfile.ZIP_DEFLATED:
            unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
            found = unpacking.decompress(packed, min(self._left, info.file_size) + 1)
            whole = unpacking.eof
        else:
            found, whole = packed, info.compress_type == zipfile.ZIP_STORED
        self._left -= len(found)
        if self._left < 0:
            raise Unreadable("too_large")
        if not whole or zlib.crc32(found) != info.CRC or b"\0" in found or (b"!" in found and b"<!" in found):
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
    head, _cells, rest = xml.partition(b"<sheetData")
    cells, _end, after = rest.partition(b"</sheetData>")
    if (_SIMPLE_CELL.search(xml) and _ODD_CELL.search(xml)) or (b":c" in xml and _CALLED_OTHERWISE.search(xml)):
        raise _out_of_bounds(xml)
    if b"<f" in cells:
        sheet.formulas = {place(cell.decode()) for cell in _FORMULA.findall(cells)}
    if b't="e"' in cells:
        sheet.errors = {place(cell.decode()) for cell in _ERROR.findall(cells)}
    if b'hidden="' in cells or b' ht="0' in cells:
        for row in _all(_ROW, cells):
            if _hidden(row) or row.get(b"ht") in (b"0", b"0.0"):
                sheet.hidden_rows.add(int(row.get(b"r", b"1")) - 1)
    for column in _all(_COLUMN, head) if b"hidden" in head or b'width="0' in head else ():
        if _hidden(column) or column.get(b"width") in (b"0", b"0.0"):
            first, last = int(column.get(b"min", b"1")), int(column.get(b"max", b"1"))
            sheet.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))
    for start, stop in _MERGED.findall(after):
        sheet.merged.append((*place(start.decode()), *place(stop.decode())))
    return sheet


def _percent_styles(xml: bytes) -> set[int]:
    """Which of a workbook's styles show a number as a percentage: those that Excel numbers so, and those written with the sign."""
    if b"%" not in xml and not _PERCENT.search(xml):
        return set()
    formats = {9, 10} | {
        int(one.get(b"numFmtId", b"0")) for one in _all(_FORMAT, xml) if b"%" in one.get(b"formatCode", b"")
    }
    _before, _begin, rest = xml.partition(b"<cellXfs")
    styles = _all(_STYLE, rest.partition(b"</cellXfs>")[0])
    return {n for n, one in enumerate(styles) if int(one.get(b"numFmtId", b"0")) in formats}


def _out_of_bounds(xml: bytes) -> Unreadable:
    """Why the cells of a sheet are not read: one lies too far away, or it is written as no office does."""
    for name in _CELL.findall(xml):
        cell = name.decode()
        row, column = place(cell)
        if row >= MOST_ROWS:
            return Unreadable("too_many_rows", cell)
        if column >= MOST_COLUMNS:
            return Unreadable("too_wide", cell)
    return Unreadable("broken")


def _hidden(given: Mapping[bytes, bytes]) -> bool:
    return given.get(b"hidden") in (b"1", b"true")


def _fill(found: Mapping[str, Sheet], sheets: Mapping[str, bytes], beside: Mapping[str, bytes]) -> None:
    """Put into the sheets what calamine reads out of a file of our own that holds these parts and nothing else."""
    import python_calamine  # only those wait for it who read a sheet

    parts = {
        **_frame(len(sheets), tuple(beside)),
        **{f"xl/worksheets/{n}.xml": _only_cells(xml) for n, xml in enumerate(sheets.values())},
        **{f"xl/{kind}.xml": xml for kind, xml in beside.items()},
    }
    try:
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(_packed(parts))) as book_read:
            for n, name in enumerate(sheets):
                read = book_read.get_sheet_by_index(n)
                found[name].cells = read.to_python(skip_empty_area=False)
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # what goes wrong in it may come as an exception of no ordinary kind
        raise Unreadable("broken") from error


@lru_cache(maxsize=20)
def _frame(sheets: int, beside: tuple[str, ...]) -> dict[str, bytes]:
    """The parts that say where so many sheets lie, and what lies beside them."""
    listed = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(sheets))
    links = "".join(_link(f"r{n}", "worksheet", f"worksheets/{n}.xml") for n in range(sheets))
    links += "".join(_link(kind, kind, f"{kind}.xml") for kind in beside)
    book = f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_DOCUMENT}"><sheets>{listed}</sheets></workbook>'
    return {
        "_rels/.rels": _links(_link("r", "officeDocument", _WORKBOOK)).encode(),
        _WORKBOOK: book.encode(),
        _LINKS: _links(links).encode(),
    }


def _only_cells(xml: bytes) -> bytes:
    """A sheet without what stands after its cells, which is more than the cells where there are rules for what may be typed."""
    cells, end, _rest = xml.partition(b"</sheetData>")
    return cells + end + b"</worksheet>" if end else xml


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """A packed file in which these parts lie as they are."""
    out, listed = bytearray(), bytearray()
    for name, content in parts.items():
        told = struct.pack("<5H3L2H", 20, 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(name), 0)
        listed += b"PK\1\2\x14\0" + told + struct.pack("<3H2L", 0, 0, 0, 0, len(out)) + name.encode()
        out += b"PK\3\4" + told + name.encode() + content
    end = struct.pack("<4H2LH", 0, 0, len(parts), len(parts), len(listed), len(out), 0)
    return bytes(out + listed + b"PK\5\6" + end)


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


@lru_cache(maxsize=2000)
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
