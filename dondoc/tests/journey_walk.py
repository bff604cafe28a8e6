"""One walk through the product in a real browser: who walks, what they press, and what every page must satisfy."""

import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from dondoc.accounts.demonstration import password
from dondoc.clock.models import DemonstrationDay, Tick
from dondoc.clock.services import move_on, run_to, system_act
from dondoc.organisations.services.load import slug
from dondoc.tests.browser import NARROW, WIDE, violations

HEIGHT = 900
LIVED = timedelta(days=7)
PATIENCE = 20_000  # milliseconds; two busy cores serve the pages and draw them

OFFICE = "Văn phòng Tỉnh ủy"
LEADER = "Phó Bí thư Tỉnh ủy"
SON_TAN = "Văn phòng Đảng ủy xã Sơn Tân"
SON_TAN_SECRETARY = "Bí thư Đảng ủy xã Sơn Tân"
DISTRICT_SECRETARY = "Bí thư Huyện ủy Cam Lâm"
DISTRICT_OFFICE = "Văn phòng Huyện ủy Cam Lâm"
CAM_HIEP_SECRETARY = "Bí thư Đảng ủy xã Cam Hiệp"


class Keys:
    """The keyboard of a person, who presses as many keys as are counted: a chord is as many keys as it has parts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *chords: str) -> None:
        """Each of the keys or chords ("Control+Shift+D"), one after the other."""
        for chord in chords:
            self.page.keyboard.press(chord)
            self.pressed += len(chord.split("+"))

    def write(self, text: str) -> None:
        """Letter by letter. Vietnamese marks take keys too, as many as one types with Telex."""
        self.page.keyboard.type(text)
        self.pressed += sum(_keys_of(letter) for letter in text)


def _keys_of(letter: str) -> int:
    """How many keys Telex needs for a letter: the base, one for a hat, horn, breve or bar, one for a tone."""
    parts = unicodedata.normalize("NFD", letter)
    return len(parts) + (letter in "đĐ")


@dataclass
class Walk:
    """The pages of those who walk, one browser context for each, and the durations of the steps."""

    open_page: Callable[..., Page]
    complaints: list[str]
    pages: dict[str, Page] = field(default_factory=dict)
    took: list[tuple[str, float]] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A step of the walk; what fails in it, or what its pages complain of, carries its name."""
        began = time.perf_counter()
        try:
            yield
            assert not self.complaints, "\n".join(self.complaints)
        except BaseException as fault:
            where = ", ".join(f"{who}: {page.url}" for who, page in self.pages.items())
            fault.add_note(f"in the step “{name}”; the pages stood at {where}")
            raise
        self.took.append((name, time.perf_counter() - began))

    def say(self, line: str) -> None:
        """A line for whoever runs the tests with `-s`."""
        sys.stdout.write(f"\n{line}\n")

    def as_(self, title: str) -> Page:
        """The page of whoever holds the post; the first time they sign in with the account's name and password."""
        if title not in self.pages:
            page = self._at_the_door(title)
            page.get_by_label("Tên tài khoản").fill(slug(title))
            page.get_by_label("Mật khẩu").fill(password())
            page.keyboard.press("Enter")
            expect(page.locator("header.topbar .menu-actor")).to_contain_text(title)
        return self.pages[title]

    def choose(self, title: str) -> Page:
        """Like `as_`, by the button of the demonstration's sign-in page."""
        page = self._at_the_door(title)
        page.get_by_role("button", name=title, exact=True).click()
        expect(page.locator("header.topbar .menu-actor")).to_contain_text(title)
        return page

    def _at_the_door(self, title: str) -> Page:
        page = self.pages[title] = self.open_page(WIDE, height=HEIGHT)
        page.context.set_default_timeout(PATIENCE)
        page.goto("/")
        expect(page.get_by_role("heading", name="Đăng nhập", level=1)).to_be_visible()
        return page

    def home(self, title: str) -> Page:
        """The home of whoever holds the post."""
        page = self.as_(title)
        page.goto("/")
        return page

    def fits(self, page: Page, *, narrow: bool = False) -> None:
        """What holds of every page: no serious fault by axe, nothing wider than the window; with `narrow` also on a telephone."""
        self._fits(page)
        if narrow:
            page.set_viewport_size({"width": NARROW, "height": 740})
            try:
                self._fits(page)
            finally:
                page.set_viewport_size({"width": WIDE, "height": HEIGHT})

    def _fits(self, page: Page) -> None:
        page.wait_for_load_state("load")
        found = violations(page)
        assert found == [], f"{page.url}: {found}"
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, (
            f"{page.url} is {too_wide} px wider than the window of {page.evaluate('window.innerWidth')}"
        )

    def told(self, page: Page, words: str | re.Pattern[str]) -> None:
        """The page says so in its messages."""
        expect(page.locator("#messages")).to_contain_text(words)

    def day(self) -> str:
        """The demonstration's working day as pages write it."""
        return f"{self.today():%d/%m/%Y}"

    def today(self) -> date:
        """The demonstration's working day."""
        return DemonstrationDay.objects.get(pk=1).day

    def days_pass(self, days: int) -> None:
        """Many days at once, through the same service as the banner's buttons; of the ticks only those of the last week run.

        Two years of ticks take a minute and more. That none of the days skipped is lost is what the tests of the tick are about.
        """
        clock = DemonstrationDay.objects.get(pk=1)
        day = move_on(days, seen=clock.version, act=system_act(clock.day))
        Tick.objects.filter(pk=1, done_to__lt=day - LIVED).update(done_to=day - LIVED)
        run_to(day)


def section(page: Page, heading: str) -> Locator:
    """The section of a page under this heading."""
    return page.locator("section", has=page.get_by_role("heading", name=heading, exact=True))
