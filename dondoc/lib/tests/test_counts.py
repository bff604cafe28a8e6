"""How whole numbers are read as people type them, and divided into whole parts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.lib.counts import NotACount, divided, read_count


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), ("0", 0), (" 12 ", 12), ("1500", 1500), ("1.500", 1500), ("1 500", 1500), ("1.234.567", 1234567)],
)
def test_a_number_is_read_as_offices_write_it(typed: str, number: int | None) -> None:
    assert read_count(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-3", "negative"),
        ("−3", "negative"),
        ("1,500", "decimal"),
        ("2,5", "decimal"),
        ("2.5", "decimal"),
        ("12.34", "decimal"),
        ("một", "no_number"),
        ("12a", "no_number"),
        ("１２", "no_number"),
        ("1e3", "no_number"),
        ("9999999999", "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_no_number(typed: str, code: str) -> None:
    with pytest.raises(NotACount) as wrong:
        read_count(typed)
    assert wrong.value.code == code


def test_what_is_too_large_for_one_page_may_be_read_on_another() -> None:
    assert read_count("20.000.000") == 20_000_000
    with pytest.raises(NotACount):
        read_count("20.000.000", largest=10_000_000)


def test_what_is_left_over_goes_to_the_largest_remainders_and_of_equal_ones_to_the_smaller_key() -> None:
    assert divided(10, {1: 1, 2: 1, 3: 1}) == {1: 4, 2: 3, 3: 3}
    assert divided(8, {1: 78, 2: 139, 3: 342}) == {1: 1, 2: 2, 3: 5}
    assert divided(10, {11: Fraction(2, 3), 12: Fraction(1, 3)}) == {11: 7, 12: 3}
    assert divided(8, {1: 0, 2: 0}) == {}


@given(
    value=st.integers(0, 10**9),
    weights=st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any),
)
def test_the_parts_add_up_to_the_whole_and_none_is_a_whole_one_away_from_its_share(
    value: int, weights: list[int]
) -> None:
    given = dict(enumerate(weights))
    parts = divided(value, given)
    assert sum(parts.values()) == value
    assert all(abs(parts[key] - Fraction(value * weight, sum(weights))) < 1 for key, weight in given.items())
    assert divided(value, dict(reversed(given.items()))) == parts
