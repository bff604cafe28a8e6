"""A filled sheet brought back: shown before it is saved, saved like what is typed, and refused where it is not this report's."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.lib.texts import problem
from dondoc.reports import sheets
from dondoc.reports.excel.compare import Preview, preview
from dondoc.reports.excel.out import workbook
from dondoc.reports.excel.read import Filled, read
from dondoc.reports.models import LateValue, Report, Value
from dondoc.tests.page_forms import Form, Forms, send, words
from dondoc.tests.told_once import told_once

from .books import changed, filled, parts_of, text
from .reporting import ENDS, OPENS, Reporting

pytestmark = pytest.mark.django_db


@told_once
def place() -> Reporting:
    made = Reporting()
    DemonstrationDay.objects.create(pk=1, day=ENDS)
    made.open(OPENS)
    made.person("Chi bộ 1")
    made.person("Chi bộ 2")
    made.person("Xã A1", "clerk")
    return made


@pytest.fixture
def as_(client: Client, place: Reporting) -> Callable[..., Client]:
    """Signs somebody in."""
    return lambda name, kind="head": sign_in(client, place.person(name, kind))


def url(name: str, report: Report) -> str:
    return reverse(f"reports:{name}", args=[report.pk])


def book(report: Report) -> tuple[bytes, dict[str, str]]:
    """The sheet of a report and where each field lies on it."""
    with translation.override("vi"):
        code = report.unit.code
        made = workbook(sheets.read(report), unit=code, code=code, receiver="x")
    found = read(made)
    assert isinstance(found, Filled)
    return made, {entry.name: f"{'ABCDEF'[entry.column]}{entry.row + 1}" for entry, _text in found.entries}


def bring(client: Client, report: Report, data: bytes, name: str = "bao-cao.xlsx") -> Any:
    return client.post(url("excel", report), {"sheet": SimpleUploadedFile(name, data)})


def saving(answer: Any, report: Report) -> Form:
    return next(one for one in Forms(answer.content.decode()).forms if one.action == url("save", report))


def test_a_sheet_is_looked_at_first_and_then_saved_as_a_draft(as_: Callable[..., Client], place: Reporting) -> None:
    report, client = place.report("Chi bộ 1"), as_("Chi bộ 1")
    data, at = book(report)
    answer = bring(client, report, filled(data, {at["line.admissions"]: 1, at["section.results"]: "=Đã họp\nHai dòng"}))
    assert "Bảng thay đổi 2 chỗ" in words(answer)
    assert not Value.objects.exists()
    assert send(client, saving(answer, report)).status_code == 302
    assert {one.name: one.text for one in Value.objects.all()} == {
        "line.admissions": "1",
        "section.results": "=Đã họp\nHai dòng",
    }
    report.refresh_from_db()
    assert report.state == "open"
    data, _at = book(report)
    assert "Bảng không thay đổi gì" in words(bring(client, report, data))


def test_the_office_above_brings_the_sheet_of_a_unit_and_a_neighbour_does_not(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.report("Chi bộ 1")
    data, at = book(report)
    data = filled(data, {at["line.admissions"]: 2})
    answer = bring(as_("Xã A1", "clerk"), report, data)
    assert "đang nhập thay" in words(answer)
    assert send(as_("Xã A1", "clerk"), saving(answer, report)).status_code == 302
    assert Value.objects.get().by == place.person("Xã A1", "clerk")
    assert bring(as_("Chi bộ 2"), report, data).status_code == 404


def test_what_was_typed_meanwhile_stays_unless_the_sheet_changes_it_and_then_both_are_kept(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report, client = place.report("Chi bộ 1"), as_("Chi bộ 1")
    data, at = book(report)
    place.fill(report, {"line.members": "21", "line.admissions": "1"})
    answer = bring(client, report, filled(data, {at["line.admissions"]: 2}))
    assert "Bảng thay đổi 1 chỗ" in words(answer)
    assert "Đã có người sửa sau khi tải bảng xuống" in words(answer)
    assert send(client, saving(answer, report)).status_code == 302
    assert {one.name: one.text for one in Value.objects.all()} == {"line.members": "21", "line.admissions": "1"}
    assert LateValue.objects.get().text == "2"


def test_a_wrong_sheet_is_refused_with_its_cells_and_nothing_of_it_is_saved(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report, client = place.report("Chi bộ 1"), as_("Chi bộ 1")
    data, at = book(report)
    cell = at["line.admissions"]
    answer = bring(client, report, filled(data, {at["line.members"]: 20, cell: "1,500"}))
    assert answer.status_code == 422
    assert f"Ô {cell} (Kết nạp đảng viên): “1,500”" in words(answer)
    assert "Tải lên lại" in words(answer)
    assert bring(client, report, data, "bao-cao.xlsm").status_code == 422
    assert bring(client, report, b"").status_code == 422
    assert client.post(url("excel", report), {"sheet": "x"}).status_code == 422
    assert not Value.objects.exists()


def test_a_percentage_over_100_and_a_mark_of_secrecy_are_refused_with_their_cells(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    data, at = book(report)
    wrong: dict[str, int | str] = {
        at["line.cell_meetings"]: 1,
        at["line.cell_meetings_good"]: 2,
        at["section.results"]: "TUYỆT MẬT",
    }
    found = previewed(filled(data, wrong), report)
    assert isinstance(found, list)
    assert [one.source for one in found] == [at["section.results"], at["line.cell_meetings_good"]]
    assert all(problem(one) for one in found)


def previewed(data: bytes, report: Report) -> Any:
    found = read(data)
    assert isinstance(found, Filled), found
    return preview(found, sheets.read(report), report.unit.code)


def other(data: bytes, old: str, new: str) -> bytes:
    """The sheet with something else on its hidden sheet."""
    assert old.encode() in parts_of(data)["xl/sharedStrings.xml"]
    return changed(data, lambda xml: xml.replace(old, new, 1), "xl/sharedStrings.xml")


ANOTHER = {
    "of a neighbour": ('"unit":"chi-bo-1"', '"unit":"chi-bo-2"', "excel_other_unit", "A2"),
    "of no unit": ('"unit":"chi-bo-1"', '"unit":"chi-bo-99"', "excel_no_such_unit", "A2"),
    "of another month": ('"period":"2023-04"', '"period":"2023-05"', "excel_other_period", "A3"),
    "of another part": ('"last":"2023-04-30"', '"last":"2023-04-14"', "excel_other_period", "A3"),
    "of another form": ('"form":"monthly"', '"form":"quarterly"', "excel_other_form", "A6"),
    "of an older form": ('"since":"2018-01-01"', '"since":"2016-01-01"', "excel_older_form", "A6"),
}


@pytest.mark.parametrize(("old", "new", "code", "cell"), ANOTHER.values(), ids=ANOTHER)
def test_the_sheet_of_another_report_is_refused(place: Reporting, old: str, new: str, code: str, cell: str) -> None:
    report = place.report("Chi bộ 1")
    found = previewed(other(book(report)[0], old, new), report)
    assert [(one.code, one.source) for one in found] == [(f"reports.{code}", cell)]
    assert cell in problem(found[0])


def test_a_line_that_is_computed_by_now_is_refused_only_where_the_sheet_fills_it(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    data, at = book(report)
    place.accepted("Chi bộ 1", "Xã A1")
    place.open(date(2023, 5, 26))
    may = place.report("Chi bộ 1", period="2023-05")
    data = other(data, '"period":"2023-04","first":"2023-04-01","last":"2023-04-30"', MAY)
    assert isinstance(previewed(data, may), Preview)
    found = previewed(changed(data, text(at["line.members_opening"], "20")), may)
    assert [(one.code, one.source) for one in found] == [("reports.excel_closed", at["line.members_opening"])]


MAY = '"period":"2023-05","first":"2023-05-01","last":"2023-05-31"'
