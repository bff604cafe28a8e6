"""A superior urges those whose reports are missing: at most once a day, and they see it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.history.models import Event
from dondoc.lib.refusals import Refused
from dondoc.organisations.services import reorganise
from dondoc.organisations.steps import Dissolve
from dondoc.organisations.tests.trees import DECISION, act_on
from dondoc.reports import services
from dondoc.reports.models import Report, Urging
from dondoc.tests.told_once import told_once

from .reporting import MONTH, Reporting

pytestmark = pytest.mark.django_db
LATE = date(2023, 5, 5)
URGE = reverse("reports:urge")


@told_once
def place() -> Reporting:
    made = Reporting()
    DemonstrationDay.objects.create(pk=1, day=LATE)
    made.open(LATE)
    for name, kind in (("Chi bộ 1", "head"), ("Xã A1", "clerk"), ("Xã A2", "clerk")):
        made.person(name, kind)
    return made


def missing(place: Reporting) -> list[Report]:
    return [place.report(name) for name in ("Chi bộ 1", "Chi bộ 2")]


def test_all_that_are_missing_are_urged_at_once_and_nobody_twice_on_a_day(place: Reporting) -> None:
    first, second = (one.pk for one in missing(place))
    clerk = place.act("Xã A1", LATE, "clerk")
    services.urge([first], act=clerk)
    made = services.urge([first, second], act=clerk)
    assert [one.report_id for one in made] == [second]
    with pytest.raises(Refused, match=r"reports\.urged_today"):
        services.urge([first, second], act=clerk)
    services.urge([first], act=place.act("Xã A1", date(2023, 5, 6), "clerk"))
    assert list(Urging.objects.filter(report=first).values_list("on", "to")) == [
        (LATE, place.unit("Chi bộ 1")),
        (date(2023, 5, 6), place.unit("Chi bộ 1")),
    ]
    told = Event.objects.filter(action="reports.urged", unit=place.unit("Chi bộ 1"))
    assert [one.data for one in told] == [{"by": place.unit("Xã A1")}] * 2


def test_what_is_in_or_cannot_be_sent_yet_or_has_nobody_left_is_not_urged(place: Reporting) -> None:
    report = place.fill(place.report("Chi bộ 1"), MONTH)
    clerk = place.act("Xã A1", LATE, "clerk")
    place.submit(report, LATE)
    early = place.act("Xã A1", date(2023, 4, 29), "clerk")
    reorganise(Dissolve(place.units["Chi bộ 2"].code), decision=DECISION, effective_on=LATE, act=act_on(LATE))
    for pk, act in ((report.pk, clerk), (place.report("Chi bộ 3").pk, early), (place.report("Chi bộ 2").pk, clerk)):
        with pytest.raises(Refused, match=r"reports\.nobody_to_urge"):
            services.urge([pk], act=act)
    assert not Urging.objects.exists()


def test_one_button_urges_one_unit_and_another_all_and_the_unit_sees_it(client: Client, place: Reporting) -> None:
    first, second = missing(place)
    clerk = sign_in(client, place.person("Xã A1", "clerk"))
    address = f"{reverse('reports:collect')}?form=monthly&period=2023-04"
    page = clerk.get(address).content.decode()
    assert all(f'name="one" value="{one.pk}"' in page for one in (first, second))
    chosen: Any = [str(first.pk), str(second.pk)]
    assert post(clerk, URGE, 0, one=str(first.pk), chosen=chosen, next=address).url == address
    page = clerk.get(address).content.decode()
    assert "đã đôn đốc" in page
    assert f'name="one" value="{first.pk}"' not in page
    assert post(clerk, URGE, 0, chosen=chosen).status_code == 302
    assert Urging.objects.count() == 2
    assert post(clerk, URGE, 0, chosen=chosen).status_code == 422
    cell = sign_in(client, place.person("Chi bộ 1"))
    pages = [reverse("reports:list"), reverse("reports:report", args=[first.pk]), "/"]
    assert all("đã đôn đốc 1 lần, gần nhất 05/05/2023" in cell.get(one).content.decode() for one in pages)


def test_only_the_unit_that_waits_for_a_report_urges(client: Client, place: Reporting) -> None:
    [first, _second] = missing(place)
    assert post(sign_in(client, place.person("Chi bộ 1")), URGE, 0, one=str(first.pk)).status_code == 403
    assert post(sign_in(client, place.person("Xã A2", "clerk")), URGE, 0, one=str(first.pk)).status_code == 404
    assert post(sign_in(client, place.person("Xã A1", "clerk")), URGE, 0, one="mười").status_code == 404
    assert not Urging.objects.exists()
