"""The draft of a decision: what is typed is kept, names are found or asked, what is wrong stands beside its field."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.history.models import Entry
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import draw
from dondoc.reorganising.composing import compose
from dondoc.reorganising.models import Draft, DraftStep, LateValue
from dondoc.tests.told_once import told_once

TODAY = date(2023, 4, 28)
TREE = """
    Trung ương
      Tỉnh ủy
        Huyện ủy A
          Xã A1
            Chi bộ thôn 1
            Chi bộ thôn 2
          Xã A2
            Chi bộ thôn 1
          Xã A3
        Huyện ủy B [2020-01-01..2023-01-01)
      Tỉnh ủy khác
        Huyện ủy C
"""


class Desk:
    """The board of a province at a draft that takes effect on 01/06/2023."""

    def __init__(self) -> None:
        DemonstrationDay.objects.create(pk=1, day=TODAY)
        self.units: dict[str, Unit] = draw(TREE)
        self.board = hold(self.units["Tỉnh ủy"], "board", title="Ban Tổ chức Tỉnh ủy")
        self.clerk = hold(self.units["Tỉnh ủy"], "clerk", title="Văn phòng Tỉnh ủy")
        self.other = hold(self.units["Tỉnh ủy khác"], "board", title="Ban Tổ chức Tỉnh ủy khác")
        self.draft = Draft.objects.create(
            owner=self.units["Tỉnh ủy"],
            number="12-QĐ/TU",
            effective_on=date(2023, 6, 1),
            made_by=self.board,
            made_on=TODAY,
            saved_by=self.board,
            saved_on=TODAY,
        )

    def step(self, kind: str, **content: str) -> DraftStep:
        return DraftStep.objects.create(draft=self.draft, position=1, kind=kind, content=content)

    def wrong(self) -> list[str]:
        return [one.text for one in compose(self.draft, list(self.draft.steps.all()), TODAY).wrong]


@told_once
def desk() -> Desk:
    return Desk()


def save(client: Client, step: DraftStep, seen: int = 1, **fields: Any) -> Any:
    was: dict[str, Any] = {f"was-{name}": str(step.content.get(name, "")) for name in fields if name != "headers"}
    return post(client, reverse("reorganising:save-step", args=[step.pk]), seen, **fields, **was)


def add(client: Client, desk: Desk, step: str, **fields: Any) -> Any:
    return post(client, reverse("reorganising:add", args=[desk.draft.pk]), 1, step=step, **fields)


def test_lists_that_are_pasted_become_steps(client: Client, desk: Desk) -> None:
    sign_in(client, desk.board)
    names = "1. Đảng bộ xã A4\n- Đảng bộ xã A5\n"
    assert (
        add(client, desk, "establish", unit_kind="commune_grassroots", name=names, superior="huyen uy a").status_code
        == 302
    )
    add(client, desk, "rename", unit="Chi bộ thôn 1, Xã A1 → Chi bộ thôn 1 A1\nXã A3 -> Đảng bộ xã A3 mới")
    add(client, desk, "merge", units="xa a1; Xã A2", into="Đảng bộ xã A4")
    steps = list(desk.draft.steps.all())
    assert [one.kind for one in steps] == ["establish", "establish", "rename", "rename", "merge"]
    assert [one.content["name"] for one in steps[:4]] == [
        "Đảng bộ xã A4",
        "Đảng bộ xã A5",
        "Chi bộ thôn 1 A1",
        "Đảng bộ xã A3 mới",
    ]
    assert desk.wrong() == []
    assert not Entry.objects.filter(person=desk.board.pk).exists()


def test_a_name_of_several_units_is_asked_with_their_places_and_one_press_settles_it(
    client: Client, desk: Desk
) -> None:
    sign_in(client, desk.board)
    step = desk.step("dissolve", units="Chi bộ thôn 1\nXã A3")
    page = client.get(reverse("reorganising:draft", args=[desk.draft.pk])).content.decode()
    assert "Chi bộ thôn 1, Xã A2" in page
    save(client, step, units="Chi bộ thôn 1\nXã A3", choose="units|Chi bộ thôn 1|Chi bộ thôn 1, Xã A2")
    step.refresh_from_db()
    assert step.content["units"] == "Chi bộ thôn 1, Xã A2\nXã A3"
    assert desk.wrong() == []


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("dissolve", {"units": "Huyện ủy C"}, "không có đơn vị nào tên “Huyện ủy C”"),
        ("dissolve", {"units": "Huyện ủy B"}, "“Huyện ủy B” đã kết thúc hoạt động từ ngày 01/01/2023"),
        ("dissolve", {"units": "Tỉnh ủy"}, "do cấp trên quyết định"),
        ("merge", {"units": "Xã A1\nXã A1", "into": "Xã A2"}, "ghi hai lần"),
        ("merge", {"units": "Xã A1", "into": "Xã A1"}, "không thể sáp nhập vào chính mình"),
        ("move", {"units": "Xã A1", "to": "Trung ương"}, "không có đơn vị nào tên “Trung ương”"),
        ("split", {"unit": "Xã A1", "heirs": "Xã A2"}, "từ hai tổ chức kế thừa"),
        ("establish", {"unit_kind": "no", "name": "Xã A9", "superior": "Huyện ủy A"}, "chọn loại hình"),
        ("rename", {"unit": "Xã A1", "name": "x" * 201}, "Dài quá 200 ký tự"),
    ],
)
def test_what_is_wrong_is_said_in_words(desk: Desk, kind: str, content: dict[str, str], said: str) -> None:
    desk.step(kind, **content)
    assert any(said in one for one in desk.wrong()), desk.wrong()


def test_the_same_said_twice_names_the_other_step(desk: Desk) -> None:
    desk.step("merge", units="Xã A1", into="Xã A2")
    desk.step("dissolve", units="Xã A1")
    assert desk.wrong() == ["Xã A1: bước 1 đã có nội dung này. Đồng chí chỉ giữ một bước."]


def test_sub_units_of_a_split_are_rows_and_the_rest_goes_where_it_is_said(client: Client, desk: Desk) -> None:
    sign_in(client, desk.board)
    step = desk.step("split", unit="Xã A1", heirs="Xã A2\nXã A3")
    cells = [desk.units[name].pk for name in ("Chi bộ thôn 1", "Chi bộ thôn 2")]
    page = client.get(reverse("reorganising:draft", args=[desk.draft.pk])).content.decode()
    assert all(f'name="part-{cell}"' in page for cell in cells)
    parts: dict[str, Any] = {f"part-{cells[0]}": "Xã A2", f"part-{cells[1]}": "", "rest": "Xã A3"}
    save(client, step, **parts)
    step.refresh_from_db()
    assert [step.content[f"part-{cell}"] for cell in cells] == ["Xã A2", "Xã A3"]
    assert desk.wrong() == []


def test_a_late_save_is_kept_beside_and_only_of_the_field_that_it_changed(client: Client, desk: Desk) -> None:
    sign_in(client, desk.board)
    step = desk.step("merge", units="Xã A1", into="Xã A2")
    save(client, step, units="Xã A1\nXã A2", into="Xã A2")
    answer = save(client, step, units="Xã A2", into="Xã A3", headers={"HX-Request": "true"}).content.decode()
    assert 'form="late-' in answer
    assert '<form id="late-' in answer
    step.refresh_from_db()
    assert (step.content["units"], step.content["into"]) == ("Xã A1\nXã A2", "Xã A3")
    [late] = LateValue.objects.all()
    assert (late.field, late.value) == ("units", "Xã A2")
    choose = reverse("reorganising:choose", args=[late.pk])
    post(client, choose, 1, take="1", was="Xã A1\r\nXã A2")
    step.refresh_from_db()
    assert step.content["units"] == "Xã A2"
    assert not LateValue.objects.exists()
    assert post(client, choose, 1, take="1", was="Xã A1\r\nXã A2").status_code == 404


def test_a_choice_does_not_overwrite_what_a_third_person_wrote_meanwhile(client: Client, desk: Desk) -> None:
    sign_in(client, desk.board)
    step = desk.step("merge", units="Xã A1", into="Xã A2")
    save(client, step, into="Xã A3")
    save(client, step, into="Huyện ủy A")
    [late] = LateValue.objects.all()
    draft = reverse("reorganising:draft", args=[desk.draft.pk])
    assert f'form="late-{late.pk}" name="was" value="Xã A3"' in client.get(draft).content.decode()
    save(client, step, seen=Draft.objects.get().version, into="Xã A1")
    for take in ("1", "0"):
        assert (
            post(client, reverse("reorganising:choose", args=[late.pk]), 1, take=take, was="Xã A3").status_code == 302
        )
        step.refresh_from_db()
        assert (step.content["into"], LateValue.objects.count()) == ("Xã A1", 1)
    assert f'form="late-{late.pk}" name="was" value="Xã A1"' in client.get(draft).content.decode()


def test_a_step_that_was_changed_meanwhile_is_not_taken_out(client: Client, desk: Desk) -> None:
    sign_in(client, desk.board)
    step = desk.step("dissolve", units="Xã A1")
    save(client, step, units="Xã A2")
    assert post(client, reverse("reorganising:remove", args=[step.pk]), 1).status_code == 409
    assert post(client, reverse("reorganising:remove", args=[step.pk]), 2).status_code == 302
    assert not desk.draft.steps.exists()


@pytest.mark.parametrize(("who", "status"), [("other", 404), ("clerk", 403)])
def test_a_draft_is_for_the_board_of_its_own_unit(client: Client, desk: Desk, who: str, status: int) -> None:
    account: Account = getattr(desk, who)
    sign_in(client, account)
    step = desk.step("dissolve", units="Xã A1")
    assert client.get(reverse("reorganising:draft", args=[desk.draft.pk])).status_code == status
    assert save(client, step, units="Xã A2").status_code == status
    assert add(client, desk, "dissolve", units="Xã A2").status_code == status


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"step": "dissolve", "units": "\n".join(f"Xã {n}" for n in range(501))}, 422),
        ({"step": "establish", "name": "\n".join(f"Xã {n}" for n in range(301))}, 422),
        ({"step": "abolish"}, 422),
        ({"step": "dissolve", "units": "MẬT\nXã A1"}, 422),
        ({"step": "dissolve", "units": "Xã\x01 A1"}, 422),
    ],
)
def test_what_no_draft_can_hold_is_refused(client: Client, desk: Desk, fields: dict[str, Any], status: int) -> None:
    sign_in(client, desk.board)
    assert post(client, reverse("reorganising:add", args=[desk.draft.pk]), 1, **fields).status_code == status
    assert not desk.draft.steps.exists()


def test_an_address_that_opens_no_step_opens_none(client: Client, desk: Desk) -> None:
    sign_in(client, desk.board)
    page = reverse("reorganising:draft", args=[desk.draft.pk])
    assert client.get(page, {"open": "9" * 5000}).status_code == 200


def test_a_day_that_is_none_is_refused_and_the_other_fields_are_saved_one_by_one(client: Client, desk: Desk) -> None:
    sign_in(client, desk.board)
    url = reverse("reorganising:save", args=[desk.draft.pk])
    was: dict[str, Any] = {"was-effective_on": "01/06/2023", "was-title": ""}
    assert post(client, url, 1, effective_on="31/02/2025", **was).status_code == 422
    answer = post(client, url, 1, headers={"HX-Request": "true"}, title="về sắp xếp", **was)
    assert "Đã lưu" in answer.content.decode()
    desk.draft.refresh_from_db()
    assert (desk.draft.title, desk.draft.effective_on) == ("về sắp xếp", date(2023, 6, 1))


@pytest.mark.parametrize("more", [1, 25])
def test_the_page_of_a_draft_asks_a_fixed_number_of_queries(
    client: Client, desk: Desk, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        desk.step("establish", unit_kind="commune_grassroots", name=f"Xã A1{number}", superior="Huyện ủy A")
        desk.step("merge", units="Chi bộ thôn 1\nXã A", into=f"Xã A1{number}")
        desk.step("split", unit="Xã A1", heirs=f"Xã A1{number}\nHuyện ủy B")
    sign_in(client, desk.board)
    with django_assert_num_queries(17):
        client.get(reverse("reorganising:draft", args=[desk.draft.pk]))


def test_a_field_that_somebody_else_changed_is_drawn_anew_so_that_the_next_save_leaves_it(
    client: Client, desk: Desk
) -> None:
    sign_in(client, desk.board)
    step = desk.step("merge", units="Xã A1", into="Xã A2")
    save(client, step, into="Xã A3")
    address = reverse("reorganising:save-step", args=[step.pk])
    typed: dict[str, Any] = {"units": "Xã A1\nXã A2", "into": "Xã A2", "was-units": "Xã A1", "was-into": "Xã A2"}
    answer = post(client, address, 1, headers={"HX-Request": "true"}, **typed).content.decode()
    redrawn = [line for line in answer.splitlines() if 'name="into"' in line and "hx-swap-oob" in line]
    assert len(redrawn) == 1
    assert 'value="Xã A3"' in redrawn[0]
    assert not any('name="units"' in line and "hx-swap-oob" in line for line in answer.splitlines())
    step.refresh_from_db()
    assert step.content == {"units": "Xã A1\nXã A2", "into": "Xã A3"}
