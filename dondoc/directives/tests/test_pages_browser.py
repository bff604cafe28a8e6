"""The pages of directives in a real browser: keyboard alone, without script, axe, and how long the table takes."""

import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from dondoc.accounts.tests.people import hold, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services
from dondoc.directives.models import Assignment, LateField
from dondoc.tests.browser import violations

from .pages import SAID_ON, Told, issued, tell

pytestmark = pytest.mark.django_db(transaction=True)
# How long a practised clerk takes, by the usual measure of interface studies: a key, and a moment of thought for each cell.
A_KEY, A_CELL = 0.28, 1.35
# Milliseconds in which nine saves are answered, however busy the machine is.
A_QUEUE = 60_000


@pytest.fixture
def story(live_server: object) -> Told:
    DemonstrationDay.objects.create(pk=1, day=SAID_ON + timedelta(days=6))
    return tell()


def enter(page: Page, story: Told, who: str, address: str) -> None:
    """The address, opened by one of the people."""
    client = sign_in(Client(), story.people[who])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    base = page.context._impl_obj._options["baseURL"]
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
    page.goto(address)


class Hands:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.cells = page, 0, 0

    def press(self, key: str, times: int = 1) -> None:
        """A key, so many times."""
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        """Over what the cell holds."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.keys += 1 + len(text)
        self.cells += 1

    @property
    def seconds(self) -> float:
        """How long that takes."""
        return self.keys * A_KEY + self.cells * A_CELL


def column(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.column || ''"))


def test_the_whole_table_is_filled_with_the_keyboard_in_under_two_minutes(
    wide: Page, story: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    # Nothing by rule: the worst case, in which the office must say every product and deadline itself.
    Assignment.objects.update(product="", due_on=None, cadence_months=None, review_on=None)
    enter(wide, story, "clerk", story.sheet)
    expect(wide.locator("#gaps-title")).to_have_text("Còn thiếu 46 chỗ")
    hands = Hands(wide)
    hands.press("Tab")
    hands.press("Enter")
    while not str(wide.evaluate("document.activeElement.getAttribute('href') || ''")).startswith("#cell-"):
        hands.press("Tab")
    hands.press("Enter")
    assert column(wide) == "product"
    products = ("Kế hoạch", "Báo cáo", "Báo cáo quý", "Danh sách", "Báo cáo", "Báo cáo", "Quy chế", "Kế hoạch")
    for number, (product, rows) in enumerate(zip(products, (1, 1, 3, 6, 3, 3, 3, 3), strict=True)):
        hands.write(product)
        if rows > 1:
            hands.press("Control+d")
        if number < len(products) - 1:
            hands.press("Enter", rows)
    hands.press("Tab")
    assert column(wide) == "due_on"
    hands.write("30/6/2023")
    hands.press("Control+Shift+d")
    hands.press("Tab")
    # Hands do not wait for the server, which answers one save after the other: on a busy machine longer than a page may take.
    expect(wide.locator("[data-sending]")).to_have_count(0, timeout=A_QUEUE)
    expect(wide.locator("#gaps-title")).to_have_count(0)
    while wide.evaluate("document.activeElement.textContent.trim()") != "Xác nhận đã rà soát, trình phê duyệt":
        hands.press("Tab")
        if hands.keys > 400:
            break
    hands.press("Enter")
    expect(wide.locator("#messages")).to_contain_text("Đã xác nhận")
    saved = Assignment.objects.all()
    assert {str(one.due_on) for one in saved} == {"2023-06-30"}
    assert saved.filter(product="Danh sách").count() == 6
    assert not saved.filter(product="").exists()
    with capsys.disabled():
        sys.stdout.write(f"\n23 rows, 46 empty places: {hands.keys} keys, about {hands.seconds:.0f} s\n")
    assert hands.seconds < 120


def test_enter_goes_down_and_shift_enter_up_and_a_fill_can_be_undone(wide: Page, story: Told) -> None:
    enter(wide, story, "clerk", story.sheet)
    first, second = (story.assignment(name, 0) for name in ("Xã A2", "Xã A3"))
    wide.locator(f"#cell-{first.pk}-product").focus()
    wide.keyboard.press("Enter")
    assert wide.evaluate("document.activeElement.id") == f"cell-{second.pk}-product"
    wide.keyboard.press("Shift+Enter")
    assert wide.evaluate("document.activeElement.id") == f"cell-{first.pk}-product"
    wide.keyboard.press("Control+a")
    wide.keyboard.type("Báo cáo riêng")
    wide.keyboard.press("Control+d")
    expect(wide.locator(f"#row-{second.pk} .saved")).to_have_text("đã lưu")
    assert Assignment.objects.get(pk=second.pk).product == "Báo cáo riêng"
    wide.get_by_role("button", name="Hoàn tác").click()
    expect(wide.locator(f"#cell-{second.pk}-product")).to_have_value(second.product)
    expect(wide.locator("[data-sending]")).to_have_count(0)
    assert Assignment.objects.get(pk=second.pk).product == second.product


def test_a_regular_cadence_clears_the_deadline_before_ones_eyes(wide: Page, story: Told) -> None:
    row = story.assignment("Xã A1")
    enter(wide, story, "clerk", story.sheet)
    wide.select_option(f"#cell-{row.pk}-cadence_months", "1")
    expect(wide.locator(f"#cell-{row.pk}-due_on")).to_have_value("")
    expect(wide.locator(f"#cell-{row.pk}-review_on")).to_have_value("31/12/2023")


def test_what_someone_else_typed_meanwhile_is_shown_beside_and_can_be_taken(wide: Page, story: Told) -> None:
    row = story.assignment("Xã A1")
    enter(wide, story, "clerk", story.sheet)
    story.people["second"] = hold(story.units["Tỉnh ủy"], "clerk", title="Phó Chánh Văn phòng Tỉnh ủy")
    services.save_field(row.pk, "product", "Của người khác", seen=row.version, act=story.act("second"))
    field = wide.locator(f"#cell-{row.pk}-product")
    field.fill("Của tôi")
    field.press("Tab")
    late = wide.locator(f"#row-{row.pk} .late")
    expect(late).to_contain_text("Của tôi")
    expect(field).to_have_value("Của người khác")
    late.get_by_role("button", name="Dùng giá trị này").click()
    expect(wide.locator(f"#cell-{row.pk}-product")).to_have_value("Của tôi")
    assert not LateField.objects.exists()


def test_a_field_in_which_one_types_while_someone_else_changes_it_is_not_overwritten(wide: Page, story: Told) -> None:
    row = story.assignment("Xã A1")
    enter(wide, story, "clerk", story.sheet)
    story.people["second"] = hold(story.units["Tỉnh ủy"], "clerk", title="Phó Chánh Văn phòng Tỉnh ủy")
    services.save_field(row.pk, "product", "Của người khác", seen=row.version, act=story.act("second"))
    field = wide.locator(f"#cell-{row.pk}-product")
    wide.evaluate(
        """([typing, saved]) => {
            document.getElementById(typing).focus();
            document.getElementById(typing).value = "Của tôi";
            document.getElementById(saved).value = "Việc của tôi";
            document.getElementById(saved).dispatchEvent(new Event("change", {bubbles: true}));
        }""",
        [f"cell-{row.pk}-product", f"cell-{row.pk}-task"],
    )
    expect(wide.locator(f"#row-{row.pk} .saved")).to_have_text("đã lưu")
    field.evaluate("field => field.dispatchEvent(new Event('change', {bubbles: true}))")
    expect(wide.locator(f"#row-{row.pk} .late")).to_contain_text("Của tôi")
    saved = Assignment.objects.get(pk=row.pk)
    assert (saved.task, saved.product) == ("Việc của tôi", "Của người khác")


def test_a_deadline_typed_while_ones_own_cadence_is_being_saved_is_no_quarrel(wide: Page, story: Told) -> None:
    row = story.assignment("Xã A1")
    enter(wide, story, "clerk", story.sheet)
    wide.select_option(f"#cell-{row.pk}-cadence_months", "1")
    due = wide.locator(f"#cell-{row.pk}-due_on")
    due.fill("30/6/2023")
    due.press("Tab")
    expect(wide.locator("[data-sending]")).to_have_count(0)
    expect(due).to_have_value("30/06/2023")
    assert not LateField.objects.exists()


def test_a_refused_value_stays_in_its_cell_with_the_reason_above(wide: Page, story: Told) -> None:
    row = story.assignment("Xã A1")
    enter(wide, story, "clerk", story.sheet)
    field = wide.locator(f"#cell-{row.pk}-due_on")
    field.fill("31/2/2023")
    field.press("Tab")
    expect(wide.locator("#messages")).to_contain_text("31/2/2023")
    expect(wide.locator(f"#row-{row.pk} .saved")).to_have_text("chưa lưu được")
    expect(field).to_have_value("31/2/2023")
    field.fill("30/6/2023")
    field.press("Tab")
    expect(wide.locator(f"#row-{row.pk} .saved")).to_have_text("đã lưu")


def test_without_script_a_row_saves_and_a_column_is_filled(open_page: Callable[..., Page], story: Told) -> None:
    page = open_page(1440, script=False)
    row = story.assignment("Xã A1")
    enter(page, story, "clerk", story.sheet)
    page.fill(f"#cell-{row.pk}-product", "Không cần mã lệnh")
    page.click(f"#row-{row.pk} .save-row")
    expect(page.locator(f"#cell-{row.pk}-product")).to_have_value("Không cần mã lệnh")
    page.click("summary:has-text('Điền nhiều dòng')")
    page.fill("#bulk-review_on", "30/11/2023")
    page.click(".bulk-field:has(#bulk-review_on) button")
    assert Assignment.objects.filter(review_on="2023-11-30").count() == 23


def test_axe_finds_nothing_serious_on_any_page(page: Page, story: Told) -> None:
    row = story.assignment("Xã A1")
    enter(page, story, "clerk", story.sheet)
    assert violations(page) == []
    enter(page, story, "leader", "/directives/?part=approve")
    assert violations(page) == []
    issued(story)
    enter(page, story, "Xã A1", "/directives/")
    assert violations(page) == []
    page.goto(f"/directives/{row.pk}/")
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_a_problem_of_a_form_takes_the_focus_and_leads_to_its_field(narrow: Page, story: Told) -> None:
    issued(story)
    row = story.assignment("Xã A1")
    enter(narrow, story, "Xã A1", f"/directives/{row.pk}/")
    narrow.click("summary:has-text('Báo cáo kết quả')")
    narrow.fill("#report-result-text", " ")
    narrow.click("button:has-text('Gửi báo cáo kết quả')")
    expect(narrow.locator("#problems")).to_be_focused()
    narrow.click("#problems a")
    expect(narrow.locator("#report-result-text")).to_be_focused()
