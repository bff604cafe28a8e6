"""The page of one assignment: what it says, what it offers to whom, and what becomes of what was typed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import queries, services
from dondoc.directives.models import Assignment, Report, Step
from dondoc.directives.services import ChildData
from dondoc.directives.views import telling
from dondoc.documents.files import examine_file
from dondoc.documents.models import Source
from dondoc.tests.told_once import told_once

from .pages import SAID_ON, SENTENCES, Told, issued, tell

pytestmark = pytest.mark.django_db
TODAY = SAID_ON + timedelta(days=6)
PAPER = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@told_once
def story() -> Told:
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    told = tell()
    issued(told)
    return told


def page(client: Client, story: Told, who: str, one: Assignment, status: int = 200) -> str:
    sign_in(client, story.people[who])
    answer = client.get(reverse("directives:assignment", args=[one.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def send(
    client: Client, story: Told, who: str, verb: str, one: Assignment, seen: int | None = None, **typed: Any
) -> Any:
    sign_in(client, story.people[who])
    return post(client, reverse(f"directives:{verb}", args=[one.pk]), one.version if seen is None else seen, **typed)


def do(client: Client, story: Told, who: str, verb: str, one: Assignment, **typed: Any) -> Assignment:
    answer = send(client, story, who, verb, one, **typed)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Assignment.objects.get(pk=one.pk)


def offered(text: str) -> set[str]:
    verbs = "acknowledge object uphold pass-down report-progress report-result on-behalf ask-extension answer-extension accept return reopen cancel chase hand-over decide"
    return {verb for verb in verbs.split() if f'/{verb}/"' in text}


def test_it_begins_with_what_matters_now(client: Client, story: Told) -> None:
    text = page(client, story, "Xã A1", story.assignment("Xã A1"))
    assert "Còn 24 ngày, chưa nhận việc." in text
    assert "Chủ Nhật, 28/05/2023 (còn 24 ngày)" in text


def test_the_leaders_words_stand_in_their_source_with_its_session(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    text = page(client, story, "Xã A1", one)
    assert f'<mark class="mark-directive">{one.directive.text}</mark>' in text
    assert reverse("working_sessions:page", args=[1]) in text


@pytest.mark.parametrize(("who", "reads"), [("Xã A1", False), ("district", False), ("leader", True), ("clerk", True)])
def test_of_a_restricted_source_only_those_above_the_one_who_spoke_read_more_than_their_sentence(
    client: Client, story: Told, who: str, reads: bool
) -> None:
    one = story.assignment("Xã A1")
    beside = SENTENCES[1][2]
    assert beside in page(client, story, who, one)
    Source.objects.update(is_public=False)
    text = page(client, story, who, one)
    assert one.directive.text in text
    assert (beside in text) == reads


@pytest.mark.parametrize(
    ("who", "verbs"),
    [
        ("Xã A1", {"acknowledge", "object", "report-progress", "report-result", "ask-extension"}),
        ("Xã A1 clerk", {"acknowledge", "object", "report-progress", "report-result", "ask-extension"}),
        ("district", {"chase"}),
        ("district clerk", {"chase", "on-behalf"}),
        ("leader", {"cancel", "hand-over"}),
        ("clerk", {"cancel", "hand-over", "on-behalf"}),
    ],
)
def test_each_person_is_offered_what_they_may_do(client: Client, story: Told, who: str, verbs: set[str]) -> None:
    assert offered(page(client, story, who, story.assignment("Xã A1"))) == verbs


def test_outside_the_scope_there_is_no_such_page(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    page(client, story, "outsider", one, status=404)
    page(client, story, "Xã A2", one, status=404)
    assert send(client, story, "outsider", "acknowledge", one).status_code == 404


def test_inside_the_scope_without_the_right_the_reason_is_said_and_nothing_typed_is_lost(
    client: Client, story: Told
) -> None:
    answer = send(client, story, "district", "report-result", story.assignment("Xã A1"), text="Đã làm xong")
    assert answer.status_code == 403
    assert "Đã làm xong" in answer.content.decode()


def test_the_whole_way_from_acknowledging_to_confirmation(client: Client, story: Told) -> None:
    one = do(client, story, "Xã A1", "acknowledge", story.assignment("Xã A1"))
    assert "pass-down" in offered(page(client, story, "Xã A1", one))
    one = do(client, story, "Xã A1", "report-progress", one, text="Đã họp cấp ủy")
    evidence = SimpleUploadedFile("ke-hoach.pdf", PAPER, "application/pdf")
    one = do(client, story, "Xã A1", "report-result", one, text="Đã ban hành kế hoạch", evidence=evidence)
    text = page(client, story, "district", one)
    assert offered(text) >= {"accept", "return"}
    assert "Đã ban hành kế hoạch" in text
    assert "ke-hoach.pdf" in text
    one = do(client, story, "district", "return", one, reason="Chưa nêu thời hạn từng việc")
    text = page(client, story, "Xã A1", one)
    assert "Trả lại để bổ sung" in text
    assert '<blockquote class="verbatim">Chưa nêu thời hạn từng việc</blockquote>' in text
    one = do(client, story, "Xã A1", "report-result", one, text="Đã bổ sung")
    one = do(client, story, "district", "accept", one, remark="Đạt")
    text = page(client, story, "Xã A1", one)
    assert "Hoàn thành đúng hạn, xác nhận ngày 04/05/2023." in text
    assert offered(text) == set()


def test_the_door_looks_at_evidence_before_anything_is_locked(
    client: Client, story: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []

    def looked(*args: Any) -> str:
        depths.append(len(connection.savepoint_ids))
        return examine_file(*args)

    monkeypatch.setattr("dondoc.documents.services.storing.examine_file", looked)
    one, outside = story.assignment("Xã A1"), len(connection.savepoint_ids)
    evidence = SimpleUploadedFile("ke-hoach.pdf", PAPER, "application/pdf")
    one = do(client, story, "Xã A1", "report-result", one, text="Xong", evidence=evidence)
    assert one.reports.get().files.count() == 1
    assert depths == [outside]


def test_evidence_is_handed_out_as_a_file_to_those_who_see_the_page_only(client: Client, story: Told) -> None:
    evidence = SimpleUploadedFile("ke-hoach.pdf", PAPER, "application/pdf")
    one = do(client, story, "Xã A1", "report-result", story.assignment("Xã A1"), text="Xong", evidence=evidence)
    file = one.reports.get().files.get()
    url = reverse("directives:file", args=[one.pk, file.pk])
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == PAPER  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)
    sign_in(client, story.people["Xã A2"])
    assert client.get(url).status_code == 404
    other = story.assignment("Xã A2")
    assert client.get(reverse("directives:file", args=[other.pk, file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("verb", "typed", "said"),
    [
        ("report-result", {"text": " "}, "Đồng chí ghi kết quả đã làm hoặc đính kèm tệp minh chứng."),
        ("object", {"reason": ""}, "aria-invalid"),
        ("ask-extension", {"new_due_on": "mai", "reason": "Trùng đại hội"}, "“mai” không phải là ngày"),
        ("ask-extension", {"new_due_on": "01/05/2023", "reason": "Trùng đại hội"}, "Trùng đại hội"),
    ],
)
def test_what_is_not_right_comes_back_in_its_place_with_what_was_typed(
    client: Client, story: Told, verb: str, typed: dict[str, Any], said: str
) -> None:
    one = story.assignment("Xã A1")
    answer = send(client, story, "Xã A1", verb, one, **typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert 'id="problems"' in text
    assert all(value in text for value in typed.values())
    assert Assignment.objects.get(pk=one.pk).version == one.version


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("chay.exe", b"MZ\x90\x00\x03\x00", "application/pdf"),
        SimpleUploadedFile("bao-cao.txt", "TUYỆT MẬT\nBáo cáo".encode(), "text/plain"),
        SimpleUploadedFile("rong.pdf", b"", "application/pdf"),
    ],
    ids=["a program", "a mark of secrecy", "empty"],
)
def test_a_file_that_the_door_refuses_keeps_the_text(client: Client, story: Told, upload: SimpleUploadedFile) -> None:
    upload.seek(0)
    one = story.assignment("Xã A1")
    answer = send(client, story, "Xã A1", "report-result", one, text="Đã làm xong ba việc", evidence=upload)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Đã làm xong ba việc" in text
    assert 'id="report-result-evidence_error"' in text
    assert not Report.objects.exists()


def test_of_two_tabs_one_wins_and_the_other_is_told_and_loses_nothing(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    do(client, story, "Xã A1", "report-result", one, text="Bản thứ nhất")
    answer = send(client, story, "Xã A1", "report-result", one, text="Bản thứ hai, dài hơn")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản thứ hai, dài hơn" in text
    assert "Chờ xác nhận" in text
    assert Report.objects.get().text == "Bản thứ nhất"


def test_an_objection_is_answered_by_the_issuer(client: Client, story: Told) -> None:
    one = do(client, story, "Xã A1", "object", story.assignment("Xã A1"), reason="Thuộc Ban Tổ chức Huyện ủy")
    text = page(client, story, "leader", one)
    assert "Thuộc Ban Tổ chức Huyện ủy" in text
    assert offered(text) >= {"uphold", "hand-over", "cancel"}
    one = do(client, story, "leader", "uphold", one, reason="Nhiệm vụ chung của các xã")
    assert "acknowledge" in offered(page(client, story, "Xã A1", one))


def test_a_role_is_handed_over_to_a_unit_named_without_marks_and_the_page_says_how(client: Client, story: Told) -> None:
    one = do(
        client,
        story,
        "leader",
        "hand-over",
        story.assignment("Xã A1"),
        role="receiver",
        unit="xa a2",
        reason="Đúng địa bàn",
    )
    text = page(client, story, "leader", one)
    assert "từ 04/05/2023, nhận chuyển giao từ Xã A1" in text
    assert "Đúng địa bàn" in text


def test_parts_are_passed_down_and_an_open_part_needs_a_reason(client: Client, story: Told) -> None:
    one = do(client, story, "Xã A1", "acknowledge", story.assignment("Xã A1"))
    cells = [story.units["Chi bộ thôn 1"].pk, story.units["Chi bộ thôn 2"].pk]
    late = send(
        client, story, "Xã A1", "pass-down", one, units=cells, task="Rà soát", product="Báo cáo", due_on="28/05/2023"
    )
    assert late.status_code == 422
    one = do(client, story, "Xã A1", "pass-down", one, units=cells, task="Rà soát", product="Báo cáo", due_on="20/5")
    children = list(one.children.order_by("pk"))
    assert [child.due_on for child in children] == [date(2023, 5, 20)] * 2
    given_by = {card.pk: card.giver.name for card in queries.cards([one, *children], TODAY)}
    assert given_by == {one.pk: "Tỉnh ủy", children[0].pk: "Xã A1", children[1].pk: "Xã A1"}
    assert "Chi bộ thôn 2" in page(client, story, "Xã A1", one)
    assert f'href="{reverse("directives:assignment", args=[one.pk])}"' in page(
        client, story, "Chi bộ thôn 1", children[0]
    )
    answer = send(client, story, "Xã A1", "report-result", one, text="Xong")
    assert answer.status_code == 422
    assert "Lý do báo cáo khi còn phần việc chưa xong" in answer.content.decode()
    do(client, story, "Xã A1", "report-result", one, text="Xong", open_children_reason="Hai chi bộ gửi bản giấy sau")


def test_an_extension_is_asked_for_once_and_answered_with_a_reason_when_refused(client: Client, story: Told) -> None:
    one = do(
        client, story, "Xã A1", "ask-extension", story.assignment("Xã A1"), new_due_on="30/6", reason="Trùng đại hội"
    )
    text = page(client, story, "Xã A1", one)
    assert "đã xin gia hạn đến 30/06/2023, chưa được trả lời" in text
    assert "ask-extension" not in offered(text)
    assert "answer-extension" in offered(page(client, story, "district", one))
    assert send(client, story, "district", "answer-extension", one, granted="0").status_code == 422
    one = do(client, story, "district", "answer-extension", one, granted="1", answer="")
    assert one.due_on == date(2023, 6, 30)


def test_the_office_enters_a_paper_only_with_the_paper_and_may_not_then_confirm_it(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    refused = send(client, story, "district clerk", "on-behalf", one, is_result="1", text="Theo công văn 12")
    assert refused.status_code == 422
    assert "Theo công văn 12" in refused.content.decode()
    paper = SimpleUploadedFile("cong-van-12.pdf", PAPER, "application/pdf")
    one = do(client, story, "district clerk", "on-behalf", one, is_result="1", text="Theo công văn 12", evidence=paper)
    assert one.reports.get().entered_for == story.units["Xã A1"]
    assert "accept" not in offered(page(client, story, "district clerk", one))
    assert "nhập từ văn bản của đơn vị" in page(client, story, "district", one)


def test_what_only_the_state_forbids_is_explained(client: Client, story: Told) -> None:
    one = story.assignment("Xã A1")
    assert "Chưa thể xác nhận hoàn thành: đơn vị chưa báo cáo kết quả." in page(client, story, "district", one)
    one = do(client, story, "Xã A1", "report-result", one, text="Xong")
    assert "Trong khi chờ xác nhận hoặc trả lại, đơn vị chưa báo cáo thêm." in page(client, story, "Xã A1", one)


def test_the_number_of_queries_does_not_grow_with_what_has_happened(client: Client, story: Told) -> None:
    one = do(client, story, "Xã A1", "acknowledge", story.assignment("Xã A1"))
    one = do(client, story, "Xã A1", "report-progress", one, text="Lần 0")
    cells = ["Chi bộ thôn 1", "Chi bộ thôn 2"]
    child = [ChildData(story.units[cells[0]].pk, "Phần 0", "Báo cáo", due_on=date(2023, 5, 20))]
    services.pass_down(one.pk, children=child, seen=one.version, act=story.act("Xã A1", TODAY))
    one.refresh_from_db()
    url = reverse("directives:assignment", args=[one.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(1, 6):
        one = do(client, story, "Xã A1", "report-progress", one, text=f"Lần {number}")
        child = [
            ChildData(story.units[name].pk, f"Phần {number}", "Báo cáo", due_on=date(2023, 5, 20)) for name in cells
        ]
        services.pass_down(one.pk, children=child, seen=one.version, act=story.act("Xã A1", TODAY))
        one.refresh_from_db()
    with CaptureQueriesContext(connection) as many:
        text = client.get(url).content.decode()
    assert "Lần 5" in text
    assert len(many) == len(few)


def test_years_of_reminders_are_folded_and_the_acts_of_people_stay_open(story: Told) -> None:
    one = story.assignment("Xã A1")
    days = [TODAY + timedelta(days=number) for number in range(1, 31)]
    Step.objects.bulk_create(
        Step(
            assignment=one,
            step="not_acknowledged",
            counted_from=TODAY,
            due_on=day,
            done_on=day,
            unit=story.units["Xã A1"],
            audience="receiver",
        )
        for day in days
    )
    day = days[-1]
    recent, older = telling.timeline(queries.cards([one], day)[0], queries.story(one, day), day)
    assert [entry["on"] for entry in older] == days[9::-1]
    assert {entry["title"] for entry in recent if entry["who"]} == {"Ban hành", "Đã phê duyệt"}
