"""A year's number is shared out to all units directly below at once, adds up, and is changed only by further versions."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dondoc.history.models import Entry, Event
from dondoc.lib.refusals import Refused
from dondoc.organisations.tests.trees import draw
from dondoc.targets import queries, services
from dondoc.targets.models import Decision, Sheet, Target
from dondoc.targets.services import Base, Basis, Paper
from dondoc.tests.told_once import told_once

from .place import JANUARY, YEAR, Land
from .test_rules import PUBLISHED

THREE = {"Xã A1": 4, "Xã A2": 13, "Xã A3": 6}


@told_once
def land() -> Land:
    return Land()


def refused(land: Land, code: str, **given: Any) -> Refused:
    before = Entry.objects.count(), Decision.objects.count(), Sheet.objects.count()
    with pytest.raises(Refused) as caught:
        land.assign("Huyện ủy A", **given)
    assert caught.value.code == code
    assert (Entry.objects.count(), Decision.objects.count(), Sheet.objects.count()) == before
    return caught.value


def test_a_district_assigns_the_year_to_its_communes_and_agencies_and_fronts_get_nothing(land: Land) -> None:
    decision = land.assign("Huyện ủy A", THREE, 23, paper=Paper(27, "QĐ/HU", JANUARY))
    assert [land.assigned(name) for name in THREE] == [4, 13, 6]
    assert decision.document is not None
    assert (str(decision.document), decision.legal_basis) == ("27-QĐ/HU", "Nghị quyết năm")
    assert Event.objects.filter(action="targets.received").count() == 3
    assert land.pair("Xã A1").plan is None


@pytest.mark.django_db
def test_a_published_sheet_of_22_units_that_sums_to_more_than_its_headline_is_refused_and_writes_nothing() -> None:
    names = [f"Huyện ủy {n}" for n in range(1, 23)]
    drawn = draw("\n".join(["Tỉnh ủy", *(f"  {name}" for name in names)]))
    land = Land.__new__(Land)
    land.units, land.people, land.day = drawn, {}, JANUARY
    numbers = dict(zip(names, PUBLISHED, strict=True))
    with pytest.raises(Refused) as caught:
        land.assign("Tỉnh ủy", numbers, 1905)
    assert caught.value.code == "targets.adds_up_to_more"
    assert (caught.value.data["sum"], caught.value.data["difference"]) == ("1.950", "45")
    assert not Target.objects.exists()
    land.assign("Tỉnh ủy", numbers, 1950)
    assert Target.objects.count() == 22


def test_a_unit_left_out_or_not_directly_below_is_refused(land: Land) -> None:
    refused(land, "targets.line_missing", numbers={"Xã A1": 4, "Xã A2": 13}, total=17)
    refused(land, "targets.not_directly_below", numbers=THREE | {"Xã B1": 1}, total=24)
    refused(land, "targets.not_directly_below", numbers=THREE | {"Ban Tổ chức": 1}, total=24)
    refused(land, "targets.not_a_count", numbers=THREE | {"Xã A1": -4}, total=15)
    refused(land, "targets.not_a_count", numbers=THREE | {"Xã A1": 10**15}, total=23)


def test_a_breakdown_above_its_whole_is_refused(land: Land) -> None:
    numbers: dict[str, int | dict[str, int]] = dict(THREE)
    numbers["Xã A1"] = {"admissions": 4, "admissions_youth": 5}
    refused(land, "targets.part_over_whole", numbers=numbers, total=23)
    numbers["Xã A1"] = {"admissions": 4, "admissions_youth": 4}
    land.assign("Huyện ủy A", numbers, 23)
    assert land.pair("Xã A1", indicator="admissions_youth").assigned is not None
    assert land.pair("Xã A2", indicator="admissions_youth").assigned is None


def test_a_breakdown_that_holds_is_not_left_above_a_smaller_whole(land: Land) -> None:
    land.assign("Huyện ủy A", THREE | {"Xã A2": {"admissions": 13, "admissions_youth": 10}}, 23)
    less = {"numbers": {"Xã A1": 8, "Xã A2": 9, "Xã A3": 6}, "total": 23, "way": "adjusted", "reason": "x"}
    refused(land, "targets.part_over_whole", **less)


def test_plan_and_assigned_target_are_two_figures(land: Land) -> None:
    land.plan("Xã A2", 12)
    land.assign("Huyện ủy A", THREE, 23)
    pair = land.pair("Xã A2")
    assert pair.plan is not None
    assert pair.assigned is not None
    assert (pair.plan.value, pair.assigned.value, pair.counts) == (12, 13, pair.assigned)
    only = land.pair("Huyện ủy A")
    assert (only.plan, only.assigned) == (None, None)


def test_an_adjustment_holds_from_its_day_and_what_held_before_is_still_told_of_the_days_before(land: Land) -> None:
    land.assign("Huyện ủy A", THREE, 23)
    land.day = date(2024, 7, 10)
    refused(land, "targets.set_already", numbers=THREE, total=23)
    refused(land, "targets.no_reason", numbers=THREE, total=23, way="adjusted")
    land.assign("Huyện ủy A", THREE | {"Xã A2": 10, "Xã A1": 7}, 23, way="adjusted", reason="Xã A2 thiếu nguồn")
    assert (land.assigned("Xã A2"), land.assigned("Xã A2", date(2024, 7, 9))) == (10, 13)
    assert [one.value for one in queries.history(land.unit("Xã A2"), YEAR, "admissions", land.day)] == [10, 13]
    refused(
        land,
        "targets.adjusted_before_it_was_set",
        numbers=THREE,
        total=23,
        way="adjusted",
        reason="x",
        holds_from=date(2024, 7, 9),
    )


def test_a_correction_puts_a_new_version_in_the_place_of_the_wrong_one_which_is_kept(land: Land) -> None:
    land.assign("Huyện ủy A", THREE, 23)
    land.day = date(2024, 2, 1)
    refused(land, "targets.no_reason", numbers=THREE, total=23, way="corrected")
    refused(land, "targets.corrected_later", numbers=THREE, total=23, way="corrected", reason="Gõ nhầm")
    right = THREE | {"Xã A1": 5, "Xã A3": 5}
    land.assign("Huyện ủy A", right, 23, way="corrected", reason="Gõ nhầm", holds_from=JANUARY)
    assert land.assigned("Xã A1", JANUARY) == 5
    old = Decision.objects.get(superseded_at__isnull=False)
    assert (old.superseded_because, old.replaced_by.way) == ("Gõ nhầm", "corrected")
    known = queries.as_known_on(datetime(2024, 1, 20, tzinfo=UTC))
    unit = land.unit("Xã A1")
    then = queries.in_force([unit], YEAR, ["admissions"], land.day, known=known)[unit, "admissions"]
    assert then.assigned is not None
    assert then.assigned.value == 4


def test_of_two_who_assign_the_second_is_told_the_present_numbers(land: Land) -> None:
    land.assign("Huyện ủy A", THREE, 23, seen=0)
    caught = refused(land, "targets.changed_meanwhile", numbers=THREE, total=23, seen=0)
    assert ("Kết nạp đảng viên 2024, chỉ tiêu được giao", "23") in caught.data["current"]
    refused(land, "targets.changed_meanwhile", numbers=THREE, total=23, seen=9, way="corrected", reason="x")


def test_a_draft_keeps_what_was_typed_though_it_does_not_add_up_and_is_gone_once_assigned(land: Land) -> None:
    unit, act = land.unit("Huyện ủy A"), land.act("Huyện ủy A", "clerk")
    typed = {f"value-{land.unit('Xã A1')}": "bốn", "total": "1950"}
    services.save_draft(unit, "admissions", YEAR, typed, seen=0, act=act)
    assert not Entry.objects.filter(person=act.person).exists()
    sheet = Sheet.objects.get()
    assert (sheet.draft, sheet.drafted_by_id, land.assigned("Xã A1")) == (typed, act.person, None)
    with pytest.raises(Refused):
        services.save_draft(unit, "admissions", YEAR, {}, seen=0, act=act)
    land.assign("Huyện ủy A", THREE, 23)
    assert Sheet.objects.get().draft == {}


def test_the_base_is_kept_with_where_it_comes_from(land: Land) -> None:
    first = date(2024, 1, 1)
    bases = {"Xã A1": Base(78, first), "Xã A2": Base(342, first, "Biểu 1, báo cáo năm 2023")}
    land.assign("Huyện ủy A", THREE, 23, bases=bases)
    rows = Target.objects.in_bulk([land.pair(name).assigned.pk for name in bases])  # type: ignore[union-attr]
    assert sorted((one.base, one.base_on, one.base_source) for one in rows.values()) == [
        (78, first, ""),
        (342, first, "Biểu 1, báo cáo năm 2023"),
    ]


@pytest.mark.parametrize(
    ("source", "code"), [("MẬT\nBiểu 1", "documents.secret"), ("Biểu " * 41, "documents.words_too_long")]
)
def test_where_members_are_taken_from_comes_through_the_door_of_all_texts_and_is_not_cut(
    land: Land, source: str, code: str
) -> None:
    bases = {"Xã A1": Base(78, date(2024, 1, 1), source)}
    refused(land, code, numbers=THREE, total=23, bases=bases)


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2025, 1, 1)])
def test_a_target_holds_from_a_day_of_its_year_or_the_year_before(land: Land, day: date) -> None:
    refused(land, "targets.not_in_its_year", numbers=THREE, total=23, holds_from=day)


def test_a_plan_is_adjusted_with_a_reason_and_of_a_unit_that_lives(land: Land) -> None:
    land.plan("Xã A1", 4)
    with pytest.raises(Refused, match=r"targets\.no_reason"):
        land.plan("Xã A1", 6, way="adjusted")
    land.plan("Xã A1", 6, way="adjusted", reason="Thêm nguồn")
    plan = land.pair("Xã A1").plan
    assert plan is not None
    assert plan.value == 6
    basis = Basis(date(2019, 6, 1), land.unit("Xã A1"))
    with pytest.raises(Refused, match=r"targets\.unit_not_alive"):
        services.plan(
            land.unit("Xã A1"), "admissions", 2019, {"admissions": 1}, way="first", basis=basis, seen=0, act=land.act()
        )


def test_the_numbers_of_hundreds_of_units_are_read_in_one_query(land: Land, django_assert_num_queries: Any) -> None:
    land.assign("Huyện ủy A", THREE, 23)
    for count in (1, 3):
        with django_assert_num_queries(1):
            queries.in_force([land.unit(name) for name in list(THREE)[:count]], YEAR, ["admissions"], land.day)


def test_on_an_earlier_day_stands_what_was_recorded_by_then_and_not_what_was_put_right_later(land: Land) -> None:
    land.assign("Huyện ủy A", THREE, 23)
    first, unit = land.day, land.unit("Xã A1")
    land.day = date(2024, 2, 1)
    right = THREE | {"Xã A1": 5, "Xã A3": 5}
    land.assign("Huyện ủy A", right, 23, way="corrected", reason="Gõ nhầm", holds_from=JANUARY)

    def known(day: date) -> int | None:
        pair = queries.in_force([unit], YEAR, ["admissions"], day, known=queries.known_on(day))
        found = pair.get((unit, "admissions"), queries.Pair()).assigned
        return found.value if found else None

    assert (known(first), known(date(2024, 1, 31)), known(date(2024, 2, 1))) == (4, 4, 5)
    assert known(first - timedelta(days=1)) is None
    [seen_then] = queries.history(unit, YEAR, "admissions", date(2024, 1, 31))
    assert seen_then.decision.superseded_at is None
    assert len(queries.history(unit, YEAR, "admissions", land.day)) == 2
