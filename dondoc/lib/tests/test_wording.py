"""How days, numbers and rates are written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.lib import wording


def test_a_day_has_two_digits_for_day_and_month() -> None:
    assert wording.day(date(2023, 4, 8)) == "08/04/2023"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2023, 4, 28), "Thứ Sáu, 28/04/2023"),
        (date(2025, 6, 30), "Thứ Hai, 30/06/2025"),
        (date(2025, 7, 6), "Chủ Nhật, 06/07/2025"),
    ],
)
def test_a_day_for_planning_names_its_weekday(value: date, text: str) -> None:
    assert wording.weekday_day(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, None, "0"),
        (78, None, "78"),
        (1234, None, "1.234"),
        (1234.5, None, "1.234,5"),
        (Decimal("1234567.80"), None, "1.234.567,8"),
        (1234.5, 0, "1.235"),
        (0.25, 1, "0,3"),
        (5, 1, "5,0"),
        (-1234.5, None, "−1.234,5"),
        (-0.01, 1, "0,0"),
        (Decimal("1E+3"), None, "1.000"),
        (None, None, "chưa có số liệu"),
        (None, 1, "chưa có số liệu"),
    ],
)
def test_a_number_has_points_between_thousands_and_a_decimal_comma(
    value: int | float | Decimal | None, places: int | None, text: str
) -> None:
    assert wording.number(value, places) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (9, 13, "69,2 %"),
        (6, 6, "100 %"),
        (4, 4, "100 %"),
        (0, 5, "0 %"),
        (1, 800, "0,1 %"),
        (1, 8, "12,5 %"),
        (5, 4, "125 %"),
        (2999, 3000, "100,0 %"),
        (None, 13, "chưa có số liệu"),
        (9, None, "chưa có số liệu"),
        (0, 0, "chưa tính được"),
    ],
)
def test_a_rate_is_rounded_half_up_and_only_the_whole_is_100(
    numerator: int | None, denominator: int | None, text: str
) -> None:
    assert wording.percent(numerator, denominator) == text


def test_half_a_tenth_rounds_up() -> None:
    assert wording.percent(1, 2000) == "0,1 %"
    assert wording.percent(3, 2000) == "0,2 %"


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_rate_shown_is_never_further_than_half_a_tenth_from_the_true_one(numerator: int, denominator: int) -> None:
    shown = wording.percent(numerator, denominator).removesuffix(" %").replace(".", "").replace(",", ".")
    # In whole steps, so that no rounding of the test itself can hide one of the code: |shown − true| ≤ 0.05.
    assert abs(Decimal(shown) * denominator - 100 * numerator) * 20 <= denominator


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2025, 7, 1), "hôm nay"),
        (date(2025, 7, 2), "còn 1 ngày"),
        (date(2025, 7, 4), "còn 3 ngày"),
        (date(2025, 6, 19), "quá hạn 12 ngày"),
        (date(2030, 7, 1), "còn 1.826 ngày"),
    ],
)
def test_a_deadline_is_said_from_today(value: date, text: str) -> None:
    assert wording.relative(value, date(2025, 7, 1)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2025, 7, 1), "hôm nay"),
        (date(2025, 6, 30), "hôm qua"),
        (date(2025, 6, 19), "12 ngày trước"),
        (date(2025, 7, 4), "3 ngày nữa"),
    ],
)
def test_an_event_is_said_from_today(value: date, text: str) -> None:
    assert wording.ago(value, date(2025, 7, 1)) == text
