"""A superior asks for a report outside the regular ones."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.lib.refusals import Refused
from dondoc.reports import services
from dondoc.reports.models import Demand, Report
from dondoc.reports.naming import title_of
from dondoc.reports.rounds import rounds
from dondoc.tests.told_once import told_once

from .reporting import ENDS, Reporting

pytestmark = pytest.mark.django_db
ABOUT = "Thiệt hại do mưa lũ"


@told_once
def place() -> Reporting:
    made = Reporting()
    DemonstrationDay.objects.create(pk=1, day=ENDS)
    made.person("Xã A1", "clerk")
    made.person("Chi bộ 1")
    return made


def asked(place: Reporting, *names: str, **changed: Any) -> Demand:
    values: dict[str, Any] = {"first": ENDS, "last": ENDS, "due_on": date(2023, 5, 3)} | changed
    units = [place.unit(name) for name in names]
    return services.ask(ABOUT, units=units, act=place.act("Xã A1", ENDS, "clerk"), **values)


def test_a_report_that_is_asked_for_goes_all_the_way_and_leaves_the_ledger_alone(place: Reporting) -> None:
    asked(place, "Chi bộ 1", "Chi bộ 2")
    report = Report.objects.get(unit=place.unit("Chi bộ 1"))
    assert (title_of(report), report.due_on) == (ABOUT, date(2023, 5, 3))
    place.fill(report, {"section.results": "Ba nhà tốc mái.", "section.difficulties": "Thiếu tôn lợp"})
    place.submit(report)
    assert place.accept(report, "Xã A1").state == "accepted"
    [one] = rounds([place.unit("Xã A1")], ENDS)
    assert (one.title, one.total, one.accepted, one.demand) == (ABOUT, 2, 1, report.demand_id)


def test_only_units_directly_below_are_asked_and_by_a_day_to_come(place: Reporting) -> None:
    for code, names, changed in (
        ("not_directly_below", ("Chi bộ 3",), {}),
        ("nobody_asked", (), {}),
        ("days_in_order", ("Chi bộ 1",), {"due_on": date(2023, 4, 29)}),
        ("days_in_order", ("Chi bộ 1",), {"last": date(2023, 4, 1)}),
        ("title_missing", ("Chi bộ 1",), {"form": "monthly"}),
    ):
        with pytest.raises(Refused) as refused:
            asked(place, *names, **changed)
        assert refused.value.code == f"reports.{code}"
    assert not Report.objects.exists()


def test_it_is_asked_for_on_its_page_and_stands_on_the_list_of_whoever_has_to_send_it(
    client: Client, place: Reporting
) -> None:
    clerk = sign_in(client, place.person("Xã A1", "clerk"))
    page = clerk.get(reverse("reports:new")).content.decode()
    assert "Chi bộ 1" in page
    assert "Chi bộ 3" not in page
    typed: dict[str, Any] = {"title": ABOUT, "first": "30/04/2023", "last": "30/04", "units": place.unit("Chi bộ 1")}
    answer = post(clerk, reverse("reports:ask"), 0, due_on="hôm nào xong", **typed)
    assert answer.status_code == 422
    assert ABOUT in answer.content.decode()
    assert post(clerk, reverse("reports:ask"), 0, due_on="3/5", **typed).status_code == 302
    assert ABOUT in clerk.get(reverse("reports:collect")).content.decode()
    assert ABOUT in sign_in(client, place.person("Chi bộ 1")).get("/").content.decode()


def test_the_same_is_not_asked_of_a_unit_twice_nor_to_be_sent_before_its_last_day(place: Reporting) -> None:
    asked(place, "Chi bộ 1")
    with pytest.raises(Refused, match=r"reports\.asked_already"):
        asked(place, "Chi bộ 1", "Chi bộ 2")
    asked(place, "Chi bộ 2")
    with pytest.raises(Refused, match=r"reports\.days_in_order"):
        asked(place, "Chi bộ 1", last=date(2023, 5, 4))
    assert Report.objects.filter(unit=place.unit("Chi bộ 1"), demand__isnull=False).count() == 1
