"""Every address that writes stands in the frame of acts: without `seen`, without a key, or by an address alone nothing is written."""

import ast
import inspect
import textwrap

import pytest
from django.test import Client

from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import account, post, sign_in
from dondoc.history.models import AnsweredKey, Entry

from .addresses import Address, addresses

# Views that read what was posted and are no acts, each with its reason. A record is never written by one of these.
NO_ACT = {
    "documents:check": "tells what is wrong with the form of a file that is not kept",
    "reports:excel": "shows what a sheet would change; that is saved like what is typed in the report's form",
    "accounts:switch": "through which post one acts is remembered for the sign-in only",
    "accounts:discard": "an interrupted form was never a record",
}
ALL = sorted(addresses(), key=lambda address: address.name)
WRITING = [address for address in ALL if address.writes]
OTHERS = [address for address in ALL if address.ours and not address.writes]


@pytest.fixture
def clerk(client: Client, db: None) -> Client:
    return sign_in(client, account("van-phong"))


def nothing_written() -> bool:
    return not Entry.objects.exists() and not AnsweredKey.objects.exists()


@pytest.mark.parametrize("address", WRITING, ids=lambda address: address.name)
def test_an_act_has_to_say_what_the_person_saw_and_carry_its_own_key(clerk: Client, address: Address) -> None:
    url = address.url()
    assert post(clerk, url, None).status_code == 428
    assert post(clerk, url, "not a number").status_code == 428
    assert clerk.post(url, {"seen": 1}).status_code == 428
    assert clerk.get(url).status_code == 405
    assert nothing_written()


@pytest.mark.parametrize("address", WRITING, ids=lambda address: address.name)
def test_an_act_of_someone_who_may_not_writes_nothing(clerk: Client, address: Address) -> None:
    assert post(clerk, address.url(), 1).status_code in {302, 403, 404, 409, 422}
    assert nothing_written() or address.name == "clock:move"


@pytest.mark.parametrize("address", WRITING, ids=lambda address: address.name)
def test_an_act_without_a_sign_in_leads_to_the_sign_in(client: Client, db: None, address: Address) -> None:
    answer = post(client, address.url(), 1)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
    assert nothing_written()


@pytest.mark.parametrize("address", OTHERS, ids=lambda address: address.name)
def test_a_view_that_reads_what_was_posted_is_an_act_or_has_a_reason(address: Address) -> None:
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(address.view)))
    reads_post = any(
        isinstance(node, ast.Attribute) and node.attr in {"POST", "FILES", "body"}
        for node in ast.walk(ast.parse(source))
    )
    assert not reads_post or address.name in NO_ACT


def test_every_reason_is_still_needed() -> None:
    assert set(NO_ACT) <= {address.name for address in OTHERS}


@pytest.mark.django_db
def test_a_page_that_is_asked_for_writes_no_record(client: Client) -> None:
    sign_in(client, account("van-phong"))
    before = Account.objects.get().last_login
    for address in OTHERS:
        client.get(address.url())
    assert nothing_written()
    assert Account.objects.get().last_login == before
