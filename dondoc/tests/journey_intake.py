"""The first part of the walk: from the article to issued assignments."""

from playwright.sync_api import Locator, Page, expect

from dondoc.directives.models import Assignment, Directive, Finding
from dondoc.figures.models import Figure
from dondoc.tests.journey_walk import OFFICE, Keys, Walk, section
from dondoc.working_sessions.models import WorkingSession

REVIEW_CEILING = 60

TITLE = "Ba xã của huyện Cam Lâm báo cáo công tác xây dựng Đảng với lãnh đạo Tỉnh ủy"
SESSION = [
    ("Ngày", "Thứ Sáu, 28/04/2023"),
    ("Chủ trì", "Phó Bí thư Tỉnh ủy"),
    ("Nội dung làm việc", "đánh giá kết quả xây dựng Đảng năm 2022 và bàn nhiệm vụ trọng tâm năm 2023"),
    ("Năm đánh giá", "2022"),
    ("Năm đề ra nhiệm vụ", "2023"),
]
# Cells and members hold on the day of the session, admissions and their target in 2022.
FIGURES = {
    "Đảng bộ xã Sơn Tân": {
        "Chi bộ trực thuộc": "5",
        "Đảng viên": "78",
        "Kết nạp đảng viên": "4",
        "Chỉ tiêu kết nạp": "4",
        "Tỷ lệ kết nạp so với chỉ tiêu": "100 %",
    },
    "Đảng bộ xã Cam Thành Bắc": {
        "Chi bộ trực thuộc": "14",
        "Đảng viên": "342",
        "Kết nạp đảng viên": "9",
        "Chỉ tiêu kết nạp": "13",
        "Tỷ lệ kết nạp so với chỉ tiêu": "69,2 %",
    },
    "Đảng bộ xã Cam Hải Tây": {
        "Chi bộ trực thuộc": "7",
        "Đảng viên": "139",
        "Kết nạp đảng viên": "6",
        "Chỉ tiêu kết nạp": "6",
        "Tỷ lệ kết nạp so với chỉ tiêu": "100 %",
    },
}
# To whom each directive is given, and with which words it begins.
DIRECTIVES = [
    ("Đảng bộ xã Sơn Tân", "Đảng ủy xã Sơn Tân sớm sửa chữa"),
    ("Đảng bộ xã Sơn Tân", "nâng năng lực lãnh đạo"),
    ("từng đơn vị dự buổi làm việc", "đảng bộ các xã thường xuyên nhắc việc"),
    ("Mặt trận và các đoàn thể của từng đơn vị", "Mặt trận Tổ quốc và các đoàn thể ở xã rà soát"),
    ("từng đơn vị dự buổi làm việc", "nâng chất lượng công tác kiểm tra, giám sát"),
    ("người đứng đầu từng đơn vị", "người đứng đầu các xã cần thay đổi cách nghĩ"),
    ("người đứng đầu từng đơn vị", "lập kế hoạch khắc phục từng mặt còn yếu"),
    ("người đứng đầu từng đơn vị", "giữ gìn đoàn kết, thống nhất"),
]
# Rates are computed, never recorded.
RECORDED_FIGURES = 12
DIFFICULTY = "những chỗ còn vướng trong xây dựng chi bộ và đội ngũ đảng viên"
# Two directives to one commune, two to three communes, one to three Fronts and three youth unions, three to three heads.
ASSIGNMENTS = 2 + 2 * 3 + 6 + 3 * 3

_PLACE = """words => {
  const walk = document.createTreeWalker(document.querySelector('.review-text'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const start = walk.currentNode.data.indexOf(words);
    if (start < 0) continue;
    walk.currentNode.parentElement.scrollIntoView({block: 'center'});
    const range = document.createRange();
    range.setStart(walk.currentNode, start);
    range.setEnd(walk.currentNode, start + words.length);
    const boxes = Array.from(range.getClientRects()), first = boxes[0], last = boxes[boxes.length - 1];
    return [first.left + 1, (first.top + first.bottom) / 2, last.right - 1, (last.top + last.bottom) / 2];
  }
  return null;
}"""


def take_in(walk: Walk) -> None:
    """Sign in with name and password, open Intake from the working sessions, press the sample."""
    page = walk.as_(OFFICE)
    page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Buổi làm việc").click()
    page.get_by_role("link", name="Tiếp nhận văn bản").first.click()
    expect(page.get_by_role("heading", name="Đưa văn bản vào")).to_be_visible()
    walk.fits(page, narrow=True)
    page.get_by_role("button", name="Dùng thử bài mẫu").click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    walk.fits(page, narrow=True)


