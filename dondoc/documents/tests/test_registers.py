"""The registers of documents out and in: what stands in them on a day, who sees it, and by which words it is found."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404

from dondoc.accounts.models import Post
from dondoc.accounts.tests.people import actor, hold
from dondoc.documents import registers
from dondoc.documents.models import IncomingDocument, OfficialDocument
from dondoc.documents.services import (
    About,
    Arrival,
    To,
    attach,
    enter,
    explain_gap,
    finish,
    give_up,
    handle,
    number_document,
    reserve,
    store_made,
)
from dondoc.history.services import Act
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Merge
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
TERM = "2020-2025"
TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
        Xã A2
      Huyện ủy B
"""


@told_once
def units() -> dict[str, Unit]:
    units = draw(TREE)
    for name in ("Tỉnh ủy", "Huyện ủy A", "Huyện ủy B"):
        hold(units[name], "clerk", title=f"Văn phòng {name}")
    hold(units["Xã A1"], "head", title="Bí thư xã A1")
    hold(units["Xã A2"], "head", title="Bí thư xã A2")
    return units


def act(units: dict[str, Unit], name: str, day: date = DAY) -> Act:
    return Act(None, Post.objects.get(unit=units[name]).pk, units[name].pk, day, act_on(day).at)


def out(units: dict[str, Unit], by: str, n: int | None = None, *, day: date = DAY, to: Any = (), **more: Any) -> Any:
    about = About(recipients=[To(units[name].pk) for name in to])
    abstract, symbol = more.get("abstract", "Kết luận"), more.get("symbol", "TB/TU")
    return number_document(units[by].pk, TERM, symbol, n, day, abstract, act(units, by), about=about)


def arrival(units: dict[str, Unit], **other: Any) -> Arrival:
    given: dict[str, Any] = {
        "arrived_on": DAY,
        "dated_on": date(2023, 4, 26),
        "abstract": "Rà soát quần chúng ưu tú",
        "sender": units["Tỉnh ủy"].pk,
        "number": "12",
        "symbol": "CV/TU",
    }
    return Arrival(**given | other)


def came(units: dict[str, Unit], name: str = "Huyện ủy A", **other: Any) -> IncomingDocument:
    return enter(units[name].pk, arrival(units, **other), act(units, name))


def stands(units: dict[str, Unit], on: date = DAY, **filters: str) -> list[tuple[int, str]]:
    return [(one.number, one.kind) for one in registers.places(units["Tỉnh ủy"].pk, on, **filters)]


def refused(code: str, units: dict[str, Unit], **other: Any) -> Refused:
    with pytest.raises(Refused) as said:
        came(units, **other)
    assert said.value.code == f"documents.{code}"
    return said.value


def test_the_register_shows_documents_reserved_and_given_up_numbers_and_gaps_of_a_day(units: dict[str, Unit]) -> None:
    who, province = act(units, "Tỉnh ủy"), units["Tỉnh ủy"].pk
    out(units, "Tỉnh ủy", 5, day=date(2023, 3, 1))
    out(units, "Tỉnh ủy", 8, day=date(2023, 3, 9))
    explain_gap(province, TERM, "TB/TU", 6, "sổ giấy bỏ trống", act(units, "Tỉnh ủy", date(2023, 3, 10)))
    waits, dropped = (reserve(province, TERM, "TB/TU", "chờ ký", who) for _ in range(2))
    give_up(dropped.pk, explanation="thôi", seen=1, act=act(units, "Tỉnh ủy", date(2023, 5, 2)))
    later = date(2023, 5, 3)
    number_document(province, TERM, "TB/TU", None, later, "x", who, reservation=waits.pk)
    assert sorted(stands(units)) == [
        (5, "document"),
        (6, "given_up"),
        (7, "gap"),
        (8, "document"),
        (9, "reserved"),
        (10, "reserved"),
    ]
    assert sorted(stands(units, later))[-2:] == [(9, "document"), (10, "given_up")]
    assert stands(units, date(2023, 3, 1)) == [(5, "document")]


