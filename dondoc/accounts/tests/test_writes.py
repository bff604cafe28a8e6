"""The frame of acts: seen, once, in one transaction, and nothing typed is lost."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path, reverse

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes, writes_after
from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import account, post, sign_in
from dondoc.accounts.tick import forget_answered
from dondoc.clock.models import DemonstrationDay
from dondoc.history.models import AnsweredKey, Entry
from dondoc.history.services import record
from dondoc.lib.refusals import Refused
from dondoc.urls import urlpatterns as real

DAY = date(2023, 4, 28)


@writes
def count_up(request: ActRequest) -> HttpResponse:
    """Moves a row's version on, as a service would; `fail` and `how` say how the view ends."""
    row = DemonstrationDay.objects.select_for_update().get(pk=1)
    if row.version != request.seen:
        raise Refused("clock.moved_meanwhile", day="29/04/2023", current=[("Ngày", "29/04/2023")])
    row.version += 1
    row.save()
    record("clock.moved", row)
    how = request.POST.get("how")
    if how == "error":
        return HttpResponse("no", status=422)
    if how == "secret":
        return HttpResponse("mat-khau", headers={"Cache-Control": "no-store"})
    if how == "part":
        return HttpResponse(f"part {row.version}", headers={"HX-Trigger": "changed"})
    return redirect(f"/trial/done/{row.version}")


looked: list[int] = []


def look(request: PageRequest) -> int:
    looked.append(len(connection.savepoint_ids))
    return len(request.POST)


@writes_after(look)
def count_fields(request: ActRequest, fields: int) -> HttpResponse:
    """Goes by what was seen before it began."""
    return redirect(f"/trial/fields/{fields}")


@reads
def page(request: PageRequest) -> HttpResponse:
    return HttpResponse(request.actor.label)


urlpatterns = [
    *real,
    path("trial/", count_up, name="trial"),
    path("trial/page/", page),
    path("trial/fields/", count_fields),
]
pytestmark = [pytest.mark.urls(__name__)]


@pytest.fixture
def row(db: None) -> DemonstrationDay:
    return DemonstrationDay.objects.create(pk=1, day=DAY)


@pytest.fixture
def person(db: None) -> Account:
    return account("van-phong", "Văn phòng")


@pytest.fixture
def clerk(client: Client, person: Account) -> Client:
    return sign_in(client, person)


def version() -> int:
    return DemonstrationDay.objects.get(pk=1).version


@pytest.mark.parametrize("seen", [None, "", "abc", "-1", "１", "9" * 16])
def test_an_act_that_does_not_say_what_it_saw_is_refused(clerk: Client, row: DemonstrationDay, seen: Any) -> None:
    assert post(clerk, "/trial/", seen).status_code == 428
    assert version() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_an_act_without_a_key_of_its_own_is_refused(clerk: Client, row: DemonstrationDay, key: str) -> None:
    assert post(clerk, "/trial/", 1, key=key).status_code == 428
    assert version() == 1


def test_an_act_writes_once_with_one_entry(clerk: Client, row: DemonstrationDay, person: Account) -> None:
    answer = post(clerk, "/trial/", 1)
    assert answer.status_code == 302
    assert version() == 2
    assert Entry.objects.get().person == person.pk


def test_a_stale_act_is_refused_with_both_versions_and_what_was_typed(clerk: Client, row: DemonstrationDay) -> None:
    post(clerk, "/trial/", 1)
    answer = post(clerk, "/trial/", 1, text="Đã họp rút kinh nghiệm")
    assert answer.status_code == 409
    assert "Đã họp rút kinh nghiệm" in answer.content.decode()
    assert "29/04/2023" in answer.content.decode()
    assert version() == 2


def test_the_same_form_sent_twice_gets_the_same_answer_and_writes_once(clerk: Client, row: DemonstrationDay) -> None:
    first = post(clerk, "/trial/", 1, key="k" * 20)
    again = post(clerk, "/trial/", 1, key="k" * 20)
    assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])
    assert version() == 2
    assert Entry.objects.count() == 1


def test_a_part_of_a_page_is_answered_again_with_its_headers(clerk: Client, row: DemonstrationDay) -> None:
    first = post(clerk, "/trial/", 1, key="k" * 20, how="part")
    again = post(clerk, "/trial/", 1, key="k" * 20, how="part")
    assert again.content == first.content == b"part 2"
    assert again["HX-Trigger"] == "changed"


