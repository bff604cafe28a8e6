"""Word files (.docx): the text as its reader sees it, in reading order, one paragraph a line, one row of a table a line."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from dondoc.lib.sources.docx_lists import Numbering, Styles
from dondoc.lib.sources.encodings import mended
from dondoc.lib.sources.fonts import in_font
from dondoc.lib.sources.found import MOST_LETTERS, Problem, Text, TooLong
from dondoc.lib.sources.packed import BROKEN
from dondoc.lib.sources.xml import BadXml, Reader, walk

MOST_PARTS = 2000
LARGEST_PART = 30 * 1024 * 1024
"""Bytes of all parts that are read, unpacked. What a packed file says about its sizes may be a lie, so reading itself stops there."""

MOST_SAID = 2 * MOST_LETTERS
"""Letters of a part as they are written: one letter may take two signs in the character sets before Unicode."""

MOST_CARRIED = 8 * MOST_LETTERS
"""Letters times the tables around them."""

MOST_BLOCKS = 400_000
"""Paragraphs, runs, rows and cells. A few bytes each when packed, but hundreds in memory."""

_HEAD = re.compile(r"word/(?:header|footer)\d*\.xml")
_BESIDE = re.compile(r"word/(?:comments|header\d*|footer\d*)\.xml")
# "Số 12-TB/TU", "Số: 05 - BC/ĐU"
_NUMBERED = re.compile(r"\bSố\s*:?\s*[\d.…]*\s*[-–]\s*[A-ZĐ]{2,}i?\s*/\s*[A-ZĐ]{2,}")


@dataclass(slots=True)
class Paragraph:
    """A paragraph: pieces of text with the font each is set in, what its list puts before it, and what was struck out or is hidden."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    before: str = ""
    unseen: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Rows of cells of paragraphs and tables."""

    rows: list[list[list["Paragraph | Table"]]] = field(default_factory=list)


Blocks = list[Paragraph | Table]


def read(data: bytes) -> Text | Problem:
    """The text of a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _read(packed)
    except TooLong:
        return Problem("too_long")
    except (BadXml, expat.ExpatError, *BROKEN):
        return Problem("broken")


