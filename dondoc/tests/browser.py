"""Fixtures for tests in a real browser: Debian's Chromium, driven by Playwright, started once per process.

`narrow` and `wide` are pages of 360 and 1440 pixels in the same server; `open_page(width)` makes more of them, each with its own
sign-in. `violations(page)` asks axe. Whatever a page asks of another machine, or writes to the console as an error, fails the test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

NARROW = 360
WIDE = 1440
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Chromium reports every answer of 400 and above as an error of the console; pages that refuse are no error of ours.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a page breaks: axe's name of the rule, its weight, and the places."""

    rule: str
    impact: str
    places: tuple[str, ...]


def violations(page: Page, *, at_least: tuple[str, ...] = ("serious", "critical")) -> list[Violation]:
    """What axe finds wrong in the page as it stands, of the given weights."""
    found = Axe().run(page).response["violations"]
    return [
        Violation(one["id"], one["impact"], tuple(str(node["target"]) for node in one["nodes"]))
        for one in found
        if one["impact"] in at_least
    ]


def chromium() -> str:
    """The path of the machine's Chromium; without one the tests fail with the command that installs it.

    The shell without windows comes first: the same engine, for two thirds of the processor's time.
    """
    named = os.environ.get("DONDOC_CHROMIUM")
    for name in (named,) if named else ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name or "")
        if path:
            return path
    pytest.fail("No Chromium on this machine. Run: apt-get install chromium-headless-shell", pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process."""
    path = chromium()
    # Playwright keeps an event loop in this thread; Django then takes every query of a test for one inside a coroutine.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield started
        started.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints() -> list[str]:
    """What the pages of this test did that no page may do; whatever stands here at the end fails the test."""
    return []


@pytest.fixture
def open_page(browser: Browser, live_server: Any, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Makes a page of the given width in a browser context of its own, at the live server's address."""
    contexts = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            complaints.append(f"console: {message.text}")

    def watch(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            complaints.append(f"asked another machine: {request.url}")

    def make(width: int = WIDE, *, height: int = 900, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=ViewportSize(width=width, height=height),
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("request", watch)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def narrow(open_page: Callable[..., Page]) -> Page:
    """A page as wide as a small telephone."""
    return open_page(NARROW, height=740)


@pytest.fixture
def wide(open_page: Callable[..., Page]) -> Page:
    """A page as wide as an office screen."""
    return open_page(WIDE)


@pytest.fixture(params=[NARROW, WIDE], ids=["360px", "1440px"])
def page(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    """The same test at both widths."""
    return open_page(request.param)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that open a browser, so that `-m "not browser"` leaves them out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
