"""Signing in: only what an office needs has an address, everything it says is Vietnamese."""

import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from dondoc.accounts import services
from dondoc.accounts.models import Account, Term
from dondoc.accounts.tests.people import PASSWORD, account, hold, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.clock.services import system_act
from dondoc.history.models import Event
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOT_SERVED = [
    "account_signup",
    "account_email",
    "account_reset_password",
    "account_set_password",
    "account_confirm_login_code",
    "account_request_login_code",
    "mfa_signup_webauthn",
]
PAGES = [
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]
# Words of allauth that no page may show; a page is Vietnamese but for names.
ENGLISH = re.compile(
    r"\b(?:the|your|password|account|code|please|sign|enter|email|username|authenticator)\b", re.IGNORECASE
)


@pytest.fixture(autouse=True)
def _no_memory_of_failures() -> None:
    cache.clear()


@pytest.fixture
def clerk(db: None) -> Account:
    return account("van-phong", "Văn phòng")


def words(answer: Any) -> str:
    """What a person reads on a page: no markup, no values of hidden fields."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", text)


def confirm_again(client: Client) -> None:
    """What concerns the safety of an account asks for the password once more."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def log_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"login": name, "password": password, **more})


def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client, clerk: Account) -> None:
    page = reverse("accounts:resume")
    assert client.get(page)["Location"] == f"{reverse('account_login')}?next={page}"
    assert log_in(client, "van-phong", next=page)["Location"] == page
    assert Account.objects.get().last_login is not None


def test_a_name_is_known_in_capitals_too_and_a_wrong_password_is_said_in_words(client: Client, clerk: Account) -> None:
    wrong = log_in(client, "van-phong", "sai")
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in wrong.content.decode()
    assert log_in(client, "VAN-PHONG").status_code == 302


def test_an_account_that_is_closed_is_told_so(client: Client, clerk: Account) -> None:
    Account.objects.update(is_active=False)
    answer = client.post(reverse("account_login"), {"login": "van-phong", "password": PASSWORD}, follow=True)
    assert "Tài khoản này không còn đăng nhập được" in words(answer)


def test_guessing_one_name_is_slowed_down_but_an_office_behind_one_address_is_not(
    client: Client, clerk: Account
) -> None:
    account("lanh-dao")
    for _ in range(11):
        log_in(client, "van-phong", "sai")
    assert "Nhập sai quá nhiều lần" in words(log_in(client, "van-phong"))
    for _ in range(50):
        assert log_in(Client(), "lanh-dao").status_code == 302


@pytest.mark.parametrize("name", NOT_SERVED)
def test_what_an_office_does_not_need_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_sign_in_is_vietnamese_and_runs_nothing_inline(
    client: Client, clerk: Account, name: str
) -> None:
    log_in(client, "van-phong")
    confirm_again(client)
    if name == "mfa_generate_recovery_codes":
        TOTP.activate(clerk, SECRET)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert not ENGLISH.findall(words(answer)), ENGLISH.findall(words(answer))
    text = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert " style=" not in text
    assert not re.search(r"\son\w+=", text)


def test_the_sign_in_page_itself_is_vietnamese(client: Client, db: None) -> None:
    assert not ENGLISH.findall(words(client.get(reverse("account_login"))))


def test_the_second_step_asks_for_the_code(client: Client, clerk: Account) -> None:
    TOTP.activate(clerk, SECRET)
    answer = client.post(reverse("account_login"), {"login": "van-phong", "password": PASSWORD}, follow=True)
    assert "nhập mã đang hiện trong ứng dụng" in words(answer)
    assert not ENGLISH.findall(words(answer))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã chưa đúng." in words(wrong)
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(SECRET, counter))
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == "/"


def test_recovery_codes_are_made_and_shown(client: Client, clerk: Account) -> None:
    log_in(client, "van-phong")
    TOTP.activate(clerk, SECRET)
    confirm_again(client)
    made = client.post(reverse("mfa_generate_recovery_codes"))
    assert made["Location"] == reverse("mfa_view_recovery_codes"), made["Location"]
    shown = client.get(reverse("mfa_view_recovery_codes"))
    assert len(re.findall(r'<li class="num">\w+</li>', shown.content.decode())) == 10
    assert not ENGLISH.findall(words(shown))
    assert not ENGLISH.findall(words(client.get(reverse("mfa_index"))))


