"""Loading a file: the demonstration's tree, and each way to write one wrong in one clear line."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from dondoc.organisations import queries
from dondoc.organisations.models import Reorganisation, Unit, UnitParent
from dondoc.organisations.services import WrongFile, load, rebuild
from dondoc.tests.told_once import told_once

from .trees import act_on

pytestmark = pytest.mark.django_db

STORY = settings.CONTENT / "demonstration"
START = act_on(date(2023, 4, 28))
SESSION = date(2023, 4, 28)
LAST = date(2025, 6, 30)
FIRST = date(2025, 7, 1)


def unit(code: str) -> int:
    return Unit.objects.get(code=code).pk


def below_of(code: str, day: date) -> list[str]:
    found = queries.labels(queries.children(unit(code), day), day)
    return [found[pk].name for pk in queries.children(unit(code), day)]


@told_once
def story() -> None:
    load(STORY / "organisations.yaml", START)
    load(STORY / "model-district.yaml", START)


@pytest.fixture
def reorganised(story: None) -> None:
    load(STORY / "reorganisation-2025.yaml", START)
    load(STORY / "model-district-2025.yaml", START)


@pytest.mark.parametrize(("commune", "cells"), [("xa-son-tan", 5), ("xa-cam-thanh-bac", 14), ("xa-cam-hai-tay", 7)])
def test_the_three_communes_of_the_article_have_their_cells_front_and_youth_union(
    story: None, commune: str, cells: int
) -> None:
    assert len(queries.of_family(unit(commune), "party", SESSION)) == cells
    assert len(queries.of_family(unit(commune), "front", SESSION)) == 1
    assert len(queries.of_family(unit(commune), "mass", SESSION)) == 1


def test_cam_lam_district_has_fourteen_communes(story: None) -> None:
    assert len(queries.children(unit("huyen-cam-lam"), SESSION)) == 14


def test_the_name_xa_son_tan_alone_has_two_candidates_on_the_day_of_the_session(story: None) -> None:
    both = queries.find_by_name("Sơn Tân", ["xã"], day=SESSION)
    assert [one.path for one in both] == [
        "Huyện ủy Cam Lâm, Tỉnh ủy Khánh Hòa, Ban Chấp hành Trung ương Đảng",
        "Huyện ủy Sơn Tây, Tỉnh ủy Quảng Ngãi, Ban Chấp hành Trung ương Đảng",
    ]
    (one,) = queries.find_by_name("son tan", ["xã"], "Khánh Hoà", day=SESSION)
    assert one.label.code == "xa-son-tan"


def test_a_unit_that_does_not_live_on_the_day_is_no_candidate(reorganised: None) -> None:
    assert queries.find_by_name("Sơn Tân", ["xã"], day=FIRST) == []
    assert [c.label.code for c in queries.find_by_name("Cam Lâm", day=LAST)] == ["huyen-cam-lam"]
    assert [c.label.code for c in queries.find_by_name("Cam Lâm", day=FIRST)] == ["xa-cam-lam"]
    assert queries.find_by_name("Cam Lâm", ["huyện"], day=FIRST) == []


def test_recorded_ahead_the_old_tree_stands_until_the_last_day_of_june_2025(reorganised: None) -> None:
    assert queries.superior(unit("xa-son-tan"), LAST) == unit("huyen-cam-lam")
    assert queries.superior(unit("xa-son-tan"), FIRST) is None
    assert queries.superior(unit("xa-cam-hiep"), FIRST) == unit("tinh-khanh-hoa")


def test_the_cells_of_son_tan_stand_under_cam_hiep_from_july_2025(reorganised: None) -> None:
    assert below_of("xa-cam-hiep", FIRST) == [
        "Chi bộ Công an – Quân sự xã Sơn Tân",
        "Chi bộ thôn 1 Sơn Tân",
        "Chi bộ thôn 2 Sơn Tân",
        "Chi bộ thôn 3 Sơn Tân",
        "Chi bộ Trường học xã Sơn Tân",
        "Ủy ban Mặt trận Tổ quốc Việt Nam xã Cam Hiệp",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Cam Hiệp",
    ]


def test_what_became_of_the_units_of_the_article(reorganised: None) -> None:
    def heirs(code: str) -> list[tuple[str, str]]:
        return [(one.heir.code, one.how) for one in queries.what_became_of(unit(code), FIRST)]

    assert heirs("xa-son-tan") == [("xa-cam-hiep", "successor")]
    assert heirs("xa-cam-hai-tay") == heirs("xa-cam-thanh-bac") == [("xa-cam-lam", "successor")]
    assert heirs("huyen-cam-lam") == [("tinh-khanh-hoa", "superior")]
    assert sorted(heirs("xa-cam-hoa")) == [(x, "successor") for x in ("xa-cam-hiep", "xa-cam-lam", "xa-suoi-dau")]
    assert queries.what_became_of(unit("xa-son-tan"), LAST) == []


def test_of_a_commune_split_in_the_invented_district_the_cells_go_different_ways(reorganised: None) -> None:
    where = dict(
        UnitParent.objects.on(FIRST)
        .filter(unit__code__startswith="xa-mau-hoa-")
        .values_list("unit__code", "parent__code")
    )
    assert where == {
        "xa-mau-hoa-thon-1-mau-hoa": "xa-mau-dong",
        "xa-mau-hoa-thon-2-mau-hoa": "xa-mau-dong",
        "xa-mau-hoa-truong-hoc-xa-mau-hoa": "xa-mau-dong",
        "xa-mau-hoa-thon-3-mau-hoa": "xa-mau-tay",
        "xa-mau-hoa-thon-4-mau-hoa": "xa-mau-tay",
        "xa-mau-hoa-cong-an-quan-su-xa-mau-hoa": "xa-mau-tay",
    }


def test_loaded_when_the_day_has_passed_the_tree_is_the_same_as_loaded_ahead(story: None) -> None:
    load(STORY / "reorganisation-2025.yaml", act_on(date(2025, 7, 20)))
    assert set(Reorganisation.objects.filter(effective_on=FIRST).values_list("recorded_on", flat=True)) == {
        date(2025, 6, 16)
    }
    assert queries.superior(unit("xa-son-tan-thon-1"), FIRST) == unit("xa-cam-hiep")
    assert rebuild() == 0


UNIT = "decision: x\neffective_on: 2020-06-01\nunits:\n  - {code: a, kind: province, name: Tỉnh ủy A}\n"
STEP = "reorganisations:\n  - decision: x\n    effective_on: 2025-07-01\n    steps:\n      - "


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "f.yaml: cannot be read: while parsing"),
        ("", "f.yaml: the file: write fields as `name: value`"),
        ("decision: x", "f.yaml: has neither units nor reorganisations"),
        ("units: [{code: a, kind: cell, name: A}]", "f.yaml: the file: lacks decision, effective_on"),
        ("decision: x\neffective_on: June\nunits: [{code: a, kind: central, name: A}]", "f.yaml: effective_on: write a day as 2025-07-01, not 'June'"),
        ("unit: []", "f.yaml: the file: unknown field unit"),
        (UNIT.replace("province", "provinz"), "f.yaml: units[0] (a): unknown kind 'provinz'; see content/organisations/kinds.yaml"),
        (UNIT.replace("code: a", "code: A b"), "f.yaml: units[0] (A b): a code has small letters, digits and hyphens, at most 80"),
        (UNIT.replace("name: Tỉnh ủy A", "nam: x"), "f.yaml: units[0]: lacks name"),
        (UNIT.replace("name: Tỉnh ủy A", "name: 7"), "f.yaml: units[0] (a).name: write a text, not 7"),
        (UNIT.replace("}", ", cell: [x]}"), "f.yaml: units[0]: unknown field cell"),
        (UNIT.replace("}", ", cells: x}"), "f.yaml: units[0] (a).cells: write a list"),
        (UNIT.replace("}", ", units: [{code: b, kind: cell, name: B, under: a}]}"), "f.yaml: units[0] (a).units[0] (b): stands under a already; leave out `under`"),
        (UNIT.replace("}", ", under: nowhere}"), "f.yaml: units: Không có đơn vị nowhere"),
        (UNIT.replace("}", ", units: [{code: a, kind: cell, name: B}]}"), "f.yaml: units: Mã a"),
        (STEP + "{marry: a}", "f.yaml: reorganisations[0].steps[0]: write one of establish, rename"),
        (STEP + "{move: a}", "f.yaml: reorganisations[0].steps[0]: lacks to"),
        (STEP + "{dissolve: a, into: b}", "f.yaml: reorganisations[0].steps[0]: unknown field into"),
        (STEP + "{split: a, parts: [b]}", "f.yaml: reorganisations[0].steps[0].parts: write heir: [sub-units]"),
        (STEP + "{merge: a, into: b}", "f.yaml: reorganisations[0].steps[0].merge: write a list"),
        (STEP + "{dissolve: a}", "f.yaml: reorganisations[0]: Không có đơn vị a"),
        (STEP.replace("decision: x", "decision: ' '") + "{dissolve: a}", "f.yaml: reorganisations[0].decision: write a text, not ' '"),
        (STEP.replace("2025-07-01", "'1/7'") + "{dissolve: a}", "f.yaml: reorganisations[0].effective_on: write a day as 2025-07-01, not '1/7'"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_one_line_that_names_the_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongFile) as refused:
        load(path, START)
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)
    assert not Unit.objects.exists()
