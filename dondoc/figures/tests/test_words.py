"""Periods as people read and write them."""

import pytest

from dondoc.figures.tests.test_rules import PERIODS
from dondoc.figures.words import period_words, read_period

SHOWN = {
    "2022": "năm 2022",
    "2022-H1": "6 tháng đầu năm 2022",
    "2022-H2": "6 tháng cuối năm 2022",
    "2018-Q3": "quý III/2018",
    "2022-02": "tháng 2/2022",
    "2017-09 ytd": "9 tháng đầu năm 2017",
    "2023 ytd": "từ đầu năm 2023 đến nay",
    "2010-2015": "nhiệm kỳ 2010–2015",
    "2020-2025 ytd": "nhiệm kỳ 2020–2025 đến nay",
    "2008..2018-06": "từ năm 2008 đến tháng 6/2018",
    "2014..now": "từ năm 2014 đến nay",
    "2020-12-31": "31/12/2020",
    "gì đó": "gì đó",
}


@pytest.mark.parametrize(("period", "words"), SHOWN.items())
def test_a_period_is_shown_in_words(period: str, words: str) -> None:
    assert period_words(period) == words


@pytest.mark.parametrize("period", PERIODS)
def test_what_is_shown_can_be_typed_again(period: str) -> None:
    assert read_period(period_words(period)) == period


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("  Năm  2022 ", "2022"),
        ("quý 3/2022", "2022-Q3"),
        ("Quý IV năm 2022", "2022-Q4"),
        ("9 tháng năm 2022", "2022-09 ytd"),
        ("2020 - 2025", "2020-2025"),
        ("9/2022", "2022-09"),
        ("31-12-2022", "2022-12-31"),
    ],
)
def test_a_period_may_be_typed_in_several_ways(typed: str, period: str) -> None:
    assert read_period(typed) == period


@pytest.mark.parametrize(
    "typed", ["", "năm ngoái", "13/2022", "0 tháng năm 2022", "30/02/2022", "quý V/2022", "quý 5/2022"]
)
def test_what_is_no_period_is_not_read_as_one(typed: str) -> None:
    assert read_period(typed) is None
