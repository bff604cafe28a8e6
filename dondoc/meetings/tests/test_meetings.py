"""A meeting is planned, called, held, written down and adopted; what is lost on the way is kept beside."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.history.services import Act
from dondoc.lib.refusals import Refused
from dondoc.meetings import queries, services
from dondoc.meetings.models import LateValue, Meeting, Minutes, Participant, Task
from dondoc.organisations.tests.trees import draw
from dondoc.tests.told_once import told_once

TODAY = date(2023, 4, 3)


class Cell:
    """A cell with a secretary and two on its roll, below a commune with its head."""

    def __init__(self) -> None:
        self.units = draw("Xã A\n  Chi bộ 1\n")
        self.cell = self.units["Chi bộ 1"]
        self.head, self.above = hold(self.cell, "head"), hold(self.units["Xã A"], "head")
        DemonstrationDay.objects.create(pk=1, day=TODAY)
        self.roll = services.keep_roll(self.cell.pk, ["Đảng viên 01", "Đảng viên 02"], act=self.act())
        self.meeting = services.plan(self.cell.pk, [services.Plan("cell_meeting", TODAY)], act=self.act())[0]

    def act(self, day: date = TODAY, account: Account | None = None) -> Act:
        held = Post.objects.get(terms__account=account or self.head)
        return Act(
            (account or self.head).pk, held.pk, held.unit_id, day, datetime(day.year, day.month, day.day, tzinfo=UTC)
        )

    def begun(self) -> Meeting:
        return services.begin(self.meeting.pk, TODAY, time(19), seen=self.meeting.version, act=self.act())

    def attended(self, meeting: Meeting, *guests: int) -> Meeting:
        statuses = {one.pk: ("present", "") for one in self.roll}
        return services.attend(meeting.pk, statuses, guests, seen=meeting.version, act=self.act())


@told_once
def cell() -> Cell:
    return Cell()


def page(meeting: Meeting, verb: str = "meeting") -> str:
    return reverse(f"meetings:{verb}", args=[meeting.pk])


def test_a_whole_year_is_planned_at_once_and_what_is_planned_already_is_left(cell: Cell) -> None:
    days = [date(2023, month, 3) for month in range(4, 13)]
    made = services.plan(cell.cell.pk, [services.Plan("cell_meeting", day) for day in days], act=cell.act())
    assert [one.planned_on for one in made] == days[1:]
    assert made[0].agenda.count() == cell.meeting.agenda.count() > 3
    with pytest.raises(Refused, match="there_already"):
        services.plan(cell.cell.pk, [services.Plan("cell_meeting", days[2])], act=cell.act())


def test_it_is_moved_with_a_reason_and_not_into_the_past(cell: Cell) -> None:
    with pytest.raises(Refused, match="no_reason"):
        services.move(cell.meeting.pk, date(2023, 4, 5), " ", seen=1, act=cell.act())
    with pytest.raises(Refused, match="past"):
        services.move(cell.meeting.pk, date(2023, 4, 2), "Lũ", seen=1, act=cell.act())
    moved = services.move(cell.meeting.pk, date(2023, 4, 5), "Lũ", seen=1, act=cell.act())
    assert moved.moves.get().from_on == TODAY
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.cancel(moved.pk, "Lũ", seen=1, act=cell.act())


def test_minutes_are_adopted_only_with_a_conclusion_attendance_and_times(cell: Cell) -> None:
    meeting = cell.begun()
    with pytest.raises(Refused) as caught:
        services.adopt(meeting.pk, None, None, seen=meeting.version, act=cell.act())
    assert [one.code for one in caught.value.data["problems"]] == [
        "meetings.no_conclusion",
        "meetings.nobody_present",
        "meetings.no_times",
    ]
    services.write(meeting.pk, {"conclusion": "Thống nhất"}, {}, seen=1, act=cell.act())
    meeting = cell.attended(meeting)
    adopted = services.adopt(meeting.pk, time(19), time(20, 45), seen=meeting.version, act=cell.act())
    assert (adopted.state, adopted.minutes_on) == ("closed", TODAY)
    with pytest.raises(Refused, match="not_now"):
        services.write(meeting.pk, {"conclusion": "Khác"}, {}, seen=2, act=cell.act())


def test_what_comes_after_its_field_has_moved_on_is_kept_beside_until_somebody_chooses(cell: Cell) -> None:
    meeting = cell.begun()
    services.write(meeting.pk, {"conclusion": "Một"}, {}, seen=1, act=cell.act())
    saved = services.write(meeting.pk, {"conclusion": "Hai"}, {}, seen=1, act=cell.act())
    assert saved.late == ("conclusion",)
    assert Minutes.objects.get().content == {"conclusion": "Một"}
    meeting = cell.attended(meeting)
    with pytest.raises(Refused) as caught:
        services.adopt(meeting.pk, time(19), time(20, 45), seen=meeting.version, act=cell.act())
    assert [one.code for one in caught.value.data["problems"]] == ["meetings.kept_beside"]
    services.choose(LateValue.objects.get().pk, take=True, act=cell.act())
    assert Minutes.objects.get().content == {"conclusion": "Hai"}


def test_work_given_stands_in_the_next_meeting_until_it_is_done(cell: Cell, client: Client) -> None:
    meeting = cell.begun()
    task = services.give_task(meeting.pk, "Giúp đỡ quần chúng ưu tú", cell.roll[0].pk, None, act=cell.act())
    later = services.plan(cell.cell.pk, [services.Plan("cell_meeting", date(2023, 5, 3))], act=cell.act())[0]
    services.begin(later.pk, TODAY, None, seen=1, act=cell.act())
    sign_in(client, cell.head)
    assert "Giúp đỡ quần chúng ưu tú" in client.get(page(later)).content.decode()
    services.tell_task(later.pk, task.pk, done=True, result="Đã kết nạp", act=cell.act())
    assert Task.objects.get().state == "done"
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.tell_task(later.pk, task.pk, done=False, result="", act=cell.act())


def test_who_leaves_the_roll_stays_where_they_attended(cell: Cell) -> None:
    services.keep_roll(cell.cell.pk, ["Đảng viên 02", "Đảng viên 03"], act=cell.act(date(2023, 4, 4)))
    assert Participant.objects.get(name="Đảng viên 01").valid_to == date(2023, 4, 4)
    now = Participant.objects.on(date(2023, 4, 4)).order_by("position")
    assert [one.name for one in now] == ["Đảng viên 02", "Đảng viên 03"]


def test_who_came_and_left_on_the_day_of_a_meeting_stays_in_it_and_is_off_the_roll_tomorrow(cell: Cell) -> None:
    cell.attended(cell.begun())
    services.keep_roll(cell.cell.pk, ["Đảng viên 02"], act=cell.act())
    assert [one.name for one in queries.roll(cell.cell.pk, date(2023, 4, 4))] == ["Đảng viên 02"]
    assert len(queries.attendance(Meeting.objects.get(), TODAY)) == 2


def test_two_people_of_one_name_are_told_apart_and_never_taken_for_one(cell: Cell) -> None:
    with pytest.raises(Refused, match="named_twice"):
        services.keep_roll(cell.cell.pk, ["Nguyễn Văn An", "Nguyễn  Văn An"], act=cell.act())


def test_of_two_who_note_attendance_at_once_the_second_is_told(cell: Cell) -> None:
    meeting = cell.begun()
    cell.attended(meeting)
    with pytest.raises(Refused, match="changed_meanwhile"):
        cell.attended(meeting)


def test_what_was_wrong_with_a_form_is_in_sight(cell: Cell, client: Client) -> None:
    sign_in(client, cell.head)
    text = post(client, page(cell.meeting, "move"), 1, to="01/04/2023", reason="Lũ lụt").content.decode()
    opened = text[text.rfind("<details", 0, text.index("Lũ lụt")) :]
    assert opened.startswith('<details class="disclose" open>')
    assert text.count('<details class="disclose" open>') == 1


def test_words_of_meetings_are_not_those_of_units_and_documents(cell: Cell, client: Client) -> None:
    sign_in(client, cell.head)
    text = client.get(page(cell.meeting)).content.decode()
    assert "Chuyển ngày họp" in text
    assert "Chuyển trực thuộc" not in text
    services.cancel(cell.meeting.pk, "Lũ", seen=1, act=cell.act())
    assert "Đã thu hồi" not in client.get(page(cell.meeting)).content.decode()
    assert "Hạng" not in client.get(reverse("meetings:unit", args=[cell.cell.pk])).content.decode()


def test_an_address_with_no_such_year_shows_this_year(cell: Cell, client: Client) -> None:
    sign_in(client, cell.head)
    assert client.get(reverse("meetings:unit", args=[cell.cell.pk]), {"year": "20231"}).status_code == 200


def test_names_are_read_by_the_unit_and_by_who_attends_and_numbers_by_the_others(cell: Cell, client: Client) -> None:
    meeting = cell.begun()
    meeting = cell.attended(meeting)
    sign_in(client, cell.above)
    text = client.get(page(meeting)).content.decode()
    assert "Đảng viên 01" not in text
    assert "có mặt 2/2" in text
    cell.attended(meeting, Post.objects.get(terms__account=cell.above).pk)
    assert "Đảng viên 01" in client.get(page(meeting)).content.decode()


def test_the_whole_meeting_is_walked_through_its_page(cell: Cell, client: Client) -> None:
    sign_in(client, cell.head)
    meeting = cell.meeting
    assert client.get(reverse("meetings:unit", args=[cell.cell.pk])).status_code == 200
    assert post(client, page(meeting, "begin"), 1, on="04/04/2023").status_code == 422
    assert post(client, page(meeting, "begin"), 1, on="03/04/2023", began_at="19h").status_code == 302
    fields: dict[str, Any] = {f"status-{one.pk}": "present" for one in cell.roll}
    assert post(client, page(meeting, "attend"), 2, **fields).status_code == 302
    saved = post(client, page(meeting, "write"), 1, conclusion="Thống nhất", headers={"X-Script": "minutes"})
    assert saved.json() == {"version": 2, "late": []}
    assert post(client, page(meeting, "task"), 3, title="Giúp đỡ quần chúng").status_code == 302
    assert post(client, page(meeting, "adopt"), 3, began_at="19:00", ended_at="25:00").status_code == 422
    assert post(client, page(meeting, "adopt"), 3, began_at="19:00", ended_at="20:10").status_code == 302
    text = client.get(page(meeting)).content.decode()
    assert "70 phút, quy định tối thiểu 90 phút" in text
