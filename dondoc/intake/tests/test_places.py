"""Names that the tree does not settle alone: places outside the tree, namesakes, and names of another time."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.intake import review, services, units
from dondoc.intake.gazetteer import queries as gazetteer
from dondoc.intake.models import Draft, DraftValue
from dondoc.intake.rules import Content
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import draw as draw_tree

from .drafts import TEXT, TODAY, Story, codes, value
from .gazetteers import COUNTRY, draw

BEFORE, AFTER = date(2023, 4, 28), date(2026, 4, 28)
OFFICE = """
Trung ương
  Tỉnh ủy Khánh Hòa
    Huyện ủy Cam Lâm
      Xã Sơn Tân
      Xã Cam Hòa
"""
OFFICE_AFTER = """
Trung ương
  Tỉnh ủy Khánh Hòa
    Xã Cam Hiệp
    Xã Vạn Hưng
"""


@pytest.fixture(autouse=True)
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "FILE", draw(COUNTRY, tmp_path / "country.sqlite"))


def named(title: str, parent: str = "") -> Content:
    kind, _, name = title.partition(" ")
    return {"type": kind, "name": name, "parent": parent, "in_session": True, "unit": None, "how": "", "candidates": []}


def resolved(tree: dict[str, Unit], day: date, *contents: Content, led_by: str = "") -> list[Content]:
    names = units.resolve(contents, day)
    if led_by:
        units.settle_by_leader(names, tree[led_by].pk, day)
    return list(contents)


def place(title: str) -> str:
    """The key of the only place of the drawing that has the title."""
    found = gazetteer.named([title.split(" ", 1)[1]]).values()
    (key,) = [one.key for places in found for one in places if one.title == title]
    return key


QN = "tỉnh Quảng Ngãi/huyện Sơn Tây/"


@pytest.mark.parametrize(
    ("content", "others", "led_by", "settled", "how"),
    [
        # What the text itself says of where it lies decides, in the tree and outside it.
        (named("xã Sơn Tân", "huyện Cam Lâm"), [], "", "unit Xã Sơn Tân", "matched"),
        (named("xã Sơn Tân", "huyện Sơn Tây"), [], "", f"place {QN}xã Sơn Tân", "matched"),
        (named("xã Sơn Tân", "tỉnh Quảng Ngãi"), [], "Tỉnh ủy Khánh Hòa", f"place {QN}xã Sơn Tân", "matched"),
        (named("xã Sơn Tân"), [named("huyện Sơn Tây")], "Tỉnh ủy Khánh Hòa", f"place {QN}xã Sơn Tân", "matched"),
        (named("xã Sơn Tân"), [named("huyện Cam Lâm")], "", "unit Xã Sơn Tân", "matched"),
        # Where it says nothing, the area of the leader does, where only one bears the name.
        (named("xã Sơn Tân"), [], "Tỉnh ủy Khánh Hòa", "unit Xã Sơn Tân", "leader"),
        (named("xã Sơn Tân"), [], "Huyện ủy Cam Lâm", "unit Xã Sơn Tân", "leader"),
        (named("xã Vạn Bình"), [], "Tỉnh ủy Khánh Hòa", "place tỉnh Khánh Hòa/huyện Vạn Ninh/xã Vạn Bình", "country"),
        # A place that the tree does not have, and that no other place is called.
        (named("xã Sơn Long"), [], "", f"place {QN}xã Sơn Long", "country"),
        (named("huyện Vạn Ninh"), [], "", "place tỉnh Khánh Hòa/huyện Vạn Ninh", "country"),
        # No guess: two places of the name, both named larger ones, a text that speaks against it, no type, another spelling.
        (named("xã Sơn Tân"), [], "", "", ""),
        (named("xã Sơn Tân"), [named("huyện Sơn Tây"), named("huyện Cam Lâm")], "Tỉnh ủy Khánh Hòa", "", ""),
        (named("xã Sơn Tân", "huyện Vạn Ninh"), [], "Tỉnh ủy Khánh Hòa", "", ""),
        (named(" Sơn Long"), [], "", "", ""),
        (named("xã Sơn Lòng"), [], "Tỉnh ủy Khánh Hòa", "", ""),
        # Not there on the day.
        (named("xã Cam Hiệp"), [], "Tỉnh ủy Khánh Hòa", "", ""),
    ],
)
def test_a_name_is_settled_by_the_text_or_by_the_area_of_the_leader_or_left_open(
    content: Content, others: list[Content], led_by: str, settled: str, how: str, db: None
) -> None:
    tree = draw_tree(OFFICE)
    found = resolved(tree, BEFORE, dict(content), *map(dict, others), led_by=led_by)[0]
    what, _, which = settled.partition(" ")
    assert found["unit"] == (tree[which].pk if what == "unit" else None)
    assert found["place"] == (which if what == "place" else None)
    assert found["how"] == how


def test_namesakes_are_offered_from_the_tree_and_from_the_gazetteer_and_each_place_once(db: None) -> None:
    tree = draw_tree(OFFICE)
    (content,) = resolved(tree, BEFORE, named("xã Sơn Tân"))
    assert content["candidates"] == [tree["Xã Sơn Tân"].pk]
    assert content["places"] == [f"{QN}xã Sơn Tân"]
    assert content["elsewhen"] == []


def test_a_district_of_the_tree_with_a_namesake_elsewhere_is_not_taken_for_granted(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = draw_tree(OFFICE)
    assert resolved(tree, BEFORE, named("huyện Cam Lâm"))[0]["how"] == "matched"
    two = COUNTRY.replace("huyện Đắk Hà [", "huyện Cam Lâm [")
    monkeypatch.setattr(gazetteer, "FILE", draw(two, tmp_path / "two.sqlite"))
    assert resolved(tree, BEFORE, named("huyện Cam Lâm"))[0]["unit"] is None
    assert resolved(tree, BEFORE, named("huyện Cam Lâm"), led_by="Tỉnh ủy Khánh Hòa")[0]["how"] == "leader"


@pytest.mark.parametrize(
    ("title", "parent", "candidates", "places", "elsewhen"),
    [
        # The name of a commune that ended: those that followed it are offered, those in the tree as units.
        ("xã Sơn Tân", "huyện Cam Lâm", ["Xã Cam Hiệp"], [], ["tỉnh Khánh Hòa/huyện Cam Lâm/xã Sơn Tân"]),
        ("xã Cam Hòa", "", ["Xã Cam Hiệp"], ["xã Cam Lâm"], ["tỉnh Khánh Hòa/huyện Cam Lâm/xã Cam Hòa"]),
        ("xã Cam Hải Tây", "", [], ["xã Cam Lâm"], ["tỉnh Khánh Hòa/huyện Cam Lâm/xã Cam Hải Tây"]),
        # Of two that ended the one whose area is in the tree.
        ("xã Sơn Tân", "", ["Xã Cam Hiệp"], [], ["tỉnh Khánh Hòa/huyện Cam Lâm/xã Sơn Tân"]),
        ("xã Sơn Tân", "huyện Sơn Tây", [], ["xã Sơn Tây"], [f"{QN}xã Sơn Tân"]),
        ("huyện Vạn Ninh", "", ["Xã Vạn Hưng"], [], ["tỉnh Khánh Hòa/huyện Vạn Ninh"]),
        ("xã Nowhere", "", [], [], []),
    ],
)
def test_after_the_reform_an_old_name_leads_to_those_that_followed(
    title: str, parent: str, candidates: list[str], places: list[str], elsewhen: list[str], db: None
) -> None:
    tree = draw_tree(OFFICE_AFTER)
    (content,) = resolved(tree, AFTER, named(title, parent), led_by="Tỉnh ủy Khánh Hòa")
    assert (content["unit"], content["place"]) == (None, None)
    assert content["candidates"] == [tree[name].pk for name in candidates]
    assert content["places"] == [place(name) for name in places]
    assert content["elsewhen"] == elsewhen


def test_of_those_that_followed_the_ones_of_the_leaders_province_come_first(db: None) -> None:
    both = OFFICE_AFTER.replace("  Tỉnh ủy Khánh Hòa", "  Tỉnh ủy Quảng Ngãi\n    Xã Sơn Tây\n  Tỉnh ủy Khánh Hòa")
    tree = draw_tree(both)
    for led_by, first in (("Tỉnh ủy Khánh Hòa", "Xã Cam Hiệp"), ("Tỉnh ủy Quảng Ngãi", "Xã Sơn Tây")):
        (content,) = resolved(tree, AFTER, named("xã Sơn Tân"), led_by=led_by)
        assert content["candidates"][0] == tree[first].pk
        assert len(content["candidates"]) == 2
        assert content["unit"] is None


def test_a_new_name_with_the_former_district_is_found_in_the_tree(db: None) -> None:
    tree = draw_tree(OFFICE_AFTER)
    (content,) = resolved(tree, AFTER, named("xã Cam Hiệp"), led_by="Tỉnh ủy Khánh Hòa")
    assert (content["unit"], content["how"]) == (tree["Xã Cam Hiệp"].pk, "leader")


def test_a_name_of_later_is_explained_and_nothing_is_offered_for_it(db: None) -> None:
    (content,) = resolved(draw_tree(OFFICE), BEFORE, named("xã Cam Hiệp"))
    assert (content["candidates"], content["places"]) == ([], [])
    assert content["elsewhen"] == ["tỉnh Khánh Hòa/xã Cam Hiệp"]


def test_a_place_that_a_person_chose_stays_while_it_lives_on_the_day(db: None) -> None:
    tree = draw_tree(OFFICE)
    chosen = {**named("xã Sơn Tân"), **units.chosen(place=f"{QN}xã Sơn Tân")}
    assert resolved(tree, BEFORE, chosen, led_by="Tỉnh ủy Khánh Hòa")[0]["place"] == f"{QN}xã Sơn Tân"
    assert resolved(tree, AFTER, chosen)[0]["place"] is None


def test_a_draft_from_before_the_gazetteer_can_be_looked_up(db: None) -> None:
    tree = draw_tree(OFFICE)
    old = {**named("xã Sơn Tân"), "unit": tree["Xã Sơn Tân"].pk, "how": "chosen"}
    assert resolved(tree, BEFORE, old)[0]["unit"] == tree["Xã Sơn Tân"].pk


@pytest.fixture
def clerk(client: Client, story: Story) -> Client:
    return sign_in(client, story.clerk)


def shown(client: Client, draft: Draft) -> str:
    return client.get(reverse("intake:draft", args=[draft.pk])).content.decode()


OUTSIDE = TEXT.replace("Sơn Tân (huyện Cam Lâm)", "Sơn Long (huyện Sơn Tây)").replace("Sơn Tân", "Sơn Long")


def test_a_unit_outside_the_tree_is_shown_with_its_place_and_stands_against_confirming(
    clerk: Client, story: Story
) -> None:
    draft = story.receive(OUTSIDE)
    assert codes(draft) == ["unit_not_ours"]
    page = shown(clerk, draft)
    assert "xã Sơn Long, huyện Sơn Tây, tỉnh Quảng Ngãi – ngoài sơ đồ tổ chức của cơ quan" in page
    DemonstrationDay.objects.update(day=AFTER)
    assert "xã Sơn Long, huyện Sơn Tây (cũ), tỉnh Quảng Ngãi" in shown(clerk, draft)
    unit = value(draft, "unit")
    services.drop_value(unit.pk, seen=unit.counter, act=story.act())
    assert "unit_not_ours" not in codes(draft)


def test_values_outside_the_tree_are_not_counted_among_what_will_be_confirmed(story: Story) -> None:
    inside, outside = story.receive(), story.receive(OUTSIDE)
    counted = [review.build(draft, TODAY, story.clerk.pk).count for draft in (inside, outside)]
    assert counted[1] == counted[0] - 1


def test_a_person_says_that_a_namesake_outside_the_tree_is_meant(clerk: Client, story: Story) -> None:
    draft = story.receive()
    unit = value(draft, "unit")
    content = {**unit.content, "parent": "", "unit": None, "how": "", "places": [f"{QN}xã Sơn Tân"]}
    DraftValue.objects.filter(pk=unit.pk).update(content=content)
    page = clerk.get(reverse("intake:draft", args=[draft.pk]), {"edit": str(unit.pk)}).content.decode()
    assert f'value="place-{QN}xã Sơn Tân"' in page
    typed: dict[str, Any] = {f"v{unit.pk}-unit": f"place-{QN}xã Sơn Tân", f"v{unit.pk}-in_session": "on"}
    post(clerk, reverse("intake:save", args=[unit.pk]), seen=unit.counter, **typed)
    unit.refresh_from_db()
    assert (unit.content["unit"], unit.content["place"], unit.content["how"]) == (None, f"{QN}xã Sơn Tân", "chosen")
    assert codes(draft) == ["unit_not_ours"]
    typed[f"v{unit.pk}-unit"] = str(story.units["Huyện ủy Cam Lâm > Xã Sơn Tân"].pk)
    post(clerk, reverse("intake:save", args=[unit.pk]), seen=unit.counter, **typed)
    assert codes(draft) == []


def test_a_name_that_nothing_bears_on_the_day_is_explained(clerk: Client, story: Story) -> None:
    later = story.receive(TEXT.replace(" (huyện Cam Lâm)", "").replace("Sơn Tân", "Cam Hiệp"))
    assert codes(later) == ["unit_unknown"]
    assert "xã Cam Hiệp, tỉnh Khánh Hòa: tên này chỉ có từ 01/07/2025." in shown(clerk, later)
    DemonstrationDay.objects.update(day=date(2026, 5, 4))
    former = story.receive(
        TEXT.replace("28-4-2023", "28-4-2026")
        .replace("Sơn Tân (huyện Cam Lâm)", "Cam Hòa")
        .replace("Sơn Tân", "Cam Hòa"),
        act=story.act(day=date(2026, 5, 4)),
    )
    assert "tên này có đến 30/06/2025, nay thuộc xã Cam Hiệp và xã Cam Lâm." in shown(clerk, former)


def test_the_page_asks_as_many_questions_of_the_gazetteer_for_many_units_as_for_one(
    clerk: Client, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []
    opening = gazetteer._open

    def counted(path: Path | None = None) -> object:
        file = opening(path)
        file.set_trace_callback(lambda _: opened.append(1))
        return file

    draft = story.receive(OUTSIDE)
    monkeypatch.setattr(gazetteer, "_open", counted)
    shown(clerk, draft)
    once = len(opened)
    unit = value(draft, "unit")
    for number in range(10):
        content = {**unit.content, "name": f"Sơn {number}"}
        DraftValue.objects.create(draft=draft, kind="unit", position=150 + number, content=content)
    opened.clear()
    shown(clerk, draft)
    assert len(opened) == once
    assert 0 < once <= 7
