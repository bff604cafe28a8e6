"""The pages of reports: filled, sent and judged through them, by those who may; the same number of queries at any size."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.figures.models import Figure
from dondoc.reports import services
from dondoc.reports.models import Difficulty, LateValue, Report, Value
from dondoc.reports.rounds import grid, rounds
from dondoc.tests.told_once import told_once

from .reporting import COMMUNE, ENDS, MONTH, OPENS, Reporting

pytestmark = pytest.mark.django_db
COUNTER: dict[str, Any] = {"counter.line.admissions": "1"}
HTMX = {"HX-Request": "true"}


@told_once
def place() -> Reporting:
    made = Reporting()
    DemonstrationDay.objects.create(pk=1, day=ENDS)
    made.open(OPENS)
    for name, kind in (
        ("Chi bộ 1", "head"),
        ("Chi bộ 2", "head"),
        ("Xã A1", "clerk"),
        ("Xã A1", "head"),
        ("Xã A2", "head"),
    ):
        made.person(name, kind)
    return made


@pytest.fixture
def as_(client: Client, place: Reporting) -> Callable[..., Client]:
    """Signs somebody in."""
    return lambda name, kind="head": sign_in(client, place.person(name, kind))


def url(name: str, *args: int) -> str:
    return reverse(f"reports:{name}", args=args)


def fields(values: dict[str, str], report: Report) -> dict[str, Any]:
    """What the form sends for these values: each with what stood there and its counter."""
    known = {one.name: one for one in Value.objects.filter(report=report)}
    sent: dict[str, Any] = dict(values)
    for name in values:
        sent[f"was.{name}"] = known[name].text if name in known else ""
        sent[f"counter.{name}"] = str(known[name].counter) if name in known else "0"
    return sent


def test_a_cell_fills_and_sends_its_commune_accepts_and_the_ledger_has_the_figures(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.report("Chi bộ 1")
    cell = as_("Chi bộ 1")
    assert "Báo cáo tháng 4/2023" in cell.get(url("list")).content.decode()
    page = cell.get(url("report", report.pk)).content.decode()
    assert 'name="line.members"' in page
    assert "Chốt số liệu ngày 01/05/2023; hạn gửi báo cáo 02/05/2023." in page
    assert "” còn trống" not in page
    answer = post(cell, url("submit", report.pk), report.version, **fields(MONTH, report))
    assert answer.status_code == 302, answer.content.decode()
    commune = as_("Xã A1", "clerk")
    assert f'value="{report.pk}:' in commune.get(url("collect")).content.decode()
    report.refresh_from_db()
    assert "Chấp nhận" in commune.get(url("report", report.pk)).content.decode()
    answer = post(commune, url("accept-many"), 0, chosen=f"{report.pk}:{report.version}")
    assert answer.status_code == 302
    assert Figure.objects.get(unit=report.unit, indicator="members").value == 21
    assert (
        "tổng hợp từ cấp dưới: đã có 1/2 báo cáo"
        in commune.get(url("report", place.report("Xã A1").pk)).content.decode().lower()
    )


def test_what_is_missing_is_named_once_one_tries_to_send_and_what_was_typed_is_saved(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.report("Chi bộ 1")
    cell = as_("Chi bộ 1")
    answer = post(cell, url("submit", report.pk), report.version, **fields({"line.admissions": "2"}, report))
    assert answer.status_code == 200
    assert "“Đảng viên cuối kỳ” còn trống" in answer.content.decode()
    assert Value.objects.get().text == "2"
    assert place.report("Chi bộ 1").state == "open"


def test_the_form_saves_itself_and_says_beside_the_field_what_is_odd(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.report("Chi bộ 1")
    cell = as_("Chi bộ 1")
    typed = {"line.admissions": "1", "line.admissions_youth": "3", "line.members": "1,5"}
    answer = post(cell, url("save", report.pk), report.version, headers=HTMX, **fields(typed, report))
    page = answer.content.decode()
    assert "“Kết nạp đảng viên trong độ tuổi thanh niên” (3) lớn hơn “Kết nạp đảng viên” (1)" in page
    assert "“1,5” không phải số nguyên" in page
    assert 'name="counter.line.admissions" value="1"' in page
    assert {one.name: one.text for one in Value.objects.all()} == {"line.admissions": "1", "line.admissions_youth": "3"}
    report.refresh_from_db()
    assert f'name="seen" id="seen" value="{report.version}"' in page


def test_of_two_tabs_the_later_value_is_kept_beside_and_sending_waits_for_a_choice(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.report("Chi bộ 1")
    cell = as_("Chi bộ 1")
    old = fields({"line.admissions": "2"}, report)
    post(cell, url("save", report.pk), report.version, **fields({"line.admissions": "1"}, report))
    page = post(cell, url("save", report.pk), report.version, headers=HTMX, **old).content.decode()
    late = LateValue.objects.get()
    assert url("choose", late.pk) in page
    assert "<strong>2</strong><br>Giá trị hiện có: <strong>1</strong>" in page
    # Somebody else's change was not seen yet, so the version that the form carries stays behind.
    assert f'id="seen" value="{report.version}"' in page
    answer = post(cell, url("choose", late.pk), 0, take="1", **COUNTER)
    assert answer.status_code == 302
    assert Value.objects.get().text == "2"


def test_a_report_changed_by_somebody_else_is_not_sent_unseen(as_: Callable[..., Client], place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    seen = report.version
    place.fill(report, MONTH)
    answer = post(as_("Chi bộ 1"), url("submit", report.pk), seen)
    assert answer.status_code == 409


def test_who_sees_and_does_what(as_: Callable[..., Client], place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    assert as_("Chi bộ 2").get(url("report", report.pk)).status_code == 404
    assert as_("Xã A2").get(url("report", report.pk)).status_code == 404
    head = as_("Xã A1")
    assert "chưa được gửi" in head.get(url("report", report.pk)).content.decode()
    assert post(head, url("save", report.pk), report.version).status_code == 403
    clerk = as_("Xã A1", "clerk")
    assert 'name="paper"' in clerk.get(url("report", report.pk)).content.decode()
    assert post(clerk, url("submit", report.pk), report.version, **fields(MONTH, report)).status_code == 422
    place.fill(report, MONTH)
    place.submit(report)
    report.refresh_from_db()
    assert post(as_("Chi bộ 1"), url("accept", report.pk), report.version).status_code == 403
    assert post(as_("Xã A1"), url("accept", report.pk), report.version).status_code == 302


def test_a_report_is_returned_with_a_remark_on_a_line_that_the_unit_finds_on_its_form(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.report("Chi bộ 1")
    place.fill(report, MONTH)
    place.submit(report)
    report.refresh_from_db()
    clerk = as_("Xã A1", "clerk")
    assert post(clerk, url("return", report.pk), report.version).status_code == 422
    remark: dict[str, Any] = {"remark.admissions": "Thiếu một người kết nạp ngày 20/04"}
    assert post(clerk, url("return", report.pk), report.version, **remark).status_code == 302
    page = as_("Chi bộ 1").get(url("report", report.pk)).content.decode()
    assert "Thiếu một người kết nạp ngày 20/04" in page
    assert 'href="#line-admissions"' in page


def test_what_was_sent_stands_beside_what_is_known_now_and_says_where_it_went(
    as_: Callable[..., Client], place: Reporting
) -> None:
    first = place.accepted("Chi bộ 1", "Xã A1")
    commune = place.report("Xã A1")
    place.fill(commune, COMMUNE | {"why.all": "Chi bộ 2 họp muộn"})
    place.submit(commune)
    late = place.accepted("Chi bộ 2", "Xã A1", ENDS + timedelta(1))
    DemonstrationDay.objects.update(day=ENDS + timedelta(1))
    page = as_("Xã A1", "clerk").get(url("sent", commune.pk, 1)).content.decode()
    assert "hiện nay: 42" in page
    assert "từ 1/2 báo cáo (hiện nay 2/2)" in " ".join(page.split())
    assert "Số liệu này đã vào" in as_("Chi bộ 1").get(url("report", first.pk)).content.decode()
    assert "Số liệu này đã vào" not in as_("Chi bộ 2").get(url("report", late.pk)).content.decode()
    first.refresh_from_db()
    assert post(as_("Chi bộ 1"), url("correct", first.pk), first.version, reason="Đếm thiếu").status_code == 302
    form = as_("Chi bộ 1").get(url("report", first.pk)).content.decode()
    assert 'name="line.admissions"' in form
    assert "Số liệu này đã vào" in form


def test_the_form_says_how_many_reports_came_in_after_the_cut_off_and_are_in_its_sums(
    as_: Callable[..., Client], place: Reporting
) -> None:
    commune = place.report("Xã A1")
    place.accepted("Chi bộ 1", "Xã A1", commune.cut_off_on)
    said = "Có 1 báo cáo cấp dưới được chấp nhận sau ngày chốt số liệu"
    DemonstrationDay.objects.update(day=commune.cut_off_on + timedelta(1))
    assert said not in as_("Xã A1").get(url("report", commune.pk)).content.decode()
    place.accepted("Chi bộ 2", "Xã A1", commune.cut_off_on + timedelta(1))
    assert said in as_("Xã A1").get(url("report", commune.pk)).content.decode()


def test_a_difficulty_is_answered_on_its_page_and_who_raised_it_reads_the_answer(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.fill(place.report("Chi bộ 1"), MONTH | {"section.difficulties": "Thiếu kinh phí"})
    place.submit(report)
    one = Difficulty.objects.get()
    head = as_("Xã A1")
    assert "Thiếu kinh phí" in head.get(url("difficulties")).content.decode()
    assert post(head, url("answer", one.pk), one.version, text="Sẽ cấp trong quý II.").status_code == 302
    assert "Sẽ cấp trong quý II." in as_("Chi bộ 1").get(url("difficulties")).content.decode()


def test_the_day_shown_does_not_open_what_was_closed(as_: Callable[..., Client], place: Reporting) -> None:
    report = place.accepted("Chi bộ 1", "Xã A1")
    cell = as_("Chi bộ 1")
    answer = post(cell, url("save", report.pk), report.version, **fields({"line.admissions": "5"}, report))
    assert answer.status_code == 409
    assert "Báo cáo đã gửi nên không nhập tiếp được" in answer.content.decode()


def test_a_day_gone_by_shows_what_was_sent_and_known_by_then(as_: Callable[..., Client], place: Reporting) -> None:
    report = place.fill(place.report("Chi bộ 1"), MONTH | {"section.difficulties": "Thiếu kinh phí"})
    place.submit(report)
    report.refresh_from_db()
    remarks = {"admissions": "Thiếu một người"}
    day = [date(2023, 5, n) for n in range(1, 8)]
    clerk = place.act("Xã A1", day[1], "clerk")
    services.send_back(report.pk, remarks=remarks, seen=report.version, act=clerk)
    place.fill(report, {"line.admissions": "2", "line.members": "22", "line.members_official": "20"}, day[2])
    place.submit(report, day[3])
    place.accept(report, "Xã A1", day[4])
    DemonstrationDay.objects.update(day=day[6])
    commune = as_("Xã A1", "clerk")

    def seen(on: date, address: str = url("report", report.pk)) -> str:
        return " ".join(commune.get(f"{address}?on={on:%d/%m/%Y}").content.decode().split())

    before, first, back, again, now = (seen(one) for one in (date(2023, 4, 29), day[0], day[1], day[3], day[6]))
    assert "chưa được gửi" in before
    assert "<strong>21</strong>" in first
    assert "Thiếu một người" not in first
    assert "hiện nay: 22" not in first
    assert ">Chấp nhận<" not in first
    assert "Thiếu một người" in back
    assert "Trả lại để bổ sung" in back
    assert "<strong>22</strong>" in again
    assert "chấp nhận ngày" not in again
    assert "chấp nhận ngày 05/05/2023" in now
    assert "hiện nay: 22" in seen(day[6], url("sent", report.pk, 1))


@pytest.mark.parametrize("name", ["list", "collect", "difficulties"])
def test_a_page_asks_the_same_number_of_questions_for_one_unit_and_for_thirty(
    as_: Callable[..., Client], place: Reporting, name: str
) -> None:
    clerk = as_("Xã A1", "clerk")

    def count() -> int:
        clerk.get(url(name))
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(url(name)).status_code == 200
        return len(asked)

    report = place.fill(place.report("Chi bộ 1"), MONTH | {"section.difficulties": "Thiếu kinh phí"})
    place.submit(report)
    before = count()
    like: dict[str, Any] = {
        field.attname: getattr(report, field.attname) for field in Report._meta.concrete_fields if field.attname != "id"
    }
    for number in range(30):
        day = date(2010 + number // 12, number % 12 + 1, 1)
        copy = Report.objects.create(**like | {"starts_on": day, "period": f"{day:%Y-%m}", "due_on": day})
        Difficulty.objects.create(
            report=copy, unit_id=copy.unit_id, text="x", raised_on=ENDS, lies_with_id=copy.receiver_id, lies_since=ENDS
        )
    assert count() == before


def test_a_form_asks_the_same_number_of_questions_however_much_was_filled_in(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.report("Chi bộ 1")
    cell = as_("Chi bộ 1")

    def count() -> int:
        cell.get(url("report", report.pk))
        with CaptureQueriesContext(connection) as asked:
            assert cell.get(url("report", report.pk)).status_code == 200
        return len(asked)

    before = count()
    services.save_fields(report.pk, MONTH, act=place.act("Chi bộ 1", ENDS))
    assert count() == before


def test_the_collection_says_who_kept_to_the_reports_of_the_last_periods_worst_first(
    as_: Callable[..., Client], place: Reporting
) -> None:
    for name in ("Chi bộ 1", "Chi bộ 2"):
        place.accepted(name, "Xã A1", date(2023, 5, 1 if name == "Chi bộ 2" else 4))
    place.open(date(2023, 5, 26))
    several = [one for one in rounds([place.unit("Xã A1")], date(2023, 6, 5)) if one.form == "monthly"]
    found = [
        (row.unit.name, [cell and cell[1] for cell in row.cells], row.late) for row in grid(several, date(2023, 6, 5))
    ]
    assert found == [
        ("Chi bộ 1", ["overdue", "accepted_late"], 2),
        ("Chi bộ 2", ["overdue", "accepted"], 1),
    ]
    assert "Việc chấp hành chế độ báo cáo" in as_("Xã A1", "clerk").get(url("collect")).content.decode()


def test_who_returned_a_report_reads_what_was_sent_and_enters_it_for_the_unit_only_when_asked_to(
    as_: Callable[..., Client], place: Reporting
) -> None:
    report = place.fill(place.report("Chi bộ 1"), MONTH)
    place.submit(report)
    clerk = as_("Xã A1", "clerk")
    answer = post(clerk, url("return", report.pk), Report.objects.get(pk=report.pk).version, text="Ghi rõ hơn")
    page = clerk.get(answer["Location"]).content.decode()
    assert "Ghi rõ hơn" in page
    assert 'id="report-form"' not in page
    form = clerk.get(f"{url('report', report.pk)}?fill=1").content.decode()
    assert 'id="report-form"' in form
    writer = place.person("Chi bộ 1").label
    assert form.count(f"do {writer} nhập") == 1
    assert f"người nhập gần nhất: {writer}" not in form
    assert 'id="report-form"' in as_("Chi bộ 1").get(url("report", report.pk)).content.decode()
