"""What people bring by mistake, sent through the forms of the real pages: a clear message, nothing stored, nothing typed is lost.

Forms are read from the pages and sent as a browser would, so that what a page asks for and what its address takes stay together.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services as directives
from dondoc.directives.models import Assignment, Directive, Finding, Report
from dondoc.directives.tests.pages import SAID_ON, Told, issued, tell
from dondoc.documents.models import Source
from dondoc.figures.models import Figure
from dondoc.history.models import Entry
from dondoc.intake.models import Draft, DraftValue
from dondoc.intake.tests.drafts import TEXT, Story, story
from dondoc.tests.told_once import told_once
from dondoc.working_sessions.models import WorkingSession

from .page_forms import Form, Forms, form_of, send, words

__all__ = ["story"]

OTHER_SUBJECT = """Đội bóng đá nữ của tỉnh thắng trận mở màn trên sân nhà tối thứ Bảy với tỷ số 3-1.

Huấn luyện viên cho biết các cầu thủ đã tập luyện đều trong hai tháng qua và mong khán giả tiếp tục đến sân cổ vũ."""
RUSSIAN = (
    "Областной комитет провёл рабочую встречу с партийной организацией общины и поставил ей пять задач на год. " * 3
)
MEGABYTES = 10 * 1024 * 1024
DONE = "Đã họp Đảng ủy, ban hành kế hoạch số 7-KH/ĐU."


@pytest.fixture
def office(client: Client, story: Story) -> Client:
    """The provincial office at its desk of intake."""
    return sign_in(client, story.clerk)


def intake(client: Client) -> Form:
    return form_of(client, reverse("intake:list"), reverse("intake:receive"))


REFUSED: dict[str, tuple[Callable[[], dict[str, Any]], str]] = {
    "nothing at all": (lambda: {"text": ""}, "Chưa có văn bản"),
    "ten megabytes pasted": (lambda: {"text": "xã " * (MEGABYTES // 4)}, "MB"),
    "a file of ten megabytes": (lambda: {"file": upload(b"xa \n" * (MEGABYTES // 4))}, "MB"),
    "a binary file": (lambda: {"file": upload(Random(1258).randbytes(10_000))}, "Đây không phải văn bản"),
    "a picture": (lambda: {"file": upload(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)}, "Đây là tệp hình ảnh"),
    "letters of no known set": (lambda: {"file": upload(RUSSIAN.encode("koi8-r"))}, "Không nhận ra bảng mã"),
    "an article on another subject": (lambda: {"text": OTHER_SUBJECT}, "không nói về công tác xây dựng Đảng"),
    "a mark of secrecy": (lambda: {"text": "MẬT\n\n" + TEXT}, "dấu “Mật”"),
    "a mark of secrecy in a file": (lambda: {"file": upload(("Độ mật: TỐI MẬT\n" + TEXT).encode())}, "dấu “Tối mật”"),
}


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("bai-bao.txt", content, content_type="text/plain")


@pytest.mark.parametrize(("typed", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_in_is_told_in_words_and_not_kept(
    office: Client, typed: Callable[[], dict[str, Any]], said: str
) -> None:
    before = Entry.objects.count()
    answer = send(office, intake(office), **typed())
    assert answer.status_code == 422
    assert said in words(answer), words(answer)
    assert form_of_answer(answer).action == reverse("intake:receive")
    for model in (Draft, DraftValue, Source):
        assert not model.objects.exists()
    assert Entry.objects.count() == before


def form_of_answer(answer: Any) -> Form:
    """The form of intake on the page that came back: one can go on from there."""
    return next(one for one in Forms(answer.content.decode()).forms if one.action == reverse("intake:receive"))


def test_the_text_that_was_refused_still_stands_in_the_form(office: Client) -> None:
    answer = send(office, intake(office), text=OTHER_SUBJECT)
    assert form_of_answer(answer).fields["text"].strip() == OTHER_SUBJECT


def test_a_file_of_windows_in_utf_16_is_read(office: Client) -> None:
    answer = send(office, intake(office), file=upload(TEXT.replace("\n", "\r\n").encode("utf-16")))
    assert answer.status_code == 302
    assert Draft.objects.get().text == TEXT


def test_scripts_of_a_web_page_are_neither_kept_nor_run(office: Client) -> None:
    page = "<html><head><script>alert('một')</script></head><body onload=\"alert('hai')\">"
    page += "".join(f"<p>{part}<img src=x onerror=alert('ba')></p>" for part in TEXT.split("\n\n")) + "</body></html>"
    answer = send(office, intake(office), text=page)
    assert answer.status_code == 302
    assert "alert" not in Draft.objects.get().text
    shown = office.get(answer["Location"])
    assert b"alert(" not in shown.content
    assert "script-src" in shown["Content-Security-Policy"]


def test_a_draft_left_for_a_week_is_still_there_and_can_be_confirmed(office: Client, story: Story) -> None:
    page = send(office, intake(office), text=TEXT)["Location"]
    settle(office, page)
    move = form_of(office, page, reverse("clock:move"))
    assert send(office, move, days="7").status_code == 302
    assert DemonstrationDay.objects.get().day.day == 11
    assert page in office.get(reverse("intake:list")).content.decode()
    answer = send(office, form_of(office, page, confirmation(page)))
    assert answer.status_code == 302
    assert WorkingSession.objects.count() == 1


def settle(client: Client, page: str) -> None:
    """Leave as it is whatever the draft asks to be looked at."""
    while True:
        found = [one for one in Forms(client.get(page).content.decode()).forms if one.action.endswith("/accept/")]
        if not found:
            return
        assert send(client, found[0]).status_code == 302


def confirmation(page: str) -> str:
    return reverse("intake:confirm", args=[int(page.strip("/").split("/")[-1])])


def test_of_two_people_who_confirm_one_wins_and_the_other_is_told(office: Client, story: Story) -> None:
    page = send(office, intake(office), text=TEXT)["Location"]
    settle(office, page)
    leader = sign_in(Client(), story.leader)
    first, second = form_of(office, page, confirmation(page)), form_of(leader, page, confirmation(page))
    assert send(office, first).status_code == 302
    made = counts()
    answer = send(leader, second)
    assert answer.status_code == 409
    assert "Bản nháp này đã được xác nhận, không có gì bị ghi hai lần" in words(answer)
    assert counts() == made
    assert made["WorkingSession"] == 1


def counts() -> dict[str, int]:
    models = (WorkingSession, Source, Figure, Finding, Directive, Assignment, Entry)
    return {model.__name__: model.objects.count() for model in models}


@told_once
def told() -> Told:
    """A session whose assignments are issued, on its own day."""
    made = tell()
    DemonstrationDay.objects.create(pk=1, day=SAID_ON)
    issued(made)
    return made


@pytest.fixture
def work(told: Told) -> Assignment:
    """An assignment of commune A1 that it has acknowledged."""
    one = told.assignment("Xã A1")
    return directives.acknowledge(one.pk, seen=one.version, act=told.act("Xã A1"))


@pytest.fixture
def commune(client: Client, told: Told) -> Client:
    """The secretary of commune A1."""
    return sign_in(client, told.people["Xã A1"])


def reporting(client: Client, work: Assignment) -> Form:
    page = reverse("directives:assignment", args=[work.pk])
    return form_of(client, page, reverse("directives:report-result", args=[work.pk]))


def test_of_two_tabs_that_report_one_wins_and_the_other_gets_back_what_was_typed(
    commune: Client, work: Assignment
) -> None:
    first, second = reporting(commune, work), reporting(commune, work)
    assert first.fields["key"] != second.fields["key"]
    assert send(commune, first, text="Đã xong, báo cáo từ máy thứ nhất.").status_code == 302
    answer = send(commune, second, text=DONE)
    assert answer.status_code == 409
    assert DONE in words(answer)
    assert "Tình trạng hiện nay" in words(answer)
    assert [one.text for one in Report.objects.all()] == ["Đã xong, báo cáo từ máy thứ nhất."]


def test_a_report_that_says_not_what_was_seen_is_refused_with_what_was_typed(commune: Client, work: Assignment) -> None:
    form = reporting(commune, work)
    del form.fields["seen"]
    answer = send(commune, form, text=DONE)
    assert answer.status_code == 428
    assert DONE in words(answer)
    assert not Report.objects.exists()


def test_a_report_on_what_has_changed_meanwhile_is_refused_with_what_was_typed(
    commune: Client, told: Told, work: Assignment
) -> None:
    form = reporting(commune, work)
    directives.report_progress(work.pk, text="Đang làm.", files=[], seen=work.version, act=told.act("Xã A1 clerk"))
    answer = send(commune, form, text=DONE)
    assert answer.status_code == 409
    assert DONE in words(answer)
    assert [one.text for one in Report.objects.all()] == ["Đang làm."]


def test_the_same_form_sent_twice_counts_once(commune: Client, work: Assignment) -> None:
    form = reporting(commune, work)
    first, again = send(commune, form, text=DONE), send(commune, form, text=DONE)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert Report.objects.count() == 1


def test_a_form_sent_twice_with_other_words_is_refused_with_what_was_typed(commune: Client, work: Assignment) -> None:
    form = reporting(commune, work)
    assert send(commune, form, text="Đã xong.").status_code == 302
    answer = send(commune, form, text=DONE)
    assert answer.status_code == 422
    assert DONE in words(answer)
    assert [one.text for one in Report.objects.all()] == ["Đã xong."]


def test_an_empty_report_and_a_file_that_may_not_come_in_leave_the_form_as_it_was(
    commune: Client, work: Assignment
) -> None:
    answer = send(commune, reporting(commune, work), text="")
    assert answer.status_code == 422
    assert "Đồng chí ghi kết quả đã làm hoặc đính kèm tệp minh chứng." in words(answer)
    program = SimpleUploadedFile("chay.exe", b"MZ" + bytes(300), content_type="application/octet-stream")
    answer = send(commune, reporting(commune, work), text=DONE, evidence=program)
    assert answer.status_code == 422
    assert "chay.exe" in words(answer)
    sent = [one for one in Forms(answer.content.decode()).forms if one.action.endswith("/report-result/")]
    assert sent[0].fields["text"].strip() == DONE
    assert not Report.objects.exists()
