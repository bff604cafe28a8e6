"""The page of the tree: on any day, only what one may see, with what ended and what changed."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import hold, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.organisations.models import Unit
from dondoc.organisations.services import merge, reorganise_together
from dondoc.organisations.steps import Dissolve, Establish, Merge, Rename, Split, Step
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.organisations.tree import forest
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db

TODAY = date(2025, 9, 1)
DAY = date(2025, 7, 1)
TREE = """
    Trung ương
      Tỉnh ủy
        Huyện ủy A
          Xã A1
            Chi bộ 1
            Mặt trận A1
            Đoàn A1
          Xã A2
            Chi bộ 2
            Chi bộ 3
      Tỉnh ủy B
        Huyện ủy C
"""
JULY: list[Step] = [
    Establish("moi", "commune", "Xã Mới", "tinh-uy", "Mới"),
    Merge(["xa-a1"], "moi"),
    Split("xa-a2", {"moi": ["chi-bo-2", "chi-bo-3"], "tinh-uy": []}),
    Dissolve("huyen-uy-a"),
    Rename("chi-bo-1", "Chi bộ Một"),
]


@told_once
def units() -> dict[str, Unit]:
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    units = draw(TREE)
    reorganise_together(JULY, decision="1667/NQ", effective_on=DAY, act=act_on(date(2025, 6, 16)))
    return units


def page(client: Client, **query: Any) -> str:
    answer = client.get(reverse("overview:tree"), query)
    assert answer.status_code == 200
    return answer.content.decode()


class Outline(HTMLParser):
    """The lines of the tree with their depth; fails where a list is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.lines: list[str] = []
        self.row: list[str] | None = None
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "li", "details", "summary", "span"}:
            self.open.append(tag)
        if dict(attrs).get("class") in {"tree-row", "tree-gone"}:
            self.row = []

    def handle_data(self, data: str) -> None:
        if self.row is not None and data.strip():
            self.row.append(" ".join(data.split()))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"ul", "li", "details", "summary", "span"}:
            return
        assert self.open.pop() == tag
        if self.row and (tag == "summary" or self.open[-1:] == ["li"]):
            self.lines.append("  " * (self.open.count("ul") - 1) + self.row[0])
            self.row = None


def outline(text: str) -> list[str]:
    start = text.index('<ul class="tree tree-page">')
    return Outline(text[start : text.index("</main>", start)].rsplit("</ul>", 1)[0] + "</ul>").lines


def test_on_the_last_day_of_june_the_old_tree_stands(client: Client, units: dict[str, Unit]) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    assert outline(page(client, on="30/06/2025")) == [
        "Tỉnh ủy",
        "  Huyện ủy A",
        "    Xã A1",
        "      Chi bộ 1",
        "      Mặt trận A1",
        "      Đoàn A1",
        "    Xã A2",
        "      Chi bộ 2",
        "      Chi bộ 3",
    ]


def test_on_the_first_of_july_the_new_one_with_what_became_of_the_old(client: Client, units: dict[str, Unit]) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    text = page(client, on="01/07/2025")
    assert outline(text) == [
        "Tỉnh ủy",
        "  Xã Mới",
        "    Chi bộ 2",
        "    Chi bộ 3",
        "    Chi bộ Một",
        "    Mặt trận A1",
        "    Đoàn A1",
        "  1 đơn vị đã kết thúc hoạt động",
        "    Huyện ủy A",
        "      2 đơn vị đã kết thúc hoạt động",
        "        Xã A1",
        "        Xã A2",
    ]
    assert "kết thúc hoạt động từ ngày 01/07/2025; kế thừa: Xã Mới</span>" in " ".join(text.split())
    assert "5 thay đổi có hiệu lực từ ngày 01/07/2025" in text
    assert "1667/NQ" in text


def test_the_days_worth_a_look_are_those_of_change_and_their_eves(client: Client, units: dict[str, Unit]) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    text = page(client)
    for day in ("01/01/2020", "30/06/2025", "01/07/2025"):
        assert f"on={day.replace('/', '%2F')}" in text
    assert "31%2F12%2F2019" not in text


