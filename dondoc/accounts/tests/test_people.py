"""The administrator's pages, the record for auditors, and who may open them."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.models import Account, Post, Term
from dondoc.accounts.queries import may, reached_by, scope
from dondoc.accounts.tests.people import account, actor, hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.history.models import Entry, Event, Reading, ReadingBatch
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Dissolve
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)


@told_once
def units() -> dict[str, Unit]:
    DemonstrationDay.objects.create(pk=1, day=DAY)
    return draw("""
        Tỉnh ủy
          Huyện ủy A
            Xã A1
            Xã A2
          Huyện ủy B
            Xã B1
    """)


@pytest.fixture
def head(units: dict[str, Unit]) -> Account:
    return hold(units["Xã A1"], "head", title="Bí thư Đảng ủy xã A1")


@pytest.fixture
def administrator(client: Client, units: dict[str, Unit]) -> Client:
    return sign_in(client, hold(units["Huyện ủy A"], "administrator", title="Quản trị hệ thống"))


def post_of(title: str) -> Post:
    return Post.objects.get(title=title)


# Rights.


def test_seeing_is_the_union_of_the_posts_and_acting_is_one_of_them(units: dict[str, Unit]) -> None:
    person = hold(units["Xã A1"], "head")
    hold(units["Huyện ủy B"], "clerk", account=person)
    both = actor(person, DAY)
    assert {unit.code for unit in scope(both)} == {"xa-a1", "huyen-uy-b", "xa-b1"}
    assert may(both, "intake.confirm", units["Xã B1"].pk).reason == "accounts.not_this_post"
    through_clerk = actor(person, DAY, Post.objects.get(kind="clerk"))
    assert may(through_clerk, "directive.prepare", units["Xã B1"].pk)
    assert may(through_clerk, "directive.prepare", units["Xã A1"].pk).reason == "accounts.not_this_unit"


def test_administrators_and_auditors_see_no_business(units: dict[str, Unit]) -> None:
    for kind in ("administrator", "auditor"):
        assert not scope(actor(hold(units["Tỉnh ủy"], kind), DAY)).exists()


def test_a_post_given_up_gives_no_right_from_that_day_on(units: dict[str, Unit]) -> None:
    person = hold(units["Huyện ủy A"], "leader", until=DAY)
    assert scope(actor(person, date(2023, 4, 27))).count() == 3
    assert not scope(actor(person, DAY)).exists()
    assert may(actor(person, DAY), "directive.approve", units["Huyện ủy A"].pk).reason == "accounts.no_post"


def test_the_past_of_a_unit_that_ended_is_seen_by_those_above_its_heir(units: dict[str, Unit]) -> None:
    person = hold(units["Huyện ủy A"], "clerk")
    reorganise_together([Dissolve("xa-a1")], decision="1", effective_on=DAY, act=act_on(DAY))
    assert scope(actor(person, DAY)).filter(code="xa-a1").exists()
    assert may(actor(person, DAY), "directive.prepare", units["Xã A1"].pk)
    assert not reached_by(actor(person, DAY), "directive.prepare").filter(code="xa-a1").exists()


def test_a_right_that_nobody_holds_is_refused_with_its_reason(units: dict[str, Unit]) -> None:
    with pytest.raises(Refused) as refused:
        reached_by(actor(hold(units["Xã A1"], "head"), DAY), "account.manage")
    assert (refused.value.code, refused.value.status) == ("accounts.not_this_post", 403)


# The pages.


def test_the_page_of_posts_shows_the_scope_and_nothing_else(
    administrator: Client, units: dict[str, Unit], head: Account
) -> None:
    hold(units["Xã B1"], "head", title="Bí thư Đảng ủy xã B1")
    Post.objects.create(code="trong", unit=units["Xã A2"], kind="head", title="Bí thư trống", valid_from=DAY)
    text = administrator.get(reverse("accounts:people")).content.decode()
    assert "Bí thư Đảng ủy xã A1" in text
    assert "Bí thư Đảng ủy xã B1" not in text
    assert "1 chức danh còn trống" in text
    vacant = administrator.get(reverse("accounts:people"), {"show": "vacant"}).content.decode()
    assert "Bí thư trống" in vacant
    assert "Bí thư Đảng ủy xã A1" not in vacant
    waiting = administrator.get(reverse("accounts:people"), {"show": "waiting"}).content.decode()
    assert "Bí thư Đảng ủy xã A1" in waiting
    assert "Quản trị hệ thống" not in waiting.partition("<tbody")[2].partition("</tbody>")[0]
    found = administrator.get(reverse("accounts:people"), {"q": "XA A2"}).content.decode()
    assert "Bí thư trống" in found
    assert "Bí thư Đảng ủy xã A1" not in found


def test_pages_cost_the_same_however_many_posts_there_are(
    administrator: Client, units: dict[str, Unit], head: Account, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    addresses = [
        reverse("accounts:people"),
        reverse("accounts:post", args=[post_of("Bí thư Đảng ủy xã A1").pk]),
        reverse("accounts:account", args=[head.pk]),
        reverse("accounts:new_post"),
    ]
    few = []
    for address in addresses:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            administrator.get(address)
        few.append(len(queries))
    for n in range(12):
        hold(units["Xã A2"], "officer", title=f"Cán bộ {n}", account=head if n % 2 else None)
        hold(units["Xã A1"], "head", title="Bí thư Đảng ủy xã A1", account=account(f"phu-trach-{n}"), deputising=True)
    for address, number in zip(addresses, few, strict=True):
        with CaptureQueriesContext(connection) as queries:
            administrator.get(address)
        assert len(queries) <= number, address


def test_reading_about_persons_is_written_down_outside_of_the_page(administrator: Client, head: Account) -> None:
    administrator.get(reverse("accounts:people"))
    administrator.get(reverse("accounts:account", args=[head.pk]))
    assert list(Reading.objects.values_list("batch__page", "subject")) == [
        ("accounts:people", head.pk),
        ("accounts:account", head.pk),
    ]
    assert ReadingBatch.objects.get(number=1).day == DAY
    assert not Entry.objects.filter(person=ReadingBatch.objects.get(number=1).reader).exists()


def test_an_account_is_made_with_a_password_shown_once_and_given_a_post(
    administrator: Client, units: dict[str, Unit]
) -> None:
    made = post(
        administrator,
        reverse("accounts:make_post"),
        unit=units["Xã A2"].pk,
        kind="head",
        title="Bí thư A2",
        since="28/4/2023",
    )
    assert made.status_code == 302
    place = post_of("Bí thư A2")
    answer = post(
        administrator, reverse("accounts:make_account"), username="bi-thu-a2", label="Bí thư A2", post=place.pk
    )
    password = re.search(r"<strong>([a-z-]+\d{4})</strong>", answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    assert password
    assert Client().post(reverse("account_login"), {"login": "bi-thu-a2", "password": password[1]}).status_code == 302
    given = post(
        administrator,
        reverse("accounts:give_post", args=[place.pk]),
        place.version,
        account="BI-THU-A2",
        since="28/04/2023",
    )
    assert given.status_code == 302
    assert Term.objects.get(post=place).account.username == "bi-thu-a2"
    reset = post(
        administrator, reverse("accounts:reset_password", args=[Account.objects.get(username="bi-thu-a2").pk]), 1
    )
    assert reset.status_code == 200
    assert Client().post(reverse("account_login"), {"login": "bi-thu-a2", "password": password[1]}).status_code == 200


def test_what_is_not_filled_in_right_is_said_beside_the_field_and_kept(
    administrator: Client, units: dict[str, Unit], head: Account
) -> None:
    place = post_of("Bí thư Đảng ủy xã A1")
    answer = post(administrator, reverse("accounts:give_post", args=[place.pk]), 1, account="khong-co", since="31/2")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Chưa có tài khoản mang tên này" in text
    assert "Hãy nhập ngày như 28/04/2023." in text
    assert 'value="khong-co"' in text
    assert post(administrator, reverse("accounts:make_account"), username="có dấu cách", label="").status_code == 422
    assert (
        post(
            administrator, reverse("accounts:make_post"), unit=units["Xã B1"].pk, kind="head", title="x", since="1/1"
        ).status_code
        == 422
    )


def test_ending_a_term_shows_what_it_leaves_open(administrator: Client, head: Account, settings: Any) -> None:
    settings.WHAT_A_POST_HOLDS = [f"{__name__}.open_work"]
    place = post_of("Bí thư Đảng ủy xã A1")
    assert "Khắc phục thiếu sót" in administrator.get(reverse("accounts:post", args=[place.pk])).content.decode()
    term = Term.objects.get(post=place)
    assert post(administrator, reverse("accounts:end_term", args=[term.pk]), 1, on="").status_code == 422
    assert post(administrator, reverse("accounts:end_term", args=[term.pk]), 1, on="29/04/2023").status_code == 302
    assert Term.objects.get(pk=term.pk).valid_to == date(2023, 4, 29)
    assert post(administrator, reverse("accounts:end_post", args=[place.pk]), 2, on="30/04/2023").status_code == 302


def open_work(post: int, day: date) -> list[Any]:
    from dondoc.accounts.rules import Held

    return [Held("Khắc phục thiếu sót", "/", "Văn phòng Huyện ủy A")]


def test_an_administrator_gives_no_post_to_themselves(administrator: Client, head: Account) -> None:
    place = post_of("Bí thư Đảng ủy xã A1")
    answer = post(
        administrator,
        reverse("accounts:give_post", args=[place.pk]),
        1,
        account="huyen-uy-a-administrator",
        since="28/4",
        deputising="on",
    )
    assert answer.status_code == 403
    assert Term.objects.filter(post=place).count() == 1


def test_posts_and_accounts_of_other_units_are_not_there(administrator: Client, units: dict[str, Unit]) -> None:
    outsider = hold(units["Xã B1"], "head", title="Bí thư Đảng ủy xã B1")
    place = post_of("Bí thư Đảng ủy xã B1")
    assert administrator.get(reverse("accounts:post", args=[place.pk])).status_code == 404
    assert administrator.get(reverse("accounts:account", args=[outsider.pk])).status_code == 404
    for name, key in (
        ("give_post", place.pk),
        ("end_post", place.pk),
        ("end_term", Term.objects.get(post=place).pk),
        ("reset_password", outsider.pk),
    ):
        assert (
            post(
                administrator, reverse(f"accounts:{name}", args=[key]), 1, on="1/5", account="x", since="1/5"
            ).status_code
            == 404
        ), name


def test_only_administrators_manage_and_only_auditors_read_the_record(client: Client, units: dict[str, Unit]) -> None:
    for kind, people, record in (("clerk", 403, 403), ("administrator", 200, 403), ("auditor", 403, 200)):
        sign_in(client, hold(units["Tỉnh ủy"], kind))
        assert client.get(reverse("accounts:people")).status_code == people, kind
        assert client.get(reverse("accounts:history")).status_code == record, kind


def test_an_auditor_reads_the_acts_of_the_scope_with_who_did_them(
    client: Client, units: dict[str, Unit], head: Account
) -> None:
    chief = hold(units["Tỉnh ủy"], "administrator", title="Quản trị tỉnh")
    sign_in(client, chief)
    for unit in ("Xã A2", "Xã B1"):
        post(
            client,
            reverse("accounts:make_post"),
            unit=units[unit].pk,
            kind="head",
            title=f"Bí thư {unit}",
            since="28/4",
        )
    sign_in(client, hold(units["Huyện ủy A"], "auditor"))
    text = client.get(reverse("accounts:history")).content.decode()
    rows = text.partition("<tbody")[2]
    assert rows.count("Lập chức danh") == 1
    assert "Quản trị tỉnh" in rows
    assert Event.objects.filter(action="accounts.post_made").count() == 2
    none = client.get(reverse("accounts:history"), {"from": "29/04/2023"}).content.decode()
    assert "Những ngày này chưa có mục nào." in none


def test_nobody_sets_the_password_of_a_person_who_also_holds_a_post_elsewhere(
    administrator: Client, units: dict[str, Unit]
) -> None:
    person = hold(units["Huyện ủy B"], "leader", title="Bí thư Huyện ủy B")
    hold(units["Xã A1"], "head", title="Phó Bí thư xã A1", account=person, deputising=True)
    before = person.password
    answer = post(administrator, reverse("accounts:reset_password", args=[person.pk]), seen=person.version)
    person.refresh_from_db()
    assert (answer.status_code, person.password) == (403, before)
