"""The year of a unit from the ledger: which months count as past, which as still to come, and what stays with a unit that ended."""

from datetime import date

from dondoc.organisations.steps import Merge
from dondoc.targets.content import aims
from dondoc.targets.progress import Row, Year, year_of
from dondoc.targets.rules import Standing, Why
from dondoc.tests.told_once import told_once

from .place import YEAR, Land
from .test_carry import JULY, split

OCTOBER = date(2024, 10, 20)


@told_once
def land() -> Land:
    made = Land()
    made.assign("Huyện ủy A", {"Xã A1": 4, "Xã A2": 13, "Xã A3": 6}, 23)
    made.day = OCTOBER
    for month in range(1, 10):
        made.report("Chi bộ 6", f"2024-{month:02}", month % 2)
        for cell in ("Chi bộ 3", "Chi bộ 4", "Chi bộ 5"):
            made.report(cell, f"2024-{month:02}", 1)
    return made


def year(land: Land, on: date = OCTOBER) -> Year:
    return year_of(land.units["Huyện ủy A"], aims()["admissions"], YEAR, on)


def row(land: Land, name: str, on: date = OCTOBER) -> Row:
    return next(one for one in year(land, on).rows if one.label.unit == land.unit(name))


def test_a_month_that_lacks_a_report_counts_as_still_to_come_and_not_as_past(land: Land) -> None:
    full = row(land, "Xã A3").course
    assert (full.achieved, full.closed, full.to_come, full.past) == (5, 9, 3, (1, 0, 1, 0, 1, 0, 1, 0, 1))
    silent = row(land, "Xã A1").course
    assert (silent.achieved, silent.reported, silent.expected, silent.to_come, silent.past) == (None, 0, 18, 12, ())
    assert row(land, "Xã A1").standing == Standing.NO_FIGURE
    assert full.why == Why.SHORT_PAST


def test_a_day_early_in_the_year_knows_only_what_had_been_by_then(land: Land) -> None:
    early = row(land, "Xã A3", date(2024, 3, 31)).course
    assert (early.achieved, early.closed, early.to_come, early.past) == (2, 3, 9, (1, 0, 1))
    assert row(land, "Xã A3", date(2024, 1, 20)).course.closed == 0
    assert year(land, date(2023, 5, 1)).own.course.achieved is None


def test_what_a_unit_achieved_in_the_month_that_it_ended_in_stays_with_it_while_that_month_runs(land: Land) -> None:
    land.reform(Merge([land.units["Xã A3"], land.units["Chi bộ 6"]], land.units["Xã A1"]), on=date(2024, 10, 14))
    land.report("Chi bộ 6", "2024-10-01..2024-10-13", 1)
    ended = row(land, "Xã A3")
    assert (ended.course.achieved, ended.standing, ended.last_day) == (6, Standing.REACHED, date(2024, 10, 13))
    assert (ended.total.reported, ended.total.expected) == (10, 10)
    assert ended.place is None


def test_a_successor_has_its_own_months_and_no_past_to_tell_a_chance_from(land: Land) -> None:
    land.reform(*split(land), on=JULY)
    new, old = row(land, "Xã mới"), row(land, "Xã A2")
    assert (new.course.months, new.course.closed, new.course.achieved, new.course.target) == (6, 3, 6, None)
    assert (old.course.achieved, old.course.target, old.standing) == (18, 13, Standing.REACHED)
    assert year(land).own.total.value == 32
