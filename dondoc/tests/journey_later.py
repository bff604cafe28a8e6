"""The fourth part of the walk: days pass, reminders come, and the district of the story ends."""

from typing import Any

from playwright.sync_api import expect

from dondoc.directives.models import Assignment
from dondoc.directives.rules import Part, State
from dondoc.organisations.models import Unit
from dondoc.tests.journey_walk import (
    CAM_HIEP_SECRETARY,
    DISTRICT_OFFICE,
    DISTRICT_SECRETARY,
    LEADER,
    OFFICE,
    SON_TAN,
    Walk,
)
from dondoc.tests.journey_work import MENDING, PLANNING, STRENGTH, UNITY, of, open_

CAM_THANH_BAC = "Bí thư Đảng ủy xã Cam Thành Bắc"


def a_month_passes(walk: Walk) -> None:
    """The banner moves the day a month on; who has not answered is reminded, and who follows them sees it."""
    page = walk.home(SON_TAN)
    page.get_by_role("complementary", name="Bản trình diễn").get_by_role("button", name="1 tháng").click()
    walk.told(page, "Nay là Chủ Nhật, 28/05/2023.")
    expect(page.get_by_role("complementary", name="Bản trình diễn")).to_contain_text("28/05/2023")
    walk.fits(page)
    head = walk.home(CAM_THANH_BAC)
    expect(head.locator("main")).to_contain_text("Hôm nay đến hạn")
    expect(head.locator("main")).to_contain_text("5 việc chờ nhận")
    walk.fits(head, narrow=True)


def another_month_passes(walk: Walk) -> None:
    """What was due a month ago is overdue: its unit's head, the district that follows it and the leader who demanded it see it."""
    page = walk.home(SON_TAN)
    page.get_by_role("complementary", name="Bản trình diễn").get_by_role("button", name="1 tháng").click()
    walk.told(page, "27/06/2023")
    head = walk.home(CAM_THANH_BAC)
    expect(head.locator("main")).to_contain_text("1 việc quá hạn")
    expect(head.locator("main")).to_contain_text("quá hạn 30 ngày")
    walk.fits(head)
    follower = walk.home(DISTRICT_OFFICE)
    expect(follower.locator("main")).to_contain_text("Đảng bộ xã Cam Thành Bắc")
    expect(follower.locator("main")).to_contain_text("quá hạn 30 ngày")
    walk.fits(follower, narrow=True)
    leader = walk.home(LEADER)
    expect(leader.locator("main")).to_contain_text("Quá hạn từ 15 ngày")
    walk.fits(leader, narrow=True)
    # The extension holds: Sơn Tân's plan is due in three days, not overdue.
    mine = walk.home(SON_TAN)
    expect(mine.locator("main")).to_contain_text("còn 3 ngày")
    expect(mine.locator("main")).not_to_contain_text("quá hạn 30 ngày")


def look_at_the_leaders_page(walk: Walk) -> None:
    """My sessions, what I demanded, of whom, what came of it, unit by unit; ready for print."""
    page = walk.as_(LEADER)
    page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Việc của tôi").click()
    page.get_by_role("link", name="Trang lãnh đạo").first.click()
    main = page.get_by_role("main")
    for words in ("Đảng bộ xã Sơn Tân", "Đảng bộ xã Cam Thành Bắc", "Đảng bộ xã Cam Hải Tây", "28/04/2023", "Quá hạn"):
        expect(main).to_contain_text(words)
    expect(main).to_contain_text("sớm sửa chữa những thiếu sót")
    walk.fits(page, narrow=True)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Các mục chính")).to_be_hidden()
    expect(main).to_contain_text("Người in")
    page.emulate_media(media="screen")


def look_at_the_units_page(walk: Walk) -> None:
    """Figures, findings, work and place of Sơn Tân, today and on the day of the session."""
    page = walk.as_(OFFICE)
    page.goto(f"/overview/units/{_unit('xa-son-tan')}/")
    main = page.get_by_role("main")
    for words in ("78", "Phê bình", "không đôn đốc, nhắc nhở thường xuyên", "Huyện ủy Cam Lâm", "Chi bộ thôn 1"):
        expect(main).to_contain_text(words)
    walk.fits(page, narrow=True)
    page.goto(f"/overview/units/{_unit('xa-son-tan')}/?on=01/04/2023")
    expect(page.locator(".day-note")).to_contain_text("01/04/2023")
    expect(main).not_to_contain_text("không đôn đốc, nhắc nhở thường xuyên")
    walk.fits(page)
    page.locator(".day-note").get_by_role("link", name="Về hôm nay").click()
    expect(page.locator(".day-note")).to_have_count(0)


