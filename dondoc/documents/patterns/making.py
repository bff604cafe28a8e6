"""Makes the Word files of our own templates; `tools/word_templates.py` writes them into `content/`.

They are content and are committed; that they are what this program makes is a test.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from dondoc.documents.format.content import format_on

from .blocks import twips
from .declared import FOOT, HEAD
from .measures import of
from .rendering import same_bytes

_LOOKS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_STYLES = {"Normal", "Header", "Default Paragraph Font", "Normal Table", "No List", "Table Grid"}
# What a Word file needs; the pattern that we begin with brings a picture, themes and lists of its own.
_NEEDED = {REL.STYLES, REL.SETTINGS, REL.HEADER, REL.FONT_TABLE}
# They are set by the format of the day from which they hold; head, foot and clauses by that of the document's day.
BY = of(format_on(date(2018, 4, 3)))
BODY = BY.letters["body"]
TABLE = 12.0
"""The size of the letters in tables, in points."""


def blank() -> Word:
    """A page of A4 with the margins and the font of a Party document, its pages numbered from the second on."""
    word = Document()
    _lighten(word)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = BODY.font, Pt(BODY.size)
    looks = normal.element.get_or_add_rPr()
    for which in _LOOKS:
        looks.rFonts.set(qn(which), BODY.font)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    looks.append(language)
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(BY.top), Mm(BY.bottom)
    page.left_margin, page.right_margin = Mm(BY.left), Mm(BY.right)
    page.header_distance = page.footer_distance = Mm(10)
    page.different_first_page_header_footer = True
    _page_number(page.header.paragraphs[0])
    said = word.core_properties
    said.author = said.last_modified_by = said.comments = ""
    said.created = said.modified = datetime(2026, 1, 1, tzinfo=UTC)
    return word


def _lighten(word: Word) -> None:
    for style in list(word.styles):
        if style.name not in _STYLES:
            style.element.getparent().remove(style.element)
    for element in word.styles.element.findall(qn("w:latentStyles")):
        word.styles.element.remove(element)
    for key, relation in list(word.part.rels.items()):
        if relation.reltype not in _NEEDED:
            del word.part.rels[key]
    package = word.part.package.rels
    for key, relation in list(package.items()):
        if relation.reltype not in {REL.OFFICE_DOCUMENT, REL.CORE_PROPERTIES}:
            del package[key]


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def alone(word: Word, text: str) -> None:
    """A paragraph that a block, or a command for whole paragraphs, takes the place of."""
    word.add_paragraph(text)


def block(word: Word, name: str) -> None:
    """The place of clauses."""
    alone(word, f"{{{{p {name} }}}}")


def body(word: Word, text: str, *, keep: bool = False) -> None:
    """A paragraph of the body."""
    made = word.add_paragraph(text)
    made.alignment = ALIGN.JUSTIFY
    form = made.paragraph_format
    form.first_line_indent, form.space_after = Mm(BY.indent), Pt(BY.after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(BY.line)
    form.keep_with_next = keep or None


def rows(word: Word, name: str, one: str, columns: Sequence[tuple[str, str, float, ALIGN]]) -> None:
    """A table with lines: a head that is repeated on each page, and a row for each of the list; widths in millimetres."""
    table = word.add_table(4, len(columns), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    table._tbl.tblPr.append(_inner_margins())
    for at, (heading, field, width, align) in enumerate(columns):
        _cell(table, 0, at, heading, width, ALIGN.CENTER, bold=True)
        _cell(table, 1, at, f"{{%tr for {one} in {name} %}}" if at == 0 else "", width, align)
        _cell(table, 2, at, f"{{{{ {one}.{field} }}}}" if field else "{{ loop.index }}", width, align)
        _cell(table, 3, at, "{%tr endfor %}" if at == 0 else "", width, align)
    for column, (_heading, _field, width, _align) in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    for at, row in enumerate(table.rows):
        marks = row._tr.get_or_add_trPr()
        marks.append(OxmlElement("w:cantSplit"))
        if at == 0:
            marks.append(OxmlElement("w:tblHeader"))
    gap = word.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(8)


def _inner_margins() -> BaseOxmlElement:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(twips(1.2)))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    return margins


def _cell(table: Table, row: int, at: int, text: str, width: float, align: ALIGN, *, bold: bool = False) -> None:
    cell = table.cell(row, at)
    cell.width = Mm(width)
    (paragraph,) = cell.paragraphs
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(TABLE)


def notice(word: Word) -> None:
    """Notice of conclusion of a working session."""
    block(word, "mở_đầu")
    block(word, "nội_dung")
    block(word, "kết_thúc")


def _addressed(word: Word, text: str) -> None:
    addressee = word.add_paragraph(text)
    addressee.alignment = ALIGN.CENTER
    addressee.paragraph_format.space_before = Pt(6)
    addressee.paragraph_format.space_after = Pt(12)


def urging(word: Word) -> None:
    """Letter that urges a unit on, with the table of what is overdue."""
    _addressed(word, "Kính gửi: {{ kính_gửi }}")
    block(word, "mở_đầu")
    columns = [
        ("TT", "", 10.0, ALIGN.CENTER),
        ("Nội dung nhiệm vụ", "nội_dung", 72.0, ALIGN.LEFT),
        ("Văn bản giao", "văn_bản", 35.0, ALIGN.LEFT),
        ("Thời hạn", "thời_hạn", 26.0, ALIGN.CENTER),
        ("Số ngày quá hạn", "quá_hạn", 22.0, ALIGN.CENTER),
    ]
    rows(word, "nhiệm_vụ_quá_hạn", "việc", columns)
    block(word, "yêu_cầu")


def invitation(word: Word) -> None:
    """Invitation to a meeting: when, where, who leads it, what about, which papers."""
    _addressed(word, "Kính mời: {{ kính_mời }}")
    block(word, "mở_đầu")
    body(word, "1. Thời gian: {{ thời_gian }}.")
    body(word, "2. Địa điểm: {{ địa_điểm }}.")
    body(word, "3. Chủ trì: {{ chủ_trì }}.")
    body(word, "4. Nội dung, chương trình:", keep=True)
    block(word, "chương_trình")
    alone(word, "{%p if tài_liệu %}")
    body(word, "5. Tài liệu gửi kèm:", keep=True)
    block(word, "tài_liệu")
    alone(word, "{%p endif %}")
    block(word, "kết_thúc")


def minutes(word: Word) -> None:
    """Minutes of a meeting or session."""
    body(word, "1. Thời gian: {{ thời_gian }}.")
    body(word, "2. Địa điểm: {{ địa_điểm }}.")
    body(word, "3. Thành phần:")
    body(word, "- Chủ trì: {{ chủ_trì }}.")
    body(word, "- Có mặt: {{ có_mặt }}.")
    alone(word, "{%p if vắng_mặt %}")
    body(word, "- Vắng mặt: {{ vắng_mặt }}.")
    alone(word, "{%p endif %}")
    body(word, "- Người ghi biên bản: {{ người_ghi }}.")
    body(word, "4. Nội dung:", keep=True)
    block(word, "nội_dung")
    alone(word, "{%p if kết_luận %}")
    body(word, "5. Kết luận:", keep=True)
    block(word, "kết_luận")
    alone(word, "{%p endif %}")
    body(word, "{{ kết_thúc }}")


def report(word: Word) -> None:
    """Report with its key figures."""
    block(word, "mở_đầu")
    block(word, "nội_dung")
    alone(word, "{%p if số_liệu %}")
    body(word, "Số liệu chủ yếu:", keep=True)
    alone(word, "{%p endif %}")
    alone(word, "{%p if số_liệu %}")
    columns = [
        ("TT", "", 10.0, ALIGN.CENTER),
        ("Chỉ tiêu", "chỉ_tiêu", 75.0, ALIGN.LEFT),
        ("Kế hoạch", "kế_hoạch", 26.0, ALIGN.CENTER),
        ("Thực hiện", "thực_hiện", 26.0, ALIGN.CENTER),
        ("Tỷ lệ", "tỷ_lệ", 28.0, ALIGN.CENTER),
    ]
    rows(word, "số_liệu", "dòng", columns)
    alone(word, "{%p endif %}")
    block(word, "đề_xuất")
    block(word, "kết_thúc")


def remediation(word: Word) -> None:
    """Plan that remedies faults: fault, cause, measure, product, deadline, who answers for it."""
    block(word, "mở_đầu")
    columns = [
        ("TT", "", 10.0, ALIGN.CENTER),
        ("Hạn chế, khuyết điểm", "khuyết_điểm", 33.0, ALIGN.LEFT),
        ("Nguyên nhân", "nguyên_nhân", 27.0, ALIGN.LEFT),
        ("Biện pháp khắc phục", "biện_pháp", 33.0, ALIGN.LEFT),
        ("Sản phẩm", "sản_phẩm", 19.0, ALIGN.LEFT),
        ("Thời hạn", "thời_hạn", 23.0, ALIGN.CENTER),
        ("Chịu trách nhiệm", "trách_nhiệm", 20.0, ALIGN.LEFT),
    ]
    rows(word, "các_biện_pháp", "dòng", columns)
    block(word, "tổ_chức_thực_hiện")


def resolution(word: Word) -> None:
    """Resolution that a meeting passes."""
    block(word, "mở_đầu")
    block(word, "nội_dung")
    block(word, "tổ_chức_thực_hiện")


TEMPLATES: dict[str, Callable[[Word], None]] = {
    "notice": notice,
    "urging": urging,
    "invitation": invitation,
    "minutes": minutes,
    "report": report,
    "remediation": remediation,
    "resolution": resolution,
}


def made(code: str) -> bytes:
    """The Word file of a template."""
    word = blank()
    block(word, HEAD)
    TEMPLATES[code](word)
    block(word, FOOT)
    written = BytesIO()
    word.save(written)
    return same_bytes(written)
