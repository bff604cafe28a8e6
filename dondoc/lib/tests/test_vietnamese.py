import unicodedata
from types import SimpleNamespace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.lib.vietnamese import (
    folded,
    letters,
    new_tone,
    old_tone,
    person_sort_key,
    sort_key,
    without_marks,
)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("hòa", "hoà"),
        ("Khánh Hòa", "Khánh Hoà"),
        ("ủy", "uỷ"),
        ("Đảng ủy", "Đảng uỷ"),
        ("khỏe", "khoẻ"),
        ("ỦY", "UỶ"),
        ("thúy", "thuý"),
    ],
)
def test_both_spellings_of_a_tone_become_each_other(older: str, newer: str) -> None:
    assert new_tone(older) == newer
    assert old_tone(newer) == older


@pytest.mark.parametrize("word", ["quý", "hoàn", "thuyền", "ngoài", "quỹ", "Quốc", "tuyến"])
def test_a_syllable_that_goes_on_keeps_its_tone(word: str) -> None:
    assert old_tone(word) == word
    assert new_tone(word) == word


def test_folding_drops_marks_and_turns_đ_into_d() -> None:
    assert folded("  Đảng  ủy\u00a0xã ĐỒNG Tâm ") == "dang uy xa dong tam"
    assert without_marks("Đặng Thị Ngọc Ẩn") == "Dang Thi Ngoc An"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_know_their_place_in_either_form(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "Đảng uỷ xã\u00a0Sơn Tân")
    read = letters(text)
    assert read.written == "Đảng uỷ xã Sơn Tân"
    assert read.plain == "đảng ủy xã sơn tân"
    at = read.plain.index("sơn tân")
    assert unicodedata.normalize("NFC", text[read.starts[at] : read.ends[at + 6]]) == "Sơn Tân"


def test_names_sort_by_the_vietnamese_alphabet_then_by_tone() -> None:
    names = [
        "Cam Ranh",
        "Đà Lạt",
        "Dĩ An",
        "Ân Thi",
        "An Khê",
        "Ăng Ten",
        "Bà",
        "Ba",
        "Bả",
        "Bã",
        "Bá",
        "Bạ",
        "Y Tý",
        "Ưu",
    ]
    assert sorted(names, key=sort_key) == [
        "An Khê", "Ăng Ten", "Ân Thi", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Cam Ranh", "Dĩ An", "Đà Lạt", "Ưu", "Y Tý",
    ]  # fmt: skip


def test_numbers_sort_by_size() -> None:
    assert sorted(["Chi bộ 10", "Chi bộ 2", "Chi bộ"], key=sort_key) == ["Chi bộ", "Chi bộ 2", "Chi bộ 10"]


def test_both_spellings_of_a_tone_sort_alike() -> None:
    assert sort_key("Hòa") == sort_key("Hoà")


def test_people_sort_by_given_name() -> None:
    people = ["Trần Văn Bình", "Nguyễn Văn An", "Lê Thị An", "Đỗ Ánh"]
    assert sorted(people, key=person_sort_key) == ["Lê Thị An", "Nguyễn Văn An", "Đỗ Ánh", "Trần Văn Bình"]


@given(st.text())
def test_any_text_can_be_read_letter_by_letter(text: str) -> None:
    read = letters(text)
    assert len(read.written) == len(read.plain) == len(read.starts) == len(read.ends)
    covered = "".join(text[a:b] for a, b in sorted(set(zip(read.starts, read.ends, strict=True))))
    assert covered == text


@given(st.text())
def test_keys_can_be_made_of_any_text(text: str) -> None:
    assert isinstance(folded(text), str)
    assert isinstance(sort_key(text), str)
    assert isinstance(person_sort_key(text), str)


def test_a_letter_with_thousands_of_marks_is_read_in_pieces_so_that_the_work_stays_linear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    longest = 0

    def normalize(form: Literal["NFC", "NFD"], text: str) -> str:
        nonlocal longest
        longest = max(longest, len(text))
        return unicodedata.normalize(form, text)

    monkeypatch.setattr(
        "dondoc.lib.vietnamese.unicodedata",
        SimpleNamespace(normalize=normalize, is_normalized=unicodedata.is_normalized, combining=unicodedata.combining),
    )
    text = "a" + "\u0323\u0301" * 1_000
    assert letters(text).given == text
    assert 0 < longest < 100
