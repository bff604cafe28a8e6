"""The gazetteer: what it says of drawn countries, and what holds of the file that the set-up makes of the true one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.intake.gazetteer import queries
from dondoc.intake.gazetteer.build import Row, write
from dondoc.intake.gazetteer.rules import REFORM, TYPES, Place, key_of

from .gazetteers import COUNTRY, draw, places

BEFORE, LAST, AFTER = date(2023, 4, 28), date(2025, 6, 30), date(2026, 3, 1)


@pytest.fixture
def country(tmp_path: Path) -> Path:
    return draw(COUNTRY, tmp_path / "country.sqlite")


def where(found: list[Place]) -> list[str]:
    return sorted(", ".join(one.title for one in (place, *place.above)) for place in found)


CAM_LAM = "xã Sơn Tân, huyện Cam Lâm, tỉnh Khánh Hòa"
SON_TAY = "xã Sơn Tân, huyện Sơn Tây, tỉnh Quảng Ngãi"


@pytest.mark.parametrize(
    ("name", "kind", "day", "parent", "found"),
    [
        ("Sơn Tân", "xã", BEFORE, None, [CAM_LAM, SON_TAY]),
        ("Sơn Tân", "xã", LAST, None, [CAM_LAM, SON_TAY]),
        ("Sơn Tân", "xã", REFORM, None, []),
        ("Sơn Tân", "xã", BEFORE, "huyện Sơn Tây", [SON_TAY]),
        ("Sơn Tân", "xã", BEFORE, "tỉnh Khánh Hòa", [CAM_LAM]),
        ("Sơn Tân", "xã", BEFORE, "huyện Vạn Ninh", []),
        ("Sơn Tân", "", BEFORE, "Cam Lâm", [CAM_LAM]),
        ("Sơn Tân", "phường", BEFORE, None, []),
        ("SƠN  TÂN", "xã", BEFORE, "huyện Sơn Tây", [SON_TAY]),
        ("Cam Hiệp", "xã", LAST, None, []),
        ("Cam Hiệp", "xã", REFORM, None, ["xã Cam Hiệp, tỉnh Khánh Hòa"]),
        ("Cam Lâm", "", LAST, None, ["huyện Cam Lâm, tỉnh Khánh Hòa"]),
        ("Cam Lâm", "", REFORM, None, ["xã Cam Lâm, tỉnh Khánh Hòa"]),
        # Those who write "xã Cam Lâm (huyện Cam Lâm cũ)" mean where it was made of.
        ("Cam Lâm", "xã", AFTER, "huyện Cam Lâm cũ", ["xã Cam Lâm, tỉnh Khánh Hòa"]),
        ("Cam Lâm", "xã", AFTER, "huyện Sơn Tây", []),
        ("Đắk Hà", "xã", AFTER, "tỉnh Kon Tum (cũ)", ["xã Đắk Hà, tỉnh Quảng Ngãi"]),
        ("Kon Tum", "tỉnh", LAST, None, ["tỉnh Kon Tum"]),
        ("Kon Tum", "tỉnh", REFORM, None, []),
        ("Khánh Hoà", "tỉnh", AFTER, None, ["tỉnh Khánh Hòa"]),
        # "Đắk La" and "Đăk Lá" fold to the same letters and are two communes.
        ("Đắk La", "xã", BEFORE, None, ["xã Đắk La, huyện Đắk Hà, tỉnh Kon Tum"]),
        ("Dak La", "xã", BEFORE, None, []),
        ("", "xã", BEFORE, None, []),
    ],
)
def test_places_are_found_by_name_type_day_and_larger_place(
    name: str, kind: str, day: date, parent: str | None, found: list[str], country: Path
) -> None:
    assert where(places(name, kind, day, parent, country)) == found


@pytest.mark.parametrize(
    ("kind", "name", "heirs"),
    [
        ("xã", "Cam Thành Bắc", ["xã Cam Lâm"]),
        ("xã", "Cam Hòa", ["xã Cam Hiệp", "xã Cam Lâm"]),
        ("huyện", "Cam Lâm", ["xã Cam Hiệp", "xã Cam Lâm"]),
        ("tỉnh", "Kon Tum", ["tỉnh Quảng Ngãi"]),
    ],
)
def test_a_place_that_ended_names_what_it_became(kind: str, name: str, heirs: list[str], country: Path) -> None:
    (place,) = places(name, kind, LAST, path=country)
    assert sorted(heir.title for heir in place.heirs) == heirs
    assert all(heir.above or heir.type == "tỉnh" for heir in place.heirs)


def test_a_place_is_found_again_by_its_key(country: Path) -> None:
    (place,) = places("Sơn Tân", "xã", LAST, "huyện Cam Lâm", country)
    assert queries.keyed([place.key, "no such key"], country) == {place.key: place}


def test_a_gazetteer_that_was_not_made_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make setup"):
        queries.named(["Sơn Tân"], tmp_path / "none.sqlite")


def test_nothing_can_be_written_through_the_queries(country: Path) -> None:
    with closing(queries._open(country)) as file, pytest.raises(sqlite3.OperationalError, match="readonly"):
        file.execute("DELETE FROM place")


def test_the_same_rows_make_the_same_file_whatever_their_order(tmp_path: Path) -> None:
    rows = [Row("1", "tỉnh", "Khánh Hòa", None, None, None), Row("100", "xã", "Cam Hiệp", "1", "2025-07-01", None)]
    files = [tmp_path / name for name in ("one", "two")]
    for file, ordered in zip(files, (rows, rows[::-1]), strict=True):
        write(ordered, [], file, {"source": "rows"})
    assert files[0].read_bytes() == files[1].read_bytes()


# What follows is asked of the file that `make setup` makes.


@pytest.fixture(scope="module")
def true_country() -> Iterator[sqlite3.Connection]:
    with closing(queries._open(queries.FILE)) as file:
        yield file


@pytest.mark.parametrize(
    ("day", "types", "count"),
    [
        (LAST, ("tỉnh",), 57),
        (REFORM, ("tỉnh",), 28),
        (LAST, ("huyện", "quận", "thị xã"), 609),
        (REFORM, ("huyện", "quận", "thị xã", "thị trấn"), 0),
        (LAST, ("xã", "phường", "thị trấn"), 10035),
        (REFORM, ("xã",), 2621),
        (REFORM, ("phường",), 687),
        (REFORM, ("đặc khu",), 13),
    ],
)
def test_the_country_has_as_many_places_as_the_resolutions_say(
    day: date, types: tuple[str, ...], count: int, true_country: sqlite3.Connection
) -> None:
    asked = "SELECT count(*) FROM place WHERE (since IS NULL OR since <= :day) AND (until IS NULL OR :day < until)"
    named = ", ".join(f"'{one}'" for one in types)
    assert true_country.execute(f"{asked} AND type IN ({named})", {"day": day.isoformat()}).fetchone() == (count,)


def test_two_communes_were_called_son_tan() -> None:
    assert where(places("Sơn Tân", "xã", BEFORE)) == [CAM_LAM, SON_TAY]
    assert places("Sơn Tân", "xã", REFORM) == []


def test_the_communes_of_cam_lam_became_four() -> None:
    (district,) = places("Cam Lâm", "huyện", LAST)
    assert sorted(heir.title for heir in district.heirs) == ["xã Cam An", "xã Cam Hiệp", "xã Cam Lâm", "xã Suối Dầu"]


@pytest.mark.parametrize(
    ("name", "heirs"),
    [
        ("Sơn Tân", ["xã Cam Hiệp"]),
        ("Cam Thành Bắc", ["xã Cam Lâm"]),
        ("Cam Hải Tây", ["xã Cam Lâm"]),
        ("Suối Cát", ["xã Suối Dầu"]),
        ("Cam Hòa", ["xã Cam Hiệp", "xã Cam Lâm", "xã Suối Dầu"]),
        ("Cam Hiệp Nam", ["xã Cam Hiệp", "xã Cam Lâm"]),
    ],
)
def test_what_a_commune_of_cam_lam_became(name: str, heirs: list[str]) -> None:
    (place,) = places(name, "xã", LAST, "huyện Cam Lâm")
    assert sorted(heir.title for heir in place.heirs) == heirs


@pytest.mark.parametrize(
    ("kind", "name", "day"),
    [
        ("thành phố", "Phan Rang – Tháp Chàm", LAST),
        ("xã", "Ea H’leo", LAST),
        ("xã", "EA H'LEO", AFTER),
        ("quận", "1", LAST),
        ("phường", "Hoà Cường", AFTER),
        ("đặc khu", "Côn Đảo", AFTER),
    ],
)
def test_a_name_is_found_however_it_is_written(kind: str, name: str, day: date) -> None:
    assert len(places(name, kind, day)) == 1


def test_every_place_lies_in_one_that_lives_as_long_as_itself(true_country: sqlite3.Connection) -> None:
    assert true_country.execute(
        """
        SELECT place.key FROM place JOIN place holder ON holder.key = place.above
        WHERE coalesce(holder.since, '') > coalesce(place.since, '') OR coalesce(holder.until, '9') < coalesce(place.until, '9')
        """
    ).fetchall() == []  # fmt: skip
    provinces = {"tỉnh", "thành phố"}
    tops = true_country.execute("SELECT DISTINCT type FROM place WHERE above IS NULL").fetchall()
    assert {kind for (kind,) in tops} <= provinces


def test_every_place_that_ended_became_one_that_begins_where_it_ends(true_country: sqlite3.Connection) -> None:
    assert true_country.execute(
        "SELECT key FROM place WHERE until IS NOT NULL AND key NOT IN (SELECT former FROM became)"
    ).fetchall() == []  # fmt: skip
    assert true_country.execute(
        """
        SELECT f.key, h.key FROM became JOIN place f ON f.key = former JOIN place h ON h.key = heir
        WHERE f.until IS NULL OR coalesce(h.since, '') > f.until OR coalesce(h.until, '9') <= f.until
        """
    ).fetchall() == []  # fmt: skip


def test_every_new_commune_was_made_of_something(true_country: sqlite3.Connection) -> None:
    assert true_country.execute(
        "SELECT key FROM place WHERE since IS NOT NULL AND key NOT IN (SELECT heir FROM became)"
    ).fetchall() == []  # fmt: skip


def test_every_name_is_stored_in_the_form_by_which_it_is_looked_up(true_country: sqlite3.Connection) -> None:
    names = true_country.execute("SELECT folded, name FROM place").fetchall()
    assert [name for folded, name in names if folded != key_of(name)] == []


def test_the_file_says_what_it_was_made_of_and_under_which_licence(true_country: sqlite3.Connection) -> None:
    about = dict(true_country.execute("SELECT name, value FROM about"))
    assert about["source"].startswith("vietnamadminunits-")
    assert about["licence"].startswith("MIT License")


NAMES = ["Sơn Tân", "Cam Lâm", "Tân Thành", "Huế", "Ba Đình", "Kon Tum", "Côn Đảo", "Thủ Đức", "Phú Thọ", "1"]


@given(
    name=st.sampled_from(NAMES),
    kind=st.sampled_from(["", *sorted(TYPES)]),
    day=st.dates(date(1990, 1, 1), date(2060, 1, 1)) | st.sampled_from([LAST, REFORM]),
)
def test_whatever_is_found_lives_on_the_day_with_all_that_holds_it(name: str, kind: str, day: date) -> None:
    for place in places(name, kind, day):
        assert place.lives(day)
        assert all(one.lives(day) for one in place.above)
        assert key_of(place.name) == key_of(name)
        assert kind in {"", place.type}