@pytest.mark.parametrize("words", ["thong bao ket luan", "Thông báo", "05-tb/tu", "huyện ủy a", "HUYEN UY A ket"])
def test_a_document_is_found_with_and_without_marks_also_by_who_received_it(units: dict[str, Unit], words: str) -> None:
    out(units, "Tỉnh ủy", 5, to=["Huyện ủy A"])
    out(units, "Tỉnh ủy", 7, abstract="Việc khác", symbol="KH/TU")
    assert stands(units, words=words) == [(5, "document")]
    assert stands(units, words=f"{words} không có") == []


def test_a_reserved_number_is_found_by_its_reason(units: dict[str, Unit]) -> None:
    reserve(units["Tỉnh ủy"].pk, TERM, "TB/TU", "chờ ký kết luận", act(units, "Tỉnh ủy"))
    assert stands(units, words="cho ky") == [(1, "reserved")]


def test_a_document_is_seen_by_its_issuer_its_receivers_and_those_above_them(units: dict[str, Unit]) -> None:
    document = out(units, "Huyện ủy A", to=["Xã A1"], symbol="TB/HU")
    for account, sees in (
        ("clerk Tỉnh ủy", True),
        ("clerk Huyện ủy A", True),
        ("head Xã A1", True),
        ("head Xã A2", False),
        ("clerk Huyện ủy B", False),
    ):
        kind, _, name = account.partition(" ")
        who = actor(Post.objects.get(unit=units[name], kind=kind).terms.get().account, DAY)
        assert registers.visible(who).filter(pk=document.pk).exists() is sees
        if not sees:
            with pytest.raises(Http404):
                registers.access_document(who, document.pk)


def test_who_takes_a_unit_over_settles_its_register(units: dict[str, Unit]) -> None:
    district = units["Huyện ủy A"].pk
    reserved = reserve(district, TERM, "TB/HU", "chờ ký", act(units, "Huyện ủy A"))
    document = came(units)
    later = date(2023, 6, 1)
    day = act_on(date(2023, 5, 1))
    reorganise_together([Merge([units["Huyện ủy A"]], units["Huyện ủy B"])], decision="1", effective_on=later, act=day)
    account = Post.objects.get(unit=units["Huyện ủy B"]).terms.get().account
    before, after = actor(account, date(2023, 5, 31)), actor(account, later)
    for who, may in ((before, False), (after, True)):
        assert bool(registers.keeps(who, "document.receive", district)) is may
    assert registers.access_reservation(after, reserved.pk, "document.number") == reserved
    registers.access_incoming(after, document.pk, may="document.receive")
    heir = act(units, "Huyện ủy B", later)
    assert handle(document.pk, post=heir.post, due_on=None, seen=1, act=heir).handled_by_id == heir.post


def test_documents_in_are_numbered_by_the_year_of_their_arrival(units: dict[str, Unit]) -> None:
    earlier = {"number": "11", "arrived_on": date(2022, 12, 30), "dated_on": date(2022, 12, 1)}
    assert [came(units, **given).arrival for given in ({}, {"number": "13"}, earlier)] == [1, 2, 1]
    assert came(units, "Huyện ủy B").arrival == 1


def test_a_superiors_document_that_came_in_is_recorded_once_under_its_own_number(units: dict[str, Unit]) -> None:
    first, second = came(units), came(units, "Huyện ủy B")
    assert first.official == second.official
    document = OfficialDocument.objects.get()
    assert (str(document), document.issuer, document.recorded_by) == ("12-CV/TU", units["Tỉnh ủy"], units["Huyện ủy A"])
    assert refused("of_another_day", units, dated_on=date(2023, 4, 25)).data["day"] == "26/04/2023"


def test_what_others_recorded_is_taken_over_when_the_issuer_enters_it(units: dict[str, Unit]) -> None:
    came(units)
    out(units, "Tỉnh ủy", 12, symbol="CV/TU", abstract="Rà soát", day=date(2023, 4, 26))
    document = OfficialDocument.objects.get()
    assert (document.abstract, document.recorded_by) == ("Rà soát", None)
    with pytest.raises(Refused, match="number_given"):
        out(units, "Tỉnh ủy", 12, symbol="CV/TU", abstract="Khác", day=date(2023, 4, 26))


