"""The second part of the walk: the table is completed, the leader approves, the office issues."""

import re

from django.db.models import QuerySet
from playwright.sync_api import Locator, Page, expect

from dondoc.directives.models import Assignment
from dondoc.directives.rules import State
from dondoc.tests.journey_intake import ASSIGNMENTS
from dondoc.tests.journey_walk import LEADER, OFFICE, SON_TAN, Keys, Walk

# What two minutes allow, with time left to read: less than two keys a second.
COMPLETION_CEILING = 200
PLAN = "Kế hoạch khắc phục"
NUMBER = "312"
SYMBOL = "TB/TU"


def complete_the_table(walk: Walk) -> None:
    """From the session's page to the table; product and deadline with the keyboard, the rest by rule, then ready for approval."""
    page = walk.as_(OFFICE)
    page.get_by_role("link", name="Hoàn thiện và trình duyệt nhiệm vụ").click()
    expect(page.locator("tr[data-row]")).to_have_count(ASSIGNMENTS)
    walk.fits(page, narrow=True)
    keys = Keys(page)
    page.locator("body").evaluate("body => { document.activeElement.blur(); window.scrollTo(0, 0); }")
    first = _cell(page, 1, "product")
    keys.press("Tab", "Enter")
    _tab_to(keys, first)
    # Directive 1 is a plan by a day, not a regular report.
    keys.press("Control+A")
    keys.write(PLAN)
    keys.press("Tab")
    expect(_cell(page, 1, "due_on")).to_be_focused()
    keys.write("31/5")
    keys.press("Tab", "Home", "Tab")
    expect(_cell(page, 1, "review_on")).to_be_focused()
    keys.press("Control+A", "Delete", "Tab")
    _settled(page)
    expect(_cell(page, 1, "due_on")).to_have_value("31/05/2023")
    expect(_cell(page, 1, "cadence_months")).to_have_value("")
    expect(page.locator("#gaps")).not_to_contain_text("Còn thiếu")
    # Down the column of deadlines to directive 6, and there one day for its three heads.
    keys.press("Shift+Tab", "Shift+Tab", "Shift+Tab")
    expect(_cell(page, 1, "due_on")).to_be_focused()
    while not _at(page, 6, "due_on"):
        keys.press("Enter")
    keys.press("Control+A")
    keys.write("30/6")
    keys.press("Control+D")
    _settled(page)
    walk.told(page, "Đã điền cho nhiều dòng.")
    for row in range(3):
        expect(_cell(page, 6, "due_on", row)).to_have_value("30/06/2023")
    # To the end of the table, past every row, and on to the button.
    while not _at(page, 8, "due_on", 2):
        keys.press("Enter")
    ready = page.get_by_role("button", name="Xác nhận đã rà soát, trình phê duyệt")
    expect(ready).to_be_visible()
    _tab_to(keys, ready)
    keys.press("Enter")
    walk.told(page, "Đã xác nhận. Lãnh đạo có thể phê duyệt.")
    walk.counted["to complete"] = keys.pressed
    walk.say(f"keystrokes to complete {ASSIGNMENTS} assignments: {keys.pressed}")
    assert keys.pressed <= COMPLETION_CEILING
    expect(page.locator(".is-default, .is-lacking").and_(page.locator("[data-column]"))).to_have_count(0)


def approve(walk: Walk) -> None:
    """The office cannot approve; the leader can."""
    expect(walk.as_(OFFICE).get_by_role("button", name=re.compile("^Phê duyệt"))).to_have_count(0)
    page = walk.choose(LEADER)
    expect(page.locator("main")).to_contain_text(f"{ASSIGNMENTS} việc chờ đồng chí phê duyệt")
    walk.fits(page, narrow=True)
    page.locator("#prepared").get_by_role("link", name="Phê duyệt").click()
    page.get_by_role("button", name=f"Phê duyệt {ASSIGNMENTS} nhiệm vụ").click()
    walk.told(page, f"Đã phê duyệt {ASSIGNMENTS} nhiệm vụ.")
    walk.fits(page)
    assert set(_ours().values_list("state", flat=True)) == {State.APPROVED}


def issue(walk: Walk) -> None:
    """Directive 8 goes out by word of mouth, all others with a document; before that the communes see nothing."""
    assert walk.home(SON_TAN).locator("#acknowledge").count() == 0
    page = walk.home(OFFICE)
    expect(page.locator("main")).to_contain_text(re.compile(f"{ASSIGNMENTS} việc chờ (ban|phát) hành"))
    page.goto("/directives/?part=issue")
    walk.fits(page, narrow=True)
    for box in page.get_by_role("checkbox", name=re.compile("giữ gìn đoàn kết")).all():
        box.check()
    bar = page.locator("[data-bulk]")
    expect(bar).to_contain_text("3 dòng đã chọn")
    bar.locator("summary").click()
    bar.get_by_label("Giao trực tiếp tại buổi làm việc").check()
    walk.fits(page)
    bar.get_by_role("button", name="Ban hành", exact=True).click()
    walk.told(page, "Đã ban hành 3 nhiệm vụ.")

    page.goto("/")
    page.locator("#prepared").get_by_role("link", name=re.compile("^(Ban|Phát) hành$")).click()
    form = page.locator("form#issue")
    form.get_by_role("button", name=re.compile("^Ban hành")).click()
    expect(page.locator("#problems")).to_contain_text("Ban hành bằng văn bản thì cần ghi mục này.")
    walk.fits(page)
    form = page.get_by_role("main")
    form.get_by_label(re.compile("^Số( |$)")).fill(NUMBER)
    form.get_by_label("Ký hiệu").fill(SYMBOL)
    form.get_by_label("Nhiệm kỳ").fill("2020-2025")
    form.get_by_label("Ngày văn bản").fill("28/4/2023")
    form.get_by_label("Trích yếu").fill("Kết luận buổi làm việc với Đảng ủy các xã Sơn Tân, Cam Thành Bắc, Cam Hải Tây")
    form.get_by_role("button", name=re.compile("^Ban hành")).click()
    walk.told(page, f"Đã ban hành {ASSIGNMENTS - 3} nhiệm vụ.")
    walk.fits(page, narrow=True)
    assert set(_ours().values_list("state", flat=True)) == {State.ISSUED}
    assert _ours().filter(document=None).count() == 3


def _ours() -> QuerySet[Assignment]:
    return Assignment.objects.filter(directive__said_on="2023-04-28", parent=None)


def _cell(page: Page, directive: int, column: str, row: int = 0) -> Locator:
    """The field of a column in a row of a directive, both as numbered on the page (rows from 0)."""
    return page.locator("tbody[data-group]").nth(directive - 1).locator(f"[data-column='{column}']").nth(row)


def _at(page: Page, directive: int, column: str, row: int = 0) -> bool:
    return bool(_cell(page, directive, column, row).evaluate("field => field === document.activeElement"))


def _tab_to(keys: Keys, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(60):
        if target.evaluate("field => field === document.activeElement"):
            return
        keys.press("Tab")
    raise AssertionError(f"{target} cannot be reached with 60 times Tab")


def _settled(page: Page) -> None:
    """Wait until every field that was sent is answered."""
    expect(page.locator("[data-sending]")).to_have_count(0)
    expect(page.locator("[data-unsaved]")).to_have_count(0)


STEPS = (complete_the_table, approve, issue)