def _read(packed: zipfile.ZipFile) -> Text | Problem:
    infos = packed.infolist()
    names = {info.filename for info in infos}
    if len(infos) > MOST_PARTS:
        return Problem("too_long")
    if any(info.flag_bits & 1 for info in infos):
        return Problem("locked")
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        return Problem("broken")  # no office program packs so, and the other ways may ask for any memory
    if "word/document.xml" not in names:
        return Problem("kind")
    left = LARGEST_PART

    def part(name: str) -> bytes:
        nonlocal left
        with packed.open(name) as opened:
            found = opened.read(left + 1)
        left -= len(found)
        if left < 0:
            raise TooLong
        return found

    styles = Styles(part("word/styles.xml") if "word/styles.xml" in names else b"")
    numbering = Numbering(part("word/numbering.xml") if "word/numbering.xml" in names else b"")
    body = blocks(part("word/document.xml"), styles, numbering)
    notes: list[str] = []
    beside: list[str] = []
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in names:
            notes += _written(blocks(part(name), styles, numbering))
    heads: list[str] = []
    for name in sorted(names):
        if _BESIDE.fullmatch(name):
            lines = _written(blocks(part(name), styles, numbering))
            if not heads and _HEAD.fullmatch(name) and any(_NUMBERED.search(line) for line in lines):
                heads = lines
            else:
                beside += lines
    lines = heads + _written(body) + [line for line in notes if line.strip()]
    text = mended(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"))
    if len(text) > MOST_LETTERS:
        return Problem("too_long")
    if not text.strip():
        return Problem("scanned" if any(name.startswith("word/media/") for name in names) else "empty")
    beside += [word for paragraph in _all(body) for word in paragraph.unseen]
    return Text(text, beside=mended("\n".join(beside)))


def blocks(xml: bytes, styles: Styles, numbering: Numbering) -> Blocks:
    """The paragraphs and tables of a part. Raises BadXml."""
    reader = _Body(styles, numbering)
    walk(xml, reader)
    return reader.blocks[0]


class _Body(Reader):
    """Word's elements as they come. Text boxes stand inside a run of a paragraph; their paragraphs come before it."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.blocks: list[Blocks] = [[]]
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.path: list[str] = []
        self.deleted = self.passed_over = 0
        self.style = ""
        self.font: str | None = None
        self.run_style = ""
        self.hidden = False
        self.list: list[str | None] = [None, None]
        self.outer: list[tuple[str, list[str | None]]] = []
        self.in_text = False
        self.count = self.letters = 0

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        above = self.path[-1] if self.path else ""
        self.path.append(name)
        if self.passed_over or name == "Fallback":
            self.passed_over += 1
            return
        self.count += name in ("p", "r", "tr", "tc")
        if self.count > MOST_BLOCKS:
            raise TooLong
        if name == "p":
            self.outer.append((self.style, self.list))
            self.paragraphs.append(Paragraph())
            self.style, self.list = "", [None, None]
        elif name == "tbl":
            self.tables.append(Table())
        elif name == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif name == "tc" and self.tables:
            self.blocks.append([])
        elif name in ("del", "moveFrom") and above != "rPr":
            self.deleted += 1
        elif name == "r":
            self.font, self.run_style, self.hidden = None, "", False
        elif name == "t" or name == "delText":
            self.in_text = True
        else:
            self._detail(name, given, above)

    def _detail(self, name: str, given: Mapping[str, str], above: str) -> None:
        value = given.get("val", "")
        if name == "pStyle":
            self.style = value
        elif name == "rStyle":
            self.run_style = value
        elif name == "rFonts" and above == "rPr" and "r" in self.path[-3:]:
            self.font = given.get("hAnsi") or given.get("ascii")
        elif name in ("vanish", "webHidden") and "r" in self.path[-3:]:
            self.hidden = name == "vanish" and value not in ("0", "false", "off")
        elif name == "numId" and above == "numPr":
            self.list[0] = value
        elif name == "ilvl" and above == "numPr":
            self.list[1] = value
        elif name == "tab" and above == "r":
            self._say("\t")
        elif name in ("br", "cr") and above == "r":
            self._say("\n")
        elif name == "noBreakHyphen":
            self._say("-")

    def text(self, words: str) -> None:
        if self.in_text and not self.passed_over:
            self._say(words)

    def _say(self, words: str) -> None:
        self.letters += len(words)
        if self.letters > MOST_SAID:
            raise TooLong
        if not self.paragraphs:
            return
        paragraph = self.paragraphs[-1]
        if self.deleted or self.hidden:
            paragraph.unseen.append(words)
        else:
            paragraph.pieces.append((words, self.font or self.styles.font(self.run_style, self.style)))

    def end(self, name: str) -> None:
        self.path.pop()
        if self.passed_over:
            self.passed_over -= 1
            return
        if name in ("t", "delText"):
            self.in_text = False
        elif name in ("del", "moveFrom") and (not self.path or self.path[-1] != "rPr"):
            self.deleted = max(0, self.deleted - 1)
        elif name == "r":
            self.hidden = False
        elif name == "p" and self.paragraphs:
            paragraph = self.paragraphs.pop()
            number, level = self.list
            if number is None:
                number, level = self.styles.list(self.style, level)
            if number is not None and any(words.strip() for words, _ in paragraph.pieces):
                paragraph.before = self.numbering.before(number, level or "0")
            self.blocks[-1].append(paragraph)
            self.style, self.list = self.outer.pop()
        elif name == "tc" and self.tables and self.tables[-1].rows and len(self.blocks) > 1:
            self.tables[-1].rows[-1].append(self.blocks.pop())
        elif name == "tbl" and self.tables:
            self.blocks[-1].append(self.tables.pop())


def _written(parts: Blocks, depth: int = 0) -> list[str]:
    """The lines of what stands in so many tables. Raises TooLong."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Paragraph):
            lines += _line(part).split("\n")
            continue
        # Each cell is written once: tables within tables would otherwise double the work with every level.
        rows = [[[line for line in _written(cell, depth + 1) if line.strip()] for cell in row] for row in part.rows]
        # A line counts like a few letters more: both are carried outwards through every table around.
        carried = sum(len(line) + 20 for row in rows for cell in row for line in cell)
        if carried * depth > MOST_CARRIED:
            raise TooLong
        if is_layout(rows):
            lines += [line for row in rows for cell in row for line in cell]
        else:
            joined = ["\t".join(re.sub(r"\s+", " ", " ".join(cell)).strip() for cell in row).rstrip() for row in rows]
            lines += ["", *(row for row in joined if row.strip()), ""]
    return lines


def is_layout(rows: list[list[list[str]]]) -> bool:
    """Whether a table (rows of cells of lines) only sets words side by side, as a letterhead or a place for signatures does."""
    columns = max((len(row) for row in rows), default=0)
    lines = max((len(cell) for row in rows for cell in row), default=0)
    return columns <= 1 or (columns <= 2 and len(rows) <= 3 and lines >= 2)


def _line(paragraph: Paragraph) -> str:
    said: list[str] = []
    at = 0
    pieces = paragraph.pieces
    while at < len(pieces):
        end = at + 1
        while end < len(pieces) and pieces[end][1] == pieces[at][1]:
            end += 1
        said.append(in_font("".join(words for words, _ in pieces[at:end]), pieces[at][1]))
        at = end
    words = "".join(said).strip(" ")
    return f"{paragraph.before} {words}" if paragraph.before else words


def _all(parts: Blocks) -> list[Paragraph]:
    found: list[Paragraph] = []
    for part in parts:
        found += [part] if isinstance(part, Paragraph) else [p for row in part.rows for cell in row for p in _all(cell)]
    return found