def check_the_draft(walk: Walk) -> None:
    """Everything that the article says is there, with its rule, and nothing has to be chosen."""
    page = walk.as_(OFFICE)
    expect(page.locator(".lead")).to_contain_text("có thể xác nhận")
    expect(page.locator(".review-problems")).to_have_count(0)
    shown = [
        tuple(_words(line, part) for part in (".value-kind", ".value-shown")) for line in _lines(page, "Buổi làm việc")
    ]
    assert shown == SESSION
    units = _lines(page, "Đơn vị")
    assert [_words(line, ".value-shown") for line in units] == list(FIGURES)
    for line in units:
        expect(line).to_contain_text("Huyện ủy Cam Lâm, Tỉnh ủy Khánh Hòa")
        expect(line).to_contain_text("khớp với sơ đồ tổ chức ngày làm việc")
    for unit, figures in FIGURES.items():
        rows = _group(page, unit).locator("tbody tr")
        assert {_words(row, ".figure-name"): _words(row, ".value-shown") for row in rows.all()} == figures
    for heading in ("Buổi làm việc", "Số liệu", "Nhận xét", "Ý kiến chỉ đạo"):
        nameless = _section(page, heading).locator(".value:not(:has(.value-rule)), .value-row:not(:has(.value-rule))")
        expect(nameless).to_have_count(0)
    derived = _figure(page, "Đảng bộ xã Sơn Tân", "Chỉ tiêu kết nạp")
    expect(derived).to_contain_text("suy ra")
    expect(derived).to_contain_text("4 đảng viên là 100% kế hoạch, nên kế hoạch là 4")
    rate = _figure(page, "Đảng bộ xã Cam Thành Bắc", "Tỷ lệ kết nạp so với chỉ tiêu")
    expect(rate).to_contain_text("9/13 = 69,2 %: tính lại, khớp")
    findings = [(_words(line, ".value-kind"), _words(line, ".value-about")) for line in _lines(page, "Nhận xét")]
    assert findings == [
        ("Phê bình", "Đảng bộ xã Sơn Tân"),
        ("Biểu dương", "tất cả các đơn vị dự buổi làm việc"),
    ]
    told = [(_words(line, ".value-kind"), _words(line, ".value-shown")) for line in _lines(page, "Ý kiến chỉ đạo")]
    assert [(to, text.startswith(begin)) for (to, text), (_, begin) in zip(told, DIRECTIVES, strict=True)] == [
        (to, True) for to, _ in DIRECTIVES
    ]


def follow_the_highlight(walk: Walk) -> None:
    """A value shows its place, a place shows its value."""
    page = walk.as_(OFFICE)
    members = _figure(page, "Đảng bộ xã Cam Thành Bắc", "Đảng viên")
    members.locator("[data-place]").click()
    expect(page.locator(".review-text mark.is-joined")).to_have_text("342 đảng viên")
    expect(page.locator(".review-text mark.is-joined")).to_be_in_viewport()
    page.locator(".review-text mark", has_text="139 đảng viên").click()
    joined = page.locator(".value-row.is-joined")
    expect(joined).to_have_count(1)
    expect(joined).to_contain_text("139")
    expect(joined).to_be_focused()
    expect(joined).to_be_in_viewport()


def correct_drop_and_add(walk: Walk) -> None:
    """With the keyboard: one value corrected, one dropped and taken back; then words marked with the mouse become a finding."""
    page = walk.as_(OFFICE)
    page.reload()
    keys = Keys(page)
    publisher = _line(page, "Nơi đăng")
    keys.press("k", "k")
    expect(publisher).to_be_focused()
    keys.press("s")
    expect(publisher.get_by_label("Nội dung")).to_be_focused()
    keys.write("Trang tin Tỉnh ủy")
    keys.press("Tab", "Enter")
    walk.told(page, "Đã sửa.")
    expect(publisher).to_be_focused()
    expect(publisher.locator(".value-shown")).to_have_text("Trang tin Tỉnh ủy")
    expect(publisher).to_contain_text("Văn phòng Tỉnh ủy đã sửa")

    praise = _line(page, "Biểu dương")
    page.locator(".review-text mark", has_text="sự cố gắng của các xã").click()
    expect(praise).to_be_focused()
    keys.press("b")
    expect(praise).to_contain_text("đã bỏ")
    walk.told(page, "Có thể lấy lại")
    expect(praise).to_be_focused()
    keys.press("h")
    expect(praise).not_to_contain_text("đã bỏ")

    left, top, right, bottom = page.evaluate(_PLACE, DIFFICULTY)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()
    page.get_by_role("toolbar", name="Đoạn vừa chọn là").get_by_role("button", name="nhận xét").click()
    form = page.locator("#add form")
    expect(form.get_by_label("Đoạn văn trong nguồn")).to_have_value(DIFFICULTY)
    walk.fits(page)
    form.get_by_label("Loại nhận xét").select_option(label="Khó khăn, vướng mắc")
    keys.pressed += 3
    form.get_by_role("button", name="Thêm").click()
    walk.told(page, "Đã thêm.")
    added = _line(page, "Khó khăn, vướng mắc")
    expect(added.locator(".value-shown")).to_have_text(DIFFICULTY)
    expect(added).to_contain_text("Văn phòng Tỉnh ủy đã thêm")
    expect(page.locator(".review-text mark", has_text=DIFFICULTY)).to_be_visible()
    walk.counted["to review"] = keys.pressed


