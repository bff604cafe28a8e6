"""The roll-up, by the worked example of docs/algorithms/roll-up.md."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.figures.models import Figure
from dondoc.figures.rollup import Total, days, roll_up
from dondoc.figures.services import correct_figure
from dondoc.lib.periods import Interval
from dondoc.organisations.models import Unit
from dondoc.tests.told_once import told_once

from .example import ACT, AFTER_THE_MOVE, BEFORE_THE_MOVE, JULY, JUNE, brief, example, report, say, total

pytestmark = pytest.mark.django_db

Units = dict[str, Unit]


@told_once
def units() -> Units:
    return example()


@pytest.mark.parametrize(
    ("name", "june", "july", "both"),
    [
        ("Chi bộ 2", (3, "2/2"), (5, "1/1"), (8, "3/3")),
        ("Xã A1", (5, "2/2"), (1, "1/2"), (6, "3/4")),
        ("Xã A2", (4, "1/1"), (None, "0/0"), (4, "1/1")),
        ("Huyện ủy A", (9, "3/3"), (1, "1/2"), (10, "4/5")),
        ("Xã B1", (1, "1/1"), (5, "1/1"), (6, "2/2")),
        ("Tỉnh ủy", (10, "4/4"), (6, "2/3"), (16, "6/7")),
    ],
)
def test_a_flow_counts_for_those_above_its_unit_on_its_last_day(
    units: Units, name: str, june: object, july: object, both: object
) -> None:
    unit = units[name]
    assert brief(unit, "admissions", "2023-06") == june
    assert brief(unit, "admissions", "2023-07") == july
    assert brief(unit, "admissions", Interval(JUNE.start, JULY.end)) == both


@pytest.mark.parametrize(
    ("name", "june", "july", "both"),
    [
        ("Chi bộ 2", (12, "1/1"), (17, "1/1"), (17, "1/1")),
        ("Xã A1", (20, "1/1"), (31, "1/2"), (51, "2/2")),
        ("Xã A2", (30, "1/1"), (None, "0/0"), (None, "0/0")),
        ("Xã B1", (12, "1/1"), (17, "1/1"), (17, "1/1")),
        ("Tỉnh ủy", (62, "3/3"), (48, "2/3"), (68, "3/3")),
    ],
)
def test_a_stock_is_the_latest_of_each_unit_by_the_tree_of_the_last_day(
    units: Units, name: str, june: object, july: object, both: object
) -> None:
    unit = units[name]
    assert brief(unit, "members", "2023-06") == june
    assert brief(unit, "members", "2023-07") == july
    assert brief(unit, "members", Interval(JUNE.start, JULY.end)) == both


def test_a_period_of_days_holds_only_what_lies_inside_it(units: Units) -> None:
    assert brief(units["Xã A1"], "admissions", BEFORE_THE_MOVE) == (2, "1/1")
    assert brief(units["Xã B1"], "admissions", AFTER_THE_MOVE) == (1, "1/1")


def test_what_ends_after_the_day_from_which_one_looks_is_left_out(units: Units) -> None:
    day = date(2023, 7, 20)
    assert brief(units["Xã A1"], "admissions", "2023", day) == (5, "2/12")
    assert brief(units["Xã A1"], "members", "2023", day) == (50, "2/2")
    assert days("2023 ytd", day) == Interval(date(2023, 1, 1), date(2023, 7, 21))


def test_a_correction_changes_every_total_above_and_is_a_new_version(units: Units) -> None:
    (old,) = report(units["Chi bộ 3"], JUNE, admissions=4)
    report(units["Chi bộ 3"], JUNE, admissions=6, reason="đếm sót hai người")
    old.refresh_from_db()
    assert (old.reason, old.replaced_by.value, old.standing) == ("đếm sót hai người", 6, "")
    assert [brief(units[name], "admissions", "2023-06")[0] for name in ("Xã A2", "Huyện ủy A", "Tỉnh ủy")] == [
        6,
        11,
        12,
    ]
    correct_figure(old.replaced_by.pk, value=5, reason="đếm thừa một người", act=ACT)
    assert brief(units["Tỉnh ủy"], "admissions", "2023-06") == (11, "4/4")


def test_a_number_said_of_a_unit_above_stands_beside_the_sum_with_its_difference(units: Units) -> None:
    say(units["Xã A1"], "admissions", 7, "2023-06")
    one = total(units["Xã A1"], "admissions", "2023-06")
    assert (one.value, one.entered, one.summed, one.difference) == (5, 7, 5, 2)
    assert brief(units["Tỉnh ủy"], "admissions", "2023-06") == (10, "4/4")


def test_of_several_origins_the_report_counts_and_the_others_stand_beside(units: Units) -> None:
    say(units["Chi bộ 3"], "admissions", 9, "2023-06", origin="import")
    say(units["Chi bộ 3"], "admissions", 4, "2023-06")
    assert (total(units["Xã A2"], "admissions", "2023-06")) == Total(4, 1, 1, summed=4, differing=1)


def test_a_figure_of_the_year_and_one_of_its_months_are_never_added(units: Units) -> None:
    say(units["Chi bộ 1"], "admissions", 40, "2023")
    assert brief(units["Chi bộ 1"], "admissions", "2023") == (3, "1/12")
    say(units["Chi bộ 3"], "admissions", 40, "2022")
    assert brief(units["Xã A2"], "admissions", "2022") == (40, "12/12")
    assert brief(units["Xã A2"], "admissions", "2022-06") == (None, "0/1")


def test_where_the_own_number_counts_the_sum_from_below_stands_beside(units: Units) -> None:
    report(units["Đảng bộ Trường"], JUNE, members_disciplined=1)
    assert brief(units["Tỉnh ủy"], "members_disciplined", "2023-06") == (1, "1/4")
    report(units["Xã B1"], JUNE, members_disciplined=3)
    one = total(units["Xã B1"], "members_disciplined", "2023-06")
    assert (one.value, one.entered, one.summed, one.difference) == (3, 3, 1, 2)
    assert brief(units["Tỉnh ủy"], "members_disciplined", "2023-06") == (3, "2/4")


def test_lines_of_one_report_are_one_version_each_and_a_line_taken_back_is_not_reported(units: Units) -> None:
    before = Figure.objects.count()
    report(units["Chi bộ 1"], JUNE, reason="nộp nhầm", admissions=None, members=20)
    assert brief(units["Xã A1"], "admissions", "2023-06") == (2, "1/2")
    assert Figure.objects.count() == before


@pytest.mark.parametrize("names", [["Xã A1"], ["Tỉnh ủy", "Huyện ủy A", "Xã A1", "Xã A2", "Xã B1", "Chi bộ 1"]])
def test_the_number_of_queries_does_not_grow_with_the_units(units: Units, names: list[str]) -> None:
    with CaptureQueriesContext(connection) as queried:
        found = roll_up([units[name].pk for name in names], ["admissions", "members"], "2023-06")
    assert (len(queried), len(found)) == (2, 2 * len(names))


def test_a_report_of_forty_lines_takes_as_many_queries_as_one_of_two(units: Units) -> None:
    with CaptureQueriesContext(connection) as two:
        report(units["Chi bộ 1"], JULY, admissions=1, members=2)
    keys = [
        "admissions_youth",
        "admissions_workers",
        "admissions_pupils",
        "members_died",
        "members_left",
        "cell_meetings",
    ]
    with CaptureQueriesContext(connection) as six:
        report(units["Chi bộ 1"], JULY, "", **dict.fromkeys(keys, 1))
    assert len(six) <= len(two)


@pytest.mark.parametrize("period", ["2023-13", "tháng sáu", Interval(date(2023, 1, 1))])
def test_what_is_no_period_with_an_end_is_an_error_of_the_caller(period: str | Interval) -> None:
    with pytest.raises(ValueError, match="no period"):
        days(period)