def test_the_same_key_with_other_content_is_refused(clerk: Client, row: DemonstrationDay) -> None:
    post(clerk, "/trial/", 1, key="k" * 20, text="một")
    assert post(clerk, "/trial/", 1, key="k" * 20, text="hai").status_code == 422
    assert version() == 2


def test_what_an_act_goes_by_is_looked_at_before_it_and_only_for_one_that_may_begin(clerk: Client) -> None:
    looked.clear()
    outside = len(connection.savepoint_ids)
    assert post(clerk, "/trial/fields/", 1)["Location"] == "/trial/fields/2"
    assert looked == [outside]
    for refused in (
        clerk.get("/trial/fields/"),
        post(clerk, "/trial/fields/", None),
        post(clerk, "/trial/fields/", 1, key="short"),
        post(Client(), "/trial/fields/", 1),
    ):
        assert refused.status_code != 200
    assert len(looked) == 1


def test_another_person_may_have_the_same_key(clerk: Client, row: DemonstrationDay) -> None:
    post(clerk, "/trial/", 1, key="k" * 20)
    other = sign_in(Client(), account("lanh-dao"))
    assert post(other, "/trial/", 2, key="k" * 20)["Location"] == "/trial/done/3"


def test_a_view_that_answers_with_an_error_writes_nothing_and_may_be_repeated(
    clerk: Client, row: DemonstrationDay
) -> None:
    assert post(clerk, "/trial/", 1, key="k" * 20, how="error").status_code == 422
    assert version() == 1
    assert not Entry.objects.exists()
    assert not AnsweredKey.objects.exists()


def test_what_is_shown_once_is_not_kept_anywhere(clerk: Client, row: DemonstrationDay) -> None:
    assert b"mat-khau" in post(clerk, "/trial/", 1, key="k" * 20, how="secret").content
    again = post(clerk, "/trial/", 1, key="k" * 20, how="secret")
    assert again.status_code == 409
    assert b"mat-khau" not in again.content
    assert "mat-khau" not in str(AnsweredKey.objects.values().get())
    assert version() == 2


