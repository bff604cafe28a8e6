"""Previewing, recording and revoking: the preview is what recording does, and nothing of it stays."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dondoc.accounts.models import Post
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services as directives
from dondoc.directives.models import Role
from dondoc.directives.tests.pages import SAID_ON, Told, issued, tell
from dondoc.figures.models import Figure
from dondoc.history.models import Entry, Event
from dondoc.organisations import services as organisations
from dondoc.organisations.models import Ancestry, Reorganisation, Unit
from dondoc.organisations.steps import Establish
from dondoc.organisations.tests.trees import act_on, show
from dondoc.reorganising.models import Draft, DraftStep
from dondoc.tests.told_once import told_once

DAY = date(2023, 6, 1)
EARLIER = date(2023, 3, 14)


class Desk:
    """Three communes with open work, and the board that prepares their reorganisation."""

    def __init__(self) -> None:
        DemonstrationDay.objects.create(pk=1, day=SAID_ON)
        self.told: Told = tell()
        issued(self.told)
        self.units: dict[str, Unit] = self.told.units
        self.board = hold(self.units["Tỉnh ủy"], "board", title="Ban Tổ chức Tỉnh ủy")

    def draft(self, day: date = DAY, **given: Any) -> Draft:
        by = {"made_by": self.board, "made_on": SAID_ON, "saved_by": self.board, "saved_on": SAID_ON}
        return Draft.objects.create(owner=self.units["Tỉnh ủy"], number="12-QĐ/TU", effective_on=day, **{**by, **given})

    def merging(self, day: date = DAY) -> Draft:
        """Two communes become a new one; the third goes by parts to it and to the district's other unit."""
        draft = self.draft(day)
        self.step(draft, "establish", unit_kind="commune_grassroots", name="Đảng bộ xã A9", superior="Huyện ủy A")
        self.step(draft, "merge", units="Xã A1", into="Đảng bộ xã A9")
        self.step(draft, "split", unit="Xã A3", heirs="Đảng bộ xã A9\nXã A2", **self.fronts())
        return draft

    def fronts(self) -> dict[str, str]:
        names = ("Mặt trận xã A3", "Đoàn xã A3")
        return {f"part-{self.units[name].pk}": "Đảng bộ xã A9" for name in names}

    def step(self, draft: Draft, kind: str, **content: str) -> DraftStep:
        return DraftStep.objects.create(draft=draft, position=draft.steps.count() + 1, kind=kind, content=content)


@told_once
def desk() -> Desk:
    return Desk()


@pytest.fixture
def board(client: Client, desk: Desk) -> Client:
    return sign_in(client, desk.board)


def attempt(client: Client, draft: Draft) -> Any:
    answer = post(client, reverse("reorganising:try", args=[draft.pk]), draft.version)
    draft.refresh_from_db()
    return answer


def record(client: Client, draft: Draft, seen: int | None = None) -> Any:
    return post(client, reverse("reorganising:record", args=[draft.pk]), draft.version if seen is None else seen)


def everything() -> tuple[Any, ...]:
    return (
        list(Unit.objects.order_by("pk").values_list()),
        list(Ancestry.objects.order_by("pk").values_list()),
        list(Role.objects.order_by("pk").values_list()),
        list(Post.objects.order_by("pk").values_list()),
        Reorganisation.objects.count(),
        Entry.objects.count(),
        Event.objects.count(),
    )


