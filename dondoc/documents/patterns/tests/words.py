"""Word files and heads for tests."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from lxml import etree

from dondoc.documents.patterns import Head, Signing

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

PROVINCE = Head(
    superior="",
    issuer="TỈNH ỦY KHÁNH HÒA",
    number="215",
    symbol="TB/TU",
    place="Khánh Hòa",
    dated_on=date(2023, 5, 4),
    level="province",
    type_name="THÔNG BÁO",
    abstract="kết luận của đồng chí Phó Bí thư Tỉnh ủy tại buổi làm việc với Đảng ủy các xã Sơn Tân, Cam Hải Tây",
    signing=Signing("T/L", "BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Nguyễn Văn Mẫu"),
    recipients=("Ban Thường vụ Huyện ủy Cam Lâm", "Lưu Văn phòng Tỉnh ủy"),
)
CELL = Head(
    superior="ĐẢNG ỦY XÃ CAM HIỆP",
    issuer="CHI BỘ THÔN SUỐI CỐC",
    number="4",
    symbol="TB/CB",
    place="Cam Hiệp",
    dated_on=date(2026, 2, 8),
    level="cell",
    type_name="THÔNG BÁO",
    abstract="kết luận buổi làm việc với tổ đảng số 1",
    signing=Signing("T/M", "CHI BỘ", "BÍ THƯ", "Trần Thị Mẫu"),
    recipients=("Đảng ủy xã (để báo cáo)", "Lưu chi bộ"),
)


def lines(docx: bytes) -> list[str]:
    """The text of every paragraph, in order, those of tables and content controls too; empty ones are left out."""
    with ZipFile(BytesIO(docx)) as packed:
        tree = etree.fromstring(packed.read("word/document.xml"))
    texts = ["".join(t.text or "" for t in paragraph.iter(f"{W}t")) for paragraph in tree.iter(f"{W}p")]
    return [text for text in texts if text.strip()]


def word(*paragraphs: str, row: tuple[str, ...] = ()) -> bytes:
    """A Word file with these paragraphs, and a table of one row."""
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if row:
        cells = made.add_table(1, len(row)).rows[0].cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    out = BytesIO()
    made.save(out)
    return out.getvalue()
