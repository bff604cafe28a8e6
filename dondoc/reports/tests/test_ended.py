"""Who reports, and to whom, where the unit that had to report or the one that waits for it has ended."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.lib.refusals import Refused
from dondoc.organisations.services import reorganise, revoke
from dondoc.organisations.steps import Dissolve, Merge, Split
from dondoc.organisations.tests.trees import DECISION, act_on
from dondoc.reports import queries, services
from dondoc.reports.evidence import found
from dondoc.reports.models import Report
from dondoc.reports.services.ending import heirs
from dondoc.tests.told_once import told_once

from .reporting import ENDS, MONTH, OPENS, Reporting

pytestmark = pytest.mark.django_db
CENTRE = """
    Trung ương
      Tỉnh ủy
        Huyện ủy A
          Xã A1
            Chi bộ 1
            Chi bộ 2
          Xã A2
            Chi bộ 3
          Xã A3
        Huyện ủy B
          Xã B1
"""
ENDED = date(2023, 5, 10)


@told_once
def place() -> Reporting:
    return Reporting(CENTRE)


def asked(place: Reporting, by: str, *names: str) -> Report:
    """Asked once of these units; the report of the first."""
    services.ask(
        "Thiệt hại do mưa lũ",
        first=ENDS,
        last=ENDS,
        due_on=date(2023, 5, 20),
        units=[place.unit(name) for name in names],
        act=place.act(by, ENDS, "clerk"),
    )
    return Report.objects.get(demand__isnull=False, unit=place.unit(names[0]))


def end(place: Reporting, step: Dissolve | Merge | Split, on: date = ENDED) -> None:
    place.made = reorganise(step, decision=DECISION, effective_on=on, act=act_on(on))  # type: ignore[attr-defined]


def dissolved(place: Reporting, name: str, on: date = ENDED) -> None:
    end(place, Dissolve(place.units[name].code), on)


def homes_of(place: Reporting, report: Report) -> tuple[str, str]:
    """Who fills it and who waits for it."""
    report.refresh_from_db()
    names = {unit.pk: name.rpartition(" > ")[2] for name, unit in place.units.items()}
    return names[report.filler_id], names[report.receiver_id]


def test_a_province_that_takes_over_from_a_district_does_not_report_for_it_to_the_level_above(place: Reporting) -> None:
    place.open(date(2023, 5, 3))
    report = place.report("Huyện ủy A")
    assert homes_of(place, report) == ("Huyện ủy A", "Tỉnh ủy")
    dissolved(place, "Huyện ủy A")
    assert homes_of(place, report) == ("Huyện ủy A", "Tỉnh ủy")
    clerk = place.actor("Tỉnh ủy", ENDED, "clerk")
    assert queries.may_fill(clerk, report)
    values = {"section.results": "Theo hồ sơ huyện bàn giao.", "section.tasks": "Không."}
    services.save_fields(report.pk, values, act=clerk.act(act_on(ENDED).at))
    assert report not in queries.to_fill([place.unit("Tỉnh ủy"), place.unit("Trung ương")])


def test_where_both_ended_into_one_the_report_stays_with_who_owed_it_and_the_heir_waits(place: Reporting) -> None:
    place.open(OPENS)
    report = place.report("Chi bộ 1")
    code = {name: unit.code for name, unit in place.units.items()}
    end(place, Merge((code["Chi bộ 1"], code["Chi bộ 2"], code["Xã A1"]), code["Xã A2"]))
    assert homes_of(place, report) == ("Chi bộ 1", "Xã A2")


def test_what_a_unit_sent_stays_its_evidence_after_another_took_over(place: Reporting) -> None:
    place.open(OPENS)
    report = place.report("Xã A1")
    Report.objects.filter(pk=report.pk).update(sent_on=ENDS, filler=place.unit("Xã A2"))
    since, until = date(2023, 1, 1), date(2024, 1, 1)
    assert f"report:{report.pk}" in {one.key for one in found([place.unit("Xã A1")], since, until)}
    assert f"report:{report.pk}" not in {one.key for one in found([place.unit("Xã A2")], since, until)}


def test_what_was_asked_of_a_unit_that_one_other_takes_over_passes_to_that_by_itself(place: Reporting) -> None:
    report = asked(place, "Huyện ủy A", "Xã A1")
    code = {name: unit.code for name, unit in place.units.items()}
    end(place, Merge((code["Xã A1"],), code["Xã A2"]))
    assert homes_of(place, report) == ("Xã A2", "Huyện ủy A")
    assert report.state == "open"


def test_what_was_asked_lapses_where_the_one_that_asked_takes_over_and_is_due_again_once_that_is_revoked(
    place: Reporting,
) -> None:
    report = asked(place, "Tỉnh ủy", "Huyện ủy A", "Huyện ủy B")
    dissolved(place, "Huyện ủy A")
    report.refresh_from_db()
    assert (report.state, report.lapsed_on, report.lapsed_why) == ("lapsed", ENDED, "")
    assert Report.objects.get(unit=place.unit("Huyện ủy B")).state == "open"
    revoke(place.made, decision=DECISION, act=act_on(date(2023, 5, 12)))  # type: ignore[attr-defined]
    report.refresh_from_db()
    assert (report.state, report.lapsed_on) == ("open", None)


def test_what_was_asked_of_a_unit_that_was_split_waits_until_the_one_that_asked_passes_it_on(place: Reporting) -> None:
    report = asked(place, "Huyện ủy A", "Xã A1")
    code = {name: unit.code for name, unit in place.units.items()}
    parts = {code["Xã A2"]: [code["Chi bộ 1"]], code["Xã B1"]: [code["Chi bộ 2"]], code["Xã A3"]: []}
    end(place, Split(code["Xã A1"], parts))
    assert homes_of(place, report) == ("Xã A1", "Huyện ủy A")
    # B1 is not below the one that asked.
    assert heirs(report, ENDED) == sorted([place.unit("Xã A2"), place.unit("Xã A3")])
    act = place.act("Huyện ủy A", ENDED, "clerk")
    for to, due_on in (([place.unit("Huyện ủy B")], date(2023, 5, 20)), ([place.unit("Xã A2")], ENDS)):
        with pytest.raises(Refused):
            services.pass_on(report.pk, to=to, due_on=due_on, seen=report.version, act=act)
    due = date(2023, 5, 25)
    [made] = services.pass_on(report.pk, to=[place.unit("Xã A2")], due_on=due, seen=report.version, act=act)
    report.refresh_from_db()
    assert (report.state, made.instead_of_id, made.due_on) == ("lapsed", report.pk, due)
    assert homes_of(place, made) == ("Xã A2", "Huyện ủy A")
    dissolved(place, "Huyện ủy B", date(2023, 5, 11))
    report.refresh_from_db()
    assert report.state == "lapsed"


def test_the_one_that_asked_decides_on_the_page_of_the_report_and_the_reason_is_shown(
    client: Client, place: Reporting
) -> None:
    report = asked(place, "Huyện ủy A", "Xã A1", "Xã A2")
    DemonstrationDay.objects.create(pk=1, day=ENDED)
    code = {name: unit.code for name, unit in place.units.items()}
    end(place, Split(code["Xã A1"], {code["Xã A3"]: [code["Chi bộ 1"]], code["Xã A2"]: [code["Chi bộ 2"]]}))
    clerk = sign_in(client, place.person("Huyện ủy A", "clerk"))
    address = reverse("reports:report", args=[report.pk])
    page = clerk.get(address).content.decode()
    # A2 was asked for itself, so only A3 is left to be asked instead.
    assert f'name="to" value="{place.unit("Xã A3")}"' in page
    assert f'name="to" value="{place.unit("Xã A2")}"' not in page
    report.refresh_from_db()
    typed: dict[str, Any] = {"to": str(place.unit("Xã A3")), "due_on": "25/05/2023"}
    assert post(clerk, reverse("reports:pass-on", args=[report.pk]), report.version, **typed).status_code == 302
    made = Report.objects.get(instead_of=report)
    assert f'href="{reverse("reports:report", args=[made.pk])}"' in clerk.get(address).content.decode()
    let_go = reverse("reports:let-go", args=[made.pk])
    assert post(clerk, let_go, made.version, reason="").status_code == 422
    assert post(clerk, let_go, made.version, reason="Đã có số liệu của xã khác").status_code == 302
    page = clerk.get(reverse("reports:report", args=[made.pk])).content.decode()
    assert "Lý do: Đã có số liệu của xã khác" in page
    collected = clerk.get(f"{reverse('reports:collect')}?demand={report.demand_id}&state=lapsed").content.decode()
    assert "Đã có số liệu của xã khác" in collected


def test_a_regular_report_of_a_unit_that_ended_is_let_go_with_a_reason_and_not_opened_again(place: Reporting) -> None:
    place.open(OPENS)
    report = place.report("Chi bộ 1")
    clerk = place.act("Xã A1", ENDS, "clerk")
    with pytest.raises(Refused, match=r"reports\.still_due"):
        services.let_go(report.pk, reason="Chi bộ đã giải thể", seen=report.version, act=clerk)
    dissolved(place, "Chi bộ 1")
    report.refresh_from_db()
    clerk = place.act("Xã A1", ENDED, "clerk")
    with pytest.raises(Refused, match=r"reports\.reason_to_let_go_missing"):
        services.let_go(report.pk, reason=" ", seen=report.version, act=clerk)
    services.let_go(report.pk, reason="Chi bộ không còn sổ sách", seen=report.version, act=clerk)
    dissolved(place, "Chi bộ 2", date(2023, 5, 11))
    place.open(date(2023, 5, 12))
    report.refresh_from_db()
    assert (report.state, report.lapsed_why) == ("lapsed", "Chi bộ không còn sổ sách")
    assert Report.objects.filter(unit=place.unit("Chi bộ 1"), period="2023-04").count() == 1


def test_a_report_that_was_sent_is_not_let_go(place: Reporting) -> None:
    place.open(OPENS)
    report = place.fill(place.report("Chi bộ 1"), MONTH)
    place.submit(report)
    dissolved(place, "Chi bộ 1")
    report.refresh_from_db()
    with pytest.raises(Refused, match=r"reports\.not_in_this_state"):
        services.let_go(report.pk, reason="Thôi", seen=report.version, act=place.act("Xã A1", ENDED, "clerk"))
