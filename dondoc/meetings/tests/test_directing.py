"""A meeting demands something of units below, a unit with meetings ends, and those in charge of cells attend each of them."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.directives.models import Assignment
from dondoc.lib.evidence import Evidence
from dondoc.lib.refusals import Refused
from dondoc.meetings import evidence, queries, services
from dondoc.meetings.models import Charge, Meeting
from dondoc.organisations.models import Unit
from dondoc.organisations.services import merge, revoke
from dondoc.organisations.tests.trees import draw
from dondoc.tests.told_once import told_once

from .test_meetings import TODAY, Cell

JUNE = date(2023, 6, 1)


class Commune(Cell):
    """The same cell, a second one beside it, and a member of the commune's committee."""

    def __init__(self) -> None:
        super().__init__()
        self.other = draw("Xã B\n  Chi bộ 2\n")["Chi bộ 2"]
        self.member = hold(self.units["Xã A"], "board", title="Ủy viên Ban Chấp hành")
        self.post = Post.objects.get(terms__account=self.member)

    def committee(self) -> Meeting:
        """A meeting of the commune's committee that is under way."""
        act = self.act(account=self.above)
        made = services.plan(self.units["Xã A"].pk, [services.Plan("committee_meeting", TODAY)], act=act)[0]
        return services.begin(made.pk, TODAY, time(8), seen=made.version, act=act)

    def held(self, unit: Unit, head: Account, day: date, *guests: int) -> Meeting:
        """A meeting of a cell on a day, with these posts from above."""
        made = services.plan(unit.pk, [services.Plan("cell_meeting", day)], act=self.act(account=head))[0]
        made = services.begin(made.pk, day, None, seen=made.version, act=self.act(day, head))
        return services.attend(made.pk, {}, guests, seen=made.version, act=self.act(day, head))

    def attends(self, month: date) -> list[date]:
        """The days that prove for a month that the commune's members were at their cells."""
        end = month.replace(month=month.month + 1)
        proofs = evidence.found([self.units["Xã A"].pk], month, end)
        return [one.on for one in proofs if one.kind is Evidence.ATTENDS_CELL and one.on]


@told_once
def commune() -> Commune:
    return Commune()


def test_what_a_committee_demands_of_a_cell_becomes_its_assignment_and_leads_back_to_the_meeting(
    commune: Commune, client: Client
) -> None:
    meeting = commune.committee()
    sign_in(client, commune.above)
    form = client.get(reverse("meetings:direct", args=[meeting.pk])).content.decode()
    assert "Chi bộ 1" in form
    url = reverse("meetings:enter-directive", args=[meeting.pk])
    assert post(client, url, 2, text="Rà soát quần chúng ưu tú", units="999999").status_code == 422
    answer = post(client, url, 2, text="Rà soát quần chúng ưu tú", units=str(commune.cell.pk), due_on="30/05/2023")
    assert answer["Location"] == f"/directives/prepare/meeting/{meeting.pk}/"
    one = Assignment.objects.get()
    assert (one.due_on, one.state, one.directive.text) == (date(2023, 5, 30), "drafted", "Rà soát quần chúng ưu tú")
    assert "Rà soát quần chúng ưu tú" in client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    assert f"/meetings/{meeting.pk}/" in client.get(answer["Location"]).content.decode()


def test_a_cell_has_nobody_below_to_whom_its_meeting_gives_a_task(commune: Commune, client: Client) -> None:
    meeting = commune.begun()
    sign_in(client, commune.head)
    assert "Giao nhiệm vụ cho đơn vị" not in client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    with pytest.raises(Refused, match="no_task"):
        services.direct_units(meeting.pk, "Rà soát", [], None, act=commune.act())