def test_a_preview_changes_nothing_and_tells_what_recording_then_does(board: Client, desk: Desk) -> None:
    draft = desk.merging()
    before = everything()
    answer = attempt(board, draft)
    assert answer["Location"] == reverse("reorganising:preview", args=[draft.pk])
    assert everything() == before
    found = draft.preview
    assert found is not None
    assert found["counts"] == {"ends": 2, "begins": 1, "moves": 6, "renames": 0, "kinds": 0}
    assert {one["name"]: one["heirs"] for one in found["ends"]} == {
        "Xã A1": ["Đảng bộ xã A9"],
        "Xã A3": ["Xã A2", "Đảng bộ xã A9"],
    }
    page = board.get(answer["Location"]).content.decode()
    for said in ("Đảng bộ xã A9", "Bí thư Đảng ủy xã a1", "còn 34 ngày", "Tỉnh ủy › Huyện ủy A › Xã A1"):
        assert said in page, said
    assert "xa-a9" not in page
    assert {one["after"] for one in found["passed"]} <= {"Đảng bộ xã A9", "Mặt trận xã A9", "Xã A2"}
    assert record(board, draft).status_code == 302
    made = Reorganisation.objects.exclude(pk__lte=draft.tried_at or 0)
    assert [one.kind for one in made.order_by("pk")] == ["establish", "merge", "split"]
    parked = Role.objects.filter(reorganisation__in=made, how="parked")
    assert found["undecided_count"] == parked.exclude(role="answerable").count() > 0
    assert "Đảng bộ xã A9" in show(DAY)
    assert Entry.objects.count() == before[5] + 1


def test_the_page_of_what_was_recorded_leads_to_what_is_undecided(board: Client, desk: Desk) -> None:
    draft = desk.merging()
    attempt(board, draft)
    page = board.get(record(board, draft)["Location"]).content.decode()
    assert "Còn phải quyết định" in page
    assert "#decide" in page
    assert "Kết quả khi ghi nhận" in page


def test_it_is_recorded_once(board: Client, desk: Desk) -> None:
    draft = desk.merging()
    attempt(board, draft)
    assert record(board, draft).status_code == 302
    assert record(board, draft).status_code == 409
    assert Reorganisation.objects.filter(decision="12-QĐ/TU").count() == 3


def test_nothing_is_recorded_that_was_not_previewed_as_it_is_now(board: Client, desk: Desk) -> None:
    draft = desk.merging()
    assert record(board, draft).status_code == 409
    attempt(board, draft)
    assert record(board, draft, seen=draft.version - 1).status_code == 409
    organisations.establish(
        "xa-a7",
        kind="commune_grassroots",
        name="Xã A7",
        parent=desk.units["Huyện ủy A"],
        decision="1",
        effective_on=DAY,
        act=act_on(SAID_ON),
    )
    assert record(board, draft).status_code == 409
    assert (
        "đã thay đổi sau lần xem trước này"
        in board.get(reverse("reorganising:preview", args=[draft.pk])).content.decode()
    )
    attempt(board, draft)
    assert record(board, draft).status_code == 302


def test_what_cannot_be_is_told_at_the_step_that_causes_it(board: Client, desk: Desk) -> None:
    draft = desk.draft()
    desk.step(draft, "rename", unit="Xã A2", name="Đảng bộ xã A2")
    wrong = desk.step(draft, "split", unit="Xã A1", heirs="Xã A2\nXã A3")
    answer = attempt(board, draft)
    assert answer["Location"] == reverse("reorganising:draft", args=[draft.pk])
    assert draft.preview is not None
    assert {one["step"] for one in draft.preview["refused"]} == {wrong.pk}
    page = board.get(answer["Location"]).content.decode()
    assert "Xã A1 chia về nhiều đơn vị" in page
    assert not Reorganisation.objects.filter(decision="12-QĐ/TU").exists()


def test_a_cycle_is_told_at_its_step(board: Client, desk: Desk) -> None:
    draft = desk.draft()
    step = desk.step(draft, "move", units="Huyện ủy A", to="Xã A1")
    attempt(board, draft)
    assert draft.preview is not None
    assert {one["step"] for one in draft.preview["refused"]} == {step.pk}


def test_an_incomplete_draft_is_not_tried(board: Client, desk: Desk) -> None:
    draft = desk.draft()
    desk.step(draft, "dissolve", units="nowhere")
    assert attempt(board, draft)["Location"] == reverse("reorganising:draft", args=[draft.pk])
    assert draft.preview is None


