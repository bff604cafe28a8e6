"""Faults planted in copies of the notice of conclusion that our own template makes: each is found by its name, and nothing else is."""

import io
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dondoc.documents.format.checking import check
from dondoc.documents.patterns import fill, read
from dondoc.documents.patterns.tests.words import PROVINCE
from dondoc.documents.tests.wordings import paragraph_of

DAY = date(2023, 5, 4)
Change = Callable[[Any], None]
TITLE, ISSUER, NUMBER, PLACE, MARK = "ĐẢNG CỘNG", "TỈNH ỦY", "Số 215", "Khánh Hòa, ngày", "T/L BAN"


@cache
def notice() -> bytes:
    return fill("notice", read("notice", DAY).samples, DAY, PROVINCE)


def codes(docx: bytes) -> list[str]:
    return [one.code for one in check(docx, DAY).problems]


def write(beginning: str, old: str, new: str) -> Change:
    """In the paragraph that begins so, write other words; the setting of the letters stays."""

    def change(document: Any) -> None:
        run = next(run for run in paragraph_of(document, beginning).runs if old in run.text)
        run.text = run.text.replace(old, new)

    return change


def without(*beginnings: str) -> Change:
    """Empty these paragraphs."""

    def change(document: Any) -> None:
        for beginning in beginnings:
            for run in paragraph_of(document, beginning).runs:
                run.text = ""

    return change


def letters(beginning: str, **set_as: Any) -> Change:
    def change(document: Any) -> None:
        for run in paragraph_of(document, beginning).runs:
            for name, value in set_as.items():
                setattr(run.font, name, value)
            if "name" in set_as:
                run._r.rPr.rFonts.set(qn("w:hAnsi"), set_as["name"])

    return change


def page(**set_as: Any) -> Change:
    def change(document: Any) -> None:
        for name, value in set_as.items():
            setattr(document.sections[0], name, value)

    return change


def without_line(document: Any) -> None:
    borders = paragraph_of(document, TITLE)._p.pPr.find(qn("w:pBdr"))
    borders.getparent().remove(borders)


PLANTED: dict[str, tuple[Change, str]] = {
    "no title": (without(TITLE), "title_missing"),
    "the State's title": (write(TITLE, "ĐẢNG CỘNG SẢN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"), "state_form"),
    "no line below the title": (without_line, "title_without_line"),
    "a small title": (letters(TITLE, size=Pt(13)), "title_size"),
    "no issuer": (without(ISSUER), "issuer_missing"),
    "an issuer that is not bold": (letters(ISSUER, bold=False), "issuer_bold"),
    "no star": (without("*"), "star_missing"),
    "no number": (without(NUMBER), "number_missing"),
    "a number without its zero": (write(NUMBER, "215", "5"), "number_without_zero"),
    "a colon": (write(NUMBER, "Số", "Số:"), "number_with_colon"),
    "a number as the State writes it": (write(NUMBER, "-TB/TU", "/TB-TU"), "number_of_the_state"),
    "a symbol of a district": (write(NUMBER, "/TU", "/HU"), "symbol_of_another_issuer"),
    "a symbol of a report": (write(NUMBER, "TB", "BC"), "symbol_of_another_type"),
    "no place": (write(PLACE, "Khánh Hòa, ", ""), "place_missing"),
    "an impossible day": (write(PLACE, "ngày 04 tháng 5", "ngày 31 tháng 4"), "date_impossible"),
    "an upright date": (letters(PLACE, italic=False), "place_date_italic"),
    "no type": (without("THÔNG BÁO", "kết luận của"), "type_missing"),
    "no abstract": (without("kết luận của"), "abstract_missing"),
    "a small body": (letters("Ngày 28/4/2023", size=Pt(12)), "body_size"),
    "another font": (letters("Ngày 28/4/2023", name="Arial"), "font"),
    "letters from before Unicode": (letters("Ngày 28/4/2023", name=".VnTime"), "font_before_unicode"),
    "a narrow left margin": (page(left_margin=Mm(20)), "margin_left"),
    "letter paper": (page(page_width=Mm(215.9), page_height=Mm(279.4)), "paper"),
    "a dot instead of a slash": (write(MARK, "T/L ", "TL. "), "mark_with_dot"),
    "in the name of another body": (write(MARK, "BAN THƯỜNG VỤ", "HUYỆN ỦY"), "on_behalf_of_another"),
    "in place of the secretary": (write(MARK, "T/L BAN THƯỜNG VỤ", "K/T BÍ THƯ"), "in_place_not_due"),
    "no post": (without("CHÁNH VĂN PHÒNG"), "post_missing"),
    "no name": (without("Nguyễn Văn Mẫu"), "signer_missing"),
    "no recipients": (without("Nơi nhận", "- Ban Thường vụ", "- Lưu"), "recipients_missing"),
    "nothing for the archive": (without("- Lưu"), "archive_missing"),
}  # fmt: skip


def test_the_notice_of_conclusion_is_in_the_right_form() -> None:
    assert codes(notice()) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_by_its_name_and_nothing_else(fault: str) -> None:
    change, code = PLANTED[fault]
    document = Document(io.BytesIO(notice()))
    change(document)
    out = io.BytesIO()
    document.save(out)
    assert codes(out.getvalue()) == [code]
