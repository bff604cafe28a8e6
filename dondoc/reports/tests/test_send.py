"""Filling, sending, judging and correcting a report, and what the ledger has then."""

from datetime import date

import pytest
from django.test import Client

from dondoc.accounts.tests.people import sign_in
from dondoc.figures.models import Figure
from dondoc.figures.origins import Place, where_from
from dondoc.lib.refusals import Refused
from dondoc.reports import queries, services, sheets
from dondoc.reports.models import Report, SentLine, Value
from dondoc.tests.told_once import told_once

from .reporting import COMMUNE, ENDS, MONTH, OPENS, Reporting

pytestmark = pytest.mark.django_db


@told_once
def place() -> Reporting:
    made = Reporting()
    made.open(OPENS)
    return made


def ledger(unit: int) -> dict[str, int]:
    rows = Figure.objects.filter(unit=unit, superseded_at=None, origin="report")
    return dict(rows.values_list("indicator", "value"))


def test_an_accepted_report_is_in_the_ledger_line_by_line_with_the_line_it_came_from(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    place.fill(report, MONTH)
    sent = place.submit(report)
    assert ledger(place.unit("Chi bộ 1")) == {}
    place.accept(report, "Xã A1")
    known = ledger(place.unit("Chi bộ 1"))
    assert (known["admissions"], known["members"], known["members_died"]) == (1, 21, 0)
    assert "members_opening" not in known
    figure = Figure.objects.get(indicator="admissions")
    assert (figure.period, figure.starts_on, figure.ends_on) == ("2023-04", date(2023, 4, 1), date(2023, 5, 1))
    assert SentLine.objects.get(pk=figure.origin_key or 0).submission == sent
    assert Figure.objects.get(indicator="members").on == ENDS


def test_the_commune_reads_the_sum_of_its_cells_and_how_complete_it_is(place: Reporting) -> None:
    place.accepted("Chi bộ 1", "Xã A1")
    rows = {row.key: row for row in sheets.read(place.report("Xã A1")).rows}
    assert not rows["admissions"].open
    assert (rows["admissions"].value, rows["members"].value, rows["members_opening"].value) == (1, 21, 20)
    assert [(rows[k].total.reported, rows[k].total.expected) for k in ("admissions", "members")] == [(1, 2), (1, 2)]  # type: ignore[union-attr]
    assert rows["petitions_received"].open


def test_a_commune_whose_cells_are_not_all_in_says_why_it_sends_now(place: Reporting) -> None:
    place.accepted("Chi bộ 1", "Xã A1")
    report = place.report("Xã A1")
    place.fill(report, COMMUNE)
    with pytest.raises(Refused) as refused:
        place.submit(report)
    assert [one.code for one in refused.value.data["problems"]] == ["reports.incomplete"]
    place.fill(report, {"why.all": "Chi bộ 2 họp muộn, sẽ bổ sung."})
    sent = place.submit(report)
    line = sent.lines.get(key="members")
    assert (line.value, line.reported, line.expected) == (21, 1, 2)
    assert sent.why == "Chi bộ 2 họp muộn, sẽ bổ sung."
    # The superior is told, and does not find it ticked as one without anything odd.
    report.refresh_from_db()
    assert [one.explained for one in queries.lines([report], ENDS)] == [1]
    client = sign_in(Client(), place.person("Huyện ủy A", "leader"))
    assert "Chi bộ 2 họp muộn, sẽ bổ sung." in client.get(f"/reports/{report.pk}/").content.decode()


def test_a_longer_period_is_read_from_the_months_that_were_accepted(place: Reporting) -> None:
    place.accepted("Chi bộ 1", "Xã A1")
    commune = place.report("Xã A1")
    place.fill(commune, COMMUNE | {"line.petitions_received": "7", "why.all": "Chi bộ 2 chưa gửi."})
    place.submit(commune)
    place.accept(commune, "Huyện ủy A")
    place.open(date(2023, 5, 26))
    place.accepted("Chi bộ 1", "Xã A1", date(2023, 5, 31), "2023-05", line__members="22", line__members_official="20")
    place.open(date(2023, 6, 30))
    rows = {row.key: row for row in sheets.read(place.report("Xã A1", "quarterly", "2023-Q2")).rows}
    assert not any(row.open for row in rows.values())
    below, own = rows["admissions"], rows["petitions_received"]
    assert (below.value, rows["members"].value, rows["members_opening"].value) == (2, 22, 20)
    assert below.total is not None
    assert own.total is not None
    assert (below.mode, below.total.reported, below.total.expected) == ("below", 2, 6)
    assert (own.mode, own.value, own.total.reported, own.total.expected, own.total.form) == (
        "finer",
        7,
        1,
        3,
        "monthly",
    )


def test_a_report_goes_on_where_the_last_one_closed(place: Reporting) -> None:
    place.accepted("Chi bộ 1", "Xã A1")
    place.open(date(2023, 5, 26))
    rows = {row.key: row for row in sheets.read(place.report("Chi bộ 1", period="2023-05")).rows}
    assert (rows["members_opening"].value, rows["members_opening"].open) == (21, False)
    assert rows["admissions"].last == 1


def test_what_is_missing_or_impossible_stops_a_report(place: Reporting) -> None:
    report = place.fill(place.report("Chi bộ 1"), MONTH | {"line.members": "25", "section.tasks": ""})
    with pytest.raises(Refused) as refused:
        place.submit(report)
    found = [(one.source, one.code) for one in refused.value.data["problems"]]
    assert found == [
        ("members", "reports.does_not_add_up"),
        ("members", "reports.identity"),
        ("section.tasks", "reports.section_missing"),
    ]


def test_a_report_cannot_be_sent_before_its_last_day(place: Reporting) -> None:
    report = place.fill(place.report("Chi bộ 1"), MONTH)
    with pytest.raises(Refused, match=r"reports\.too_early"):
        place.submit(report, date(2023, 4, 29))


def test_nobody_accepts_the_report_of_their_own_unit_nor_one_they_entered(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    clerk = place.act("Xã A1", ENDS, "clerk")
    services.save_fields(report.pk, MONTH, act=clerk)
    report.refresh_from_db()
    with pytest.raises(Refused, match=r"reports\.paper_missing"):
        services.submit(report.pk, seen=report.version, act=clerk)
    sent = services.submit(report.pk, seen=report.version, act=clerk, paper="Báo cáo số 4-BC/CB ngày 29/04/2023")
    assert sent.paper.startswith("Báo cáo số 4")
    with pytest.raises(Refused, match=r"reports\.own_entry"):
        place.accept(report, "Xã A1")
    with pytest.raises(Refused, match=r"reports\.own_unit"):
        place.accept(report, "Chi bộ 1", kind="head")
    assert place.accept(report, "Xã A1", kind="head").state == "accepted"


def test_a_returned_report_is_sent_again_and_the_first_sending_stays(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    place.fill(report, MONTH)
    first = place.submit(report)
    report.refresh_from_db()
    back = {"admissions": "Kết nạp hai người.", "": ""}
    services.send_back(report.pk, remarks=back, seen=report.version, act=place.act("Xã A1", ENDS, "clerk"))
    assert [(one.line, one.text) for one in first.remarks.all()] == [("admissions", "Kết nạp hai người.")]
    changed = {"line.admissions": "2", "line.members": "22", "line.members_probationary": "3"}
    place.fill(report, changed)
    second = place.submit(report)
    assert (second.number, second.lines.get(key="admissions").value) == (2, 2)
    assert first.lines.get(key="admissions").value == 1


def test_a_remark_is_of_a_line_or_part_that_was_sent(place: Reporting) -> None:
    report = place.fill(place.report("Chi bộ 1"), MONTH)
    place.submit(report)
    report.refresh_from_db()
    for line in ("petitions_received", "section.budget", "x" * 90):
        with pytest.raises(Refused, match=r"reports\.remark_of_nothing"):
            services.send_back(
                report.pk, remarks={line: "Xem lại."}, seen=report.version, act=place.act("Xã A1", ENDS, "clerk")
            )
    assert Report.objects.get(pk=report.pk).state == "submitted"


def test_a_correction_gives_the_ledger_a_new_version_with_its_reason_and_leaves_what_was_sent(place: Reporting) -> None:
    report = place.accepted("Chi bộ 1", "Xã A1")
    head = place.act("Chi bộ 1", ENDS)
    services.correct(report.pk, reason="Đếm thiếu một kỳ", seen=report.version, act=head)
    place.fill(report, {"line.cell_meetings": "2", "line.cell_meetings_good": "2"})
    sent = place.submit(report)
    assert ledger(report.unit_id)["cell_meetings"] == 1
    place.accept(report, "Xã A1")
    assert ledger(report.unit_id)["cell_meetings"] == 2
    old = Figure.objects.get(indicator="cell_meetings", superseded_at__isnull=False)
    assert (old.value, old.reason) == (1, "Đếm thiếu một kỳ")
    assert Figure.objects.filter(indicator="members").count() == 1
    assert sent.number == 2


def test_fields_are_saved_all_or_none_and_bad_numbers_are_named(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    bad = {"line.admissions": "-3", "line.members": "1,500", "line.cell_meetings": "một", "line.study_sessions": "2"}
    with pytest.raises(Refused) as refused:
        place.fill(report, bad)
    found = [(one.source, one.code) for one in refused.value.data["problems"]]
    assert found == [
        ("line.admissions", "reports.negative"),
        ("line.members", "reports.decimal"),
        ("line.cell_meetings", "reports.no_number"),
    ]
    assert not Value.objects.exists()
    place.fill(report, {"line.members": "1.500"})
    assert Value.objects.get().text == "1500"


def test_a_save_that_saw_an_older_counter_is_kept_beside_for_a_person_to_choose(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    act = place.act("Chi bộ 1", ENDS)
    first = services.save_field(report.pk, "line.admissions", "1", counter=0, act=act)
    late = services.save_field(report.pk, "line.admissions", "2", counter=0, act=act)
    assert (first.counter, late.text, late.counter) == (1, "1", 1)
    assert late.late is not None
    with pytest.raises(Refused, match=r"reports\.late_waits"):
        place.submit(place.fill(report, {key: text for key, text in MONTH.items() if key != "line.admissions"}))
    chosen = services.choose_late(late.late.pk, take=True, counter=1, act=act)
    assert (chosen.text, chosen.counter) == ("2", 2)


def test_empty_numbers_of_the_period_become_zero_at_once(place: Reporting) -> None:
    report = place.fill(place.report("Chi bộ 1"), {"line.admissions": "1"})
    services.fill_zeros(report.pk, act=place.act("Chi bộ 1", ENDS))
    rows = {row.key: row.value for row in sheets.read(Report.objects.get(pk=report.pk)).rows}
    assert (rows["admissions"], rows["members_died"], rows["members"]) == (1, 0, None)


def test_a_figure_says_which_report_it_was_accepted_with_and_where_its_line_stands(place: Reporting) -> None:
    report = place.accepted("Chi bộ 1", "Xã A1")
    figure = Figure.objects.get(indicator="admissions")
    found = where_from(place.actor("Xã A1", ENDS), [figure])[figure.pk]
    assert found == Place("Báo cáo tháng 4/2023", f"/reports/{report.pk}/sent/1/#line-admissions")
    stranger = where_from(place.actor("Xã A2", ENDS), [figure])[figure.pk]
    assert stranger == Place("Báo cáo tháng 4/2023", "")