def test_a_decision_recorded_late_says_how_late_and_what_was_done_meanwhile(board: Client, desk: Desk) -> None:
    work = desk.told.assignment("Xã A1")
    seen = directives.acknowledge(work.pk, seen=work.version, act=desk.told.act("Xã A1")).version
    directives.report_progress(work.pk, text="Đang làm.", files=[], seen=seen, act=desk.told.act("Xã A1"))
    draft = desk.merging(EARLIER)
    page = board.get(attempt(board, draft)["Location"]).content.decode()
    assert "Ghi nhận muộn 45 ngày" in page
    assert "1 báo cáo kết quả việc được giao" in page
    record(board, draft)
    assert "ghi nhận muộn 45 ngày" in board.get(reverse("reorganising:list")).content.decode()


def test_a_preview_names_the_units_whose_figures_lose_their_place(board: Client, desk: Desk) -> None:
    for name in ("Xã A1", "Xã A3"):
        Figure.objects.create(
            unit=desk.units[name],
            indicator="members",
            on=SAID_ON,
            value=40,
            origin=Figure.Origin.IMPORT,
            said_on=SAID_ON,
            recorded_at=act_on(SAID_ON).at,
        )
    draft = desk.merging()
    page = board.get(attempt(board, draft)["Location"]).content.decode()
    assert draft.preview is not None
    # A1 goes whole to its successor; A3 is divided, and no cell says in which shares.
    assert draft.preview["unplaced"] == ["Xã A3"]
    assert "chưa quy đổi được" in page


def test_revoking_brings_everything_back_and_recording_again_makes_the_same_units(board: Client, desk: Desk) -> None:
    before = show(DAY)
    draft = desk.merging()
    attempt(board, draft)
    record(board, draft)
    after, first = show(DAY), Reorganisation.objects.get(decision="12-QĐ/TU", together=None)
    new = Unit.objects.get(code="xa-a9")
    answer = post(board, reverse("reorganising:revoke", args=[first.pk]), 0)
    revocation = Draft.objects.get(revokes=first)
    assert answer["Location"] == reverse("reorganising:draft", args=[revocation.pk])
    Draft.objects.filter(pk=revocation.pk).update(number="13-QĐ/TU", title="ghi nhầm ngày")
    attempt(board, revocation)
    assert revocation.preview is not None
    assert revocation.preview["counts"]["begins"] == 2
    assert record(board, revocation).status_code == 302
    assert show(DAY) == before
    page = board.get(reverse("reorganising:draft", args=[revocation.pk]), follow=True).content.decode()
    assert "13-QĐ/TU ghi nhầm ngày" in page
    assert "những gì đã trở lại" in page
    post(board, reverse("reorganising:again", args=[first.pk]), 0)
    again = Draft.objects.get(state="open")
    attempt(board, again)
    assert again.preview is not None
    assert record(board, again).status_code == 302
    assert show(DAY) == after
    assert Unit.objects.get(code="xa-a9").pk == new.pk


def test_a_decision_that_also_speaks_of_another_board_s_units_is_not_revoked_by_this_one(
    client: Client, desk: Desk
) -> None:
    steps = [Establish("xa-a8", "commune_grassroots", "Xã A8", desk.units["Huyện ủy A"])]
    steps.append(Establish("xa-b8", "commune_grassroots", "Xã B8", desk.units["Huyện ủy B"]))
    [first, _] = organisations.reorganise_together(steps, decision="7", effective_on=EARLIER, act=act_on(SAID_ON))
    sign_in(client, hold(desk.units["Huyện ủy A"], "board", title="Ban Tổ chức Huyện ủy A"))
    assert post(client, reverse("reorganising:revoke", args=[first.pk]), 0).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("more", [0, 12])
def test_the_preview_asks_a_fixed_number_of_queries(
    board: Client, desk: Desk, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draft = desk.merging()
    for number in range(more):
        desk.step(draft, "establish", unit_kind="cell", name=f"Chi bộ {number}", superior="Đảng bộ xã A9")
    attempt(board, draft)
    with django_assert_num_queries(8):
        board.get(reverse("reorganising:preview", args=[draft.pk]))