def read_the_tree(walk: Walk) -> None:
    """On 28/04/2023 and 30/06/2025 Sơn Tân stands under Cam Lâm district; from 01/07/2025 Cam Hiệp has taken it over."""
    walk.days_pass(366)
    walk.days_pass(366)
    assert walk.day() == "28/06/2025"
    page = walk.home(OFFICE)
    page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Tổ chức").click()
    walk.fits(page, narrow=True)
    tree = page.locator(".tree")
    for day in ("28/04/2023", "30/06/2025"):
        page.goto(f"/organisations/?on={day}")
        expect(page.locator("main")).to_contain_text(day)
        expect(tree.get_by_text("Huyện ủy Cam Lâm", exact=True)).to_have_count(1)
        expect(tree.get_by_text("Đảng bộ xã Sơn Tân", exact=True)).to_have_count(1)
        expect(tree.get_by_text("Đảng bộ xã Cam Hiệp", exact=True)).to_have_count(0)
        walk.fits(page)
    page.goto("/organisations/?on=01/07/2025")
    expect(page.locator(".day-note")).to_contain_text("01/07/2025")
    expect(tree.get_by_text("Đảng bộ xã Cam Hiệp", exact=True).first).to_be_attached()
    expect(page.locator("main")).to_contain_text("1667/NQ-UBTVQH15")
    walk.fits(page)


def pass_the_first_of_july(walk: Walk) -> None:
    """The banner's week leads past 1 July 2025: open work sits with Cam Hiệp, follower and verifier with the province."""
    before = {words: of(words).pk for words in (STRENGTH, PLANNING, UNITY)}
    page = walk.home(OFFICE)
    page.get_by_role("complementary", name="Bản trình diễn").get_by_role("button", name="1 tuần").click()
    walk.told(page, "05/07/2025")
    today = walk.today()
    for words, pk in before.items():
        work = Assignment.objects.get(pk=pk)
        assert work.state in (State.ISSUED, State.IN_PROGRESS), words
        held = {role.role: role.unit.code if role.unit else role.how for role in work.roles.on(today)}
        assert held[Part.RECEIVER] == "xa-cam-hiep", (words, held)
        assert held[Part.FOLLOWER] == held[Part.VERIFIER] == "tinh-khanh-hoa", (words, held)
    closed = of(MENDING)
    assert closed.state == State.ACCEPTED


def read_how_it_came(walk: Walk) -> None:
    """Cam Hiệp's secretary finds the work at home; its page says how it came there, and Sơn Tân's page of 28/04/2023 is open to them."""
    page = walk.as_(CAM_HIEP_SECRETARY)
    expect(page.locator("main")).to_contain_text("quá hạn")
    walk.fits(page, narrow=True)
    work = of(STRENGTH)
    open_(page, work)
    roles = page.locator("#roles")
    receiver = roles.locator("div", has=page.get_by_text("Đơn vị thực hiện", exact=True)).first
    expect(receiver).to_contain_text("Đảng bộ xã Cam Hiệp")
    expect(receiver).to_contain_text("từ 01/07/2025, kế thừa Đảng bộ xã Sơn Tân")
    expect(receiver).to_contain_text("1667/NQ-UBTVQH15")
    for part in ("Cơ quan theo dõi", "Cơ quan xác nhận"):
        role = roles.locator("div", has=page.get_by_text(part, exact=True)).first
        expect(role).to_contain_text("Tỉnh ủy Khánh Hòa")
        expect(role).to_contain_text("Huyện ủy Cam Lâm")
    walk.fits(page, narrow=True)
    page.goto(f"/overview/units/{_unit('xa-cam-hiep')}/")
    page.get_by_role("main").get_by_role("link", name="Đảng bộ xã Sơn Tân").first.click()
    page.goto(f"/overview/units/{_unit('xa-son-tan')}/?on=28/04/2023")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đảng bộ xã Sơn Tân")
    main = page.get_by_role("main")
    for words in ("78", "không đôn đốc, nhắc nhở thường xuyên", "sớm sửa chữa những thiếu sót", "Huyện ủy Cam Lâm"):
        expect(main).to_contain_text(words)
    walk.fits(page, narrow=True)


def nobody_stays_behind(walk: Walk) -> None:
    """Whoever held a post of the ended district or commune holds none now, and is told so."""
    for title in (DISTRICT_SECRETARY, SON_TAN):
        page = walk.pages[title]
        page.goto("/")
        expect(page.locator("main")).to_contain_text("không giữ chức danh nào")
        expect(page.locator("main")).to_contain_text("việc còn dang dở đã chuyển cho")
        walk.fits(page)


def _unit(code: str) -> int:
    return Unit.objects.values_list("pk", flat=True).get(code=code)


STEPS: tuple[Any, ...] = (
    a_month_passes,
    another_month_passes,
    look_at_the_leaders_page,
    look_at_the_units_page,
    read_the_tree,
    pass_the_first_of_july,
    read_how_it_came,
    nobody_stays_behind,
)
