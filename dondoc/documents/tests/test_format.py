"""The form of a document: ours pass at every level, each planted fault is found by its name and nothing else is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dondoc.documents.format.content import format_on
from dondoc.documents.format.reading import read
from dondoc.documents.format.rules import level, problems
from dondoc.documents.tests.wordings import LEVELS, PROVINCE, SENTENCE, Finish, Wording, paragraph_of, rule, word_file

IN_2023 = date(2023, 5, 5)
LETTER = replace(
    PROVINCE,
    number="Số 45-CV/TU",
    kind="",
    abstract="",
    letter_abstract="Đôn đốc thực hiện kết luận",
    addressee="Kính gửi: Huyện ủy Cam Lâm",
)


def found(wording: Wording, finish: Finish | None = None, on: date = IN_2023, **options: Any) -> list[str]:
    return [one.code for one in problems(read(word_file(wording, finish)), format_on(on), **options)]


@pytest.mark.parametrize("code", LEVELS)
def test_a_document_in_the_right_form_passes_at_its_level(code: str) -> None:
    wording = LEVELS[code]
    assert found(wording) == []
    assert found(wording, level=code) == []
    shown = level(read(word_file(wording)), format_on(IN_2023))
    assert shown is not None
    assert shown.code == code


def test_a_letter_in_the_right_form_passes() -> None:
    assert found(LETTER) == []


WORDS: dict[str, tuple[Wording, str]] = {
    "no title": (replace(PROVINCE, title=""), "title_missing"),
    "the State's words at the head": (replace(PROVINCE, title="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "state_form"),
    "a title in small letters": (replace(PROVINCE, title="Đảng Cộng sản Việt Nam"), "title_capitals"),
    "no issuer": (replace(PROVINCE, issuer="", star="*"), "issuer_missing"),
    "no superior above a commune": (replace(LEVELS["commune"], superior=""), "superior_missing"),
    "a superior above a province": (replace(PROVINCE, superior="BAN CHẤP HÀNH ĐẢNG BỘ"), "superior_not_due"),
    "the committee instead of the organisation above a commune": (
        replace(LEVELS["commune"], superior="HUYỆN ỦY CAM LÂM"), "superior_wrong"),
    "no star": (replace(PROVINCE, star=""), "star_missing"),
    "no number": (replace(PROVINCE, number=""), "number_missing"),
    "a number not given": (replace(PROVINCE, number="Số      -TB/TU"), "number_blank"),
    "one digit without its zero": (replace(PROVINCE, number="Số 7-TB/TU"), "number_without_zero"),
    "three digits with a zero": (replace(PROVINCE, number="Số 012-TB/TU"), "number_impossible"),
    "a colon after the word": (replace(PROVINCE, number="Số: 12-TB/TU"), "number_with_colon"),
    "spaces in the symbol": (replace(PROVINCE, number="Số 12 - TB/TU"), "number_with_spaces"),
    "a number as the State writes it": (replace(PROVINCE, number="Số 12/TB-TU"), "number_of_the_state"),
    "a symbol of another issuer": (replace(LEVELS["commune"], number="Số 12-TB/HU"), "symbol_of_another_issuer"),
    "a symbol of another type": (replace(PROVINCE, number="Số 12-BC/TU"), "symbol_of_another_type"),
    "a symbol that is none": (replace(PROVINCE, number="Số 12-XYZ/TU"), "symbol_type_unknown"),
    "a symbol in small letters": (replace(PROVINCE, number="Số 12-tb/TU"), "symbol_letters"),
    "no symbol": (replace(PROVINCE, number="Số 12"), "symbol_missing"),
    "neither place nor date": (replace(PROVINCE, place_date=""), "place_date_missing"),
    "no place": (replace(PROVINCE, place_date="Ngày 05 tháng 5 năm 2023"), "place_missing"),
    "a day that does not exist": (replace(PROVINCE, place_date="Nha Trang, ngày 31 tháng 02 năm 2023"), "date_impossible"),
    "a day without its zero": (replace(PROVINCE, place_date="Nha Trang, ngày 5 tháng 5 năm 2023"), "date_without_zero"),
    "a month without its zero": (replace(PROVINCE, place_date="Nha Trang, ngày 15 tháng 2 năm 2023"), "date_without_zero"),
    "a date in figures": (replace(PROVINCE, place_date="Nha Trang, 05/5/2023"), "date_in_figures"),
    "a date left open": (replace(PROVINCE, place_date="Nha Trang, ngày ... tháng 5 năm 2023"), "date_blank"),
    "no type": (replace(PROVINCE, kind="", abstract=""), "type_missing"),
    "a type in small letters": (replace(PROVINCE, kind="Thông báo"), "type_capitals"),
    "no abstract": (replace(PROVINCE, abstract=""), "abstract_missing"),
    "a letter without abstract": (replace(LETTER, letter_abstract=""), "letter_abstract_missing"),
    "a letter to nobody": (replace(LETTER, addressee=""), "addressee_missing"),
    "no body": (replace(PROVINCE, body=()), "body_missing"),
    "a dot instead of a slash": (replace(PROVINCE, mark="TM. BAN THƯỜNG VỤ"), "mark_with_dot"),
    "a dot within": (replace(PROVINCE, mark="T.M BAN THƯỜNG VỤ"), "mark_with_dot"),
    "no mark": (replace(PROVINCE, mark=""), "mark_missing"),
    "on behalf of another body": (replace(LEVELS["commune"], mark="T/M TỈNH ỦY"), "on_behalf_of_another"),
    "an office on behalf of itself": (replace(LEVELS["advisory"], mark="T/M VĂN PHÒNG"), "on_behalf_not_due"),
    "a committee's deputy in place of its secretary": (replace(PROVINCE, mark="K/T BÍ THƯ"), "in_place_not_due"),
    "an office's deputy without a mark": (replace(LEVELS["advisory"], mark=""), "deputy_without_mark"),
    "no post": (replace(PROVINCE, post=""), "post_missing"),
    "no name": (replace(PROVINCE, signer=""), "signer_missing"),
    "a name in capitals": (replace(PROVINCE, signer="NGUYỄN VĂN MẪU"), "signer_not_capitals"),
    "an abstract in capitals": (replace(PROVINCE, abstract="KẾT LUẬN BUỔI LÀM VIỆC"), "abstract_not_capitals"),
    "no signature": (replace(PROVINCE, mark="", post="", signer=""), "signature_missing"),
    "no recipients": (replace(PROVINCE, recipients=()), "recipients_missing"),
    "recipients without any": (replace(PROVINCE, recipients=("Nơi nhận:",)), "recipients_empty"),
    "nothing kept in the archive": (replace(PROVINCE, recipients=("Nơi nhận:", "- Như trên.")), "archive_missing"),
}  # fmt: skip


@pytest.mark.parametrize("fault", WORDS)
def test_a_fault_in_the_words_is_found_by_its_name_and_nothing_else(fault: str) -> None:
    wording, code = WORDS[fault]
    assert found(wording) == [code]


def _size(words: str, size: float) -> Finish:
    def change(document: Any) -> None:
        for run in paragraph_of(document, words).runs:
            run.font.size = Pt(size)

    return change


def _font(words: str, **set_as: Any) -> Finish:
    def change(document: Any) -> None:
        for run in paragraph_of(document, words).runs:
            for name, value in set_as.items():
                setattr(run.font, name, value)

    return change


def _section(**set_as: Any) -> Finish:
    def change(document: Any) -> None:
        for name, value in set_as.items():
            setattr(document.sections[0], name, value)

    return change


def _without_line(document: Any) -> None:
    borders = paragraph_of(document, PROVINCE.title)._p.pPr.find(qn("w:pBdr"))
    borders.getparent().remove(borders)


def _title_on_the_left(document: Any) -> None:
    document.tables[0].cell(0, 0)._tc.p_lst[0].addprevious(paragraph_of(document, PROVINCE.title)._p)


def _without_indent(document: Any) -> None:
    for one in document.paragraphs:
        one.paragraph_format.first_line_indent = None


def _many_pages(document: Any) -> None:
    paragraph_of(document, SENTENCE).add_run().add_break(WD_BREAK.PAGE)


SET: dict[str, tuple[Finish, str]] = {
    "letter paper": (_section(page_width=Mm(215.9), page_height=Mm(279.4)), "paper"),
    "a narrow left margin": (_section(left_margin=Mm(20)), "margin_left"),
    "a wide right margin": (_section(right_margin=Mm(30)), "margin_right"),
    "a high top margin": (_section(top_margin=Mm(10)), "margin_top"),
    "a low bottom margin": (_section(bottom_margin=Mm(40)), "margin_bottom"),
    "another font": (_font(SENTENCE, name="Arial"), "font"),
    "a font from before Unicode": (_font(SENTENCE, name=".VnTime"), "font_before_unicode"),
    "a title too small": (_size(PROVINCE.title, 13), "title_size"),
    "a title that is not bold": (_font(PROVINCE.title, bold=False), "title_bold"),
    "a title in italics": (_font(PROVINCE.title, italic=True), "title_not_italic"),
    "a title on the left": (_title_on_the_left, "title_on_the_left"),
    "no line below the title": (_without_line, "title_without_line"),
    "an issuer that is not bold": (_font(PROVINCE.issuer, bold=False), "issuer_bold"),
    "an underlined issuer": (_font(PROVINCE.issuer, underline=True), "issuer_not_underlined"),
    "an issuer too large": (_size(PROVINCE.issuer, 16), "issuer_size"),
    "a bold number": (_font(PROVINCE.number, bold=True), "number_not_bold"),
    "an upright date": (_font(PROVINCE.place_date, italic=False), "place_date_italic"),
    "a type too small": (_size(PROVINCE.kind, 14), "type_size"),
    "an abstract that is not bold": (_font(PROVINCE.abstract, bold=False), "abstract_bold"),
    "a body too small": (_size(SENTENCE, 13), "body_size"),
    "no indent": (_without_indent, "body_indent"),
    "a name that is not bold": (_font(PROVINCE.signer, bold=False), "signer_bold"),
    "a small mark": (_size(PROVINCE.mark, 12), "mark_size"),
    "recipients not underlined": (_font("Nơi nhận", underline=False), "recipients_underlined"),
    "recipients too large": (_size("- Các chi bộ", 14), "recipient_size"),
    "more pages without numbers": (_many_pages, "page_number_missing"),
}


@pytest.mark.parametrize("fault", SET)
def test_a_fault_in_the_setting_is_found_by_its_name_and_nothing_else(fault: str) -> None:
    finish, code = SET[fault]
    assert found(PROVINCE, finish) == [code]


def test_a_bold_superior_is_found() -> None:
    assert found(LEVELS["commune"], _font("ĐẢNG BỘ HUYỆN", bold=True)) == ["superior_not_bold"]


def test_of_a_draft_number_day_and_name_may_still_be_open() -> None:
    open_draft = replace(
        PROVINCE, number="Số      -TB/TU", place_date="Nha Trang, ngày     tháng 5 năm 2023", signer=""
    )
    assert found(open_draft, draft=True) == []
    assert found(open_draft) == ["number_blank", "date_blank", "signer_missing"]


def test_what_stands_in_a_document_of_another_level_is_wrong_for_the_level_that_is_asked_for() -> None:
    assert found(LEVELS["commune"], level="province") == [
        "issuer_of_another_level",
        "superior_not_due",
        "symbol_of_another_issuer",
        "on_behalf_of_another",
    ]


def test_since_july_2025_a_commune_stands_below_the_province_and_there_is_no_district() -> None:
    now = date(2025, 9, 1)
    commune = replace(
        LEVELS["commune"], superior="ĐẢNG BỘ TỈNH KHÁNH HÒA", place_date="Cam Lâm, ngày 01 tháng 9 năm 2025"
    )
    assert found(commune, on=now) == []
    district = read(word_file(replace(LEVELS["district"], place_date=commune.place_date)))
    assert level(district, format_on(now)) is None
    assert level(district, format_on(now), IN_2023) is not None


def test_margins_are_those_of_the_day() -> None:
    older = replace(PROVINCE, place_date="Nha Trang, ngày 15 tháng 5 năm 2017")
    assert found(older, on=date(2017, 5, 15)) == ["margin_top", "margin_bottom", "margin_left"]
    wide = _section(top_margin=Mm(25), bottom_margin=Mm(25), left_margin=Mm(35))
    assert found(older, wide, on=date(2017, 5, 15)) == []


@pytest.mark.parametrize("spelling", ["ĐẢNG UỶ XÃ SƠN TÂN", "ĐẢNG ỦY  XÃ SƠN TÂN"])
def test_both_spellings_of_uy_are_one(spelling: str) -> None:
    assert found(replace(LEVELS["commune"], issuer=spelling)) == []


def test_a_problem_says_what_is_there_and_what_is_due() -> None:
    (one,) = problems(read(word_file(PROVINCE, _section(left_margin=Mm(20)))), format_on(IN_2023))
    assert (one.place, one.found, one.due, one.verified) == ("sheet", "20", "30–35", False)
    (one,) = problems(read(word_file(PROVINCE, _size(PROVINCE.title, 13.5))), format_on(IN_2023))
    assert (one.place, one.found, one.due, one.verified, one.paragraph) == ("title", "13,5", "15", True, 4)


def test_an_abstract_may_begin_like_a_sentence_and_say_in_capitals_whose_it_is() -> None:
    plan = replace(PROVINCE, number="Số 12-KH/TU", kind="KẾ HOẠCH", abstract="thực hiện Chỉ thị số 50-CT/TW")
    assert found(plan) == []
    conclusion = replace(
        PROVINCE, number="Số 12-KL/TU", kind="KẾT LUẬN", abstract="CỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề phát triển đảng viên"
    )
    assert found(conclusion) == []


def test_a_sentence_about_the_state_makes_no_document_of_the_state() -> None:
    sentence = "Cộng hòa xã hội chủ nghĩa Việt Nam và các nước láng giềng, việc của cấp ủy."
    assert found(replace(PROVINCE, body=(sentence, SENTENCE))) == []


def test_a_party_delegation_is_a_collective_although_its_name_begins_like_a_board() -> None:
    delegation = replace(
        LEVELS["advisory"], issuer="BAN CÁN SỰ ĐẢNG", number="Số 08-TB/BCSĐ", mark="T/M BAN CÁN SỰ ĐẢNG", post="BÍ THƯ"
    )
    assert found(delegation) == []
    congress = replace(
        PROVINCE, issuer="ĐẠI HỘI ĐẠI BIỂU", number="Số 01-TB/ĐH", mark="T/M ĐOÀN CHỦ TỊCH", post="CHỦ TỊCH"
    )
    assert found(congress) == []


def test_the_sign_of_a_quy_dinh_is_that_of_its_day() -> None:
    rules = replace(PROVINCE, number="Số 07-QĐi/TU", kind="QUY ĐỊNH", place_date="Nha Trang, ngày 15 tháng 8 năm 2018")
    assert found(rules, on=date(2018, 8, 15)) == []
    later = replace(rules, place_date="Nha Trang, ngày 15 tháng 8 năm 2022")
    assert found(later, on=date(2022, 8, 15)) == ["symbol_type_unknown"]


def test_documents_of_the_front_and_mass_organisations_keep_their_own_head_and_mark() -> None:
    youth = replace(
        PROVINCE, superior="ĐOÀN TNCS HỒ CHÍ MINH TỈNH", issuer="BAN CHẤP HÀNH", title="ĐOÀN TNCS HỒ CHÍ MINH", star="***",
        number="Số: 15-TB/TĐTN", mark="TM. BAN THƯỜNG VỤ",
    )  # fmt: skip
    assert found(youth, level="mass") == []
    assert "mark_with_dot" in found(youth, level="province")


def test_minutes_are_signed_by_persons_without_a_mark() -> None:
    minutes = replace(
        PROVINCE, number="Số 02-BB/TU", kind="BIÊN BẢN", abstract="buổi làm việc", mark="", post="CHỦ TRÌ"
    )
    assert found(minutes) == []


def test_a_line_of_the_title_may_be_drawn_in_several_ways() -> None:
    def underlined(document: Any) -> None:
        _without_line(document)
        paragraph_of(document, PROVINCE.title).runs[0].font.underline = True

    def above_the_date(document: Any) -> None:
        _without_line(document)
        rule(paragraph_of(document, PROVINCE.title))
        borders = paragraph_of(document, PROVINCE.title)._p.pPr.find(qn("w:pBdr"))
        borders[0].tag = qn("w:top")
        paragraph_of(document, PROVINCE.place_date)._p.get_or_add_pPr().append(borders)

    for finish in (underlined, above_the_date):
        assert found(PROVINCE, finish) == []


def test_a_head_set_with_tabs_is_read_like_one_in_a_table() -> None:
    def flat(document: Any) -> None:
        head, foot = document.tables
        first = document.paragraphs[0]
        for left, right in (
            (PROVINCE.issuer, PROVINCE.title), (PROVINCE.star, ""), (PROVINCE.number, PROVINCE.place_date),
        ):  # fmt: skip
            line = first.insert_paragraph_before()
            one = line.add_run(left)
            one.bold, one.font.size = left == PROVINCE.issuer, Pt(14)
            two = line.add_run(f"\t{right}" if right else "")
            two.bold = two.underline = right == PROVINCE.title
            two.italic = right == PROVINCE.place_date
            two.font.size = Pt(15 if right == PROVINCE.title else 14)
        signing = [(PROVINCE.recipients[0], PROVINCE.mark), (PROVINCE.recipients[1], PROVINCE.post),
                   (PROVINCE.recipients[2], ""), (PROVINCE.recipients[3], PROVINCE.signer)]  # fmt: skip
        for left, right in signing:
            line = document.add_paragraph()
            one = line.add_run(left)
            one.underline, one.font.size = left == "Nơi nhận:", Pt(14 if left == "Nơi nhận:" else 12)
            two = line.add_run(f"\t{right}" if right else "")
            two.bold, two.font.size = right != PROVINCE.post, Pt(14)
        for table in (head, foot):
            table._tbl.getparent().remove(table._tbl)
        for one in document.paragraphs:
            if one.text == "-----":
                one.alignment = WD_ALIGN_PARAGRAPH.CENTER

    assert found(PROVINCE, flat) == []
