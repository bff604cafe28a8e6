"""What may come in as a text, and what is stopped at the door."""

import unicodedata

import pytest

from dondoc.documents.rules import LARGEST_TEXT, examine_text
from dondoc.documents.texts import REFUSALS
from dondoc.lib.refusals import Refused
from dondoc.lib.secrecy import secrecy_mark

MARKED = [
    ("MẬT", "Mật"),
    ("Mật", "Mật"),
    ("  [ MẬT ]  ", "Mật"),
    ("TỐI MẬT", "Tối mật"),
    ("Tuyệt mật", "Tuyệt mật"),
    ("Độ mật: Tối mật", "Tối mật"),
    ("Mức độ mật: Mật", "Mật"),
    ("TÀI LIỆU MẬT", "Mật"),
    ("TÀI LIỆU TUYỆT MẬT", "Tuyệt mật"),
    ("ĐẢNG BỘ TỈNH KHÁNH HÒA\tMẬT", "Mật"),
    ("TỈNH ỦY        TỐI MẬT", "Tối mật"),
    ("M Ậ T", "Mật"),
    ("T Ố I  M Ậ T", "Tối mật"),
    ("ＴỐI ＭẬＴ", "Tối mật"),
    ("M\u200bẬT", "Mật"),
    ("MẬT\u00a0", "Mật"),
    ("★ MẬT ★", "Mật"),
    ("MẬT - HỎA TỐC", "Mật"),
    ("Báo cáo số 12-BC/TU (Mật)", "Mật"),
    ("***MẬT***", "Mật"),
    ("hết trang 1\x0cMẬT\nNội dung", "Mật"),
    ("TỈNH ỦY\u2028TỐI MẬT\u2028Nội dung", "Tối mật"),
    ("Tuyệt mật (bản số 1)", "Tuyệt mật"),
    (unicodedata.normalize("NFD", "MẬT"), "Mật"),
    ("\u041c\u1eac\u0422", "Mật"),  # Cyrillic M and T
    ("\u039c\u0391\u0302\u0323\u03a4", "Mật"),  # Greek letters with the marks set on them
    ("T\u1ed0\u0406 M\u1eac\u03a4", "Tối mật"),
    ("\u0422U\u0423\u0415\u0302\u0323\u0422 M\u1eacT", "Tuyệt mật"),
]
UNMARKED = [
    "Thực hiện nghiêm quy định bảo vệ bí mật nhà nước.",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "Công tác bảo mật được quan tâm.",
    "Mật độ dân số của xã là 120 người trên 1 km².",
    "mật",
    "Nuôi ong lấy mật, sản lượng 2 tấn.",
    "Mật ong rừng",
    "Danh mục bí mật nhà nước độ Tuyệt mật, Tối mật và Mật của Đảng được ban hành theo quy định.",
    "Bộ đội Trường Sơn giữ bí mật, thân mật với dân",
    "MẬT TRẬN",
    "",
]


@pytest.mark.parametrize(("line", "mark"), MARKED)
def test_a_mark_of_secrecy_stops_the_text_wherever_it_stands_alone(line: str, mark: str) -> None:
    text = f"ĐẢNG CỘNG SẢN VIỆT NAM\n{line}\nBáo cáo kết quả công tác quý I"
    assert secrecy_mark(text) == mark
    with pytest.raises(Refused) as refused:
        examine_text(text)
    assert (refused.value.code, refused.value.status, refused.value.data["mark"]) == ("documents.secret", 422, mark)


@pytest.mark.parametrize("line", UNMARKED)
def test_the_word_inside_a_sentence_is_no_mark(line: str) -> None:
    assert secrecy_mark(f"Báo cáo\n{line}\nKết quả") is None


def test_the_highest_of_several_marks_is_named() -> None:
    assert secrecy_mark("MẬT\nTUYỆT MẬT\nTỐI MẬT") == "Tuyệt mật"


REFUSED = [
    ("", "documents.text_empty"),
    (" \n\t\u00a0", "documents.text_empty"),
    (b"", "documents.text_empty"),
    ("<p></p><script>alert(1)</script>", "documents.text_empty"),
    ("a" * (LARGEST_TEXT + 1), "documents.text_too_large"),
    ("đ" * (LARGEST_TEXT // 2 + 1), "documents.text_too_large"),
    (b"a" * (10 * 1024 * 1024), "documents.text_too_large"),
    ("một\x00hai", "documents.not_a_text"),
    ("\ud800", "documents.not_a_text"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "documents.not_a_text"),
    ("Tỉnh ủy".encode("cp1258", "replace") + b"\xfd\xff\xa7", "documents.text_garbled"),
    ("Ban Thường vụ Tỉnh ủy làm việc với xã ".encode().decode("cp1252", "replace") * 3, "documents.text_garbled"),
]


@pytest.mark.parametrize(("raw", "code"), REFUSED)
def test_what_is_no_readable_text_is_refused_with_what_to_do(raw: bytes | str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        examine_text(raw)
    assert (refused.value.code, refused.value.status) == (code, 422)
    assert code in REFUSALS


TEXT = "Đồng chí Phó Bí thư Tỉnh ủy làm việc với 3 xã.\nTỷ lệ 69,2 %."


@pytest.mark.parametrize(
    "raw",
    [
        TEXT,
        unicodedata.normalize("NFD", TEXT),
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
    ],
)
def test_a_text_comes_in_as_the_same_letters_whatever_its_form(raw: bytes | str) -> None:
    assert examine_text(raw) == TEXT


def test_a_text_that_came_in_once_comes_in_unchanged_again() -> None:
    once = examine_text("  Dòng một \r\n\r\n\tDòng hai\u00a0 \n")
    assert examine_text(once) == once


def test_a_pasted_page_keeps_what_a_person_reads_and_nothing_that_runs() -> None:
    page = """<html><head><title>Báo</title><style>p{color:red}</style></head><body onload="x()">
    <h1>Làm việc với &ldquo;3 xã&rdquo;</h1><script>document.cookie</script><p>Sơn Tân: 78 đảng&nbsp;viên</p>
    <ul><li>5 chi bộ</li></ul><iframe src="x">y</iframe></body></html>"""
    text = examine_text(page)
    assert [line for line in text.split("\n") if line] == ["Làm việc với “3 xã”", "Sơn Tân: 78 đảng viên", "5 chi bộ"]


def test_a_sign_smaller_than_is_no_markup() -> None:
    assert examine_text("Tỷ lệ < 70 % và > 50 % <đề nghị>") == "Tỷ lệ < 70 % và > 50 % <đề nghị>"


def test_a_marked_page_is_stopped_too() -> None:
    with pytest.raises(Refused):
        examine_text("<html><body><p>MẬT</p><p>Nội dung</p></body></html>")