def test_an_act_is_sent_by_a_form_never_by_an_address(clerk: Client, row: DemonstrationDay) -> None:
    assert clerk.get("/trial/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_two_requests_with_the_same_key_at_once_write_once() -> None:
    DemonstrationDay.objects.create(pk=1, day=DAY)
    person = account("van-phong")
    together = Barrier(2)
    answers: list[Any] = []

    def send() -> None:
        browser = sign_in(Client(), person)
        together.wait()
        answers.append(post(browser, "/trial/", 1, key="k" * 20))
        connection.close()

    both = [Thread(target=send), Thread(target=send)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer["Location"] for answer in answers} == {"/trial/done/2"}
    assert version() == 2
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_saw_the_same_version_one_wins_and_the_other_is_told() -> None:
    DemonstrationDay.objects.create(pk=1, day=DAY)
    people = [account("mot"), account("hai")]
    together = Barrier(2)
    answers: list[Any] = []

    def send(person: Account) -> None:
        browser = sign_in(Client(), person)
        together.wait()
        answers.append(post(browser, "/trial/", 1, text="Kết quả của tôi"))
        connection.close()

    both = [Thread(target=send, args=(person,)) for person in people]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert "Kết quả của tôi" in refused.content.decode()
    assert version() == 2


def signed_out(clerk: Client) -> Client:
    """The same browser after the sign-in has ended: the session is gone, the browser's own marks are not."""
    del clerk.cookies["sessionid"]
    return clerk


def test_what_was_typed_outlives_the_sign_in(clerk: Client, row: DemonstrationDay, person: Account) -> None:
    clerk.get("/trial/page/")
    kept = post(signed_out(clerk), "/trial/", 1, key="k" * 20, text="Đã họp rút kinh nghiệm", password="bí mật")
    assert kept.status_code == 302
    assert reverse("account_login") in kept["Location"]
    assert version() == 1
    sign_in(clerk, person)
    shown = clerk.get(reverse("accounts:resume"))
    text = shown.content.decode()
    assert "Đã họp rút kinh nghiệm" in text
    assert "bí mật" not in text
    assert 'action="/trial/"' in text
    assert "k" * 20 not in text
    sent = post(clerk, "/trial/", 1, text="Đã họp rút kinh nghiệm")
    assert sent["Location"] == "/trial/done/2"
    assert clerk.get(reverse("accounts:resume"))["Location"] == "/"


def test_a_long_text_outlives_the_sign_in_as_well(clerk: Client, row: DemonstrationDay, person: Account) -> None:
    clerk.get("/trial/page/")
    post(signed_out(clerk), "/trial/", 1, text="dài " * 1_200_000 + "đến cuối")
    sign_in(clerk, person)
    assert "đến cuối" in clerk.get(reverse("accounts:resume")).content.decode()


def test_a_resumed_form_carries_what_it_saw_then_and_may_be_refused(
    clerk: Client, row: DemonstrationDay, person: Account
) -> None:
    clerk.get("/trial/page/")
    post(signed_out(clerk), "/trial/", 1, text="muộn")
    post(sign_in(Client(), account("nguoi-khac")), "/trial/", 1)
    sign_in(clerk, person)
    assert ">\n1</textarea>" in clerk.get(reverse("accounts:resume")).content.decode()
    assert post(clerk, "/trial/", 1, text="muộn").status_code == 409


def test_files_are_named_as_lost(clerk: Client, row: DemonstrationDay, person: Account) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    clerk.get("/trial/page/")
    post(signed_out(clerk), "/trial/", 1, file=SimpleUploadedFile("ke-hoach.pdf", b"%PDF-"))
    sign_in(clerk, person)
    assert "ke-hoach.pdf" in clerk.get(reverse("accounts:resume")).content.decode()


def test_the_next_person_at_the_desk_does_not_see_what_was_typed(clerk: Client, row: DemonstrationDay) -> None:
    clerk.get("/trial/page/")
    post(signed_out(clerk), "/trial/", 1, text="riêng của tôi")
    sign_in(clerk, account("nguoi-khac"))
    answer = clerk.get(reverse("accounts:resume"))
    assert answer.status_code == 302


def test_a_visitor_who_never_signed_in_leaves_nothing_in_the_database(client: Client, row: DemonstrationDay) -> None:
    from django.contrib.sessions.models import Session

    assert post(client, "/trial/", 1, text="x" * 1000).status_code == 302
    assert not Session.objects.exists()


def test_an_interrupted_form_can_be_dropped(clerk: Client, row: DemonstrationDay, person: Account) -> None:
    clerk.get("/trial/page/")
    post(signed_out(clerk), "/trial/", 1, text="thôi")
    sign_in(clerk, person)
    clerk.post(reverse("accounts:discard"))
    assert clerk.get(reverse("accounts:resume"))["Location"] == "/"


def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(client: Client, row: DemonstrationDay) -> None:
    answer = client.get("/trial/page/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(reverse("account_login"))


def test_a_form_from_before_the_last_sign_in_is_kept_and_offered(person: Account, row: DemonstrationDay) -> None:
    browser = sign_in(Client(enforce_csrf_checks=True), person)
    here = {"Origin": "http://testserver"}
    answer = post(browser, "/trial/", 1, text="từ thẻ cũ", csrfmiddlewaretoken="x" * 64, headers=here)
    assert answer["Location"] == reverse("accounts:resume")
    assert "từ thẻ cũ" in browser.get(reverse("accounts:resume")).content.decode()
    assert version() == 1


def test_a_form_from_another_place_is_refused_and_not_kept(person: Account, row: DemonstrationDay) -> None:
    browser = sign_in(Client(enforce_csrf_checks=True), person)
    answer = post(browser, "/trial/", 1, text="lạ", headers={"Origin": "http://elsewhere.example"})
    assert answer.status_code == 403
    assert browser.get(reverse("accounts:resume"))["Location"] == "/"


def test_answers_are_forgotten_after_thirty_days(clerk: Client, row: DemonstrationDay) -> None:
    from datetime import timedelta

    post(clerk, "/trial/", 1, key="k" * 20)
    post(clerk, "/trial/", 2, key="n" * 20)
    AnsweredKey.objects.filter(key="k" * 20).update(at=AnsweredKey.objects.get(key="k" * 20).at - timedelta(days=31))
    assert forget_answered(DAY) == 1
    assert AnsweredKey.objects.get().key == "n" * 20
