"""The pages of figures: every number with its completeness, and on the way from a total to the line that was said."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import actor, hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.figures import explaining, pages
from dondoc.figures.indicators import indicators
from dondoc.lib.refusals import Problem
from dondoc.lib.workbooks.opening import opened
from dondoc.organisations.models import Unit
from dondoc.tests.told_once import told_once

from .example import JULY, example, report, say

pytestmark = pytest.mark.django_db

TODAY = date(2023, 8, 5)
ADMISSIONS = indicators()["admissions"]


@told_once
def units() -> dict[str, Unit]:
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    return example()


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_a_unit_outside_the_scope_is_not_found(units: dict[str, Unit], client: Client) -> None:
    sign_in(client, hold(units["Huyện ủy B"], "leader"))
    for address in ("figures:overview", "figures:explain"):
        args = [units["Xã A1"].pk, *(["admissions"] if address.endswith("explain") else [])]
        assert client.get(reverse(address, args=args)).status_code == 404
    assert client.get(reverse("figures:explain", args=[units["Xã B1"].pk, "gi-do"])).status_code == 404


def test_the_rail_leads_to_the_figures_of_ones_own_unit(units: dict[str, Unit], client: Client) -> None:
    sign_in(client, hold(units["Xã A1"], "head"))
    assert client.get(reverse("figures:mine")).context["shown"].label.unit == units["Xã A1"].pk


def test_a_number_is_shown_with_its_completeness_and_a_missing_one_is_no_zero(
    units: dict[str, Unit], client: Client
) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    text = words(client, reverse("figures:overview", args=[units["Tỉnh ủy"].pk]) + "?period=2023-06")
    # 3 + 2 + 1 + 4: the example of docs/algorithms/roll-up.md.
    assert "Kết nạp đảng viên 10" in text
    assert "Chưa có số liệu:" in text
    july = words(client, reverse("figures:overview", args=[units["Tỉnh ủy"].pk]) + "?period=2023-07")
    assert "Kết nạp đảng viên 6 2/3" in july


def test_from_the_provinces_total_it_is_three_steps_to_the_line_that_was_said(
    units: dict[str, Unit], client: Client
) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    overview = client.get(reverse("figures:overview", args=[units["Tỉnh ủy"].pk]) + "?period=2023-06").content.decode()
    first = reverse("figures:explain", args=[units["Tỉnh ủy"].pk, "admissions"])
    assert f'href="{first}?period=2023-06"' in overview
    text = words(client, f"{first}?period=2023-06")
    # The second step would lead to the line itself: it is listed, with where it was said.
    assert "Chi bộ 1 tháng 6/2023: 3 Dòng báo cáo" in text
    assert "Chi bộ 2 từ 01/06/2023 đến 14/06/2023: 2" in text


def test_where_too_much_would_be_listed_the_units_below_lead_on(
    units: dict[str, Unit], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explaining, "LISTED", 2)
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    text = words(client, reverse("figures:explain", args=[units["Tỉnh ủy"].pk, "admissions"]) + "?period=2023-06")
    assert "Chi bộ 1" not in text
    assert "Huyện ủy A 9" in text


def test_what_an_article_says_of_the_unit_stands_beside_the_sum(units: dict[str, Unit], client: Client) -> None:
    say(units["Xã B1"], "admissions", 7, "2023-07")
    sign_in(client, hold(units["Xã B1"], "head"))
    text = words(client, reverse("figures:overview", args=[units["Xã B1"].pk]) + "?period=2023-07")
    assert "đơn vị nêu 7, tổng cấp dưới 5" in text
    shown = explaining.explained(
        actor(hold(units["Tỉnh ủy"], "clerk"), TODAY), units["Xã B1"], ADMISSIONS, "2023-07", TODAY
    )
    assert (shown.total.value, shown.total.difference) == (5, 2)
    assert [line.figure.value for line in shown.own] == [7]


def test_a_unit_that_came_in_the_period_is_accounted_for(units: dict[str, Unit]) -> None:
    """Cell 2 brought to Xã B1 what it said from the 15th on; before, it counted for Xã A1."""
    shown = explaining.explained(
        actor(hold(units["Tỉnh ủy"], "leader"), TODAY), units["Xã B1"], ADMISSIONS, "2023-06", TODAY
    )
    assert shown.total.value == 1
    assert shown.elsewhere == 1 - 3


def test_an_unknown_period_is_answered_with_the_year_to_date(units: dict[str, Unit], client: Client) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    for typed in ("gì đó", "2199", "2023-13", "x" * 300):
        answer = client.get(reverse("figures:overview", args=[units["Tỉnh ủy"].pk]), {"period": typed})
        assert answer.status_code == 200
        assert answer.context["period"] == "2023-07 ytd"


def test_the_pages_cost_the_same_however_many_units_and_figures_there_are(units: dict[str, Unit]) -> None:
    leader = actor(hold(units["Tỉnh ủy"], "leader"), TODAY)

    def cost(unit: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as first:
            pages.overview(units[unit], "2023 ytd", TODAY)
        with CaptureQueriesContext(connection) as second:
            explaining.explained(leader, units[unit], ADMISSIONS, "2023 ytd", TODAY)
        return len(first), len(second)

    one_commune = cost("Huyện ủy B")
    say(units["Chi bộ 1"], "admissions", 9, "2023-07")
    report(units["Chi bộ 1"], JULY, admissions=2)
    assert cost("Tỉnh ủy") == one_commune


def test_the_figures_go_out_as_an_excel_file_with_their_completeness(units: dict[str, Unit], client: Client) -> None:
    sign_in(client, hold(units["Huyện ủy A"], "leader"))
    address = reverse("figures:overview", args=[units["Huyện ủy A"].pk])
    shown = client.get(address, {"period": "2023-07"}).context["shown"]
    answer = client.get(address, {"period": "2023-07", "as": "excel"})
    found = opened(answer.content, ["Toàn đơn vị", "Theo đơn vị"])
    assert not isinstance(found, Problem), found
    rows = {row[0]: row for row in found["Toàn đơn vị"].cells[4:]}
    row = next(one for one in shown.rows if one.indicator.key == "admissions")
    assert rows["Kết nạp đảng viên"][2] == row.total.value
    assert rows["Kết nạp đảng viên"][4:6] == [row.total.reported, row.total.expected]
    below = {row[0] for row in found["Theo đơn vị"].cells[4:]}
    assert {one.label.name for one in shown.below} <= below


def test_a_figure_of_an_article_is_corrected_by_hand_with_a_reason_that_stays(
    units: dict[str, Unit], client: Client
) -> None:
    said = say(units["Xã B1"], "admissions", 7, "2023-07")
    sign_in(client, hold(units["Tỉnh ủy"], "board"))
    page = reverse("figures:figure", args=[said.pk])
    assert "Đính chính số liệu này" in words(client, page)
    address = reverse("figures:correct", args=[said.pk])
    assert post(client, address, said.pk, value="5", reason=" ").status_code == 422
    assert post(client, address, said.pk + 1, value="5", reason="Báo đính chính").status_code == 409
    answer = post(client, address, said.pk, value="5", reason="Báo đính chính")
    assert answer.status_code == 302
    text = words(client, answer["Location"])
    assert "Đảng bộ xã B1, tháng 7/2023: 5 đảng viên." in text or ": 5 đảng viên." in text
    assert "Báo đính chính" in text
    # From the former version's page one comes to the same versions, and what is seen there is no longer the latest.
    assert "Báo đính chính" in words(client, page)
    assert post(client, address, said.pk, value="6", reason="Sửa lại").status_code == 409


def test_who_may_not_correct_and_what_a_report_said_is_not_corrected_by_hand(
    units: dict[str, Unit], client: Client
) -> None:
    said = say(units["Xã B1"], "admissions", 7, "2023-07")
    [reported, *_] = report(units["Chi bộ 3"], JULY, "đủ", admissions=1, members=31)
    sign_in(client, hold(units["Xã B1"], "head"))
    assert post(client, reverse("figures:correct", args=[said.pk]), said.pk, value="5", reason="x").status_code == 403
    assert "Đính chính số liệu này" not in words(client, reverse("figures:figure", args=[said.pk]))
    sign_in(client, hold(units["Tỉnh ủy"], "board"))
    address = reverse("figures:correct", args=[reported.pk])
    assert post(client, address, reported.pk, value="5", reason="x").status_code == 422
    assert "gửi lại với số đúng" in words(client, reverse("figures:figure", args=[reported.pk]))


def test_on_an_earlier_day_it_is_marked_what_was_said_only_later(units: dict[str, Unit], client: Client) -> None:
    sign_in(client, hold(units["Xã A1"], "head"))
    text = words(
        client, reverse("figures:explain", args=[units["Xã A1"].pk, "admissions"]) + "?period=2023-06&on=30/06/2023"
    )
    # Everything of the example was said on 05/08/2023.
    assert "Trong số này có 2 số liệu sau 30/06/2023 mới có" in text
    assert "đến 05/08/2023 mới có" in text
