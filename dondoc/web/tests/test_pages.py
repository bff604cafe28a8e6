"""The frame, the parts and the scripts in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dondoc.tests.browser import violations

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["/", "/?say=1", "/?on=28/04/2023", "/unit/", "/form/", "/form/?wrong=1", "/plain/", "/no-such-page/"]


@pytest.fixture(autouse=True)
def small_site(settings: Any) -> None:
    settings.ROOT_URLCONF = "dondoc.web.tests.pages"
    templates = [dict(engine) for engine in settings.TEMPLATES]
    kept = ["django.template.context_processors.request", "django.contrib.messages.context_processors.messages"]
    templates[0]["OPTIONS"] = {**templates[0]["OPTIONS"], "context_processors": kept}
    settings.TEMPLATES = templates


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_has_a_serious_fault_or_runs_over_its_width(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(width)
    for address in PAGES:
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_every_page_reads_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page(360, script=False)
    page.goto("/form/")
    page.locator(".menu-day summary").click()
    expect(page.get_by_label("Ngày cần xem")).to_be_visible()
    expect(page.get_by_label("Minh chứng")).to_be_visible()
    page.goto("/")
    expect(page.locator(".bulk-bar")).to_be_visible()


def test_keys_search_walk_open_and_explain(wide: Page) -> None:
    wide.goto("/")
    wide.keyboard.press("/")
    expect(wide.locator("#search")).to_be_focused()
    wide.keyboard.type("jk")
    expect(wide.locator("#search")).to_have_value("jk")
    wide.locator("h1").click()
    for key in "jjk":
        wide.keyboard.press(key)
    expect(wide.locator("tr.is-current")).to_have_count(1)
    expect(wide.locator("tbody[data-list] tr").first.locator("a")).to_be_focused()
    wide.keyboard.press("?")
    expect(wide.get_by_role("dialog", name="Phím tắt của trang")).to_be_visible()
    wide.keyboard.press("Escape")
    wide.keyboard.press("j")
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/form/?*")


def test_escape_closes_a_menu_and_gives_the_focus_back(wide: Page) -> None:
    wide.goto("/")
    summary = wide.locator(".menu-actor summary")
    summary.click()
    expect(wide.get_by_role("button", name="Bí thư Chi bộ")).to_be_visible()
    wide.keyboard.press("Escape")
    expect(wide.get_by_role("button", name="Bí thư Chi bộ")).to_be_hidden()
    expect(summary).to_be_focused()


def test_ticked_rows_bring_the_bulk_bar(wide: Page) -> None:
    wide.goto("/")
    bar = wide.locator(".bulk-bar")
    expect(bar).to_be_hidden()
    wide.locator("[data-tick]").nth(0).check()
    wide.locator("[data-tick]").nth(1).check()
    expect(bar).to_have_text("Đã chọn 2 việc")


def test_a_day_can_be_picked_from_the_calendar_by_keyboard(page: Page) -> None:
    page.goto("/form/")
    page.locator(".field [data-day-button]").last.click()
    expect(page.locator(".calendar")).to_contain_text("Tháng 09/2025")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".calendar")).to_contain_text("Tháng 10/2025")
    page.keyboard.press("Enter")
    expect(page.locator("#id_due_on")).to_have_value("06/10/2025")
    expect(page.locator(".calendar")).to_have_count(0)


def test_a_chosen_file_is_named_in_our_words(wide: Page) -> None:
    wide.goto("/form/")
    expect(wide.get_by_text("Chưa chọn tệp")).to_be_visible()
    wide.locator("#id_evidence").set_input_files({"name": "bien-ban.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(wide.get_by_text("bien-ban.txt")).to_be_visible()


def test_a_value_is_filled_down(wide: Page) -> None:
    wide.goto("/form/")
    fields = wide.locator("[data-column=product]")
    fields.first.fill("Báo cáo rà soát")
    wide.get_by_role("button", name="Điền xuống").click()
    for number in range(3):
        expect(fields.nth(number)).to_have_value("Báo cáo rà soát")


def test_a_value_and_its_place_light_up_together(wide: Page) -> None:
    wide.goto("/unit/")
    wide.locator("#place-3 a").focus()
    expect(wide.locator("#value-3")).to_have_class("value is-joined")
    wide.locator("#value-3 .value-shown").hover()
    expect(wide.locator("#place-3")).to_have_class("mark-figure is-joined")


def test_problems_take_the_focus_and_lead_to_their_fields(wide: Page) -> None:
    wide.goto("/form/?wrong=1")
    expect(wide.locator("#problems")).to_be_focused()
    wide.locator("#problems").get_by_role("link", name="Nội dung").click()
    expect(wide.get_by_label("Nội dung")).to_be_focused()


def test_a_refused_form_gives_back_what_was_typed(page: Page) -> None:
    page.goto("/form/")
    page.get_by_label("Nội dung").fill("Đã rà soát 12 quần chúng ưu tú")
    page.get_by_text("Có thời hạn").click()
    page.get_by_text("Đã kiểm tra số liệu").click()
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", name="Chưa thực hiện được")).to_be_visible()
    expect(page.get_by_text("Đã rà soát 12 quần chúng ưu tú")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Mở lại trang").click()
    expect(page.get_by_role("heading", name="Báo cáo kết quả")).to_be_visible()


def test_a_refused_part_keeps_its_form_and_says_why(wide: Page) -> None:
    wide.goto("/form/")
    wide.get_by_label("Sản phẩm", exact=True).fill("Kế hoạch khắc phục")
    wide.get_by_role("button", name="Lưu phần này").click()
    expect(wide.locator("#messages")).to_contain_text("Biểu mẫu này đã được gửi")
    expect(wide.get_by_label("Sản phẩm", exact=True)).to_have_value("Kế hoạch khắc phục")


def test_a_lost_server_is_said_in_words(wide: Page, complaints: list[str]) -> None:
    wide.goto("/form/")
    wide.route("**/refuse/", lambda route: route.abort())
    wide.get_by_role("button", name="Lưu phần này").click()
    expect(wide.locator("#messages")).to_contain_text("Máy chủ chưa trả lời")
    complaints.clear()  # the browser reports the lost request, as it should


def test_print_leaves_out_the_frame_and_says_who_and_when(wide: Page) -> None:
    wide.goto("/")
    wide.emulate_media(media="print")
    for part in (".topbar", ".rail", ".demo", ".tabs"):
        expect(wide.locator(part)).to_be_hidden()
    expect(wide.locator(".print-foot")).to_contain_text("Người in: Đảng bộ Khối các cơ quan")
    expect(wide.locator(".print-head")).to_contain_text("Số liệu ngày 01/07/2025")


def test_digits_have_one_width_in_tables(wide: Page) -> None:
    wide.goto("/")
    wide.evaluate("document.fonts.ready")
    widths = wide.evaluate(
        """() => ["1111", "4444"].map(text => {
            const cell = document.querySelector("td.num");
            const probe = document.createElement("span");
            probe.textContent = text;
            cell.append(probe);
            return probe.getBoundingClientRect().width;
        })"""
    )
    assert widths[0] == pytest.approx(widths[1], abs=0.1)
