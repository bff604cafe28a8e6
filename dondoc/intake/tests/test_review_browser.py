"""The review page in a real browser: by keyboard alone, without script, on a telephone, and nothing that a reader of screens misses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import sign_in
from dondoc.intake import services
from dondoc.intake.models import Draft, DraftValue
from dondoc.intake.tests.drafts import AMBIGUOUS, SAMPLE, TEXT, Story, codes, long_report, seed, tell, value
from dondoc.tests.browser import violations
from dondoc.working_sessions.models import WorkingSession

SELECT_MEMBERS = """() => {
    const mark = Array.from(document.querySelectorAll('.review-text mark')).find(m => m.textContent.includes('78'));
    const range = document.createRange();
    range.selectNodeContents(mark);
    window.getSelection().addRange(range);
}"""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(live_server: object) -> Story:
    return tell()


def enter(page: Page, account: Account, url: str) -> None:
    """Sign in by a cookie, as the sign-in page is tried elsewhere."""
    client = sign_in(Client(), account)
    page.goto("/static/web/mark.svg")
    page.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": client.cookies["sessionid"].value,
                "url": page.url.removesuffix("static/web/mark.svg"),
            }
        ]
    )
    page.goto(url)


def review(page: Page, story: Story, draft: Draft) -> None:
    enter(page, story.clerk, f"/intake/draft/{draft.pk}/")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str | None:
    found: str | None = page.evaluate("document.activeElement.id")
    return found


def go_through(page: Page, count: int) -> int:
    """Walk over the groups of values, each of which must be in sight with its places beside it; the number of keys pressed."""
    groups = page.locator("[data-group]:has([data-value])")
    seen = 0
    for at in range(groups.count()):
        press(page, "ArrowRight")
        lit = groups.nth(at).locator("[data-value].is-joined")
        assert lit.count() == groups.nth(at).locator("[data-value]").count()
        assert page.evaluate("document.activeElement.closest('[data-group]')") is not None
        expect(lit.first).to_be_in_viewport()
        if page.locator(".review-text mark.is-joined").count():
            expect(page.locator(".review-text mark.is-joined").first).to_be_in_viewport()
        seen += lit.count()
    assert seen >= count
    return groups.count()


@pytest.mark.parametrize("text", ["article", "retelling"])
def test_the_article_is_reviewed_and_confirmed_with_fewer_keys_than_it_has_values(
    wide: Page, story: Story, text: str
) -> None:
    draft = story.receive(seed() if text == "article" else SAMPLE.read_text(encoding="utf-8"))
    values = draft.values.exclude(kind="event").count()
    review(wide, story, draft)
    keys = go_through(wide, values)
    press(wide, "c", "Enter")
    keys += 2
    wide.wait_for_url("**/working_sessions/*/")
    assert WorkingSession.objects.count() == 1
    print(f"keys to review and confirm the {text}: {keys}, for {values} values besides those of the session")  # noqa: T201
    assert keys < values


def test_one_value_corrected_on_the_way_still_takes_fewer_keys_than_there_are_values(wide: Page, story: Story) -> None:
    draft = story.receive(SAMPLE.read_text(encoding="utf-8"))
    values = draft.values.exclude(kind="event").count()
    one = value(draft, "figure", indicator="members", value="139")
    review(wide, story, draft)
    keys = go_through(wide, values) + 2
    wide.locator(".review-text mark", has_text="139 đảng viên").click()
    press(wide, "s")
    expect(wide.locator(f"#id_v{one.pk}-value")).to_be_focused()
    press(wide, "1", "4", "0", "Enter")
    expect(wide.locator(f"#value-{one.pk} .value-shown")).to_have_text("140")
    keys += 5
    press(wide, "c", "Enter")
    wide.wait_for_url("**/working_sessions/*/")
    print(f"keys with one value corrected: {keys}, one press of the mouse, for {values} values")  # noqa: T201
    assert keys < values


def test_keys_go_from_value_to_value_and_light_up_its_place(wide: Page, story: Story) -> None:
    draft = story.receive()
    review(wide, story, draft)
    first, second = (value(draft, "event", name).pk for name in ("date", "leader"))
    press(wide, "j")
    assert focused(wide) == f"value-{first}"
    press(wide, "j", "k", "j")
    assert focused(wide) == f"value-{second}"
    expect(wide.locator(f"#place-{second}")).to_have_class("mark-session is-joined")


def test_pressing_a_place_goes_to_its_value_and_through_all_that_share_the_words(wide: Page, story: Story) -> None:
    draft = story.receive()
    review(wide, story, draft)
    mark = wide.locator("mark", has_text="9/13").first
    names = (mark.get_attribute("data-values") or "").split()
    assert len(names) > 1
    for name in [*names, names[0]]:
        mark.click()
        assert focused(wide) == f"value-{name}"


def test_a_value_is_corrected_left_out_and_taken_back_by_keys_alone(wide: Page, story: Story) -> None:
    draft = story.receive()
    members = value(draft, "figure", indicator="members")
    review(wide, story, draft)
    row = wide.locator(f"#value-{members.pk}")
    for _ in draft.values.all():
        if focused(wide) != f"value-{members.pk}":
            press(wide, "j")
    press(wide, "s")
    box = wide.locator(f"#id_v{members.pk}-value")
    expect(box).to_be_focused()
    box.fill("79")
    press(wide, "Enter")
    expect(row.locator(".value-shown")).to_have_text("79")
    expect(row).to_be_focused()
    press(wide, "b")
    expect(row).to_have_class("value-row is-dropped is-joined")
    wide.reload()
    press(wide, "h")
    expect(row).to_have_class("value-row is-joined")
    expect(row).to_be_focused()
    expect(row.locator(".value-shown")).to_have_text("79")
    press(wide, "h")
    expect(row.locator(".value-shown")).to_have_text("78")
    expect(wide.locator("#step-back")).to_have_count(0)
    members.refresh_from_db()
    assert members.content == members.found


def test_what_cannot_be_saved_stays_in_its_field_with_the_reason(wide: Page, story: Story) -> None:
    draft = story.receive()
    members = value(draft, "figure", indicator="members")
    review(wide, story, draft)
    wide.locator(f"#value-{members.pk} [data-act=edit]").click()
    box = wide.locator(f"#id_v{members.pk}-value")
    box.fill("nhiều")
    box.press("Enter")
    expect(wide.locator("#problems")).to_be_visible()
    expect(box).to_have_value("nhiều")
    wide.keyboard.press("Tab")
    wide.locator("[data-act=cancel]").click()
    expect(wide.locator("[data-form]")).to_have_count(0)


def test_problems_come_first_and_are_settled_by_keys(wide: Page, story: Story) -> None:
    draft = story.receive(AMBIGUOUS.replace("69,2%", "70%"))
    unit, rate = value(draft, "unit"), value(draft, "figure", indicator="admission_rate_percent")
    review(wide, story, draft)
    expect(wide.locator(".review-problems li")).to_have_count(2)
    expect(wide.locator("#confirm")).to_be_disabled()
    press(wide, "t")
    assert focused(wide) == f"value-{unit.pk}"
    expect(wide.locator(f"#value-{unit.pk} [data-choice]")).to_have_count(2)
    press(wide, "1")
    expect(wide.locator(".review-problems li")).to_have_count(1)
    expect(wide.locator(f"#value-{unit.pk}")).to_be_focused()
    press(wide, "t")
    assert focused(wide) == f"value-{rate.pk}"
    press(wide, "Enter")
    expect(wide.locator(".review-problems")).to_have_count(0)
    expect(wide.locator("#confirm")).to_be_enabled()
    assert codes(draft) == []


def test_selected_words_become_a_value(wide: Page, story: Story) -> None:
    draft = story.receive()
    review(wide, story, draft)
    wide.evaluate(SELECT_MEMBERS)
    wide.locator("[data-pick=figure]").click()
    expect(wide.locator("#id_add-words")).to_have_value("78 đảng viên")
    wide.locator("#id_add-value").fill("78")
    wide.locator("#id_add-indicator").select_option("members_official")
    wide.locator("#id_add-of").select_option(index=1)
    wide.locator("#id_add-value").press("Enter")
    expect(wide.locator(".figure-name", has_text="Đảng viên chính thức")).to_have_count(1)
    added = value(draft, "figure", indicator="members_official")
    assert draft.text[added.span_start : added.span_end] == "78 đảng viên"


def test_words_are_selected_and_added_by_keys_alone(wide: Page, story: Story) -> None:
    draft = story.receive()
    members = value(draft, "figure", indicator="members")
    review(wide, story, draft)
    wide.locator(f"#value-{members.pk}").focus()
    press(wide, "m", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft")
    assert wide.evaluate("String(window.getSelection()).trim()") == "78 đảng"
    press(wide, "Enter", "Tab", "Tab", "Enter")
    expect(wide.locator("#id_add-words")).to_have_value("78 đảng")
    expect(wide.locator("#id_add-receivers")).to_be_visible()


def test_a_finger_selects_words_inside_a_marked_place(browser: Browser, live_server: Any, story: Story) -> None:
    draft = story.receive()
    size = ViewportSize(width=360, height=740)
    context = browser.new_context(base_url=live_server.url, viewport=size, has_touch=True, is_mobile=True)
    page = context.new_page()
    review(page, story, draft)
    expect(page.locator(".review-text mark a")).not_to_have_count(0)
    expect(page.locator(".review-text mark a[href]")).to_have_count(0)
    page.evaluate(SELECT_MEMBERS)
    page.locator("[data-pick=finding]").tap()
    expect(page.locator("#id_add-words")).to_have_value("78 đảng viên")
    context.close()


def test_letters_do_nothing_while_a_field_has_the_focus_or_words_are_composed(wide: Page, story: Story) -> None:
    draft = story.receive()
    topic = value(draft, "event", "topic")
    review(wide, story, draft)
    wide.locator(f"#value-{topic.pk} [data-act=edit]").click()
    box = wide.locator(f"#id_v{topic.pk}-text")
    box.fill("")
    wide.keyboard.type("sbhtmc")
    expect(box).to_have_value("sbhtmc")
    press(wide, "Escape")
    expect(wide.locator("[data-form]")).to_have_count(0)
    composed = "isComposing: true, bubbles: true, cancelable: true, key: 'b', code: 'KeyB'"
    wide.evaluate(f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{{composed}}}))")
    assert not draft.values.filter(dropped=True).exists()


def test_a_key_counts_by_its_place_where_an_input_method_takes_its_letter(wide: Page, story: Story) -> None:
    draft = story.receive()
    members = value(draft, "figure", indicator="members")
    review(wide, story, draft)
    row = wide.locator(f"#value-{members.pk}")
    row.focus()
    row.dispatch_event("keydown", {"key": "Process", "code": "KeyB", "bubbles": True})
    expect(row).to_have_class("value-row is-dropped is-joined")


def test_the_letters_can_be_turned_off_and_stay_off(wide: Page, story: Story) -> None:
    draft = story.receive()
    members = value(draft, "figure", indicator="members")
    review(wide, story, draft)
    wide.locator("#keys-switch").click()
    wide.reload()
    row = wide.locator(f"#value-{members.pk}")
    row.focus()
    press(wide, "b", "h", "t", "c")
    expect(row).to_be_focused()
    expect(wide.locator("#keys-switch")).to_have_text("Bật phím chữ")
    press(wide, "Delete")
    expect(row).to_have_class("value-row is-dropped is-joined")


def test_a_late_save_is_told_and_both_are_offered(wide: Page, story: Story) -> None:
    draft = story.receive()
    members = value(draft, "figure", indicator="members")
    review(wide, story, draft)
    wide.locator(f"#value-{members.pk} [data-act=edit]").click()
    expect(wide.locator(f"#id_v{members.pk}-value")).to_be_visible()
    services.save_value(members.pk, {**members.content, "value": "80"}, seen=1, act=story.act(story.leader))
    box = wide.locator(f"#id_v{members.pk}-value")
    box.fill("79")
    box.press("Enter")
    expect(wide.locator("#messages .message-warning")).to_be_visible()
    expect(wide.locator(".value-late")).to_contain_text("79")
    wide.locator(".value-late button").first.click()
    expect(wide.locator(f"#value-{members.pk} .value-shown")).to_have_text("79")


def test_everything_can_be_done_without_script(open_page: Callable[..., Page], story: Story) -> None:
    page = open_page(1440, script=False)
    draft = story.receive(AMBIGUOUS)
    unit, members = value(draft, "unit"), value(draft, "figure", indicator="members")
    review(page, story, draft)
    page.locator(f"#value-{unit.pk} [data-act=edit]").click()
    page.get_by_label("Tra đơn vị khác").fill("cam van")
    page.get_by_role("button", name="Tra", exact=True).click()
    page.get_by_role("radio", name="Huyện ủy Cam Lâm").check()
    page.get_by_role("button", name="Lưu").click()
    page.locator(f"#value-{members.pk} [data-act=drop]").click()
    page.locator(f"#value-{members.pk} [data-act=undo]").click()
    page.locator("#step-back").click()
    expect(page.locator(f"#value-{members.pk}")).to_have_class("value-row is-dropped")
    page.locator("#step-back").click()
    expect(page.locator(f"#value-{members.pk}")).to_have_class("value-row")
    page.locator(f"#value-{members.pk} a[href='#place-{members.pk}']").click()
    assert page.url.endswith(f"#place-{members.pk}")
    page.get_by_label("Đoạn văn trong nguồn").fill("78 đảng viên")
    page.get_by_role("button", name="ý kiến chỉ đạo", exact=True).click()
    page.get_by_role("button", name="Thêm", exact=True).click()
    page.locator("#confirm").click()
    page.wait_for_url("**/working_sessions/*/")
    assert WorkingSession.objects.count() == 1


def test_on_a_telephone_the_sentence_stands_under_its_value(narrow: Page, story: Story) -> None:
    draft = story.receive()
    members = value(draft, "figure", indicator="members")
    review(narrow, story, draft)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 360
    row = narrow.locator(f"#value-{members.pk}")
    expect(row.locator(".value-quote mark")).to_have_text("78 đảng viên")
    expect(row.locator(".value-quote mark")).to_be_visible()


@pytest.mark.parametrize("edit", [None, "unit", "figure", "directive"])
def test_axe_finds_nothing_serious_on_the_review_page(page: Page, story: Story, edit: str | None) -> None:
    draft = story.receive(TEXT.replace("69,2%", "70%"))
    found = draft.values.filter(kind=edit).first() if edit else None
    enter(page, story.clerk, f"/intake/draft/{draft.pk}/" + (f"?edit={found.pk}" if found else ""))
    assert violations(page) == []


def test_a_long_report_fits_both_widths(page: Page, story: Story) -> None:
    draft = story.receive(long_report())
    assert DraftValue.objects.filter(draft=draft).count() > 60
    review(page, story, draft)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")


def test_axe_finds_nothing_serious_where_texts_come_in(page: Page, story: Story) -> None:
    story.receive()
    enter(page, story.clerk, "/intake/")
    assert violations(page) == []
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.locator("#problems")).to_be_visible()
    assert violations(page) == []


def test_the_sample_is_one_press_away(page: Page, story: Story) -> None:
    enter(page, story.clerk, "/intake/")
    page.get_by_role("button", name="Dùng thử bài mẫu").click()
    expect(page.locator("#review")).to_be_visible()
