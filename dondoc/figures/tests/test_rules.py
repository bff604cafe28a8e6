"""What a written period means in days, and where a value stands in time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.figures import choices, rules
from dondoc.lib.days import EARLIEST, LATEST
from dondoc.lib.periods import Interval

SAID = date(2023, 4, 28)

PERIODS = {
    "2022": ("2022-01-01", "2023-01-01"),
    "2022-H1": ("2022-01-01", "2022-07-01"),
    "2022-H2": ("2022-07-01", "2023-01-01"),
    "2018-Q3": ("2018-07-01", "2018-10-01"),
    "2018-Q4": ("2018-10-01", "2019-01-01"),
    "2022-02": ("2022-02-01", "2022-03-01"),
    "2017-09 ytd": ("2017-01-01", "2017-10-01"),
    "2023 ytd": ("2023-01-01", "2023-04-29"),
    "2021 ytd": ("2021-01-01", "2022-01-01"),
    "2010-2015": ("2010-01-01", "2016-01-01"),
    "2020-2025 ytd": ("2020-01-01", "2023-04-29"),
    "2008..2018-06": ("2008-01-01", "2018-07-01"),
    "2014..now": ("2014-01-01", "2023-04-29"),
    "2014-05..now": ("2014-05-01", "2023-04-29"),
    "2020-12-31": ("2020-12-31", "2021-01-01"),
    "2023-06-01..2023-06-14": ("2023-06-01", "2023-06-15"),
}


@pytest.mark.parametrize(("period", "days"), PERIODS.items())
def test_a_period_begins_on_its_first_day_and_ends_before_the_first_day_out(period: str, days: tuple[str, str]) -> None:
    assert rules.days_of(period, SAID) == Interval(date.fromisoformat(days[0]), date.fromisoformat(days[1]))


@pytest.mark.parametrize(
    "period",
    ["", "năm 2022", "2022-13", "2022-H3", "2022-Q5", "2021-02-30", "2015-2010", "2030..now", "0000", "2022\n", "٢٠٢٢"],
)
def test_what_is_no_period_has_no_days(period: str) -> None:
    assert rules.days_of(period, SAID) is None


def test_a_stock_without_a_period_is_of_the_day_on_which_it_was_said() -> None:
    assert rules.when("stock", None, SAID) == rules.When(on=SAID)


def test_a_stock_of_a_year_is_of_its_last_day() -> None:
    assert rules.when("stock", "2022", SAID) == rules.When(on=date(2022, 12, 31))


def test_a_flow_without_a_period_has_no_place() -> None:
    assert rules.when("flow", None, SAID) is None


def test_a_flow_keeps_its_period_as_written() -> None:
    placed = rules.when("flow", "2022-H1", SAID)
    assert placed is not None
    assert (placed.period, placed.on) == ("2022-H1", None)


YEARS = st.one_of(st.integers(0, 9999), st.sampled_from([0, 1, EARLIEST - 1, EARLIEST, LATEST, LATEST + 1, 9998, 9999]))
SHAPES = [
    "{0}",
    "{0}-H2",
    "{0}-Q4",
    "{0}-12",
    "{0} ytd",
    "{0}-12 ytd",
    "{0}-{1}",
    "{0}-{1} ytd",
    "{0}..{1}",
    "{0}-01..{1}-12",
]
SHAPES += ["{0}..now", "{0}-12..now", "{0}-12-31", "{0}-01-01"]


@given(st.sampled_from(SHAPES), YEARS, YEARS, st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31)))
def test_a_period_of_any_years_has_days_of_sensible_years_or_none(
    shape: str, first: int, last: int, said_on: date
) -> None:
    days = rules.days_of(shape.format(f"{first:04}", f"{last:04}"), said_on)
    if not EARLIEST <= first <= LATEST or ("{1}" in shape and not EARLIEST <= last <= LATEST):
        assert days is None
    elif days is not None and days.end is not None:
        assert EARLIEST <= days.start.year <= days.end.year <= LATEST + 1


@pytest.mark.parametrize("on", [date(EARLIEST, 1, 1), date(EARLIEST, 2, 28), date(2023, 1, 31), date(LATEST, 12, 31)])
def test_a_page_of_any_day_has_a_period_to_show(on: date) -> None:
    assert rules.days_of(choices.default(on), on) is not None