def test_a_unit_that_ends_meets_no_more_its_work_is_asked_about_by_the_heir_and_all_comes_back_when_revoked(
    commune: Commune,
) -> None:
    begun = commune.begun()
    task = services.give_task(begun.pk, "Giúp đỡ quần chúng", None, None, act=commune.act())
    may, july = services.plan(
        commune.cell.pk,
        [services.Plan("cell_meeting", date(2023, 5, 3)), services.Plan("cell_meeting", date(2023, 7, 3))],
        act=commune.act(),
    )
    services.put_in_charge(commune.cell.pk, commune.post.pk, act=commune.act(account=commune.above))
    made = merge([commune.cell.pk], into=commune.other.pk, decision="QĐ", effective_on=JUNE, act=commune.act())
    states = {one.pk: one.state for one in Meeting.objects.all()}
    assert (states[begun.pk], states[may.pk], states[july.pk]) == ("open", "planned", "cancelled")
    assert Meeting.objects.get(pk=july.pk).cancelled_because == "Đơn vị kết thúc hoạt động ngày 01/06/2023."
    assert Charge.objects.get().valid_to == JUNE
    later = Meeting.objects.create(
        unit=commune.other, kind="cell_meeting", planned_on=date(2023, 6, 3), recorded_on=JUNE
    )
    assert queries.open_tasks(later) == [task]
    revoke(made, decision="QĐ hủy", act=commune.act())
    assert Meeting.objects.get(pk=july.pk).state == "planned"
    assert Charge.objects.get().valid_to is None
    assert queries.open_tasks(later) == []


def test_who_is_in_charge_of_two_cells_has_to_be_at_both_that_met(commune: Commune) -> None:
    above = commune.act(account=commune.above)
    services.put_in_charge(commune.cell.pk, commune.post.pk, act=above)
    services.put_in_charge(commune.other.pk, commune.post.pk, act=above)
    other = hold(commune.other, "head")
    commune.held(commune.cell, commune.head, date(2023, 5, 3), commune.post.pk)
    assert commune.attends(date(2023, 5, 1)) == [date(2023, 5, 3)]
    missed = commune.held(commune.other, other, date(2023, 5, 10))
    assert commune.attends(date(2023, 5, 1)) == []
    services.attend(missed.pk, {}, [commune.post.pk], seen=missed.version, act=commune.act(date(2023, 5, 10), other))
    assert commune.attends(date(2023, 5, 1)) == [date(2023, 5, 10)]
    assert commune.attends(date(2023, 6, 1)) == []


def test_who_was_invited_is_told_anew_when_the_day_moves(commune: Commune) -> None:
    meeting = services.invite(commune.meeting.pk, "Kết nạp", [], seen=1, act=commune.act())
    assert meeting.invited_on == TODAY
    moved = services.move(meeting.pk, date(2023, 4, 10), "Lũ", seen=meeting.version, act=commune.act())
    assert (moved.invited_on, moved.state) == (None, "planned")


def test_the_days_of_a_year_are_looked_at_before_any_is_planned(commune: Commune, client: Client) -> None:
    sign_in(client, commune.head)
    asked = {
        "kind": "cell_meeting",
        "since": "03/04/2023",
        "repeat": "1",
        "working": "on",
        "thematic": "on",
        "starts_at": "19h",
    }
    text = client.get(reverse("meetings:preview", args=[commune.cell.pk]), asked).content.decode()
    assert "đã có trong lịch" in text
    assert "thay cho Thứ Bảy, 03/06/2023" in text
    assert Meeting.objects.count() == 1
    days = ["03/05/2023", "", "10/07/2023"]
    url = reverse("meetings:plan", args=[commune.cell.pk])
    answer = client.post(
        url, {"seen": 0, "key": "a" * 20, "kind": "cell_meeting", "starts_at": "19:00", "place": "", "day": days}
    )
    assert answer.status_code == 302
    assert [one.planned_on for one in Meeting.objects.order_by("planned_on")] == [
        TODAY,
        date(2023, 5, 3),
        date(2023, 7, 10),
    ]
    for wrong in (["32/13/2023"], ["", ""]):
        bad = client.post(url, {"seen": 0, "key": "b" * 20 + wrong[0], "kind": "cell_meeting", "day": wrong})
        assert bad.status_code in (302, 422)
    assert Meeting.objects.count() == 3


def test_the_invitation_shows_the_agenda_of_the_guidance_in_force(commune: Commune, client: Client) -> None:
    sign_in(client, commune.head)
    text = client.get(reverse("meetings:meeting", args=[commune.meeting.pk])).content.decode()
    assert commune.meeting.agenda.count() == 16
    assert "Cử thư ký" in text
