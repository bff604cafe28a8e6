"""The whole way of a notice and of an urging letter, in a real browser: office, leader, the unit that receives."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services as directives
from dondoc.directives.models import Assignment
from dondoc.directives.tests.work import SAID
from dondoc.documents.models import OfficialDocument
from dondoc.drafting.models import DocumentDraft
from dondoc.tests.browser import violations

from .story import BLAME, PLACE, Story, tell

pytestmark = pytest.mark.django_db(transaction=True)
DISTRICT = "Huyện ủy A"
LATER = SAID + timedelta(days=60)


@pytest.fixture
def story(live_server: object) -> Story:
    DemonstrationDay.objects.create(pk=1, day=SAID)
    story = tell()
    story.complete()
    return story


def enter(page: Page, story: Story, unit: str, kind: str, address: str) -> Page:
    """The address, opened by whoever holds the post."""
    client = sign_in(Client(), story.place.person(unit, kind))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    base = page.context._impl_obj._options["baseURL"]
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
    page.goto(address)
    return page


def fits(page: Page) -> None:
    """No serious fault by axe, nothing wider than the window."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def edited(path: Path, before: str, after: str) -> Path:
    """The downloaded file with other words, as Word would save it."""
    changed = path.with_name("sua.docx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                assert before.encode() in content
                content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
    return changed


def day_is(day: date) -> None:
    DemonstrationDay.objects.filter(pk=1).update(day=day)


def test_from_the_session_to_the_unit_that_receives_and_to_the_letter_that_urges_it(
    open_page: Callable[..., Page], story: Story, tmp_path: Path
) -> None:
    office, leader = open_page(), open_page(360, height=740)

    # Drafted from the session's page; what is typed is saved when the field is left.
    enter(office, story, PLACE, "clerk", f"/working_sessions/{story.session.pk}/")
    office.get_by_role("button", name="Soạn thông báo kết luận").click()
    expect(office.locator("#next")).to_contain_text("Thiếu họ tên người ký")
    office.get_by_label("Họ tên người ký").fill("Người Ký")
    office.keyboard.press("Tab")
    expect(office.locator("#next")).not_to_contain_text("Thiếu họ tên người ký")
    expect(office.locator("#next")).to_contain_text("không có lỗi")
    fits(office)

    # Out to Word and back: the difference is shown side by side and taken.
    with office.expect_download() as download:
        office.get_by_role("link", name="Tải tệp Word").click()
    path = tmp_path / "thong-bao.docx"
    download.value.save_as(path)
    office.get_by_label("Tệp Word đã sửa").set_input_files(edited(path, BLAME, "chưa đôn đốc các chi bộ"))
    office.get_by_role("button", name="Đưa lên lại").click()
    expect(office.locator(".came-row")).to_have_count(1)
    fits(office)
    office.get_by_role("button", name=re.compile("^Nhận")).click()
    expect(office.locator("#came")).to_have_count(0)
    expect(office.locator("textarea", has_text="Xã A1: chưa đôn đốc các chi bộ.")).to_have_count(1)

    # The leader finds it at home and approves it with its assignments, on a telephone.
    enter(leader, story, PLACE, "leader", "/")
    expect(leader.locator(".lead")).to_contain_text("1 văn bản chờ đồng chí duyệt", ignore_case=True)
    leader.locator("#prepared a[href*='/drafting/']").first.click()
    fits(leader)
    leader.get_by_role("button", name="Duyệt văn bản").click()
    expect(leader.locator("#messages")).to_contain_text("Văn bản đã duyệt")

    # The office gives the number: the directives go out in the same act.
    office.goto("/")
    office.locator("#prepared a[href*='/drafting/']").first.click()
    office.get_by_role("button", name="Cấp số và ban hành").click()
    expect(office.locator("#messages")).to_contain_text("Đã ban hành: 01-TB/TU")
    fits(office)
    document = OfficialDocument.objects.get()
    assert {one.document_id for one in story.assignments()} == {document.pk}

    # The commune sees its task with the document, and the document.
    commune = open_page()
    task = next(one for one in story.assignments() if story.place.holders(one)["receiver"] == "Xã A1")
    enter(commune, story, "Xã A1", "head", f"/directives/{task.pk}/")
    expect(commune.locator("main")).to_contain_text("01-TB/TU")
    commune.goto(f"/documents/{document.pk}/")
    expect(commune.locator("main")).to_contain_text("01-TB-TU.docx")

    # Two months later it is overdue: one button makes the letter, the issued letter stands on the task.
    for one in story.assignments():
        if story.place.holders(one)["receiver"] == "Xã A1":
            directives.acknowledge(one.pk, seen=one.version, act=story.place.act("Xã A1", "head"))
    day_is(LATER)
    story.place.day = LATER
    district = open_page()
    enter(district, story, DISTRICT, "clerk", "/directives/?part=follow&state=overdue")
    for box in district.locator("input[name=chosen]").all():
        box.check()
    fits(district)
    district.get_by_role("button", name="Soạn công văn đôn đốc").click()
    expect(district.locator("#messages")).to_contain_text("Đã soạn 2 công văn đôn đốc")
    letter = DocumentDraft.objects.get(template="urging", receiver=story.place.unit("Xã A1"))
    district.goto(f"/drafting/{letter.pk}/")
    district.get_by_label("Họ tên người ký").fill("Người Ký")
    district.keyboard.press("Tab")
    expect(district.locator("#next")).not_to_contain_text("Thiếu họ tên người ký")
    enter(leader, story, DISTRICT, "leader", f"/drafting/{letter.pk}/")
    leader.get_by_role("button", name="Duyệt văn bản").click()
    expect(leader.locator("#messages")).to_contain_text("Văn bản đã duyệt")
    district.reload()
    fits(district)
    district.get_by_role("button", name="Cấp số và ban hành").click()
    expect(district.locator("#messages")).to_contain_text("Đã ban hành: 01-CV/HU")
    commune.goto(f"/directives/{task.pk}/")
    expect(commune.locator("main")).to_contain_text("Công văn đôn đốc số 01-CV/HU")
    assert Assignment.objects.get(pk=task.pk).remarks.filter(verb="chase").count() == 1
