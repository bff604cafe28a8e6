"""Minutes that are being written outlive a lost connection and an answer that never came."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route, expect

from dondoc.accounts.tests.people import sign_in
from dondoc.meetings.models import LateValue, Minutes

from .test_meetings import Cell

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_typed_without_a_connection_is_there_when_it_is_back(
    open_page: Callable[..., Page], live_server: object, complaints: list[str]
) -> None:
    cell = Cell()
    meeting = cell.begun()
    page = open_page(360, height=740)
    cookie = sign_in(Client(), cell.head).cookies[settings.SESSION_COOKIE_NAME].value
    base = str(getattr(live_server, "url", ""))
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
    page.goto(f"/meetings/{meeting.pk}/")
    conclusion, told = page.get_by_label("Kết luận", exact=True), page.locator("#minutes-told")

    page.context.set_offline(True)
    conclusion.fill("Thống nhất")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(told).to_contain_text("đang chờ kết nối")
    assert Minutes.objects.get().content == {}
    page.context.set_offline(False)
    expect(told).to_have_text("Đã lưu.")
    assert Minutes.objects.get().content == {"conclusion": "Thống nhất"}

    # The server has it, but its answer is lost; what is typed meanwhile is nobody else's change.
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/write/", lose, times=1)
    conclusion.fill("Thống nhất giao")
    conclusion.blur()
    expect(told).to_contain_text("đang chờ kết nối")
    conclusion.fill("Thống nhất giao chi ủy")
    conclusion.blur()
    expect(told).to_have_text("Đã lưu.")
    expect(page.locator("[name=was-conclusion]")).to_have_value("Thống nhất giao chi ủy")
    assert Minutes.objects.get().content == {"conclusion": "Thống nhất giao chi ủy"}
    assert not LateValue.objects.exists()
    complaints[:] = [one for one in complaints if "net::ERR" not in one]
