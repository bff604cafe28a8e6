"""The list of decisions and the page of one: who sees what, what it says, what is still open."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import hold, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.organisations import services
from dondoc.organisations.models import Reorganisation, Unit
from dondoc.organisations.steps import Dissolve, Establish, Merge, Rename, Split, Step
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

TODAY = date(2023, 4, 28)
DAY = date(2023, 3, 14)
TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
          Chi bộ thôn 1
          Chi bộ thôn 2
        Xã A2
          Chi bộ thôn 3
        Xã A3
      Huyện ủy B
        Xã B1
          Chi bộ thôn 9
"""


class Place:
    """The tree with a decision of 14/03/2023 that was recorded 45 days later, and people who look at it."""

    def __init__(self) -> None:
        DemonstrationDay.objects.create(pk=1, day=TODAY)
        self.units = draw(TREE)
        self.first = self.decide()[0]
        self.board = hold(self.units["Tỉnh ủy"], "board", title="Ban Tổ chức Tỉnh ủy")
        self.district_b = hold(self.units["Huyện ủy B"], "leader", title="Bí thư Huyện ủy B")
        self.head = hold(self.units["Xã A2"], "head", title="Bí thư Đảng ủy xã A2")

    def decide(self) -> list[Reorganisation]:
        units = self.units
        steps: list[Step] = [
            Establish("xa-a4", "commune_grassroots", "Xã A4", units["Huyện ủy A"], "A4"),
            Merge([units["Xã A2"], units["Xã A3"]], "xa-a4"),
            Split(units["Xã A1"], {"xa-a4": [units["Chi bộ thôn 1"]], "huyen-uy-a": [units["Chi bộ thôn 2"]]}),
            Rename(units["Chi bộ thôn 3"], "Chi bộ thôn 3 A2", "Thôn 3 A2"),
        ]
        return services.reorganise_together(steps, decision="12-QĐ/TU", effective_on=DAY, act=act_on(TODAY))

    def page(self, client: Client, who: Account) -> str:
        return sign_in(client, who).get(reverse("reorganising:decision", args=[self.first.pk])).content.decode()


@told_once
def place() -> Place:
    return Place()


def test_a_decision_is_listed_with_what_it_did_and_how_late_it_was_recorded(client: Client, place: Place) -> None:
    page = sign_in(client, place.board).get(reverse("reorganising:list")).content.decode()
    assert "Thành lập 1 đơn vị, sáp nhập 2 đơn vị, chia tách 1 đơn vị, đổi tên 1 đơn vị" in page
    assert "muộn 45 ngày" in page


def test_its_page_says_who_went_where(client: Client, place: Place) -> None:
    page = " ".join(place.page(client, place.board).split())
    assert "Ghi nhận muộn 45 ngày" in page or "ghi nhận muộn 45 ngày" in page
    for said in ("Xã A2", "Xã A3", "Xã A4", "Chi bộ thôn 3 A2", "Nhập cùng dữ liệu ban đầu"):
        assert said in page


def test_who_sees_no_unit_of_a_decision_sees_not_that_it_is_there(client: Client, place: Place) -> None:
    sign_in(client, place.district_b)
    assert client.get(reverse("reorganising:decision", args=[place.first.pk])).status_code == 404
    assert "12-QĐ/TU" not in client.get(reverse("reorganising:list")).content.decode()


def test_a_unit_reads_of_a_decision_what_concerns_itself(client: Client, place: Place) -> None:
    page = place.page(client, hold(place.units["Chi bộ thôn 3"], "head", title="Bí thư chi bộ thôn 3"))
    assert "Chi bộ thôn 3 A2" in page
    assert "Chi bộ thôn 1" not in page
    assert "3 nội dung nói về đơn vị ngoài phạm vi" in page


def test_a_revoked_decision_says_so_and_still_names_what_it_was_to_establish(client: Client, place: Place) -> None:
    services.revoke_together([place.first, *place.first.parts.all()], decision="13-QĐ/TU", act=act_on(TODAY))
    page = place.page(client, place.board)
    assert "Đã hủy bỏ ngày 28/04/2023: 13-QĐ/TU" in page
    assert "Xã A4" in page
    assert "xa-a4" not in page


@pytest.mark.parametrize("more", [0, 20])
def test_the_pages_ask_a_fixed_number_of_queries(
    client: Client, place: Place, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    district: Unit = place.units["Huyện ủy A"]
    for number in range(more):
        steps = [Establish(f"xa-m{number}", "commune_grassroots", f"Xã M{number}", district)]
        services.reorganise_together(steps, decision=f"2{number}-QĐ/TU", effective_on=DAY, act=act_on(TODAY))
        services.reorganise_together(
            [Dissolve(f"xa-m{number}")], decision=f"3{number}-QĐ/TU", effective_on=TODAY, act=act_on(TODAY)
        )
    sign_in(client, place.board)
    with django_assert_num_queries(10):
        client.get(reverse("reorganising:list"))
    with django_assert_num_queries(21):
        client.get(reverse("reorganising:decision", args=[place.first.pk]))
