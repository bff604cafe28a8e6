"""The third part of the walk: the commune answers, reports, and the district's secretary judges."""

from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from dondoc.directives.models import Assignment
from dondoc.directives.rules import Part, State
from dondoc.tests.journey_walk import DISTRICT_SECRETARY, LEADER, SON_TAN, Walk

CELL = "Bí thư Chi bộ thôn 1, xã Sơn Tân"
MENDING = "Đảng ủy xã Sơn Tân sớm sửa chữa"
STRENGTH = "nâng năng lực lãnh đạo"
INSPECTION = "nâng chất lượng công tác kiểm tra"
PLANNING = "lập kế hoạch khắc phục từng mặt"
UNITY = "giữ gìn đoàn kết"

TOO_LITTLE = "Chưa nêu thời gian khắc phục từng thiếu sót."
NOT_OURS = "Việc kiểm tra, giám sát chuyên đề do Ủy ban Kiểm tra Huyện ủy chủ trì."
LATER = "Chờ hướng dẫn của Huyện ủy về mẫu kế hoạch."


def of(beginning: str, unit: str = "xa-son-tan") -> Assignment:
    """The unit's assignment whose directive begins with these words."""
    return Assignment.objects.get(
        directive__text__startswith=beginning, roles__role=Part.RECEIVER, roles__unit__code=unit, parent=None
    )


def open_(page: Page, assignment: Assignment) -> None:
    """Its page."""
    page.goto(f"/directives/{assignment.pk}/")


def verb(page: Page, name: str) -> Locator:
    """The form of a verb on an assignment's page, unfolded."""
    place = page.locator(f"#{name}")
    expect(place).to_be_visible()
    if place.evaluate("place => place.tagName === 'DETAILS' && !place.open"):
        place.locator("summary").first.click()
    form = place.locator("form").first
    expect(form).to_be_visible()
    return form


def send(form: Locator, button: str, **typed: str) -> None:
    """Fill the fields of these names and send the form."""
    for name, value in typed.items():
        form.locator(f"[name='{name}']").fill(value)
    form.get_by_role("button", name=button, exact=True).click()


def acknowledge(walk: Walk) -> None:
    """Sơn Tân sees its seven demands at home, acknowledges one on its page and one from the list."""
    page = walk.home(SON_TAN)
    expect(page.locator("main")).to_contain_text("7 việc chờ nhận")
    walk.fits(page, narrow=True)
    page.locator("#acknowledge").get_by_role("link", name=MENDING).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("sớm sửa chữa những thiếu sót")
    # What will happen in 2025 is no news of this day.
    expect(page.locator("#roles")).to_contain_text("Huyện ủy Cam Lâm")
    expect(page.locator("#roles")).not_to_contain_text("2025")
    walk.fits(page, narrow=True)
    verb(page, "acknowledge").get_by_role("button", name="Nhận việc").click()
    walk.told(page, "Đã nhận nhiệm vụ.")
    for beginning in (PLANNING, STRENGTH):
        open_(page, of(beginning))
        verb(page, "acknowledge").get_by_role("button", name="Nhận việc").click()
        walk.told(page, "Đã nhận nhiệm vụ.")
    assert {of(words).state for words in (MENDING, PLANNING, STRENGTH)} == {State.IN_PROGRESS}


def object_with_a_reason(walk: Walk) -> None:
    """Not ours, and why; the leader who gave the directive stays with it."""
    page = walk.as_(SON_TAN)
    open_(page, of(INSPECTION))
    form = verb(page, "object")
    form.locator("[name='reason']").evaluate("field => field.removeAttribute('required')")
    send(form, "Gửi ý kiến", reason="")
    expect(page.locator("#problems")).to_contain_text("Đồng chí chưa điền mục này.")
    walk.fits(page)
    send(verb(page, "object"), "Gửi ý kiến", reason=NOT_OURS)
    walk.told(page, "Đã gửi ý kiến đến đơn vị giao nhiệm vụ.")
    assert of(INSPECTION).state == State.OBJECTED
    leader = walk.home(LEADER)
    leader.locator("#objection").get_by_role("link", name="Trả lời").click()
    expect(leader.locator("main")).to_contain_text(NOT_OURS)
    walk.fits(leader)
    send(verb(leader, "uphold"), "Giữ nguyên", reason="Đảng ủy xã vẫn tự kiểm tra các chi bộ trực thuộc.")
    walk.told(leader, "Đã giữ nguyên đơn vị thực hiện.")


def pass_a_part_down(walk: Walk) -> None:
    """A cell gets a part, with a day before the commune's own."""
    page = walk.as_(SON_TAN)
    whole = of(MENDING)
    open_(page, whole)
    form = verb(page, "pass-down")
    form.get_by_label("Chi bộ thôn 1", exact=True).check()
    send(form, "Phân công", task="Tự kiểm điểm việc chấp hành quy chế làm việc", product="Biên bản", due_on="31/5/2023")
    expect(page.locator("#problems")).to_contain_text("sớm hơn thời hạn của đơn vị mình")
    walk.fits(page)
    form = verb(page, "pass-down")
    expect(form.get_by_label("Chi bộ thôn 1", exact=True)).to_be_checked()
    send(form, "Phân công", due_on="15/5/2023")
    walk.told(page, "Đã phân công cho đơn vị trực thuộc.")
    expect(page.locator("main")).to_contain_text("Chi bộ thôn 1")
    cell = walk.home(CELL)
    cell.locator("#acknowledge").get_by_role("link", name="Tự kiểm điểm").first.click()
    verb(cell, "acknowledge").get_by_role("button", name="Nhận việc").click()
    walk.told(cell, "Đã nhận nhiệm vụ.")
    walk.fits(cell)


