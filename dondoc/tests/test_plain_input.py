"""What no database takes never reaches a page: a NUL sign, which no person types, and a key of more digits than any row has."""

import pytest
from django.test import Client

from dondoc.accounts.tests.people import hold, sign_in
from dondoc.organisations.tests.trees import draw


def test_a_nul_sign_in_an_address_is_stopped_in_words(client: Client, db: None) -> None:
    answer = client.get("/sign-in/?q=%00")
    assert answer.status_code == 400
    assert "không phải chữ" in answer.content.decode()


@pytest.mark.parametrize("path", ["/sign-in/", "/intake/receive/"])
def test_a_nul_sign_in_a_form_is_stopped(client: Client, db: None, path: str) -> None:
    assert client.post(path, {"login": "a\0b"}).status_code == 400


@pytest.mark.parametrize("path", ["/targets/{}/", "/figures/{}/", "/reports/{}/", "/directives/{}/"])
def test_a_key_that_no_row_can_have_is_not_there(client: Client, db: None, path: str) -> None:
    sign_in(client, hold(draw("Tỉnh ủy")["Tỉnh ủy"], "leader"))
    for key in (2**63, 10**40):
        assert client.get(path.format(key)).status_code == 404
