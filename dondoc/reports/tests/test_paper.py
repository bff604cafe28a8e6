"""The form of a report on paper, and the code by which it is found again."""

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.documents.layouts.tests.test_layouts import text_of
from dondoc.lib.short_codes import written
from dondoc.tests.told_once import told_once

from .reporting import ENDS, OPENS, Reporting

pytestmark = pytest.mark.django_db


@told_once
def place() -> Reporting:
    made = Reporting()
    DemonstrationDay.objects.create(pk=1, day=ENDS)
    made.open(OPENS)
    made.fill(made.report("Chi bộ 1"), {"line.admissions": "1500"})
    made.person("Xã A1", "clerk")
    made.person("Chi bộ 2")
    return made


def test_the_form_shows_what_is_known_and_its_code(client: Client, place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    sign_in(client, place.people["Xã A1", "clerk"])
    shown = text_of(client.get(reverse("reports:paper", args=[report.pk])).content)
    for said in ("Chi bộ 1", "1.500", written("BC", report.pk), "NGƯỜI LẬP", "Gửi"):
        assert said in shown


def test_its_code_typed_into_the_search_box_leads_to_the_report(client: Client, place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    sign_in(client, place.people["Xã A1", "clerk"])
    typed = written("BC", report.pk).replace("-", " ").lower()
    answer = client.get(reverse("overview:search"), {"q": typed})
    assert answer["Location"] == reverse("reports:report", args=[report.pk])
    assert client.get(reverse("overview:search"), {"q": written("BC", 99_999)}).status_code == 200


def test_the_code_of_a_report_of_others_leads_nowhere(client: Client, place: Reporting) -> None:
    sign_in(client, place.people["Chi bộ 2", "head"])
    answer = client.get(reverse("overview:search"), {"q": written("BC", place.report("Chi bộ 1").pk)})
    assert answer.status_code == 200
    assert client.get(reverse("reports:paper", args=[place.report("Chi bộ 1").pk])).status_code == 404
