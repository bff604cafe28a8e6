"""What is typed into a draft, read without a database."""

import pytest

from dondoc.reorganising import rules


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Xã A1\r\nXã A2\n\n", ["Xã A1", "Xã A2"]),
        ("1. Xã A1;\n2) Xã A2.", ["Xã A1", "Xã A2"]),
        ("- Chi bộ thôn 1, Đảng bộ xã Sơn Tân", ["Chi bộ thôn 1, Đảng bộ xã Sơn Tân"]),
        ("• Xã A1; – Xã A2", ["Xã A1", "Xã A2"]),
        (" ;\n", []),
    ],
)
def test_a_list_is_read_as_people_paste_it(text: str, names: list[str]) -> None:
    assert rules.lines(text) == names


def test_new_names_stand_after_an_arrow_or_a_tab() -> None:
    assert rules.pairs("1. A → B\nC -> D\nE\tF\nG => H\nI") == [
        ("A", "B"),
        ("C", "D"),
        ("E", "F"),
        ("G", "H"),
        ("I", ""),
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Đảng bộ xã Cam Lâm", "Cam Lâm"),
        ("Đảng bộ Xã Cam Lâm", "Cam Lâm"),
        ("Chi bộ thôn 1 xã Cam Lâm", "Thôn 1 xã Cam Lâm"),
        ("Huyện ủy Cam Lâm", "Huyện ủy Cam Lâm"),
    ],
)
def test_the_short_name_is_what_follows_the_word_for_its_kind(name: str, short: str) -> None:
    assert rules.short_name(name, ["xã", "thị trấn"]) == short


@pytest.mark.parametrize(
    ("decision", "parts"),
    [
        ("1667/NQ-UBTVQH15 và quyết định của cấp ủy", ("1667/NQ-UBTVQH15", "và quyết định của cấp ủy")),
        ("05-QĐ/TU", ("05-QĐ/TU", "")),
        ("Nghị quyết về sắp xếp năm 2025", ("", "Nghị quyết về sắp xếp năm 2025")),
    ],
)
def test_the_number_of_a_decision_comes_first(decision: str, parts: tuple[str, str]) -> None:
    assert rules.number_and_title(decision) == parts
    assert rules.decision(*parts) == decision


def test_only_a_split_has_fields_for_sub_units() -> None:
    assert rules.is_field(rules.Kind.SPLIT, "part-12")
    assert not rules.is_field(rules.Kind.MERGE, "part-12")
    assert not rules.is_field(rules.Kind.SPLIT, "part-x")
    assert not rules.is_field(rules.Kind.ESTABLISH, "code")
