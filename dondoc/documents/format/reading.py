"""A Word file (.docx), ours or a stranger's, becomes a Layout. Never runs anything of it; raises Unreadable and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .layout import Cell, Layout, Line, Sheet, Span
from .parts import Node, Parts, Unreadable
from .styles import Block, Letters, Styles, drawn, number, read_styles, twips

_INCH = 25.4
_LETTER_SIZE = (8.5 * _INCH, 11 * _INCH)
# Shapes that are a straight line: DrawingML's presets, VML's types of line and straight connector.
_LINES = frozenset(("line", "straightConnector1", "lineInv"))
_LINE_TYPES = ("_t20", "_t32")
_PAGE_FIELD = re.compile(r"(?<![A-Z])PAGE(?![A-Z])")
_THROUGH = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo")
)
_SHAPES = frozenset(("drawing", "pict", "object", "AlternateContent"))


def read(data: bytes) -> Layout:
    """The layout of a Word file. Raises Unreadable with why not."""
    parts = Parts(data)
    document = parts.tree(parts.main)
    body = document.child("body") if document is not None else None
    if body is None:
        raise Unreadable("broken")
    styles = read_styles(_first(parts, "styles"), _first(parts, "theme"))
    try:
        reader = _Body(styles)
        lines = tuple(line for one in reader.blocks(body, None, None) for line in one.lines)
    except RecursionError:
        raise Unreadable("too_long") from None
    sections = list(_sections(body))
    return Layout(_sheet(sections[0] if sections else None), lines, _numbered_at(parts, sections), _pages(parts, body))


def _first(parts: Parts, kind: str) -> Node | None:
    return next((tree for place in parts.beside(kind).values() if (tree := parts.tree(place)) is not None), None)


@dataclass(slots=True)
class _Paragraph:
    """The lines of a paragraph, and the borders and drawn lines about it."""

    lines: list[Line]
    laid: Block
    drawn: bool = False


@dataclass(slots=True)
class _Writing:
    """The line being read: spans so far, and how many tabs stand before it."""

    pieces: list[tuple[int, bool, list[Span]]] = field(default_factory=lambda: [(0, False, [])])

    def say(self, text: str, letters: Letters) -> None:
        if letters.caps:
            text = text.upper()
        span = Span(
            text,
            letters.font or None,
            letters.size or 10.0,
            bool(letters.bold),
            bool(letters.italic),
            bool(letters.underlined),
        )
        self.pieces[-1][2].append(span)

    def tab(self) -> None:
        self.pieces.append((self.pieces[-1][0] + 1, self.pieces[-1][1], []))

    def line(self) -> None:
        self.pieces.append((0, True, []))


class _Body:
    """Paragraphs in reading order, those of tables cell by cell, those of text boxes after the paragraph that carries them."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.set: dict[tuple[str | None, str | None, str | None], Letters] = {}
        self.paragraphs = 0
        self.tables = 0

    def blocks(self, container: Node, cell: Cell | None, table_style: str | None) -> list[_Paragraph]:
        """The paragraphs of a body, a cell or a text box."""
        found: list[_Paragraph] = []
        for node in container.children:
            if node.name == "p":
                found += self.paragraph(node, cell, table_style)
            elif node.name == "tbl":
                found += self.table(node)
            elif node.name in _THROUGH:
                found += self.blocks(node, cell, table_style)
        for one, after in pairwise(found):
            empty = not any(line.text for line in after.lines)
            if one.laid.under or after.laid.above or (empty and (after.laid.under or after.drawn)):
                one.lines = [replace(line, ruled=True) for line in one.lines]
        if found and found[-1].laid.under:
            found[-1].lines = [replace(line, ruled=True) for line in found[-1].lines]
        return found

    def table(self, node: Node) -> list[_Paragraph]:
        """The paragraphs of a table, row by row."""
        self.tables += 1
        number_of_table = self.tables
        properties = node.child("tblPr")
        style = properties.value("tblStyle") if properties is not None else None
        rows = [list(_inside(row, "tc")) for row in _inside(node, "tr")]
        found: list[_Paragraph] = []
        for at, row in enumerate(rows):
            for column, one in enumerate(row):
                cell = self.blocks(one, Cell(number_of_table, at, column), style)
                below = rows[at + 1][column] if at + 1 < len(rows) and column < len(rows[at + 1]) else None
                if _edge(one, "bottom") or (below is not None and _edge(below, "top")):
                    _rule_last(cell)
                found += cell
        return found

    def paragraph(self, node: Node, cell: Cell | None, table_style: str | None) -> list[_Paragraph]:
        """A paragraph, and those of the text boxes fastened to it."""
        self.paragraphs += 1
        count = self.paragraphs
        properties = node.child("pPr")
        style = properties.value("pStyle") if properties is not None else None
        laid = self.styles.laid(properties, style)
        writing = _Writing()
        boxes: list[Node] = []
        self.runs(node, writing, style, table_style, boxes)
        is_drawn = any(_is_line(one) for one in node.below())
        lines = [
            Line(
                tuple(spans),
                count,
                piece,
                cell,
                laid.alignment or "left",
                laid.indent or 0.0,
                drawn=is_drawn,
                starts=not after_break,
            )
            for piece, after_break, spans in writing.pieces
            if any(span.text.strip() for span in spans)
        ]
        if is_drawn and not lines:
            lines = [Line((), count, 0, cell, drawn=True)]
        found = [_Paragraph(lines, laid, is_drawn)]
        for box in boxes:
            found += self.blocks(box, cell, table_style)
        return found

    def runs(
        self, node: Node, writing: _Writing, style: str | None, table_style: str | None, boxes: list[Node]
    ) -> None:
        """The letters of a paragraph as they are seen: nothing that was struck out or is hidden, no codes of fields."""
        for one in node.children:
            if one.name == "r":
                self.run(one, writing, style, table_style, boxes)
            elif one.name in _THROUGH:
                self.runs(one, writing, style, table_style, boxes)
            elif one.name in _SHAPES:
                boxes += _boxes(one)

    def run(self, node: Node, writing: _Writing, style: str | None, table_style: str | None, boxes: list[Node]) -> None:
        """The letters of a run."""
        properties = node.child("rPr")
        letter_style = properties.value("rStyle") if properties is not None else None
        key = (style, table_style, letter_style)
        if key not in self.set:
            self.set[key] = self.styles.set(None, style, table_style, letter_style)
        letters = self.set[key] if properties is None else self.styles.of_run(properties).over(self.set[key])
        for one in node.children:
            if one.name in _SHAPES:
                boxes += _boxes(one)
            elif letters.hidden:
                continue
            elif one.name == "t":
                writing.say(one.text, letters)
            elif one.name in ("tab", "ptab"):
                writing.tab()
            elif one.name == "cr" or (one.name == "br" and one.given.get("type", "textWrapping") == "textWrapping"):
                writing.line()
            elif one.name == "noBreakHyphen":
                writing.say("-", letters)


