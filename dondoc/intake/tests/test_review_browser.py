"""The review page in a real browser: by keyboard alone, without script, on a telephone, and nothing that a reader of screens misses."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import sign_in
from dondoc.intake import services
from dondoc.intake.models import Draft, DraftValue
from dondoc.intake.tests.drafts import TEXT, Story, codes, long_report, seed, value
from dondoc.tests.browser import violations
from dondoc.working_sessions.models import WorkingSession

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_the_article_is_confirmed_with_fewer_keys_than_it_has_values(wide: Page, story: Story) -> None:
    draft = story.receive(seed())
    values = draft.values.exclude(kind="event").count()
    review(wide, story, draft)
    keys = ["c", "Enter"]
    press(wide, *keys)
    wide.wait_for_url("**/working_sessions/*/")
    assert WorkingSession.objects.count() == 1
    print(f"keys to confirm the article: {len(keys)}, for {values} values")  # noqa: T201
    assert len(keys) < values


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
    press(wide, "Enter")
    box = wide.locator(f"#id_v{members.pk}-value")
    expect(box).to_be_focused()
    box.fill("79")
    press(wide, "Enter")
    expect(row.locator(".value-shown")).to_have_text("79")
    expect(row).to_be_focused()
    press(wide, "u")
    expect(row.locator(".value-shown")).to_have_text("78")
    press(wide, "x")
    expect(row).to_have_class("value-row is-dropped is-joined")
    press(wide, "u")
    expect(row).to_have_class("value-row is-joined")
    expect(row).to_be_focused()
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
    draft = story.receive(TEXT.replace(" (huyện Cam Lâm)", "").replace("69,2%", "70%"))
    unit, rate = value(draft, "unit"), value(draft, "figure", indicator="admission_rate_percent")
    review(wide, story, draft)
    expect(wide.locator(".review-problems li")).to_have_count(2)
    expect(wide.locator("#confirm")).to_be_disabled()
    press(wide, "p")
    assert focused(wide) == f"value-{unit.pk}"
    press(wide, "Enter")
    wide.get_by_role("radio", name="Huyện ủy Cam Lâm").check()
    press(wide, "Enter")
    expect(wide.locator(".review-problems li")).to_have_count(1)
    press(wide, "p")
    assert focused(wide) == f"value-{rate.pk}"
    press(wide, "a")
    expect(wide.locator(".review-problems")).to_have_count(0)
    expect(wide.locator("#confirm")).to_be_enabled()
    assert codes(draft) == []


def test_selected_words_become_a_value(wide: Page, story: Story) -> None:
    draft = story.receive()
    review(wide, story, draft)
    wide.evaluate(
        """() => {
            const mark = Array.from(document.querySelectorAll('.review-text mark')).find(m => m.textContent.includes('78'));
            const range = document.createRange();
            range.selectNodeContents(mark);
            window.getSelection().addRange(range);
        }"""
    )
    wide.locator("[data-pick=figure]").click()
    expect(wide.locator("#id_add-words")).to_have_value("78 đảng viên")
    wide.locator("#id_add-value").fill("78")
    wide.locator("#id_add-indicator").select_option("members_official")
    wide.locator("#id_add-of").select_option(index=1)
    wide.locator("#id_add-value").press("Enter")
    expect(wide.locator(".figure-name", has_text="Đảng viên chính thức")).to_have_count(1)
    added = value(draft, "figure", indicator="members_official")
    assert draft.text[added.span_start : added.span_end] == "78 đảng viên"


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
    draft = story.receive(TEXT.replace(" (huyện Cam Lâm)", ""))
    unit, members = value(draft, "unit"), value(draft, "figure", indicator="members")
    review(page, story, draft)
    page.locator(f"#value-{unit.pk} [data-act=edit]").click()
    page.get_by_label("Tra đơn vị khác").fill("son tan")
    page.get_by_role("button", name="Tra", exact=True).click()
    page.get_by_role("radio", name="Huyện ủy Cam Lâm").check()
    page.get_by_role("button", name="Lưu").click()
    page.locator(f"#value-{members.pk} [data-act=drop]").click()
    page.locator(f"#value-{members.pk} [data-act=undo]").click()
    page.locator(f"#value-{members.pk} a[href='#place-{members.pk}']").click()
    assert page.url.endswith(f"#place-{members.pk}")
    page.get_by_label("Đoạn văn trong nguồn").fill("78 đảng viên")
    page.get_by_role("button", name="ý kiến chỉ đạo", exact=True).click()
    page.get_by_role("button", name="Thêm", exact=True).click()
    page.locator("#confirm").click()
    page.wait_for_url("**/working_sessions/*/")
    assert WorkingSession.objects.count() == 1


def test_on_a_telephone_the_text_opens_under_the_value(narrow: Page, story: Story) -> None:
    draft = story.receive()
    members = value(draft, "figure", indicator="members")
    review(narrow, story, draft)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 360
    row = narrow.locator(f"#value-{members.pk}")
    row.locator("summary").click()
    expect(row.locator(".value-excerpt mark")).to_have_text("78 đảng viên")


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
