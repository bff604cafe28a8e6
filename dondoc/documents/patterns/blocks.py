"""The blocks that every document shares, as the markup of Word: head, foot and clauses. All texts are escaped here."""

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from zlib import crc32

from .measures import Letters, Measures
from .parts import Clause, Head, Signing

# Widths of the letters of the title in the bold cut of Times, in thousandths of its size (the metrics that all such fonts keep).
_WIDTHS = {250: " ", 389: "I", 556: "S", 667: "ETỆ", 722: "ACĐNVẢ", 778: "GOỘ", 944: "M"}
_WIDE = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
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


def run(text: str, by: Letters) -> str:
    """A run of text; tabs and line ends are kept."""
    marks = "<w:b/>" * by.bold + "<w:i/>" * by.italic
    under = '<w:u w:val="single"/>' * by.underlined
    half = round(by.size * 2)
    looks = (
        f'<w:rPr><w:rFonts w:ascii="{by.font}" w:hAnsi="{by.font}" w:cs="{by.font}" w:eastAsia="{by.font}"/>{marks}'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{under}</w:rPr>'
    )
    return f'<w:r>{looks}<w:t xml:space="preserve">{words(text.upper() if by.upper else text)}</w:t></w:r>'


def paragraph(
    runs: str,
    *,
    align: str = "center",
    before: float = 0,
    after: float = 0,
    first: float = 0,
    sides: float = 0,
    keep: bool = False,
    ruled: bool = False,
    lead: float = 0,
) -> str:
    """A paragraph; `before`, `after` and `lead`, the least from line to line, in points, `first` and `sides` in millimetres.

    `ruled` draws a line under it.
    """
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>' * ruled
    lines = f'w:line="{round(lead * 20)}" w:lineRule="atLeast"' if lead else 'w:line="240" w:lineRule="auto"'
    indent = f'<w:ind w:left="{twips(sides)}" w:right="{twips(sides)}" w:firstLine="{twips(first)}"/>'
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
    to = by.letters
    above = paragraph(run(one.superior, to["superior"])) if one.superior else ""
    star = paragraph(run(STAR, to["superior"])) if by.star else ""
    number = paragraph(run(one.numbered(colon=by.colon, zero=by.zero), to["number"]))
    letter = "" if one.type_name else paragraph(run(one.abstract, to["letter_abstract"]), before=3)
    rows = [
        (above + paragraph(run(one.issuer, to["issuer"])) + star, _title(by, right)),
        (number + letter, paragraph(run(one.dated, to["place_date"]))),
    ]
    if not one.type_name:
        return table(widths, rows) + paragraph("", after=6)
    named = paragraph(run(one.type_name, to["type"]), before=18, keep=True)
    abstract = paragraph(run(one.abstract, to["abstract"]), sides=8, keep=True)
    return table(widths, rows) + named + abstract + paragraph(run(DASHES, to["abstract"]), after=12)


def _title(by: Measures, cell: float) -> str:
    """The title, and a line of its own length under it."""
    letters = by.letters["title"]
    long = sum(_WIDE.get(letter, 722) for letter in by.title) / 1000 * letters.size * 25.4 / 72
    # A little wider than the letters: a letter may be drawn a hair wider than its metrics say.
    return paragraph(run(by.title, letters), sides=(cell - long) / 2 - 0.8, ruled=by.ruled)


def _signed(one: Signing, by: Measures) -> str:
    in_name_of = " ".join(filter(None, [one.mode, one.body]))
    mark = paragraph(run(in_name_of, by.letters["mark"]), keep=True) if in_name_of else ""
    # Who signs in their own name has their office set as the body is otherwise.
    post = paragraph(run(one.post, by.letters["post" if mark else "mark"]), keep=True) if one.post else ""
    # Room for signature and seal, as space and not as empty paragraphs.
    return mark + post + paragraph(run(one.name, by.letters["signer"]), before=60, keep=True)


def _recipients(names: tuple[str, ...], by: Measures) -> str:
    if not names:
        return paragraph("")
    heading = by.letters["recipients"]
    lines = [run("Nơi nhận", heading) + run(":", replace(heading, underlined=False))]
    ends = [","] * (len(names) - 1) + ["."]
    for name, end in zip(names, ends, strict=True):
        lines.append(run(f"- {name.rstrip(' ,.;')}{end}", by.letters["recipient"]))
    return "".join(paragraph(line, align="left", keep=True) for line in lines)


def foot(one: Head, by: Measures) -> str:
    """Recipients on the left, who signs on the right; with two who sign the recipients stand under the one on the left."""
    right = 88.0
    above = paragraph(
        f'<w:bookmarkStart w:id="2000000000" w:name="{FOOT_MARK}"/><w:bookmarkEnd w:id="2000000000"/>', keep=True
    )
    left = _recipients(one.recipients, by)
    if one.beside is not None:
        left = _signed(one.beside, by) + paragraph("", keep=True) + left
    return above + table((by.width - right, right), [(left, _signed(one.signing, by))])


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
                + run(numbered + said if line == 1 else said, replace(by.letters["body"], bold=one.heading)),
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