def _inside(node: Node, name: str) -> Iterator[Node]:
    """The rows of a table or the cells of a row, also those that stand in controls."""
    for one in node.children:
        if one.name == name:
            yield one
        elif one.name in _THROUGH:
            yield from _inside(one, name)


def _edge(cell: Node, side: str) -> bool:
    properties = cell.child("tcPr")
    borders = properties.child("tcBorders") if properties is not None else None
    return borders is not None and drawn(borders.child(side))


def _rule_last(cell: list[_Paragraph]) -> None:
    last = next((one for one in reversed(cell) if any(line.text for line in one.lines)), None)
    if last is not None:
        last.lines = [replace(line, ruled=True) for line in last.lines]


def _is_line(node: Node) -> bool:
    if node.name == "prstGeom":
        return node.given.get("prst") in _LINES
    if node.name == "shape":
        return node.given.get("type", "").endswith(_LINE_TYPES)
    return node.name == "line"


def _boxes(node: Node) -> list[Node]:
    """The text boxes of a shape, each once: an older form of the same shape may stand beside it, and boxes may stand in boxes."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        at = waiting.pop()
        if at.name == "txbxContent":
            found.append(at)
        elif at.name == "AlternateContent":
            waiting.append(at.child("Choice") or at.child("Fallback") or Node("", {}))
        else:
            waiting += at.children[::-1]
    return found


def _sections(body: Node) -> Iterator[Node]:
    for node in body.children:
        properties = node.child("pPr") if node.name == "p" else None
        section = properties.child("sectPr") if properties is not None else None
        if section is not None:
            yield section
        elif node.name == "sectPr":
            yield node


def _sheet(section: Node | None) -> Sheet:
    paper = section.child("pgSz") if section is not None else None
    margins = section.child("pgMar") if section is not None else None

    def margin(name: str) -> float:
        return abs(found) if margins is not None and (found := twips(margins.given.get(name))) is not None else _INCH

    wide, high = _LETTER_SIZE
    if paper is not None:
        wide, high = twips(paper.given.get("w")) or wide, twips(paper.given.get("h")) or high
    gutter = twips(margins.given.get("gutter")) if margins is not None else None
    return Sheet(wide, high, margin("top"), margin("bottom"), margin("left") + (gutter or 0.0), margin("right"))


def _numbered_at(parts: Parts, sections: list[Node]) -> str | None:
    for kind in ("header", "footer"):
        places = parts.beside(kind)
        for one in [reference for section in sections for reference in section.all(f"{kind}Reference")]:
            tree = parts.tree(places.get(one.given.get("id", ""), ""))
            for node in tree.below() if tree is not None else ():
                code = (
                    node.text
                    if node.name == "instrText"
                    else node.given.get("instr", "")
                    if node.name == "fldSimple"
                    else ""
                )
                if _PAGE_FIELD.search(code.upper()):
                    return "head" if kind == "header" else "foot"
    return None


def _pages(parts: Parts, body: Node) -> int:
    """At least how many pages: where Word broke them when it saved, or what the file says."""
    broken = sum(
        node.name == "lastRenderedPageBreak" or (node.name == "br" and node.given.get("type") == "page")
        for node in body.below()
    )
    stated = parts.tree("docProps/app.xml")
    said = number(stated.child("Pages").text) if stated is not None and stated.child("Pages") is not None else None  # type: ignore[union-attr]
    return max(1 + broken, int(said or 1))
