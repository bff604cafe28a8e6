"""Numbers follow on one another; one that was reserved is used or explained, and none is given twice."""

from datetime import date
from typing import Any

import pytest

from dondoc.accounts.models import Post
from dondoc.accounts.tests.people import hold
from dondoc.documents.models import OfficialDocument, Reservation
from dondoc.documents.queries import next_number
from dondoc.documents.services import (
    About,
    To,
    explain_gap,
    give_up,
    keep_original,
    number_document,
    reserve,
    store_made,
)
from dondoc.documents.symbols import kinds, type_of
from dondoc.history.models import Event
from dondoc.history.services import Act
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
TERM = "2020-2025"


@told_once
def units() -> dict[str, Unit]:
    units = draw("Tỉnh ủy > Huyện ủy A > Xã A1")
    hold(units["Tỉnh ủy"], "clerk", title="Văn phòng Tỉnh ủy")
    hold(units["Tỉnh ủy"], "board", title="Ban Tổ chức Tỉnh ủy")
    return units


def act(kind: str = "clerk") -> Act:
    post = Post.objects.get(kind=kind)
    return Act(None, post.pk, post.unit_id, DAY, act_on(DAY).at)


def number(units: dict[str, Unit], n: int | None = None, **given: Any) -> OfficialDocument:
    who, symbol = given.pop("by", "clerk"), given.pop("symbol", "TB/TU")
    abstract = given.pop("abstract", "Kết luận")
    return number_document(units["Tỉnh ủy"].pk, TERM, symbol, n, DAY, abstract, act(who), **given)


def kept(units: dict[str, Unit], symbol: str = "TB/TU", reason: str = "chờ ký") -> Reservation:
    return reserve(units["Tỉnh ủy"].pk, TERM, symbol, reason, act())


def refused(code: str, *args: Any, **given: Any) -> Refused:
    with pytest.raises(Refused) as said:
        number(*args, **given)
    assert said.value.code == f"documents.{code}"
    return said.value


def test_the_next_number_follows_the_highest_that_was_given_or_reserved(units: dict[str, Unit]) -> None:
    number(units, 5)
    assert number(units).number == 6
    assert kept(units).number == 7
    assert number(units).number == 8


def test_quyet_dinh_and_quy_dinh_are_numbered_in_one_series(units: dict[str, Unit]) -> None:
    first = number(units, symbol="QĐ/TU", about=About("Quyết định"))
    second = number(units, symbol="QĐ/TU", about=About("Quy định"))
    assert [str(first), str(second)] == ["01-QĐ/TU", "02-QĐ/TU"]


@pytest.mark.parametrize(
    ("symbol", "on", "name"),
    [
        ("TB/TU", DAY, "Thông báo"),
        ("QĐ/TU", DAY, ""),
        ("QĐ/TU", date(2018, 5, 1), "Quyết định"),
        ("QĐi/TU", date(2018, 5, 1), "Quy định"),
        ("QĐi/TU", DAY, ""),
        ("XX/TU", DAY, ""),
    ],
)
def test_a_symbol_says_the_type_where_it_stands_for_one_on_that_day(symbol: str, on: date, name: str) -> None:
    assert type_of(symbol, on) == name


def test_a_type_that_is_no_longer_used_is_not_offered() -> None:
    assert "QĐi" not in {kind.code for kind in kinds()}
    assert [kind.name for kind in kinds() if kind.code == "QĐ"] == ["Quyết định", "Quy định"]


def test_a_reserved_number_is_used_by_its_document_and_by_no_other(units: dict[str, Unit]) -> None:
    reserved = kept(units)
    other = refused("number_reserved", units, reserved.number, by="board")
    assert (other.data["post"], other.data["reason"], other.data["next"]) == ("Văn phòng Tỉnh ủy", "chờ ký", 2)
    document = number(units, reservation=reserved.pk, by="board")
    reserved.refresh_from_db()
    assert (document.number, reserved.document) == (1, document)
    refused("number_given", units, reservation=reserved.pk)


def test_who_reserved_a_number_may_simply_write_it(units: dict[str, Unit]) -> None:
    reserved = kept(units)
    document = number(units, reserved.number)
    reserved.refresh_from_db()
    assert reserved.document == document


def test_a_number_that_was_given_up_is_explained_and_never_given_again(units: dict[str, Unit]) -> None:
    reserved = kept(units)
    with pytest.raises(Refused, match="reason_missing"):
        give_up(reserved.pk, explanation="  ", seen=1, act=act())
    give_up(reserved.pk, explanation="không ban hành nữa", seen=1, act=act())
    assert refused("number_given_up", units, 1).data["explanation"] == "không ban hành nữa"
    refused("number_given_up", units, reservation=reserved.pk)
    assert number(units).number == 2


def test_a_used_number_cannot_be_given_up(units: dict[str, Unit]) -> None:
    reserved = kept(units)
    number(units, reservation=reserved.pk)
    with pytest.raises(Refused, match="number_given"):
        give_up(reserved.pk, explanation="thôi", seen=2, act=act())


def test_a_reservation_counts_only_in_its_own_series(units: dict[str, Unit]) -> None:
    reserved = kept(units, symbol="KL/TU")
    refused("reservation_of_another_series", units, reservation=reserved.pk)
    assert next_number(units["Tỉnh ủy"].pk, TERM, "TB/TU") == 1


def test_a_number_left_out_on_paper_is_explained_and_stays_empty(units: dict[str, Unit]) -> None:
    number(units, 5)
    province = units["Tỉnh ủy"].pk
    explain_gap(province, TERM, "TB/TU", 3, "sổ giấy bỏ trống", act())
    refused("number_given_up", units, 3)
    for wrong in (3, 6, 0):
        with pytest.raises(Refused, match="no_gap"):
            explain_gap(province, TERM, "TB/TU", wrong, "bỏ trống", act())
    with pytest.raises(Refused, match="number_given"):
        explain_gap(province, TERM, "TB/TU", 5, "bỏ trống", act())


def test_numbers_in_a_row_are_explained_together(units: dict[str, Unit]) -> None:
    number(units, 5)
    number(units, 9)
    province = units["Tỉnh ủy"].pk
    for last in (4, 9, 5000):
        with pytest.raises(Refused, match=r"no_gap|number_given"):
            explain_gap(province, TERM, "TB/TU", 6, "sổ giấy", act(), last=last)
    assert [one.number for one in explain_gap(province, TERM, "TB/TU", 6, "sổ giấy", act(), last=8)] == [6, 7, 8]


def test_more_that_goes_out_with_a_document_adds_its_receivers_once(units: dict[str, Unit]) -> None:
    to = To(units["Huyện ủy A"].pk)
    number(units, 5, about=About(recipients=[to, To(words="Lưu Văn phòng")]))
    document = number(
        units, 5, further=True, about=About(recipients=[to, To(units["Xã A1"].pk), To(units["Xã A1"].pk)])
    )
    lines = document.recipients.values_list("position", "unit", "words")
    assert list(lines) == [(1, to.unit, ""), (2, None, "Lưu Văn phòng"), (3, units["Xã A1"].pk, "")]
    assert Event.objects.filter(action="documents.sent_to_more").count() == 1


def test_the_original_of_a_document_is_kept_once(units: dict[str, Unit]) -> None:
    document = number(units)
    keep_original(document, store_made("thong-bao.txt", "Thông báo".encode()), act())
    with pytest.raises(Refused, match="original_kept"):
        keep_original(document, store_made("khac.txt", "Khác".encode()), act())
