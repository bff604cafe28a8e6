"""The documents of a meeting: the invitation, the minutes, and the notice or resolution in which it ends."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.directives.models import Assignment
from dondoc.drafting import papers, services
from dondoc.drafting.controls import read
from dondoc.drafting.models import DocumentDraft
from dondoc.drafting.services import Numbering
from dondoc.lib.refusals import Refused
from dondoc.meetings import services as meetings
from dondoc.meetings.models import Meeting
from dondoc.meetings.tests.test_directing import Commune
from dondoc.meetings.tests.test_meetings import TODAY
from dondoc.tests.told_once import told_once


@told_once
def commune() -> Commune:
    return Commune()


def said(draft: DocumentDraft) -> str:
    """The words of the draft's Word file."""
    return "\n".join(one.text for one in read(papers.word_file(draft, list(draft.clauses.all()), TODAY)))


def closed(commune: Commune) -> Meeting:
    """The cell's meeting, adopted, with a conclusion and a task."""
    meeting = commune.begun()
    statuses = {commune.roll[0].pk: ("present", ""), commune.roll[1].pk: ("excused", "ốm")}
    meeting = meetings.attend(meeting.pk, statuses, [], seen=meeting.version, act=commune.act())
    words = {"conclusion": "Kết nạp hai quần chúng\nHọp lại ngày 10", "review": "Đã làm hai việc."}
    meetings.write(meeting.pk, words, {}, seen=1, act=commune.act())
    meetings.give_task(meeting.pk, "Viết lý lịch", commune.roll[0].pk, date(2023, 4, 20), act=commune.act())
    return meetings.adopt(meeting.pk, time(19), time(20, 45), seen=meeting.version, act=commune.act())


def filled(draft: DocumentDraft, commune: Commune, **words: str) -> DocumentDraft:
    """The draft with these lines and pieces."""
    for name, text in words.items():
        clause = draft.clauses.filter(name__in=[name, f"head.{name}"]).last()
        assert clause
        draft.refresh_from_db()
        services.save_clause(clause.pk, text, seen=draft.version, act=commune.act())
    return DocumentDraft.objects.get(pk=draft.pk)


def approved(draft: DocumentDraft, commune: Commune) -> DocumentDraft:
    """The draft, approved by the cell's head."""
    services.approve(draft.pk, seen=draft.version, assignments={}, act=commune.act())
    return DocumentDraft.objects.get(pk=draft.pk)


def test_an_invitation_says_when_where_and_what_about_and_its_issue_is_the_telling(commune: Commune) -> None:
    with pytest.raises(Refused, match="values_missing"):
        said(services.draft_invitation(commune.meeting, act=commune.act()))
    draft = filled(services.draft_invitation(commune.meeting, act=commune.act()), commune, place="Nhà văn hóa thôn")
    text = said(draft)
    assert "GIẤY MỜI" in text
    assert "Kính mời: toàn thể đảng viên trong chi bộ" in text
    assert "1. Thời gian: ngày 03/04/2023." in text
    assert "- Thảo luận, ý kiến của đảng viên." in text
    draft = approved(filled(draft, commune, name="Người Ký"), commune)
    numbering = Numbering("2020-2025", "GM/CB", TODAY)
    services.issue(draft.pk, numbering, seen=draft.version, assignments={}, despite=True, act=commune.act())
    commune.meeting.refresh_from_db()
    assert (commune.meeting.state, commune.meeting.invited_on) == ("invited", TODAY)


def test_minutes_hold_who_was_there_what_was_said_and_what_was_given(commune: Commune) -> None:
    with pytest.raises(Refused, match="minutes_not_adopted"):
        services.draft_meeting_minutes(commune.meeting, act=commune.act())
    draft = services.draft_meeting_minutes(closed(commune), act=commune.act())
    text = said(filled(draft, commune, place="Nhà văn hóa thôn", recorder="Đảng viên 01"))
    assert "- Có mặt: 1/2 đồng chí." in text
    assert "- Vắng mặt: 01: Đảng viên 02 (có lý do: ốm)." in text
    assert "Kiểm điểm công tác tháng qua và việc đã giao: Đã làm hai việc." in text
    assert "Họp lại ngày 10." in text
    assert "- Đảng viên 01: Viết lý lịch, trước ngày 20/04/2023." in text
    assert "kết thúc lúc 20 giờ 45 phút" in text


@pytest.mark.parametrize(("resolution", "symbol"), [(True, "NQ/CB"), (False, "TB/CB")])
def test_the_document_in_which_a_meeting_ends_is_noted_as_its_conclusion(
    commune: Commune, resolution: bool, symbol: str
) -> None:
    meeting = closed(commune)
    made = services.draft_ending(meeting, resolution=resolution, act=commune.act())
    draft = approved(filled(made, commune, name="Người Ký"), commune)
    assert "Kết nạp hai quần chúng." in said(draft)
    document = services.issue(
        draft.pk,
        Numbering("2020-2025", symbol, TODAY),
        seen=draft.version,
        assignments={},
        despite=True,
        act=commune.act(),
    )
    meeting.refresh_from_db()
    assert meeting.conclusion == document


def test_what_a_committee_demands_of_a_cell_goes_out_with_its_resolution(commune: Commune) -> None:
    act = commune.act(account=commune.above)
    meeting = commune.committee()
    meetings.direct_units(meeting.pk, "rà soát quần chúng", [commune.cell.pk], date(2023, 5, 30), act=act)
    roll = meetings.keep_roll(commune.units["Xã A"].pk, ["Bí thư"], act=act)
    meeting = meetings.attend(meeting.pk, {roll[0].pk: ("present", "")}, [], seen=meeting.version, act=act)
    meetings.write(meeting.pk, {"conclusion": "Thống nhất"}, {}, seen=1, act=act)
    meeting = meetings.adopt(meeting.pk, time(8), time(9), seen=meeting.version, act=act)
    draft = services.draft_ending(meeting, resolution=True, act=act)
    assert "Chi bộ 1: rà soát quần chúng." in said(draft)
    assert [one.pk for one in draft.sent_to.all()] == [commune.cell.pk]
    name = draft.clauses.get(name="head.name")
    services.save_clause(name.pk, "Người Ký", seen=draft.version, act=act)
    draft.refresh_from_db()
    versions = {one.pk: one.version for one in Assignment.objects.all()}
    draft = services.approve(draft.pk, seen=draft.version, assignments=versions, act=act)
    versions = {one.pk: one.version for one in Assignment.objects.all()}
    numbering = Numbering("2020-2025", "NQ/ĐU", TODAY)
    document = services.issue(draft.pk, numbering, seen=draft.version, assignments=versions, despite=True, act=act)
    assert Assignment.objects.get().document == document


def test_the_buttons_of_the_meeting_make_the_drafts_and_only_for_who_may_write_them(
    commune: Commune, client: Client
) -> None:
    url = reverse("drafting:from-meeting", args=[commune.meeting.pk, "invitation"])
    sign_in(client, commune.member)
    assert post(client, url).status_code == 403
    sign_in(client, commune.head)
    assert "Soạn giấy mời" in client.get(reverse("meetings:meeting", args=[commune.meeting.pk])).content.decode()
    made = post(client, url)
    assert made.status_code == 302
    assert reverse("meetings:meeting", args=[commune.meeting.pk]) in client.get(made["Location"]).content.decode()
    assert post(client, reverse("drafting:from-meeting", args=[commune.meeting.pk, "nothing"])).status_code == 404
