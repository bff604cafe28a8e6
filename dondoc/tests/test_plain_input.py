"""What holds a NUL sign never reaches a page: PostgreSQL takes none, and no person types one."""

import pytest
from django.test import Client


def test_a_nul_sign_in_an_address_is_stopped_in_words(client: Client, db: None) -> None:
    answer = client.get("/sign-in/?q=%00")
    assert answer.status_code == 400
    assert "không phải chữ" in answer.content.decode()


@pytest.mark.parametrize("path", ["/sign-in/", "/intake/receive/"])
def test_a_nul_sign_in_a_form_is_stopped(client: Client, db: None, path: str) -> None:
    assert client.post(path, {"login": "a\0b"}).status_code == 400
