"""What is wrong with a draft, which posts and units words mean, and how typed numbers are read."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dondoc.intake import rules
from dondoc.intake.rules import Value

TODAY = date(2023, 5, 4)
RATES = {"admission_rate_percent": ("admissions", "admissions_target")}
STORED = ("members", "admissions", "admissions_target")


def event(name: str, pk: int, **content: Any) -> Value:
    return Value(pk, "event", name, content)


def unit(pk: int, **more: Any) -> Value:
    content = {
        "type": "xã",
        "name": "Sơn Tân",
        "parent": "",
        "in_session": True,
        "unit": 7,
        "how": "matched",
        "candidates": [7],
    }
    return Value(pk, "unit", "", {**content, **more})


def figure(pk: int, indicator: str = "members", value: str = "78", **more: Any) -> Value:
    content = {"of": 10, "indicator": indicator, "value": value, "qualifier": "exact", "period": "2022"}
    rest = {key: more.pop(key) for key in ("dropped", "accepted", "late") if key in more}
    return Value(pk, "figure", "", {**content, **more}, **rest)


def directive(pk: int, **more: Any) -> Value:
    return Value(pk, "directive", "", {"receivers": "localities", "of": None, **more})


GOOD = [event("date", 1, day="2023-04-28"), event("leader", 2, said="", post=5), unit(10)]


def wrong(*values: Value, without: int | None = None) -> list[tuple[str, str]]:
    kept = [value for value in GOOD if value.pk != without]
    found = rules.problems(
        [*kept, *values],
        TODAY,
        has_place=lambda indicator, period, day: indicator == "members" or period is not None,
        rate_of=RATES,
        stored=STORED,
    )
    return [(problem.source, problem.code.removeprefix("intake.")) for problem in found]


def test_a_draft_with_day_leader_and_unit_has_nothing_wrong() -> None:
    assert wrong() == []


@pytest.mark.parametrize(
    ("without", "value", "problem"),
    [
        (1, event("date", 1, day=None), ("1", "no_day")),
        (1, event("date", 1, day="2023-05-05"), ("1", "day_ahead")),
        (2, event("leader", 2, said="Bí thư", post=None), ("2", "no_leader")),
        (10, unit(10, in_session=False), ("", "no_unit")),
        (10, unit(10, unit=None, candidates=[]), ("10", "unit_unknown")),
        (10, unit(10, unit=None, candidates=[7]), ("10", "unit_unplaced")),
        (10, unit(10, unit=None, candidates=[7, 8]), ("10", "unit_ambiguous")),
    ],
)
def test_what_a_session_lacks_stands_against_confirming(without: int, value: Value, problem: tuple[str, str]) -> None:
    assert wrong(value, without=without) == [problem]
    assert f"intake.{problem[1]}" in rules.BLOCKING


def test_a_session_may_be_confirmed_on_the_day_itself() -> None:
    assert wrong(event("date", 1, day="2023-05-04"), without=1) == []


def test_a_unit_that_nothing_needs_may_stay_unsettled() -> None:
    assert wrong(unit(11, unit=None, in_session=False, candidates=[])) == []


def test_a_unit_that_a_figure_needs_must_be_settled() -> None:
    other = unit(11, unit=None, in_session=False, candidates=[])
    assert wrong(other, figure(20, of=11)) == [("11", "unit_unknown")]
    assert wrong(other, figure(20, of=11, dropped=True)) == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (figure(20, of=None), "figure_without_unit"),
        (figure(20, of=99), "figure_without_unit"),
        (figure(20, value="69.2"), "figure_not_whole"),
        (figure(20, value="-1"), "figure_not_whole"),
        (figure(20, value="x"), "figure_not_whole"),
        (figure(20, "admissions", period=None), "figure_without_period"),
    ],
)
def test_a_figure_that_the_ledger_cannot_hold_stands_against_confirming(value: Value, problem: str) -> None:
    assert wrong(value) == [("20", problem)]


def test_a_number_that_is_shown_only_may_be_anything() -> None:
    assert wrong(figure(20, "other", value="1.5", period=None, of=None)) == []


def test_two_numbers_for_the_same_thing_are_not_both_recorded() -> None:
    assert wrong(figure(20), figure(21, value="79")) == [("21", "figure_twice")]
    assert wrong(figure(20), figure(21, value="78")) == []
    assert wrong(figure(20), figure(21, value="79", period="2021")) == []
    assert wrong(figure(20, dropped=True), figure(21, value="79")) == []


def rate(stated: str, over: str = "9", under: str = "13", **more: Any) -> list[Value]:
    return [
        figure(20, "admissions", over),
        figure(21, "admissions_target", under),
        figure(22, "admission_rate_percent", stated, **more),
    ]


@pytest.mark.parametrize("stated", ["69.2", "69.23", "69", "69.20"])
def test_a_rate_that_rounds_to_what_is_written_agrees(stated: str) -> None:
    assert wrong(*rate(stated)) == []
    assert [one.agrees for one in rules.rates(rate(stated), RATES)] == [True]


def test_a_rate_that_does_not_agree_is_shown_and_may_be_left_as_it_is() -> None:
    assert wrong(*rate("70")) == [("22", "rate_differs")]
    assert wrong(*rate("70", accepted=True)) == []
    assert (
        rules.blocking(
            rules.problems([*GOOD, *rate("70")], TODAY, has_place=lambda *_: True, rate_of=RATES, stored=STORED)
        )
        == []
    )


def test_a_rate_of_nothing_is_not_computed() -> None:
    assert rules.rates(rate("0", "0", "0"), RATES) == []


def test_a_half_is_rounded_up() -> None:
    assert rules.rates(rate("12.5", "1", "8"), RATES)[0].computed == Decimal("12.5")
    assert rules.rates(rate("13", "1", "8"), RATES)[0].agrees


def test_a_rate_follows_a_corrected_part() -> None:
    assert wrong(*rate("69.2", over="10")) == [("22", "rate_differs")]


@pytest.mark.parametrize(
    ("content", "ok"),
    [
        ({"receivers": "none"}, False),
        ({"receivers": "unit", "of": None}, False),
        ({"receivers": "unit", "of": 10}, True),
        ({"receivers": "fronts"}, True),
    ],
)
def test_a_directive_that_is_given_to_nobody_would_lapse(content: dict[str, Any], ok: bool) -> None:
    assert wrong(directive(30, **content)) == ([] if ok else [("30", "directive_without_receiver")])


def test_what_two_people_changed_at_once_is_settled_first_even_if_it_is_accepted() -> None:
    assert wrong(figure(20, late=True, accepted=True)) == [("20", "late")]


TITLES = {1: "Bí thư Tỉnh ủy", 2: "Phó Bí thư Tỉnh ủy", 3: "Bí thư Huyện ủy Cam Lâm"}


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("Phó Bí thư Tỉnh ủy", 2),
        ("Phó Bí thư Tỉnh uỷ", 2),
        ("Bí thư Tỉnh ủy", 1),
        ("phó bí thư Tỉnh ủy Khánh Hòa", 2),
        ("Trưởng Đoàn đại biểu Quốc hội tỉnh, Phó Bí thư Tỉnh ủy", 2),
        ("Bí thư Huyện ủy", 3),
        ("Phó Bí thư Thường trực Tỉnh ủy", None),
        ("Chủ tịch UBND tỉnh", None),
        ("", None),
    ],
)
def test_a_post_is_suggested_only_where_its_title_is_said(said: str, post: int | None) -> None:
    assert rules.best_title(said, TITLES) == post


def test_of_two_posts_with_one_title_neither_is_suggested() -> None:
    assert rules.best_title("Phó Bí thư Tỉnh ủy", {1: "Phó Bí thư Tỉnh ủy", 2: "Phó Bí thư Tỉnh ủy"}) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("78", "78"),
        ("1.500", "1500"),
        ("69,2", "69.2"),
        ("69,2 %", "69.2"),
        ("08", "8"),
        ("1.234,5", "1234.5"),
        (" 5 ", "5"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, number: str) -> None:
    assert rules.typed_number(typed) == number


@pytest.mark.parametrize("typed", ["", "tám", "-1", "1e9", "1.2.3", "9/13", "٣", "NaN", "9" * 40])
def test_what_is_no_number_is_not_read_as_one(typed: str) -> None:
    assert rules.typed_number(typed) is None


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Đảng ủy xã Sơn Tân", ("xã", "Sơn Tân")),
        ("xã  Sơn Tân", ("xã", "Sơn Tân")),
        ("Chi bộ thôn Vĩnh Thái", ("thôn", "Vĩnh Thái")),
        ("Thị trấn Cam Đức", ("thị trấn", "Cam Đức")),
        ("Cam Hải Tây", ("", "Cam Hải Tây")),
    ],
)
def test_a_unit_that_a_person_names_is_split_into_type_and_name(words: str, unit: tuple[str, str]) -> None:
    assert rules.split_unit(words) == unit


def test_two_sentences_are_alike_by_the_words_they_share() -> None:
    assert rules.similar("rà soát quần chúng ưu tú", "Rà soát quần chúng ưu tú, giới thiệu cho chi bộ") == 1.0
    assert rules.similar("rà soát quần chúng", "đổi mới cách điều hành") == 0.0
    assert rules.similar("", "x") == 0.0