def test_before_the_first_day_the_page_says_that_nothing_existed(client: Client, units: dict[str, Unit]) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    assert "chưa có đơn vị nào" in page(client, on="31/12/2019")


def test_another_province_is_not_shown_and_its_top_gives_404(client: Client, units: dict[str, Unit]) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    assert "Huyện ủy C" not in page(client)
    assert "Huyện ủy C" not in page(client, q="huyen uy c").replace('value="huyen uy c"', "")
    for top in (units["Huyện ủy C"].pk, units["Trung ương"].pk, 10**9, "x"):
        assert client.get(reverse("overview:tree"), {"top": top}).status_code == 404


def test_the_successor_sees_its_predecessors_on_an_earlier_day(client: Client, units: dict[str, Unit]) -> None:
    sign_in(client, hold(Unit.objects.get(code="moi"), "head"))
    shown = outline(page(client, on="28/04/2023"))
    assert "Xã A1" in shown
    assert "  Chi bộ 1" in shown
    assert not any("Huyện ủy A" in line for line in shown)


def test_a_tree_recorded_ahead_can_be_looked_at_but_its_new_units_have_no_page_yet(
    client: Client, units: dict[str, Unit]
) -> None:
    DemonstrationDay.objects.update(day=date(2025, 6, 20))
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    text = page(client, on="01/07/2025")
    assert "  Xã Mới" in outline(text)
    assert reverse("overview:unit", args=[Unit.objects.get(code="moi").pk]) not in text


def test_a_search_shows_what_it_finds_with_what_is_above_it(client: Client, units: dict[str, Unit]) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    assert outline(page(client, q="chi bo 2")) == ["Tỉnh ủy", "  Xã Mới", "    Chi bộ 2"]
    assert outline(page(client, q="A2"))[-1].strip() == "Xã A2"
    assert "không có đơn vị nào mang tên" in page(client, q="không có")


def test_a_part_of_the_tree_begins_with_its_top_and_says_where_it_stands(
    client: Client, units: dict[str, Unit]
) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    text = page(client, top=units["Xã A1"].pk, on="30/06/2025")
    assert outline(text)[0] == "Xã A1"
    assert 'class="crumbs"' in text


def test_names_are_shown_as_words_never_as_markup(client: Client, units: dict[str, Unit]) -> None:
    step = Rename("chi-bo-2", "<script>alert(1)</script>")
    reorganise_together([step], decision="<b>QĐ</b>", effective_on=TODAY, act=act_on(TODAY))
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    text = page(client)
    assert "<script>alert" not in text
    assert "<b>QĐ" not in text


def test_where_there_is_no_room_the_lowest_levels_wait_behind_a_link(units: dict[str, Unit]) -> None:
    shown = forest(Unit.objects.all(), date(2025, 6, 30), opened=Unit.objects.none(), most=6)
    assert [node.label.name for node in shown.tops] == ["Trung ương"]
    provinces = shown.tops[0].children
    lowest = {node.label.name: node.waiting for province in provinces for node in province.children}
    assert lowest == {"Huyện ủy A": 2, "Huyện ủy C": 0}
    assert shown.counts == {"party": 10, "front": 1, "mass": 1}


def test_the_number_of_queries_does_not_grow_with_the_tree(client: Client, units: dict[str, Unit]) -> None:
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))

    def count(**query: Any) -> int:
        page(client, **query)
        with CaptureQueriesContext(connection) as captured:
            page(client, **query)
        return len(captured)

    asked: list[dict[str, Any]] = [{}, {"on": "30/06/2025"}, {"q": "xa a"}, {"on": "01/07/2025"}]
    before = [count(**query) for query in asked]
    new: list[Step] = [Establish(f"cb-{n}", "cell", f"Chi bộ số {n}", "xa-a1") for n in range(500)]
    reorganise_together(new, decision="QĐ", effective_on=date(2024, 1, 1), act=act_on(TODAY))
    merge([f"cb-{n}" for n in range(50)], into="cb-50", decision="QĐ", effective_on=DAY, act=act_on(TODAY))
    assert [count(**query) for query in asked] == before
    assert max(before) <= 40