def report(walk: Walk) -> None:
    """Progress, then the result with a file and a text; a part is still open, and why it does not matter is said."""
    page = walk.as_(SON_TAN)
    open_(page, of(MENDING))
    send(verb(page, "report-progress"), "Gửi báo cáo tiến độ", text="Đã họp Ban Chấp hành, phân công từng đồng chí.")
    walk.told(page, "Đã gửi báo cáo tiến độ.")
    form = verb(page, "report-result")
    minutes = FilePayload(name="bien-ban.txt", mimeType="text/plain", buffer="Biên bản họp Đảng ủy".encode())
    form.locator("input[type='file']").set_input_files([minutes])
    send(
        form,
        "Gửi báo cáo kết quả",
        text="Đã ban hành kế hoạch số 12-KH/ĐU khắc phục các thiếu sót.",
        open_children_reason="Chi bộ thôn 1 họp sau ngày 15/5, không ảnh hưởng đến kế hoạch.",
    )
    walk.told(page, "Đã gửi báo cáo kết quả đến cơ quan xác nhận.")
    expect(page.get_by_role("link", name="bien-ban.txt", exact=True)).to_be_visible()
    walk.fits(page, narrow=True)
    assert of(MENDING).state == State.REPORTED


def close_own_duty(walk: Walk) -> None:
    """The commune is not offered to confirm its own result, and is refused when it tries all the same."""
    page = walk.as_(SON_TAN)
    work = of(MENDING)
    expect(page.locator("#accept")).to_have_count(0)
    refused = page.request.post(
        f"/directives/{work.pk}/accept/",
        form={
            "csrfmiddlewaretoken": page.locator("[name='csrfmiddlewaretoken']").first.input_value(),
            "seen": str(work.version),
            "key": "tu-xac-nhan-viec-cua-minh",
            "remark": "Hoàn thành tốt.",
        },
        headers={"Referer": page.url},
    )
    assert refused.status == 403, refused.text()
    assert of(MENDING).state == State.REPORTED


def return_and_report_again(walk: Walk) -> None:
    """The district's secretary returns the result with a reason; the commune reports again."""
    judge = walk.home(DISTRICT_SECRETARY)
    expect(judge.locator("main")).to_contain_text("1 việc chờ đồng chí xác nhận")
    walk.fits(judge, narrow=True)
    judge.locator("#verify").get_by_role("link", name=MENDING).first.click()
    walk.fits(judge)
    with judge.expect_download() as download:
        judge.get_by_role("link", name="bien-ban.txt", exact=True).click()
    assert download.value.suggested_filename == "bien-ban.txt"
    send(verb(judge, "return"), "Trả lại", reason=TOO_LITTLE)
    walk.told(judge, "Đã trả lại để bổ sung.")
    page = walk.home(SON_TAN)
    page.get_by_role("link", name=MENDING).first.click()
    expect(page.locator("main")).to_contain_text(TOO_LITTLE)
    send(
        verb(page, "report-result"),
        "Gửi báo cáo kết quả",
        text="Đã bổ sung thời gian khắc phục từng thiếu sót vào kế hoạch.",
        open_children_reason="Chi bộ thôn 1 họp sau ngày 15/5.",
    )
    walk.told(page, "Đã gửi báo cáo kết quả đến cơ quan xác nhận.")


def extend(walk: Walk) -> None:
    """The commune asks for more time for its plan; the secretary grants it."""
    page = walk.as_(SON_TAN)
    open_(page, of(PLANNING))
    send(verb(page, "ask-extension"), "Gửi đề nghị", new_due_on="30/6/2023", reason=LATER)
    walk.told(page, "Đã gửi đề nghị gia hạn.")
    judge = walk.as_(DISTRICT_SECRETARY)
    open_(judge, of(PLANNING))
    expect(judge.locator("main")).to_contain_text(LATER)
    form = verb(judge, "answer-extension")
    form.get_by_label("Đồng ý gia hạn", exact=True).check()
    send(form, "Gửi trả lời", answer="Đồng ý đến ngày 30/6.")
    walk.told(judge, "Đã đồng ý gia hạn.")
    walk.fits(judge)
    assert f"{of(PLANNING).due_on:%d/%m/%Y}" == "30/06/2023"


def accept(walk: Walk) -> None:
    """The secretary confirms the result; the commune's page says so."""
    judge = walk.home(DISTRICT_SECRETARY)
    judge.locator("#verify").get_by_role("link", name=MENDING).first.click()
    send(verb(judge, "accept"), "Xác nhận hoàn thành", remark="Kế hoạch rõ việc, rõ người, rõ thời gian.")
    walk.told(judge, "Đã xác nhận hoàn thành.")
    walk.fits(judge)
    assert of(MENDING).state == State.ACCEPTED
    page = walk.as_(SON_TAN)
    open_(page, of(MENDING))
    expect(page.locator("main")).to_contain_text("Hoàn thành đúng hạn")
    walk.fits(page)


STEPS: tuple[Any, ...] = (
    acknowledge,
    object_with_a_reason,
    pass_a_part_down,
    report,
    close_own_duty,
    return_and_report_again,
    extend,
    accept,
)
