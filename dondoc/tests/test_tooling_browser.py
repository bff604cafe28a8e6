"""The fixtures of browser tests themselves: a page that misbehaves must not pass."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from dondoc.tests.browser import NARROW, violations

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_is_as_wide_as_asked_and_speaks_vietnamese(open_page: Callable[..., Page]) -> None:
    page = open_page(NARROW)
    page.goto(reverse("account_login"))
    assert page.evaluate("window.innerWidth") == NARROW
    assert page.evaluate("navigator.language") == "vi-VN"


def test_axe_sees_a_picture_without_words(wide: Page) -> None:
    wide.set_content("<html lang='vi'><title>Ảnh</title><main><img src='data:,'></main></html>")
    assert [found.rule for found in violations(wide)] == ["image-alt"]


def test_a_page_that_asks_another_machine_is_noticed(wide: Page, complaints: list[str]) -> None:
    wide.set_content("<html lang='vi'><title>Ảnh</title><img alt='' src='http://127.0.0.2:9/picture.png'></html>")
    wide.wait_for_load_state()
    assert any("asked another machine: http://127.0.0.2:9/picture.png" in one for one in complaints)
    complaints.clear()


def test_an_error_of_a_script_is_noticed(wide: Page, complaints: list[str]) -> None:
    wide.set_content("<html lang='vi'><title>Lỗi</title><script>throw new Error('hỏng')</script></html>")
    wide.wait_for_load_state()
    assert any("hỏng" in one for one in complaints)
    complaints.clear()


def test_the_sign_in_page_has_no_serious_fault(page: Page) -> None:
    page.goto(reverse("account_login"))
    assert violations(page) == []
