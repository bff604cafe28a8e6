"""Which reports come into being, when, in which parts, and who answers for them after a reorganisation."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Reorganisation, Unit
from dondoc.organisations.services import reorganise, reorganise_together, revoke, revoke_together
from dondoc.organisations.steps import Dissolve, Establish, Merge, Move, Split
from dondoc.organisations.tests.trees import DECISION, act_on
from dondoc.reports import queries, sheets, totals
from dondoc.reports.models import Opened, Report
from dondoc.reports.naming import title_of
from dondoc.reports.rounds import rounds
from dondoc.reports.services.opening import open_due
from dondoc.tests.told_once import told_once

from .reporting import ENDS, MONTH, OPENS, Reporting

pytestmark = pytest.mark.django_db


@told_once
def place() -> Reporting:
    return Reporting()


def spans(place: Reporting, name: str, period: str = "2023-04") -> list[tuple[int, int]]:
    """The days of a unit's monthly reports on a period."""
    rows = Report.objects.filter(unit=place.unit(name), form="monthly", period=period).order_by("starts_on")
    return [(one.starts_on.day, (one.ends_on - timedelta(1)).day) for one in rows]


def merge(place: Reporting, day: date, *, known_on: date) -> list[Reorganisation]:
    """Cells 1 and 2 go into a new one."""
    new = Establish("chi-bo-moi", "cell", "Chi bộ mới", place.units["Xã A1"].code, "mới")
    into = Merge((place.units["Chi bộ 1"].code, place.units["Chi bộ 2"].code), new.code)
    return reorganise_together([new, into], decision=DECISION, effective_on=day, act=act_on(known_on))


def names(place: Reporting, *units: int) -> list[str]:
    return [next(name for name, unit in place.units.items() if unit.pk == pk) for pk in units]


def test_reports_open_on_the_first_day_on_which_they_can_be_filled_for_every_unit_that_has_a_superior(
    place: Reporting,
) -> None:
    place.open(OPENS - timedelta(1))
    assert not Report.objects.filter(period="2023-04").exists()
    assert place.open(OPENS) == 9
    assert place.open(OPENS) == 0
    report = place.report("Chi bộ 1")
    assert names(place, report.filler_id, report.receiver_id) == ["Chi bộ 1", "Xã A1"]
    assert (report.cut_off_on, report.due_on) == (date(2023, 5, 1), date(2023, 5, 2))
    assert not Report.objects.filter(unit=place.unit("Tỉnh ủy")).exists()


def test_each_level_is_due_before_the_one_that_sums_it_up(place: Reporting) -> None:
    place.open(OPENS)
    found = [place.report(name).due_on.day for name in ("Chi bộ 1", "Xã A1", "Huyện ủy A")]
    assert found == sorted(set(found))


def test_days_that_were_skipped_lose_no_report(place: Reporting) -> None:
    place.open(OPENS)
    place.open(date(2023, 8, 1))
    found = Report.objects.filter(unit=place.unit("Chi bộ 1"), form="monthly").order_by("period")
    assert list(found.values_list("period", flat=True)) == ["2023-04", "2023-05", "2023-06", "2023-07"]
    assert set(Opened.objects.values_list("to", flat=True)) == {date(2023, 8, 1)}


def test_a_day_on_which_nothing_opens_asks_little_and_writes_once(place: Reporting) -> None:
    place.open(date(2023, 5, 10))
    with CaptureQueriesContext(connection) as asked:
        assert open_due(date(2023, 5, 11)) == 0
    told = [one["sql"].split()[0] for one in asked]
    assert (told.count("SELECT"), told.count("UPDATE"), len(told)) == (3, 1, 4)


def test_an_office_that_begins_has_only_what_can_still_be_sent_in_time(place: Reporting) -> None:
    place.open(date(2023, 5, 4))
    found = Report.objects.filter(unit=place.unit("Chi bộ 1"))
    assert list(found.values_list("form", "period")) == [("monthly", "2023-04")]


def test_a_unit_that_changes_its_superior_in_mid_month_reports_two_parts_each_to_its_own(place: Reporting) -> None:
    move = Move(place.units["Chi bộ 1"].code, place.units["Xã A2"].code)
    reorganise(move, decision=DECISION, effective_on=date(2023, 4, 15), act=act_on(date(2023, 4, 1)))
    place.open(date(2023, 4, 9))
    assert spans(place, "Chi bộ 1") == [(1, 14)]
    place.open(OPENS)
    assert spans(place, "Chi bộ 1") == [(1, 14), (15, 30)]
    assert names(place, *(place.report("Chi bộ 1", part=n).superior_id for n in (0, 1))) == ["Xã A1", "Xã A2"]
    assert title_of(place.report("Chi bộ 1")) == "Báo cáo tháng 4/2023 (từ 01/04/2023 đến 14/04/2023)"
    before = place.report("Chi bộ 1", part=0)
    assert {one.key: one.open for one in sheets.read(before).rows}["members"]


