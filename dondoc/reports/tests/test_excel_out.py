"""The Excel sheet of a report: what is known stands in it, only what may be filled is open, and nothing in it is a formula."""

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.lib.refusals import Problem
from dondoc.lib.workbooks.opening import Sheet, opened
from dondoc.reports import sheets
from dondoc.reports.excel import layout
from dondoc.reports.excel.out import workbook
from dondoc.reports.models import Report
from dondoc.tests.told_once import told_once

from .reporting import ENDS, OPENS, Reporting

pytestmark = pytest.mark.django_db
FORMULA_LIKE = "=1+1\n@nguồn\n- Đã họp"


@told_once
def place() -> Reporting:
    made = Reporting()
    DemonstrationDay.objects.create(pk=1, day=ENDS)
    made.open(OPENS)
    made.fill(made.report("Chi bộ 1"), {"line.admissions": "1500", "section.results": FORMULA_LIKE})
    made.person("Xã A1", "clerk")
    made.person("Chi bộ 2")
    return made


def made(report: Report) -> bytes:
    with translation.override("vi"):
        return workbook(sheets.read(report), unit="Chi bộ 1", code="chi-bo-1", receiver="Đảng bộ xã A1")


def read(data: bytes) -> tuple[Sheet, layout.Layout]:
    found = opened(data, [layout.SHEET, layout.HIDDEN])
    assert not isinstance(found, Problem)
    told = layout.read([str(row[0]) for row in found[layout.HIDDEN].cells])
    assert told is not None
    return found[layout.SHEET], told


def test_a_sheet_says_of_which_report_it_is_and_holds_what_is_known(place: Reporting) -> None:
    page, told = read(made(place.report("Chi bộ 1")))
    assert told.identity == layout.Identity("monthly", "2018-01-01", "chi-bo-1", "2023-04", "2023-04-01", "2023-04-30")
    assert page.at(0, 0) == "Báo cáo tháng 4/2023"
    assert page.at(layout.UNIT_ROW, 0) == "Đơn vị: Chi bộ 1"
    assert "2023-04" in str(page.at(layout.FORM_ROW, 0))
    entries = {one.name: one for one in told.entries}
    admissions, results = entries["line.admissions"], entries["section.results"]
    assert (page.at(admissions.row, admissions.column), admissions.was, admissions.counter) == (1500, "1500", 1)
    assert page.at(results.row, results.column) == results.was == FORMULA_LIKE
    assert set(entries) == sheets.names(place.report("Chi bộ 1"))
    assert all(page.at(one.row, one.column) == one.text for one in told.said)


def test_no_text_becomes_a_formula_and_only_open_cells_are_unlocked(place: Reporting) -> None:
    data = made(place.report("Chi bộ 1"))
    with zipfile.ZipFile(BytesIO(data)) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
        styles = packed.read("xl/styles.xml").decode()
        assert 'state="veryHidden"' in packed.read("xl/workbook.xml").decode()
    assert "<f>" not in page
    assert "<sheetProtection" in page
    assert 'quotePrefix="1"' in styles
    formats = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")].split("<xf ")[1:]
    cells = {cell: int(style) for cell, style in re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', page)}
    _page, told = read(data)
    opened_cells = {
        f"{'ABCDEF'[column]}{one.row + 1}" for one in told.entries for column in range(one.column, one.to + 1)
    }
    assert {cell for cell, style in cells.items() if 'locked="0"' in formats[style]} == opened_cells


def test_what_is_summed_is_shown_and_cannot_be_filled(place: Reporting) -> None:
    page, told = read(made(place.report("Xã A1")))
    summed = next(one for one in told.computed if one.label == "Kết nạp đảng viên")
    assert summed.value is None
    assert "0/2" in str(page.at(summed.row, layout.WORDS))
    assert "line.admissions" not in {one.name for one in told.entries}
    assert "line.organisations_inspected" in {one.name for one in told.entries}


def test_the_sheet_is_for_whoever_fills_the_report_while_it_is_filled(client: Client, place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    url = reverse("reports:sheet", args=[report.pk])
    answer = sign_in(client, place.person("Xã A1", "clerk")).get(url)
    assert answer.status_code == 200
    assert 'filename="monthly-' in answer["Content-Disposition"]
    read(answer.content)
    assert sign_in(client, place.person("Chi bộ 2")).get(url).status_code == 404
    Report.objects.filter(pk=report.pk).update(state="submitted")
    assert sign_in(client, place.person("Xã A1", "clerk")).get(url).status_code == 409


def test_what_a_superior_collects_goes_out_with_the_numbers_sent_and_no_formula(
    client: Client, place: Reporting
) -> None:
    place.accepted("Chi bộ 2", "Xã A1", line__admissions="1")
    answer = sign_in(client, place.person("Xã A1", "clerk")).get(reverse("reports:collect"), {"as": "excel"})
    assert answer.status_code == 200
    found = opened(answer.content, ["Tình hình gửi", "Số liệu đã gửi"])
    assert not isinstance(found, Problem), found
    stand, numbers = found["Tình hình gửi"].cells, found["Số liệu đã gửi"].cells
    assert {row[0]: row[2] for row in stand[4:]} == {"Chi bộ 2": "Đã chấp nhận, đúng hạn", "Chi bộ 1": "Sắp đến hạn"}
    at = numbers[4].index("Kết nạp đảng viên")
    assert [(row[0], row[at]) for row in numbers[5:]] == [("Chi bộ 2", 1)]
    assert b"<f>" not in answer.content