def confirm_twice(walk: Walk) -> None:
    """Two tabs show the same draft: the first confirms, the second is told, and everything exists once."""
    page = walk.as_(OFFICE)
    assert (
        WorkingSession.objects.filter(on="2023-04-28").count(),
        Directive.objects.filter(said_on="2023-04-28").count(),
    ) == (0, 0)
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.locator("#confirm")).to_be_enabled()
    keys = Keys(page)
    page.bring_to_front()
    keys.press("c")
    expect(page.locator("#confirm")).to_be_focused()
    keys.press("Enter")
    walk.told(page, "Đã xác nhận bản nháp")
    keys_for_all = walk.counted["to review"] + keys.pressed
    walk.counted["to review and confirm"] = keys_for_all
    walk.say(f"keystrokes to review and confirm: {keys_for_all}")
    assert keys_for_all <= REVIEW_CEILING
    walk.fits(page, narrow=True)
    made = _made()
    assert made == (1, RECORDED_FIGURES, 3, len(DIRECTIVES), ASSIGNMENTS), made

    second.locator("#confirm").click()
    expect(second.locator("main")).to_contain_text("Bản nháp này đã được xác nhận, không có gì bị ghi hai lần")
    walk.fits(second)
    second.goto("/intake/")
    second.get_by_role("button", name="Dùng thử bài mẫu").click()
    walk.told(second, "Văn bản này đã được xác nhận. Đây là buổi làm việc được ghi từ đó.")
    assert second.url == page.url
    second.close()
    assert _made() == made


def look_at_the_session(walk: Walk) -> None:
    """The session's page says who, when, with whom, and what was found and demanded."""
    page = walk.as_(OFFICE)
    expect(page.get_by_role("heading", name="Buổi làm việc ngày 28/04/2023", level=1)).to_be_visible()
    table = section(page, "Số liệu nêu tại buổi làm việc").locator("table")
    expect(table.locator("tr", has_text="Đảng bộ xã Cam Thành Bắc")).to_contain_text("69,2 %")
    expect(table.locator("tr", has_text="Đảng bộ xã Sơn Tân")).to_contain_text("suy ra")
    expect(section(page, "Nhận xét")).to_contain_text(DIFFICULTY)
    page.goto("/working_sessions/")
    expect(page.get_by_role("main")).to_contain_text("Đảng bộ xã Sơn Tân")
    walk.fits(page, narrow=True)
    page.go_back()


def _made() -> tuple[int, int, int, int, int]:
    session = WorkingSession.objects.get(on="2023-04-28")
    origin = {"origin_kind": "working_session", "origin_key": session.pk}
    return (
        session.sources.count(),
        Figure.objects.filter(source__in=session.sources.all()).count(),
        Finding.objects.filter(**origin).count(),
        Directive.objects.filter(**origin).count(),
        Assignment.objects.filter(directive__origin_kind="working_session", directive__origin_key=session.pk).count(),
    )


def _lines(page: Page, heading: str) -> list[Locator]:
    return _section(page, heading).locator(".value").all()


def _section(page: Page, heading: str) -> Locator:
    return page.locator(".review-values section", has=page.get_by_role("heading", name=heading, exact=True))


def _line(page: Page, label: str) -> Locator:
    return page.locator(".value", has=page.locator(".value-kind", has_text=label))


def _group(page: Page, unit: str) -> Locator:
    return page.locator(".figure-group", has=page.locator("h3", has_text=unit))


def _figure(page: Page, unit: str, indicator: str) -> Locator:
    return _group(page, unit).locator("tr", has=page.get_by_text(indicator, exact=True))


def _words(line: Locator, part: str) -> str:
    """The words of a part of a line; what is only for screen readers or says a state stands apart."""
    found = line.locator(part)
    return " ".join(found.first.inner_text().split()) if found.count() else ""


STEPS = (take_in, check_the_draft, follow_the_highlight, correct_drop_and_add, confirm_twice, look_at_the_session)
