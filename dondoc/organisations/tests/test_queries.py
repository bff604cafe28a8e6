"""Reading the tree on a day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.organisations import queries
from dondoc.organisations.models import Unit
from dondoc.organisations.services import dissolve, establish, rename
from dondoc.organisations.tree import changes_on
from dondoc.tests.told_once import told_once

from .trees import act_on, draw

pytestmark = pytest.mark.django_db

DAY = date(2023, 1, 1)
BEFORE = date(2022, 12, 31)
TREE = """
    Tỉnh ủy Khánh Hòa
      Huyện ủy Cam Lâm
        Xã Sơn Tân
          Chi bộ thôn 1
          Mặt trận xã Sơn Tân
          Đoàn xã Sơn Tân
        Thị trấn Cam Đức
      Thị ủy Ninh Hòa
        Phường Sơn Tân
"""


@told_once
def units() -> dict[str, Unit]:
    return draw(TREE)


def names(found: list[queries.Candidate]) -> list[str]:
    return [one.label.name for one in found]


def test_superiors_come_nearest_first(units: dict[str, Unit]) -> None:
    cell = units["Chi bộ thôn 1"].pk
    above = [units[name].pk for name in ("Xã Sơn Tân", "Huyện ủy Cam Lâm", "Tỉnh ủy Khánh Hòa")]
    assert queries.superiors(cell, DAY) == above
    assert queries.superior(cell, DAY) == above[0]
    assert queries.superior(above[-1], DAY) is None
    assert queries.superiors(cell, date(2019, 1, 1)) == []


def test_children_come_party_first_then_the_front_and_mass_organisations(units: dict[str, Unit]) -> None:
    commune = units["Xã Sơn Tân"].pk
    below = [units[name].pk for name in ("Chi bộ thôn 1", "Mặt trận xã Sơn Tân", "Đoàn xã Sơn Tân")]
    assert queries.children(commune, DAY) == below
    assert queries.of_family(commune, "front", DAY) == below[1:2]
    assert queries.fronts_and_mass_organisations(commune, DAY) == below[1:]


def test_the_path_of_a_unit_that_has_ended_is_that_of_its_last_day(units: dict[str, Unit]) -> None:
    dissolve(units["Xã Sơn Tân"], decision="QĐ", effective_on=DAY, act=act_on(DAY))
    path = [label.name for label in queries.path(units["Xã Sơn Tân"].pk, date(2024, 1, 1))]
    assert path == ["Tỉnh ủy Khánh Hòa", "Huyện ủy Cam Lâm", "Xã Sơn Tân"]


def test_labels_say_the_name_of_the_day_the_last_one_after_the_end_and_the_first_one_before(
    units: dict[str, Unit],
) -> None:
    unit = units["Xã Sơn Tân"]
    rename(unit, name="Xã Tân Sơn", decision="QĐ", effective_on=DAY, act=act_on(DAY))
    dissolve(unit, decision="QĐ", effective_on=date(2024, 1, 1), act=act_on(DAY))
    said = {
        day: (queries.labels([unit.pk], day)[unit.pk].name, queries.labels([unit.pk], day)[unit.pk].alive)
        for day in (date(2019, 1, 1), BEFORE, DAY, date(2024, 1, 1))
    }
    assert said == {
        date(2019, 1, 1): ("Xã Sơn Tân", False),
        BEFORE: ("Xã Sơn Tân", True),
        DAY: ("Xã Tân Sơn", True),
        date(2024, 1, 1): ("Xã Tân Sơn", False),
    }


def test_labels_take_one_query_however_many_units(units: dict[str, Unit]) -> None:
    for some in (list(units.values())[:1], units.values()):
        with CaptureQueriesContext(connection) as captured:
            queries.labels([unit.pk for unit in some], DAY)
        assert len(captured) == 1


def test_a_name_without_its_type_finds_all_who_bear_it(units: dict[str, Unit]) -> None:
    assert sorted(names(queries.find_by_name("Sơn Tân", day=DAY))) == ["Phường Sơn Tân", "Xã Sơn Tân"]


@pytest.mark.parametrize(
    ("name", "types", "parent", "found"),
    [
        ("Sơn Tân", ["xã"], None, ["Xã Sơn Tân"]),
        ("SON TAN", ["phường"], None, ["Phường Sơn Tân"]),
        ("Sơn Tân", [], "Cam Lâm", ["Xã Sơn Tân"]),
        ("Sơn Tân", [], "Khánh Hoà", ["Xã Sơn Tân", "Phường Sơn Tân"]),
        ("Sơn Tân", ["xã"], "Ninh Hòa", []),
        ("Cam Lâm", ["huyện"], None, ["Huyện ủy Cam Lâm"]),
        ("Cam Lâm", ["huyện ủy"], None, ["Huyện ủy Cam Lâm"]),
        ("Ninh Hòa", ["thị xã"], None, ["Thị ủy Ninh Hòa"]),
        ("Khánh Hòa", ["tỉnh"], None, ["Tỉnh ủy Khánh Hòa"]),
        ("Cam Đức", ["thị trấn"], None, ["Thị trấn Cam Đức"]),
        ("Cam Đức", ["xã"], None, []),
        ("Sơn", ["xã"], None, []),
        ("  ", [], None, []),
    ],
)
def test_what_a_text_may_mean(
    units: dict[str, Unit], name: str, types: list[str], parent: str | None, found: list[str]
) -> None:
    assert names(queries.find_by_name(name, types, parent, day=DAY)) == found


def test_finding_takes_the_same_number_of_queries_however_many_are_found(units: dict[str, Unit]) -> None:
    def count(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.find_by_name(name, day=DAY)
        return len(captured)

    few = count("Cam Đức")
    for number in range(5):
        establish(
            f"n{number}",
            kind="commune_grassroots",
            name="Xã Trùng Tên",
            short_name="Trùng Tên",
            parent=units["Huyện ủy Cam Lâm"],
            decision="QĐ",
            effective_on=BEFORE,
            act=act_on(DAY),
        )
    assert count("Trùng Tên") == few


def test_what_changed_on_a_day_is_told_by_decision(units: dict[str, Unit]) -> None:
    rename(units["Xã Sơn Tân"], name="Xã Tân Sơn", decision="QĐ 1", effective_on=DAY, act=act_on(DAY))
    dissolve(units["Chi bộ thôn 1"], decision="QĐ 2", effective_on=DAY, act=act_on(DAY))
    told = changes_on(Unit.objects.all(), DAY)
    assert list(told) == ["QĐ 1", "QĐ 2"]
    (renamed,), (gone,) = told.values()
    assert (renamed.kind, renamed.before, renamed.units[0].name) == ("rename", "Xã Sơn Tân", "Xã Tân Sơn")
    assert (gone.kind, gone.units[0].name) == ("dissolve", "Chi bộ thôn 1")
    assert changes_on(Unit.objects.filter(pk=units["Thị trấn Cam Đức"].pk), DAY) == {}