@pytest.mark.parametrize(
    "other",
    [
        {"sender": None, "sender_words": "Sở Nội vụ"},
        {"number": "12a"},
        {"symbol": "SNV-CCVC"},
        {"number": ""},
        {"sender": "Huyện ủy B"},
    ],
)
def test_nobody_writes_numbers_of_strangers_or_of_other_forms_into_their_series(
    units: dict[str, Unit], other: dict[str, Any]
) -> None:
    sender = {"sender": units[other["sender"]].pk} if other.get("sender") else {}
    assert came(units, **other | sender).official is None
    assert not OfficialDocument.objects.exists()


def test_the_same_document_is_entered_once(units: dict[str, Unit]) -> None:
    came(units)
    assert refused("entered_already", units).data["arrival"] == 1
    words: dict[str, Any] = {"sender": None, "sender_words": "Sở Nội vụ", "symbol": "SNV"}
    came(units, **words)
    refused("entered_already", units, **words | {"sender_words": "sở nội vụ"})


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("abstract_missing", {"abstract": " "}),
        ("sender_missing", {"sender": None}),
        ("arrived_ahead", {"arrived_on": date(2023, 4, 29)}),
        ("arrived_ahead", {"dated_on": date(2023, 4, 29)}),
        ("secret", {"abstract": "TỐI MẬT"}),
    ],
)
def test_what_cannot_be_entered_takes_no_arrival_number(
    units: dict[str, Unit], code: str, other: dict[str, Any]
) -> None:
    refused(code, units, **other)
    assert came(units).arrival == 1


def test_a_document_in_goes_to_a_post_of_the_unit_until_a_day_and_is_done_in_words(units: dict[str, Unit]) -> None:
    who, document = act(units, "Huyện ủy A"), came(units)
    with pytest.raises(Refused, match="post_of_another_unit"):
        handle(document.pk, post=act(units, "Tỉnh ủy").post, due_on=None, seen=1, act=who)
    handle(document.pk, post=who.post, due_on=date(2023, 5, 15), seen=1, act=who)
    with pytest.raises(Refused, match="changed_meanwhile"):
        finish(document.pk, words="đã trả lời", seen=1, act=who)
    with pytest.raises(Refused, match="outcome_missing"):
        finish(document.pk, words=" ", seen=2, act=who)
    assert finish(document.pk, words="Công văn 07-CV/HU", seen=2, act=who).done_on == DAY


def test_files_of_a_document_in_are_for_those_who_see_it(units: dict[str, Unit]) -> None:
    document, file = came(units), store_made("cong-van.txt", "Nội dung".encode())
    attach(document.pk, [file], seen=1, act=act(units, "Huyện ủy A"))
    for name, sees in (("Tỉnh ủy", True), ("Huyện ủy A", True), ("Huyện ủy B", False)):
        who = actor(Post.objects.get(unit=units[name]).terms.get().account, DAY)
        assert registers.sees_file(who, file.pk) is sees


def test_what_was_sent_to_a_unit_waits_until_it_is_entered(units: dict[str, Unit]) -> None:
    out(units, "Tỉnh ủy", 12, symbol="CV/TU", to=["Huyện ủy A", "Huyện ủy B"], day=date(2023, 4, 26))
    waits = [units["Huyện ủy A"].pk]
    assert [str(one) for one in registers.addressed(waits, DAY)] == ["12-CV/TU"]
    assert not registers.addressed(waits, date(2023, 4, 25))
    came(units)
    assert not registers.addressed(waits, DAY)


@pytest.mark.parametrize("words", ["ra soat quan chung", "Tỉnh ủy", "12-cv/tu", "công văn"])
def test_a_document_in_is_found_with_and_without_marks_also_by_its_sender(units: dict[str, Unit], words: str) -> None:
    came(units)
    assert registers.with_words(IncomingDocument.objects.all(), words).exists()
    assert not registers.with_words(IncomingDocument.objects.all(), f"{words} khác").exists()
