"""Papers of fixed layout: every text is set letter by letter, in our font, on A4."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from dondoc.documents.layouts import setting
from dondoc.documents.layouts.sheets import Blank, Form, Sheet, Table

HOSTILE = [
    '#import "@preview/x:1.0.0": *',
    "$x^2$ *đậm* _nghiêng_",
    "#panic() \\ // [c] {d} @a <b> `mã`",
    "#sys.inputs",
]
TABLE = Table("Quá hạn", ("Đơn vị", "Số"), tuple((text, "1") for text in HOSTILE), (1, 0), (1,))
SHEET = Sheet("Phó Bí thư", "Tỉnh ủy Mẫu", "3 quá hạn.", "Số liệu ngày 28/04/2023", (("Đảng viên", "1.234"),), (TABLE,))
FORM = Form(
    title="Báo cáo tháng 4/2023",
    under="Chi bộ Mẫu",
    says="Gửi trước ngày 05/05/2023.",
    foot="In ngày 28/04/2023",
    code="BC-16J-4",
    address="https://don.doc/reports/1234/",
    groups=(("Đảng viên", tuple(Blank(text, "người") for text in HOSTILE)),),
    sections=(("Khó khăn", "Mỗi dòng một việc", 4),),
    signed_by=("NGƯỜI LẬP", "BÍ THƯ"),
)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize("made", [setting.sheet(SHEET), setting.form(FORM)], ids=["sheet", "form"])
def test_what_looks_like_a_command_is_set_as_its_letters(made: bytes) -> None:
    shown = text_of(made)
    for text in HOSTILE:
        assert text in shown


def test_the_sheet_shows_what_it_was_given_and_leaves_out_empty_tables() -> None:
    shown = text_of(setting.sheet(replace(SHEET, tables=(TABLE, Table("Trống", ("A",), (), (1,))))))
    for said in ("Phó Bí thư", "Tỉnh ủy Mẫu", "3 quá hạn.", "1.234", "Trang 1 / 1", "Số liệu ngày 28/04/2023"):
        assert said in shown
    assert "Trống" not in shown


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    long = replace(TABLE, rows=tuple((f"Đơn vị {n}", str(n)) for n in range(120)), last_is_sum=True)
    shown = text_of(setting.sheet(replace(SHEET, tables=(long,))))
    pages = int(re.findall(r"Trang 1 / (\d+)", shown)[0])
    assert pages > 1
    assert shown.count("Đơn vị Số") == pages


def test_papers_are_a4_in_our_font_and_the_same_each_time() -> None:
    made = setting.sheet(SHEET)
    assert made == setting.sheet(SHEET)
    assert re.findall(rb"/FontName ?/[A-Z]{6}\+(\w+)", made)
    assert all(name.startswith(b"BeVietnamPro") for name in re.findall(rb"/FontName ?/[A-Z]{6}\+(\w+)", made))
    with pypdfium2.PdfDocument(made) as document:
        assert [round(side) for side in document[0].get_size()] == [595, 842]
    with pypdfium2.PdfDocument(setting.sheet(replace(SHEET, wide=True))) as document:
        assert [round(side) for side in document[0].get_size()] == [842, 595]


def test_the_form_has_its_code_and_what_is_known_already() -> None:
    known = replace(FORM, groups=(("Đảng viên", (Blank("Đầu kỳ", "đảng viên", "78"),)),))
    shown = text_of(setting.form(known))
    for said in ("BC-16J-4", "Mã tra cứu", "Đầu kỳ", "78", "NGƯỜI LẬP", "Khó khăn"):
        assert said in shown
