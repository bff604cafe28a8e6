"""What people type by mistake into a report, sent through its real form: a clear message, and nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.reports.models import LateValue, Value
from dondoc.tests.page_forms import Form, Forms, form_of, send, words

from .reporting import ENDS, MONTH, OPENS, Reporting


@pytest.fixture
def cell(client: Client, db: None) -> tuple[Client, Reporting]:
    """The head of a cell on the last day of the month, whose report is open."""
    place = Reporting()
    DemonstrationDay.objects.create(pk=1, day=ENDS)
    place.open(OPENS)
    return sign_in(client, place.person("Chi bộ 1")), place


def report_form(client: Client, place: Reporting) -> Form:
    report = place.report("Chi bộ 1")
    return form_of(client, reverse("reports:report", args=[report.pk]), reverse("reports:save", args=[report.pk]))


WRONG_NUMBERS = {
    "a negative one": ("-3", "Số không được nhỏ hơn 0: “-3”"),
    "a comma": ("1,500", "“1,500” không phải số nguyên"),
    "letters": ("mười hai", "“mười hai” không phải là số"),
    "a formula": ("=1+1", "“=1+1” không phải là số"),
    "far too many digits": ("9" * 400, "quá lớn"),
}


@pytest.mark.parametrize(("typed", "said"), WRONG_NUMBERS.values(), ids=WRONG_NUMBERS)
def test_a_number_that_is_none_is_named_beside_its_field_and_stays_as_it_was_typed(
    cell: tuple[Client, Reporting], typed: str, said: str
) -> None:
    client, place = cell
    answer = send(client, report_form(client, place), **{"line.admissions": typed})
    assert answer.status_code == 422
    assert said in words(answer)
    forms = [one for one in Forms(answer.content.decode()).forms if one.action.endswith("/save/")]
    assert forms[0].fields["line.admissions"] == typed
    assert not Value.objects.exists()


def test_a_number_with_points_between_thousands_is_one(cell: tuple[Client, Reporting]) -> None:
    client, place = cell
    assert send(client, report_form(client, place), **{"line.members": "1.500"}).status_code == 302
    assert Value.objects.get().text == "1500"


def test_of_two_tabs_of_one_report_neither_takes_away_what_the_other_typed(cell: tuple[Client, Reporting]) -> None:
    client, place = cell
    first, second = report_form(client, place), report_form(client, place)
    assert send(client, first, **{"line.admissions": "1", "line.members_died": "1"}).status_code == 302
    assert send(client, second, **{"line.admissions": "2", "line.members_left": "1"}).status_code == 302
    kept = {one.name: one.text for one in Value.objects.all()}
    assert kept == {"line.admissions": "1", "line.members_died": "1", "line.members_left": "1"}
    page = words(client.get(reverse("reports:report", args=[place.report("Chi bộ 1").pk])))
    assert "cùng lúc đã nhập: 2" in page


def test_who_chooses_between_two_values_keeps_a_number_typed_wrongly_elsewhere(cell: tuple[Client, Reporting]) -> None:
    client, place = cell
    first, second = report_form(client, place), report_form(client, place)
    send(client, first, **{"line.admissions": "1"})
    send(client, second, **{"line.admissions": "2"})
    form = report_form(client, place)
    form.action = reverse("reports:choose", args=[LateValue.objects.get().pk])
    answer = send(client, form, **{"take": "1", "line.members": "1,5", "line.members_left": "3"})
    assert "“1,5” không phải số nguyên" in words(answer)
    forms = [one for one in Forms(answer.content.decode()).forms if one.action.endswith("/save/")]
    assert forms[0].fields["line.members"] == "1,5"
    kept = {one.name: one.text for one in Value.objects.all()}
    assert kept == {"line.admissions": "2", "line.members_left": "3"}


def test_a_mark_of_secrecy_does_not_come_in_by_a_report_and_what_was_typed_is_given_back(
    cell: tuple[Client, Reporting],
) -> None:
    client, place = cell
    answer = send(client, report_form(client, place), **{"section.results": "TUYỆT MẬT\nSố liệu về vũ khí"})
    assert answer.status_code == 422
    assert "Số liệu về vũ khí" in words(answer)
    assert not Value.objects.exists()


def test_a_field_of_another_report_and_a_counter_that_is_none_change_nothing(cell: tuple[Client, Reporting]) -> None:
    client, place = cell
    form = report_form(client, place)
    answer = send(client, form, **{"line.petitions_received": "5"})
    assert answer.status_code == 422
    assert "Ô này không thuộc báo cáo" in words(answer)
    form = report_form(client, place)
    assert send(client, form, **{"line.admissions": "1", "counter.line.admissions": "nhiều"}).status_code == 302
    assert Value.objects.get().text == "1"


def test_a_report_that_was_sent_meanwhile_takes_nothing_more_and_gives_back_what_was_typed(
    cell: tuple[Client, Reporting],
) -> None:
    client, place = cell
    form = report_form(client, place)
    report = place.fill(place.report("Chi bộ 1"), MONTH)
    place.submit(report)
    answer = send(client, form, **{"section.proposals": "Đề nghị cấp kinh phí."})
    assert answer.status_code == 409
    assert "Đề xuất, kiến nghịĐề nghị cấp kinh phí." in words(answer)


def test_the_report_of_another_unit_is_not_there(cell: tuple[Client, Reporting]) -> None:
    client, place = cell
    other = place.report("Chi bộ 2")
    form = report_form(client, place)
    form.action = reverse("reports:save", args=[other.pk])
    assert send(client, form, **{"line.admissions": "1"}).status_code == 404
    assert not Value.objects.exists()
