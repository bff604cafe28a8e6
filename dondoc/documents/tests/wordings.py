"""Word files made for tests: a document in the right form at each level, of which every part can be changed."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

SENTENCE = "Ban Thường vụ ghi nhận kết quả phát triển đảng viên của chi bộ trong năm và yêu cầu khắc phục việc kiểm tra, đôn đốc chưa thường xuyên."


@dataclass(frozen=True)
class Wording:
    """The words of a document."""

    level: str
    superior: str
    issuer: str
    number: str
    place_date: str = "Nha Trang, ngày 05 tháng 5 năm 2023"
    title: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    star: str = "*"
    kind: str = "THÔNG BÁO"
    abstract: str = "kết luận buổi làm việc về phát triển đảng viên"
    letter_abstract: str = ""
    addressee: str = ""
    body: tuple[str, ...] = (SENTENCE, SENTENCE)
    mark: str = "T/M BAN THƯỜNG VỤ"
    post: str = "PHÓ BÍ THƯ"
    signer: str = "Nguyễn Văn Mẫu"
    recipients: tuple[str, ...] = ("Nơi nhận:", "- Như trên,", "- Các chi bộ,", "- Lưu Văn phòng.")


PROVINCE = Wording("province", "", "TỈNH ỦY KHÁNH HÒA", "Số 12-TB/TU")
LEVELS = {
    "central": replace(
        PROVINCE, level="central", issuer="BAN CHẤP HÀNH TRUNG ƯƠNG", number="Số 12-TB/TW", mark="T/M BAN BÍ THƯ", post="THƯỜNG TRỰC"
    ),
    "province": PROVINCE,
    "district": replace(
        PROVINCE, level="district", superior="ĐẢNG BỘ TỈNH KHÁNH HÒA", issuer="HUYỆN ỦY CAM LÂM", number="Số 07-TB/HU"
    ),
    "commune": replace(
        PROVINCE, level="commune", superior="ĐẢNG BỘ HUYỆN CAM LÂM", issuer="ĐẢNG ỦY XÃ SƠN TÂN", number="Số 125-TB/ĐU", mark="T/M ĐẢNG ỦY"
    ),
    "cell": replace(
        PROVINCE, level="cell", superior="ĐẢNG ỦY XÃ SƠN TÂN", issuer="CHI BỘ THÔN VALY", number="Số 03-TB/CB", mark="T/M CHI BỘ", post="BÍ THƯ"
    ),
    "advisory": replace(
        PROVINCE, level="advisory", superior="TỈNH ỦY KHÁNH HÒA", issuer="VĂN PHÒNG", number="Số 88-TB/VPTU",
        mark="K/T CHÁNH VĂN PHÒNG", post="PHÓ CHÁNH VĂN PHÒNG",
    ),
    "inspection": replace(
        PROVINCE, level="inspection", superior="HUYỆN ỦY CAM LÂM", issuer="ỦY BAN KIỂM TRA", number="Số 09-TB/UBKTHU",
        mark="T/M ỦY BAN KIỂM TRA", post="CHỦ NHIỆM",
    ),
}  # fmt: skip

Finish = Callable[[Any], None]


def word_file(wording: Wording, finish: Finish | None = None) -> bytes:
    """The document as a Word file; `finish` may change it before it is saved."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    head = document.add_table(1, 2)
    left, right = head.rows[0].cells
    _say(left, wording.superior)
    _say(left, wording.issuer, bold=True)
    _say(left, wording.star)
    _say(left, wording.number)
    _say(left, wording.letter_abstract, size=12, italic=True)
    title = _say(right, wording.title, size=15, bold=True)
    if title is not None:
        rule(title)
    _say(right, wording.place_date, italic=True)
    _say(document, wording.kind, size=15, bold=True)
    _say(document, wording.abstract, bold=True)
    if wording.abstract:
        _say(document, "-----")
    _say(document, wording.addressee, italic=True)
    for words in wording.body:
        paragraph = document.add_paragraph(words)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
    foot = document.add_table(1, 2)
    foot.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = foot.rows[0].cells
    for words in wording.recipients:
        label = words.startswith("Nơi nhận")
        _say(left, words, size=14 if label else 12, underline=label, center=False)
    _say(right, wording.mark, bold=True)
    _say(right, wording.post)
    _say(right, " ")
    _say(right, wording.signer, bold=True)
    if finish is not None:
        finish(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _say(place: Any, words: str, *, size: float = 14, center: bool = True, **set_as: Any) -> Any:
    if not words:
        return None
    blank = place.paragraphs[0] if hasattr(place, "_tc") and not place.paragraphs[0].text else None
    paragraph = blank if blank is not None else place.add_paragraph()
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    for name, value in set_as.items():
        setattr(run.font, name, value)
    return paragraph


def rule(paragraph: Any) -> None:
    """Draw a border under a paragraph."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "single")
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def paragraph_of(document: Any, words: str) -> Any:
    """The paragraph that begins with these words, in the body or in a table."""
    everywhere = [
        *document.paragraphs,
        *(p for table in document.tables for cell in table._cells for p in cell.paragraphs),
    ]
    return next(one for one in everywhere if one.text.startswith(words))
