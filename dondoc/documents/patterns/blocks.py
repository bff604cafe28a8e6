"""The blocks that every document shares, as the markup of Word: head, foot and clauses. All texts are escaped here."""

import re
from collections.abc import Iterable
from html import escape
from zlib import crc32

from .measures import Measures
from .parts import Clause, Head, Signing

# Widths of the letters of the title in the bold cut of Times, in thousandths of its size (the metrics that all such fonts keep).
_WIDE = {
    "A": 722,
    "C": 722,
    "Đ": 722,
    "E": 667,
    "G": 778,
    "I": 389,
    "M": 944,
    "N": 722,
    "O": 778,
    "S": 556,
    "T": 667,
    "V": 722,
}
_WIDE |= {"Ả": 722, "Ộ": 778, "Ệ": 667, " ": 250}
TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
STAR = "*"
DASHES = "-----"
# Stands where the foot begins, so that the last words of the body are kept on its page.
FOOT_MARK = "_foot"
# What XML 1.0 cannot hold: control characters, halves of pairs, the two non-characters.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def words(text: str) -> str:
    """A text as it stands in the markup; signs that it cannot hold are left out."""
    return escape(_NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def twips(millimetres: float) -> int:
    """Word's unit of length, a twentieth of a point."""
    return round(millimetres * 1440 / 25.4)


def run(text: str, size: float, font: str, *, bold: bool = False, italic: bool = False, underline: bool = False) -> str:
    """A run of text; tabs and line ends are kept."""
    marks = "<w:b/>" * bold + "<w:i/>" * italic
    under = '<w:u w:val="single"/>' * underline
    half = round(size * 2)
    looks = (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}" w:eastAsia="{font}"/>{marks}'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{under}</w:rPr>'
    )
    return f'<w:r>{looks}<w:t xml:space="preserve">{words(text)}</w:t></w:r>'


def paragraph(
    runs: str,
    *,
    align: str = "center",
    before: float = 0,
    after: float = 0,
    first: float = 0,
    sides: tuple[float, float] = (0, 0),
    keep: bool = False,
    ruled: bool = False,
    lead: float = 0,
) -> str:
    """A paragraph; `before`, `after` and `lead`, the least from line to line, in points, `first` and `sides` in millimetres.

    `ruled` draws a line under it.
    """
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>' * ruled
    lines = f'w:line="{round(lead * 20)}" w:lineRule="atLeast"' if lead else 'w:line="240" w:lineRule="auto"'
    indent = f'<w:ind w:left="{twips(sides[0])}" w:right="{twips(sides[1])}" w:firstLine="{twips(first)}"/>'
    spacing = f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" {lines}/>'
    held = "<w:keepNext/>" * keep
    return f'<w:p><w:pPr>{held}{border}{spacing}{indent}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def table(widths: tuple[float, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table without lines whose rows are not torn apart between pages; widths in millimetres."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    made = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, cells, strict=True)
        )
        + "</w:tr>"
        for cells in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"
    )


def head(one: Head, by: Measures) -> str:
    """Superior, issuer, star and number on the left, title and place with date on the right, then type and abstract."""
    right = 80.0
    widths = by.width - right, right
    title = sum(_WIDE[letter] for letter in TITLE) / 1000 * by.title * 25.4 / 72
    # A little wider than the letters: a letter may be drawn a hair wider than its metrics say.
    aside = (right - title) / 2 - 0.8
    above = paragraph(run(one.superior, by.issuer, by.font)) if one.superior else ""
    left = above + paragraph(run(one.issuer, by.issuer, by.font, bold=True)) + paragraph(run(STAR, by.issuer, by.font))
    number = paragraph(run(one.numbered, by.number, by.font))
    letter = "" if one.type_name else paragraph(run(one.abstract, by.letter_abstract, by.font, italic=True), before=3)
    rows = [
        (left, paragraph(run(TITLE, by.title, by.font, bold=True), sides=(aside, aside), ruled=True)),
        (number + letter, paragraph(run(one.dated, by.place, by.font, italic=True))),
    ]
    if not one.type_name:
        return table(widths, rows) + paragraph("", after=6)
    named = paragraph(run(one.type_name, by.type_name, by.font, bold=True), before=18, keep=True)
    abstract = paragraph(run(one.abstract, by.abstract, by.font, bold=True), sides=(10, 10), keep=True)
    return table(widths, rows) + named + abstract + paragraph(run(DASHES, by.abstract, by.font), after=12)


