"""Makes the Word files of our own templates; `tools/word_templates.py` writes them into `content/`.

They are content and are committed; that they are what this program makes is a test.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from .declared import FOOT, HEAD
from .measures import DEFAULT as BY
from .rendering import same_bytes

_LOOKS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")


def blank() -> Word:
    """A page of A4 with the margins and the font of a Party document, its pages numbered from the second on."""
    word = Document()
    keep = {"Normal", "Header", "Default Paragraph Font", "Normal Table", "No List"}
    for style in list(word.styles):
        if style.name not in keep:
            style.element.getparent().remove(style.element)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = BY.font, Pt(BY.body)
    fonts = normal.element.rPr.rFonts
    for which in _LOOKS:
        fonts.set(qn(which), BY.font)
    language = normal.element.rPr.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        normal.element.rPr.append(language)
    language.set(qn("w:val"), "vi-VN")
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


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def alone(word: Word, text: str) -> None:
    """A paragraph that a block, or a command for whole paragraphs, takes the place of."""
    word.add_paragraph(text)


def body(word: Word, text: str) -> None:
    """A paragraph of the body."""
    made = word.add_paragraph(text)
    made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    made.paragraph_format.first_line_indent = Mm(BY.indent)
    made.paragraph_format.space_after = Pt(6)


def notice(word: Word) -> None:
    """Notice of conclusion of a working session."""
    for block in ("mở_đầu", "nội_dung", "kết_thúc"):
        alone(word, f"{{{{p {block} }}}}")


TEMPLATES: dict[str, Callable[[Word], None]] = {"notice": notice}


def made(code: str) -> bytes:
    """The Word file of a template."""
    word = blank()
    alone(word, f"{{{{p {HEAD} }}}}")
    TEMPLATES[code](word)
    alone(word, f"{{{{p {FOOT} }}}}")
    written = BytesIO()
    word.save(written)
    return same_bytes(written)
