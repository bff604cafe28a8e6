"""The pages of duties: what a unit owes, one obligation, and what may be said of it by whom."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import actor, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.obligations import queries, services
from dondoc.obligations.models import Doubt, Excuse, Obligation
from dondoc.obligations.rules import Verdict
from dondoc.tests.told_once import told_once

from .test_tick import START, Cell

JULY = date(2023, 7, 1)


@told_once
def lapsed() -> Cell:
    """The cell, after a June without a meeting."""
    told = Cell()
    told.run(START, JULY)
    DemonstrationDay.objects.create(pk=1, day=JULY)
    return told


def page(name: str, pk: int, on: date = JULY) -> str:
    return f"{reverse(f'obligations:{name}', args=[pk])}?on={on:%d/%m/%Y}"


@pytest.mark.django_db
def test_the_cell_sees_what_it_has_to_make_good_and_the_commune_who_slipped(lapsed: Cell, client: Client) -> None:
    sign_in(client, lapsed.head)
    own = client.get(page("unit", lapsed.cell.pk)).content.decode()
    assert "Cần khắc phục" in own
    assert "Không có kế hoạch" in own
    sign_in(client, lapsed.leader)
    above = client.get(page("unit", lapsed.commune.pk)).content.decode()
    assert "Bỏ lỡ trong bảy ngày qua" in above
    assert lapsed.cell.names.get().name in above


@pytest.mark.django_db
def test_a_past_day_shows_what_was_known_then(lapsed: Cell, client: Client) -> None:
    sign_in(client, lapsed.head)
    assert "Cần khắc phục" not in client.get(page("unit", lapsed.cell.pk, date(2023, 6, 30))).content.decode()


@pytest.mark.django_db
def test_the_page_of_a_unit_takes_as_many_queries_however_much_is_owed(lapsed: Cell, client: Client) -> None:
    sign_in(client, lapsed.head)
    address = page("unit", lapsed.cell.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    one = Obligation.objects.filter(code="meeting").order_by("due_on")[0]
    for month in (3, 4, 5):
        day = date(2023, month, 28)
        Obligation.objects.create(
            unit=one.unit, duty=one.duty, code="meeting", article=2, begins_on=day, ends_on=date(2023, month + 1, 1), due_on=day, last_day=day, verdict=Verdict.NO_PLAN
        )  # fmt: skip
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(after) == len(before)


@pytest.mark.django_db
def test_the_head_declares_with_a_file_and_the_superior_may_open_it(lapsed: Cell, client: Client) -> None:
    one = Obligation.objects.get(code="meeting", due_on=date(2023, 6, 30))
    sign_in(client, lapsed.head)
    form: dict[str, Any] = {
        "done_on": "28/06/2023",
        "words": "Đã họp",
        "file": SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.7 x"),
    }
    answer = post(client, reverse("obligations:declare", args=[one.pk]), one.version, **form)
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.verdict == Verdict.DONE
    file = one.declarations.get().file
    assert file is not None
    sign_in(client, lapsed.leader)
    assert client.get(reverse("documents:file", args=[file.pk])).status_code == 200
    assert "bien-ban.pdf" in client.get(page("obligation", one.pk)).content.decode()


@pytest.mark.django_db
def test_a_day_that_has_not_come_is_refused_beside_the_form(lapsed: Cell, client: Client) -> None:
    one = Obligation.objects.get(code="meeting", due_on=date(2023, 6, 30))
    sign_in(client, lapsed.head)
    answer = post(
        client, reverse("obligations:declare", args=[one.pk]), one.version, done_on="02/07/2023", words="Đã họp"
    )
    assert answer.status_code == 422
    assert "Không thể thực hiện vào ngày chưa tới" in answer.content.decode()


@pytest.mark.django_db
def test_the_superior_excuses_and_the_unit_itself_does_not(lapsed: Cell, client: Client) -> None:
    one = Obligation.objects.get(code="meeting", due_on=date(2023, 6, 30))
    address = reverse("obligations:answer", args=[one.pk])
    sign_in(client, lapsed.head)
    assert post(client, address, one.version, words="Lũ", granted="1").status_code in (403, 422)
    sign_in(client, lapsed.leader)
    assert post(client, address, one.version, words="Lũ", granted="1").status_code == 302
    assert Excuse.objects.get().granted


@pytest.mark.django_db
def test_what_was_made_good_warns_nobody_any_more(lapsed: Cell) -> None:
    head = actor(lapsed.head, JULY)
    assert [one.step for one in queries.warnings(head, JULY)] == ["lapsed"]
    Obligation.objects.filter(code="meeting", due_on=date(2023, 6, 30)).update(verdict=Verdict.DONE)
    assert [one.step for one in queries.warnings(head, JULY)] == []


@pytest.mark.django_db
def test_the_superior_sees_and_settles_a_doubt_and_the_unit_sees_nothing_of_it(lapsed: Cell, client: Client) -> None:
    day = date(2023, 6, 20)
    lapsed.meeting(day, held_on=day, minutes_on=date(2023, 6, 19), state="closed")
    services.evidence_changed([lapsed.cell.pk], lapsed.act(JULY))
    doubt = Doubt.objects.get()
    address = page("obligation", doubt.obligation_id)
    sign_in(client, lapsed.head)
    assert "Nghi vấn" not in client.get(address).content.decode()
    assert post(client, reverse("obligations:settle", args=[doubt.pk]), 1, words="Không sao").status_code == 422
    sign_in(client, lapsed.leader)
    assert "Biên bản được thông qua ngày 19/06/2023, trước ngày họp 20/06/2023" in client.get(address).content.decode()
    assert "Nghi vấn trong hồ sơ" in client.get(page("unit", lapsed.commune.pk)).content.decode()
    assert post(client, reverse("obligations:settle", args=[doubt.pk]), 1, words="Ghi nhầm").status_code == 302
    assert "Ghi nhầm" in client.get(address).content.decode()
