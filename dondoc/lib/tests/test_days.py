"""Days as people type them."""

from datetime import date

import pytest

from dondoc.lib.days import add_months, read_day

TODAY = date(2023, 4, 28)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("28/04/2023", date(2023, 4, 28)),
        (" 28-4-2023 ", date(2023, 4, 28)),
        ("28.4.2023", date(2023, 4, 28)),
        ("2023-04-28", date(2023, 4, 28)),
        ("1/5", date(2023, 5, 1)),
    ],
)
def test_a_day_is_read_in_each_way_people_write_it(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "hôm nay", "31/02/2023", "0001-01-01", "9999-12-31", "1/1/0001", "٢٨/٤", "28/4/23"]
)
def test_what_is_no_day_of_a_sensible_year_is_none(typed: str) -> None:
    assert read_day(typed, TODAY) is None


def test_months_are_added_to_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert [add_months(date(2023, 1, 31), n) for n in (1, 2, 3, 13)] == [
        date(2023, 2, 28),
        date(2023, 3, 31),
        date(2023, 4, 30),
        date(2024, 2, 29),
    ]