def test_a_first_password_has_to_be_changed_before_anything_else(client: Client, db: None) -> None:
    services.create_account("moi", "Người mới", "mat-khau-dau-tien", act=system_act(DAY))
    log_in(client, "moi", "mat-khau-dau-tien")
    change = reverse("account_change_password")
    assert client.get(reverse("accounts:resume"))["Location"] == change
    assert "Mật khẩu đầu tiên do quản trị hệ thống cấp" in words(client.get(change))
    typed = {"oldpassword": "mat-khau-dau-tien", "password1": "cua rieng toi 2026", "password2": "cua rieng toi 2026"}
    assert client.post(change, typed)["Location"] == "/"
    assert client.get(reverse("accounts:resume"))["Location"] == "/"
    assert Event.objects.filter(action="accounts.password_changed").count() == 1


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        ("ngan", "ngan", "Mật khẩu quá ngắn"),
        ("password123", "password123", "phổ biến"),
        ("cua rieng toi 2026", "khac hẳn", "Hai lần nhập mật khẩu chưa giống nhau"),
    ],
)
def test_a_weak_password_is_refused_in_words(
    client: Client, clerk: Account, new: str, again: str, sentence: str
) -> None:
    log_in(client, "van-phong")
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": again}
    answer = client.post(reverse("account_change_password"), typed)
    assert sentence in words(answer)
    assert not ENGLISH.findall(words(answer))


@told_once
def units() -> dict[str, Unit]:
    return draw("Tỉnh ủy > Huyện ủy A > Xã A1")


def test_a_demonstration_offers_its_posts_with_one_press(
    client: Client, units: dict[str, Unit], django_assert_num_queries: Any
) -> None:
    hold(units["Tỉnh ủy"], "clerk", title="Văn phòng Tỉnh ủy")
    hold(units["Xã A1"], "head", title="Bí thư Đảng ủy xã A1")
    DemonstrationDay.objects.create(pk=1, day=DAY)
    with django_assert_num_queries(4):
        text = client.get(reverse("account_login")).content.decode()
    assert text.index("Văn phòng Tỉnh ủy") < text.index("Bí thư Đảng ủy xã A1")
    assert 'name="login" value="xa-a1-head"' in text
    for n in range(5):
        hold(units["Huyện ủy A"], "leader", title=f"Lãnh đạo {n}")
    with django_assert_num_queries(4):
        client.get(reverse("account_login"))


def test_an_installation_in_use_shows_nothing_of_its_accounts(client: Client, units: dict[str, Unit]) -> None:
    hold(units["Tỉnh ủy"], "clerk", title="Văn phòng Tỉnh ủy")
    text = client.get(reverse("account_login")).content.decode()
    assert "Văn phòng Tỉnh ủy" not in text
    assert "tinh-uy-clerk" not in text


def test_someone_with_two_posts_acts_through_the_one_they_choose(client: Client, units: dict[str, Unit]) -> None:
    person = hold(units["Tỉnh ủy"], "clerk", title="Văn phòng Tỉnh ủy")
    hold(units["Xã A1"], "head", title="Bí thư Đảng ủy xã A1", account=person)
    other = hold(units["Huyện ủy A"], "leader", title="Bí thư Huyện ủy A")
    sign_in(client, person)
    page = reverse("account_change_password")

    def acting() -> str:
        return str(client.get(page).wsgi_request.actor.acting.title)  # type: ignore[attr-defined]

    posts = {term.post.title: term.post_id for term in Term.objects.select_related("post")}
    assert acting() == "Văn phòng Tỉnh ủy"
    answer = client.post(reverse("accounts:switch"), {"post": posts["Bí thư Đảng ủy xã A1"], "next": page})
    assert answer["Location"] == page
    assert acting() == "Bí thư Đảng ủy xã A1"
    client.post(reverse("accounts:switch"), {"post": posts["Bí thư Huyện ủy A"]})
    assert acting() == "Bí thư Đảng ủy xã A1"
    assert other.pk != person.pk
    assert (
        client.post(reverse("accounts:switch"), {"post": "x", "next": "https://elsewhere.example"})["Location"] == "/"
    )


def test_the_command_makes_the_first_administrator(client: Client, units: dict[str, Unit]) -> None:
    out = StringIO()
    call_command("account", "add", "quan-tri", "Quản trị", stdout=out)
    password = out.getvalue().split()[-1]
    call_command("account", "post", "quan-tri", "tinh-uy", "administrator", "Quản trị hệ thống", stdout=out)
    assert log_in(client, "quan-tri", password).status_code == 302
    assert Term.objects.get().post.title == "Quản trị hệ thống"
    call_command("account", "password", "quan-tri", stdout=out)
    assert log_in(Client(), "quan-tri", password).status_code == 200
    for wrong in (["password", "khong-co"], ["post", "quan-tri", "khong-co", "head", "X"], ["add", "quan-tri", "X"]):
        with pytest.raises(CommandError):
            call_command("account", *wrong, stdout=StringIO())