def _signed(one: Signing, by: Measures) -> str:
    lines = []
    if one.mode:
        lines += [paragraph(run(f"{one.mode} {one.body}", by.signing, by.font, bold=True), keep=True)]
    elif one.body:
        lines += [paragraph(run(one.body, by.signing, by.font, bold=True), keep=True)]
    if one.post:
        lines += [paragraph(run(one.post, by.signing, by.font, bold=not one.mode), keep=True)]
    # Room for signature and seal, as space and not as empty paragraphs.
    return "".join(lines) + paragraph(run(one.name, by.signing, by.font, bold=True), before=66, keep=True)


def _recipients(names: tuple[str, ...], by: Measures) -> str:
    heading = paragraph(
        run("Nơi nhận", by.signing, by.font, underline=True) + run(":", by.signing, by.font), align="left"
    )
    ends = [","] * (len(names) - 1) + ["."]
    lines = [
        paragraph(run(f"- {name.rstrip(' ,.;')}{end}", by.recipients, by.font), align="left", keep=True)
        for name, end in zip(names, ends, strict=True)
    ]
    return heading + "".join(lines)


def foot(one: Head, by: Measures) -> str:
    """Recipients on the left, who signs on the right; with two who sign the recipients come after them."""
    right = 88.0
    widths = by.width - right, right
    above = paragraph(
        f'<w:bookmarkStart w:id="2000000000" w:name="{FOOT_MARK}"/><w:bookmarkEnd w:id="2000000000"/>', keep=True
    )
    if one.beside is None:
        return above + table(widths, [(_recipients(one.recipients, by), _signed(one.signing, by))])
    rows = [
        (_signed(one.beside, by), _signed(one.signing, by)),
        (paragraph("") + _recipients(one.recipients, by), paragraph("")),
    ]
    return above + table(widths, rows)


def clauses(all_of_them: Iterable[Clause], by: Measures) -> str:
    """The clauses of a body, one paragraph for each line; each with a tag stands in a content control of its own.

    LibreOffice 7.4 drops the tags of controls, and makes a field of one that has no number; bookmarks it keeps. So every paragraph of a
    clause with a tag also begins with a bookmark: a hidden one (its name begins with "_"), named by the tag and the line.
    """
    made = []
    for at, one in enumerate(all_of_them, 1):
        numbered = f"{one.number} " if one.number else ""
        text = "".join(
            paragraph(
                _bookmark(one.tag, at, line)
                + run(numbered + said if line == 1 else said, by.body, by.font, bold=one.heading),
                align="both",
                after=by.after,
                first=by.indent,
                lead=by.line,
                keep=one.heading,
            )
            for line, said in enumerate(one.text.split("\n"), 1)
        )
        if one.tag:
            named = f'<w:tag w:val="{words(one.tag)}"/><w:id w:val="{_number(one.tag, at)}"/>'
            text = f"<w:sdt><w:sdtPr>{named}</w:sdtPr><w:sdtContent>{text}</w:sdtContent></w:sdt>"
        made.append(text)
    return "".join(made)


# Word wants a number for each control and bookmark that no other of the file has; a body has fewer lines than this in one clause.
_LINES = 1000


def _number(tag: str, at: int, line: int = 0) -> int:
    """The number of a control (line 0) or of the bookmark of one of its lines; the tag keeps those of two bodies in one file apart."""
    return crc32(tag.encode()) % 1000 * 1_000_000 + at * _LINES + line


def _bookmark(tag: str, at: int, line: int) -> str:
    if not tag:
        return ""
    name = words(f"_{tag.replace('-', '_')}_{line}")
    number = _number(tag, at, line)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