def test_the_successor_of_a_unit_that_ends_fills_its_last_part_and_its_own_first(place: Reporting) -> None:
    place.open(OPENS)
    assert spans(place, "Chi bộ 1") == [(1, 30)]
    place.fill(place.report("Chi bộ 1"), {"line.admissions": "1"}, OPENS)
    made = merge(place, date(2023, 4, 27), known_on=date(2023, 4, 26))
    heir = Unit.objects.get(code="chi-bo-moi")
    assert spans(place, "Chi bộ 1") == [(1, 26)]
    assert place.report("Chi bộ 1").filler_id == place.unit("Chi bộ 1")
    place.open(date(2023, 4, 27))
    place.units["Chi bộ mới"] = heir
    assert spans(place, "Chi bộ mới") == [(27, 30)]
    old = place.report("Chi bộ 1")
    assert (old.filler_id, old.receiver_id, sheets.read(old).text("line.admissions")) == (
        heir.pk,
        place.unit("Xã A1"),
        "1",
    )
    revoke_together(made, decision=DECISION, act=act_on(date(2023, 4, 28)))
    assert spans(place, "Chi bộ 1") == [(1, 30)]
    assert place.report("Chi bộ 1").filler_id == place.unit("Chi bộ 1")
    assert spans(place, "Chi bộ mới") == []


def test_the_heir_begins_with_the_sum_of_what_came(place: Reporting) -> None:
    place.open(OPENS)
    for name in ("Chi bộ 1", "Chi bộ 2"):
        place.accepted(name, "Xã A1")
    merge(place, date(2023, 5, 1), known_on=date(2023, 5, 1))
    place.open(date(2023, 5, 26))
    report = Report.objects.get(unit__code="chi-bo-moi", form="monthly", period="2023-05")
    rows = {row.key: row for row in sheets.read(report).rows}
    assert (rows["members_opening"].value, rows["members_opening"].open) == (42, False)


def test_what_came_with_a_part_of_a_split_cell_or_before_its_last_report_is_unknown_and_not_nothing(
    place: Reporting,
) -> None:
    place.open(OPENS)
    for name in ("Chi bộ 1", "Chi bộ 3"):
        place.accepted(name, "Xã A1" if name == "Chi bộ 1" else "Xã A2")
    code = {name: unit.code for name, unit in place.units.items()}
    parts = Split(code["Chi bộ 1"], {code["Chi bộ 2"]: [], code["Chi bộ 3"]: []})
    into = Merge((code["Chi bộ 4"],), code["Chi bộ 3"])
    act = act_on(date(2023, 5, 2))
    reorganise(into, decision=DECISION, effective_on=date(2023, 5, 8), act=act)
    reorganise(parts, decision=DECISION, effective_on=date(2023, 5, 10), act=act)
    place.open(date(2023, 5, 26))
    came = [totals.came_within(place.report(f"Chi bộ {n}", period="2023-05"), "members") for n in (2, 3)]
    assert came == [None, None]
    assert totals.came_within(place.report("Chi bộ 2"), "members") == 0


def test_a_receiver_that_ends_leaves_its_reports_to_whoever_took_over_or_stands_above_now(place: Reporting) -> None:
    place.open(OPENS)
    report = place.report("Chi bộ 1")
    place.fill(report, MONTH)
    place.submit(report)
    dissolve = Dissolve(place.units["Xã A1"].code)
    reorganise(dissolve, decision=DECISION, effective_on=date(2023, 5, 10), act=act_on(date(2023, 5, 2)))
    assert place.report("Chi bộ 1").receiver_id == place.unit("Xã A1")
    place.open(date(2023, 5, 10))
    assert names(place, place.report("Chi bộ 1").receiver_id) == ["Huyện ủy A"]
    assert place.accept(report, "Huyện ủy A", date(2023, 5, 10)).state == "accepted"


def test_what_was_sent_keeps_its_days_when_a_reorganisation_is_recorded_late(place: Reporting) -> None:
    place.open(OPENS)
    place.accepted("Chi bộ 1", "Xã A1")
    move = Move(place.units["Chi bộ 1"].code, place.units["Xã A2"].code)
    reorganise(move, decision=DECISION, effective_on=date(2023, 4, 15), act=act_on(ENDS))
    place.open(date(2023, 5, 1))
    # Its days are told already: a second report of the last sixteen could not be accepted beside it.
    assert spans(place, "Chi bộ 1") == [(1, 30)]
    assert place.report("Chi bộ 1").state == "accepted"


def test_what_was_filled_in_lapses_with_its_part_and_is_there_again_when_the_part_is_due_after_all(
    place: Reporting,
) -> None:
    move = Move(place.units["Chi bộ 1"].code, place.units["Xã A2"].code)
    made = reorganise(move, decision=DECISION, effective_on=date(2023, 4, 15), act=act_on(date(2023, 4, 1)))
    place.open(OPENS)
    place.fill(place.report("Chi bộ 1", part=0), {"line.admissions": "1"}, OPENS)
    place.fill(place.report("Chi bộ 1", part=1), {"line.admissions": "2"}, OPENS)
    revoke(made, decision=DECISION, act=act_on(date(2023, 4, 26)))
    first, second = place.report("Chi bộ 1", part=0), place.report("Chi bộ 1", part=1)
    assert (first.state, first.ends_on, second.state) == ("open", date(2023, 5, 1), "lapsed")
    mine = [place.unit("Chi bộ 1")]
    assert first in queries.to_fill(mine)
    assert second not in queries.to_fill(mine)
    assert [one.total for one in rounds([place.unit("Xã A1")], ENDS) if one.form == "monthly"] == [2]
    with pytest.raises(Refused, match=r"reports\.not_being_filled"):
        place.fill(second, {"line.admissions": "3"})
    reorganise(move, decision=DECISION, effective_on=date(2023, 4, 15), act=act_on(date(2023, 4, 27)))
    assert spans(place, "Chi bộ 1") == [(1, 14), (15, 30)]
    again = place.report("Chi bộ 1", part=1)
    assert (again.state, sheets.read(again).text("line.admissions")) == ("open", "2")
