"""The pages of targets: who may what, what is refused in words with nothing lost, and how many queries they take."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.figures.rules import months
from dondoc.figures.totals import keep
from dondoc.history.models import Entry
from dondoc.lib.periods import Interval
from dondoc.organisations.steps import Establish, Merge
from dondoc.targets.models import Decision, Remainder, Sheet
from dondoc.tests.told_once import told_once

from .place import YEAR, Land
from .test_carry import JULY, split

OCTOBER = date(2024, 10, 2)


@told_once
def land() -> Land:
    made = Land()
    made.assign("Huyện ủy A", {"Xã A1": 4, "Xã A2": 13, "Xã A3": 6}, 23)
    made.day = OCTOBER
    DemonstrationDay.objects.create(pk=1, day=OCTOBER)
    for month in range(1, 10):
        made.report("Chi bộ 1", f"2024-{month:02}", 1 if month % 2 else 0)
        made.report("Chi bộ 2", f"2024-{month:02}", 0)
        for cell in ("Chi bộ 3", "Chi bộ 4", "Chi bộ 5"):
            made.report(cell, f"2024-{month:02}", 1 if month in (2, 5, 8) else 0)
    return made


def url(land: Land, name: str, unit: str = "Huyện ủy A", **query: Any) -> str:
    asked = {"year": YEAR, "indicator": "admissions"} | query
    address = reverse(f"targets:{name}", args=[land.unit(unit)])
    return address + "?" + "&".join(f"{key}={value}" for key, value in asked.items())


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def board(client: Client, land: Land) -> Client:
    return sign_in(client, land.person("Huyện ủy A", "board"))


def fields(land: Land, *numbers: str, total: str = "23", **more: str) -> dict[str, str]:
    given = {
        f"value-{land.unit(name)}-admissions": n for name, n in zip(("Xã A1", "Xã A2", "Xã A3"), numbers, strict=True)
    }
    basis = {
        "way": "adjusted",
        "holds_from": "02/10/2024",
        "authority": str(land.unit("Huyện ủy A")),
        "reason": "Cân đối lại",
    }
    return {"year": str(YEAR), "indicator": "admissions", "total-admissions": total} | given | basis | more


def _any(given: dict[str, str]) -> Any:
    """Fields whose names are no names of Python."""
    return given


def send(client: Client, land: Land, *numbers: str, seen: int | None = None, **more: Any) -> Any:
    address = reverse("targets:assign", args=[land.unit("Huyện ủy A")])
    return post(
        client, address, land.seen("Huyện ủy A") if seen is None else seen, **_any(fields(land, *numbers, **more))
    )


def test_the_year_names_the_best_and_the_worst_and_those_of_whom_nothing_is_known(board: Client, land: Land) -> None:
    text = words(board.get(url(land, "unit")))
    # A1: 5 of 4; A2: 9 of 13 with all reports in; A3: nothing reported, which is not 0.
    assert "Cao nhất: Xã A1 (125 %)." in text
    assert "Thấp nhất trong các đơn vị đủ số liệu: Xã A2 (69,2 %)." in text
    assert "Chưa có số liệu: Xã A3." in text
    assert "Sau ngày 25/08/2024, hồ sơ chi bộ mới xét có thể không kịp năm 2024" in text
    assert "mới có 9 tháng" in text


def test_a_day_before_the_adjustment_shows_what_held_then(board: Client, land: Land) -> None:
    assert send(board, land, "5", "12", "6").status_code == 302
    assert "69,2 %" not in words(board.get(url(land, "unit")))
    assert "69,2 %" in words(board.get(url(land, "unit", on="01/10/2024")))
    of_the_sheet = words(board.get(url(land, "versions")))
    assert of_the_sheet.count('<td class="num" data-label="Tổng số giao">23') == 2
    text = words(board.get(url(land, "versions", "Xã A2")))
    assert "Điều chỉnh" in text
    assert "Cân đối lại" in text


def test_a_sheet_that_does_not_add_up_comes_back_with_the_difference_and_what_was_typed(
    board: Client, land: Land
) -> None:
    before = Entry.objects.count()
    answer = send(board, land, "4", "13", "7")
    assert answer.status_code == 422
    text = words(answer)
    assert "cộng các đơn vị được 24, nhiều hơn tổng số giao 23 là 1" in text
    assert 'value="7"' in text
    assert Entry.objects.count() == before


BAD = {
    "negative": (("-4", "13", "14"), {}, "không phải số nguyên"),
    "letters": (("bốn", "13", "6"), {}, "“bốn”"),
    "huge": (("9" * 12, "13", "6"), {}, "không phải số nguyên"),
    "a fraction": (("4,5", "13", "6"), {}, "không phải số nguyên"),
    "nothing for one unit": (("4", "13", ""), {}, "Xã A3 chưa có số"),
    "no headline": (("4", "13", "6"), {"total": ""}, "Chưa có tổng số giao"),
    "no reason": (("4", "12", "7"), {"reason": " "}, "Lý do"),
    "a day that is none": (("4", "12", "7"), {"holds_from": "31/02/2024"}, "không phải là ngày"),
    "a day of another year": (("4", "12", "7"), {"holds_from": "01/01/2025"}, "2024"),
    "a correction of today": (
        ("4", "12", "7"),
        {"way": "corrected"},
        "Đính chính thì áp dụng từ ngày của số cũ: 15/01/2024",
    ),
    "half a document": (("4", "12", "7"), {"number": "27"}, "Văn bản cần đủ số"),
    "members from nowhere": (("4", "12", "7"), {"base": "78"}, "lấy từ đâu"),
}


@pytest.mark.parametrize(("numbers", "more", "said"), BAD.values(), ids=BAD)
def test_what_is_typed_wrong_is_told_beside_its_field_and_nothing_is_written(
    board: Client, land: Land, numbers: tuple[str, ...], more: dict[str, str], said: str
) -> None:
    given: Any = dict(more)
    if "base" in given:
        given[f"base-{land.unit('Xã A1')}"] = given.pop("base")
    before = Entry.objects.count(), Decision.objects.count()
    answer = send(board, land, *numbers, **given)
    assert answer.status_code == 422
    assert said in words(answer), words(answer)
    assert (Entry.objects.count(), Decision.objects.count()) == before


def test_breakdowns_that_are_set_stay_on_the_sheet_so_that_none_is_left_above_its_whole(
    board: Client, land: Land
) -> None:
    youth: Any = {f"value-{land.unit('Xã A2')}-admissions_youth": "10", "parts": "1"}
    assert send(board, land, "4", "13", "6", **youth).status_code == 302
    assert "admissions_youth" in words(board.get(url(land, "sheet")))
    answer = send(board, land, "8", "9", "6", **youth)
    assert answer.status_code == 422
    assert "lớn hơn số chung 9" in words(answer)


def test_a_stale_sheet_is_refused_with_the_present_numbers_and_what_was_typed(board: Client, land: Land) -> None:
    old = land.seen("Huyện ủy A")
    assert send(board, land, "5", "12", "6").status_code == 302
    answer = send(board, land, "6", "11", "6", seen=old)
    assert answer.status_code == 409
    text = words(answer)
    assert "Biểu này vừa có người thay đổi" in text
    assert "11" in text.split("Kết nạp đảng viên, Xã A2")[1].split("Xã A3")[0]


@pytest.mark.parametrize("changed", [{"year": "9999"}, {"year": ""}, {"indicator": "members_died"}])
def test_numbers_of_a_sheet_that_is_none_are_not_written_into_another(
    board: Client, land: Land, changed: dict[str, str]
) -> None:
    before = Decision.objects.count()
    answer = send(board, land, "3", "13", "7", **_any(changed))
    assert answer.status_code == 422
    assert "Cân đối lại" in words(answer)
    assert Decision.objects.count() == before


def test_a_number_for_another_units_subunit_is_not_taken(board: Client, land: Land) -> None:
    other: Any = {f"value-{land.unit('Xã B1')}-admissions": "3"}
    assert send(board, land, "5", "12", "6", **other).status_code == 302
    assert land.assigned("Xã B1") is None


def test_who_may_not_assign_is_told_why_and_who_does_not_see_the_unit_gets_404(client: Client, land: Land) -> None:
    for kind, expected in (("clerk", 403), ("inspection", 403)):
        assert send(sign_in(client, land.person("Huyện ủy A", kind)), land, "5", "12", "6").status_code == expected
    assert send(sign_in(client, land.person("Huyện ủy B", "board")), land, "5", "12", "6").status_code == 404
    assert client.get(url(land, "unit")).status_code == 404
    sign_in(client, land.person("Xã A1", "head"))
    assert client.get(url(land, "unit", "Xã A1")).status_code == 200
    assert client.get(url(land, "sheet")).status_code == 404
    land.person("Tỉnh ủy", "leader")
    assert send(sign_in(client, land.person("Tỉnh ủy", "leader")), land, "5", "12", "6").status_code == 302


def test_the_office_keeps_a_draft_that_the_board_finds_and_nothing_is_assigned(client: Client, land: Land) -> None:
    sign_in(client, land.person("Huyện ủy A", "clerk"))
    address = reverse("targets:save-draft", args=[land.unit("Huyện ủy A")])
    strange: Any = {"value-x" * 40: "1"}
    answer = post(client, address, land.seen("Huyện ủy A"), **_any(fields(land, "5", "", "sáu")), **strange)
    assert answer.status_code == 302
    assert Sheet.objects.get().draft[f"value-{land.unit('Xã A3')}-admissions"] == "sáu"
    assert not strange.keys() & Sheet.objects.get().draft.keys()
    page = sign_in(client, land.person("Huyện ủy A", "board")).get(url(land, "sheet"))
    assert 'value="sáu"' in words(page)
    assert land.assigned("Xã A1") == 4


def test_an_empty_sheet_proposes_by_share_of_members_and_says_that_it_is_a_default(board: Client, land: Land) -> None:
    for n, cell in enumerate(("Chi bộ 1", "Chi bộ 2", "Chi bộ 3", "Chi bộ 4", "Chi bộ 5", "Chi bộ 6")):
        land.members(cell, 20 + n, date(2024, 12, 31))
    plan = reverse("targets:set-plan", args=[land.unit("Huyện ủy A")])
    given: Any = {
        "year": "2025",
        "indicator": "admissions",
        "value-admissions": "30",
        "way": "first",
        "holds_from": "02/10/2024",
    }
    assert post(board, plan, 0, authority=str(land.unit("Huyện ủy A")), **given).status_code == 302
    text = words(board.get(url(land, "sheet", year=2025)))
    assert "mặc định" in text
    values = [
        text.split(f'id="value-{land.unit(name)}-admissions"')[1].split('value="')[1].split('"')[0]
        for name in ("Xã A1", "Xã A2", "Xã A3")
    ]
    assert sum(int(one) for one in values) == 30


def test_a_unit_plans_for_itself_and_the_plan_stands_beside_the_target(client: Client, land: Land) -> None:
    sign_in(client, land.person("Xã A2", "head"))
    assert client.get(url(land, "plan", "Xã A2")).status_code == 200
    address = reverse("targets:set-plan", args=[land.unit("Xã A2")])
    given: Any = {
        "year": "2024",
        "indicator": "admissions",
        "way": "first",
        "holds_from": "02/10/2024",
        "authority": str(land.unit("Xã A2")),
    }
    assert post(client, address, 0, **given, **_any({"value-admissions": "-1"})).status_code == 422
    assert post(client, address, 0, **given, **_any({"value-admissions": "12"})).status_code == 302
    pair = land.pair("Xã A2")
    assert pair.plan is not None
    assert pair.plan.value == 12
    other = reverse("targets:set-plan", args=[land.unit("Xã A1")])
    assert post(client, other, 0, **given, **_any({"value-admissions": "12"})).status_code == 404


def test_what_a_unit_that_ended_left_is_seen_until_it_is_decided(client: Client, land: Land) -> None:
    land.reform(*split(land), on=JULY)
    board = sign_in(client, land.person("Huyện ủy A", "board"))
    assert "chờ giao" in words(board.get(url(land, "unit")))
    page = words(board.get(url(land, "remainders")))
    assert "Còn lại: <strong>7</strong>" in page
    row = Remainder.objects.get()
    address = reverse("targets:settle", args=[row.pk])
    shares: Any = {f"share-{land.unit('Xã mới')}": "5", f"share-{land.unit('Xã A1')}": "1"}
    basis: Any = {"holds_from": "02/10/2024", "reason": "Theo chi bộ"}
    assert post(board, address, row.version, **shares, **basis, let_go="0").status_code == 422
    assert post(board, address, row.version, **shares, **basis, let_go="một").status_code == 422
    assert post(board, address, row.version, **shares, **basis, let_go="1").status_code == 302
    assert (land.assigned("Xã mới"), land.assigned("Xã A1")) == (5, 5)
    assert post(board, address, row.version, **shares, **basis, let_go="1").status_code == 409
    assert "chờ giao" not in words(board.get(url(land, "unit"))).split("<main")[1].split("section")[0].replace(
        "Phần chờ giao", ""
    )
    before = words(board.get(url(land, "remainders", on="01/10/2024")))
    assert "Đã quyết định ngày" not in before
    outsider = sign_in(client, land.person("Huyện ủy B", "board"))
    assert post(outsider, address, row.version, **shares, **basis).status_code == 404


def test_where_several_wait_one_is_decided_at_a_time(client: Client, land: Land) -> None:
    land.reform(*split(land), on=JULY)
    land.reform(Merge([land.units["Xã A3"]], land.units["Xã mới"]), on=date(2024, 8, 1))
    board = sign_in(client, land.person("Huyện ủy A", "board"))
    assert "/settle/" not in words(board.get(url(land, "remainders")))
    one = Remainder.objects.get(unit=land.unit("Xã A3"))
    page = words(board.get(url(land, "remainders", decide=one.pk)))
    assert (page.count("/settle/"), f"remainders/{one.pk}/settle/" in page) == (1, True)
    assert "/settle/" not in words(board.get(url(land, "remainders", decide="x", on="30/09/2024")))


@pytest.mark.parametrize("name", ["unit", "sheet", "versions", "remainders", "paper", "plan"])
def test_a_page_takes_as_many_queries_for_many_units_as_for_few(client: Client, land: Land, name: str) -> None:
    leader = sign_in(client, land.person("Huyện ủy A", "leader"))
    few = _queries(leader, url(land, name))
    district = land.units["Huyện ủy A"]
    land.reform(*(Establish(f"xa-{n}", "commune_grassroots", f"Xã thứ {n}", district) for n in range(20)), on=JULY)
    assert _queries(leader, url(land, name)) == few
    assert few <= 40


# Which day it is, the session, the account and its posts: every page asks for them before it begins.
WHO_ASKS = 4


@pytest.mark.parametrize("name", ["unit", "paper"])
def test_the_year_of_a_unit_takes_at_most_twelve_queries_of_its_own(client: Client, land: Land, name: str) -> None:
    for month in months(Interval(date(2022, 10, 1), date(2024, 1, 1))):
        keep(month)
    leader = sign_in(client, land.person("Huyện ủy A", "leader"))
    assert _queries(leader, url(land, name)) <= WHO_ASKS + 12


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("query", ["year=0", "year=99999", "year=٢٠٢٤", "indicator=x", "year=2024'&on=31/31/2024"])
def test_an_address_that_asks_for_nonsense_shows_the_year_of_the_day(board: Client, land: Land, query: str) -> None:
    assert board.get(reverse("targets:unit", args=[land.unit("Huyện ủy A")]) + "?" + query).status_code == 200


def test_a_unit_on_a_day_before_it_began_or_after_it_ended_has_a_page(board: Client, land: Land) -> None:
    land.reform(*split(land), on=JULY)
    for name in ("Xã A2", "Xã mới"):
        for on in ("01/02/2024", "02/10/2024"):
            assert board.get(url(land, "unit", name, on=on)).status_code == 200
