"""A regulation is written from a model, changed, and holds once the head of the unit approved it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.history.models import Entry, Event
from dondoc.history.services import Act
from dondoc.lib.refusals import Refused
from dondoc.organisations.tests.trees import draw
from dondoc.regulations import queries, services
from dondoc.regulations.content import models
from dondoc.regulations.models import Draft, DraftPart, Duty, Version
from dondoc.regulations.numbers import Number
from dondoc.regulations.rules import Kind
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
MODEL = "commune_before_2025"


class Office:
    """A commune below its district, with a head and a clerk, and a commune beside it."""

    def __init__(self) -> None:
        self.units = draw("Tỉnh ủy\n  Huyện ủy A\n    Xã A1\n    Xã A2\n")
        self.head, self.clerk = hold(self.units["Xã A1"], "head"), hold(self.units["Xã A1"], "clerk")

    def pk(self, name: str) -> int:
        return self.units[name].pk

    def act(self, account: Account | None = None, day: date = DAY) -> Act:
        account = account or self.head
        held = Post.objects.get(terms__account=account)
        return Act(account.pk, held.pk, held.unit_id, day, datetime(day.year, day.month, day.day, 3, tzinfo=UTC))

    def begun(self, **head: str) -> Draft:
        draft = services.begin(self.pk("Xã A1"), MODEL, act=self.act())
        services.save(draft.pk, head or {"holds_from": "01/05/2023"}, {}, seen=1, act=self.act())
        draft.refresh_from_db()
        return draft

    def approve(self, draft: Draft, number: Number | None = None, day: date = DAY) -> Version:
        draft.refresh_from_db()
        return services.approve(draft.pk, number, seen=draft.version, act=self.act(day=day))


@told_once
def office() -> Office:
    return Office()


def refused(code: str, call: Any, *args: Any, **given: Any) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    assert caught.value.code == f"regulations.{code}"
    assert Entry.objects.count() == before


def test_a_draft_is_no_record_and_becomes_one_when_it_is_approved(office: Office) -> None:
    draft = office.begun()
    assert not Event.objects.filter(action__startswith="regulations").exists()
    made = office.approve(draft, Number("2020-2025", "QC/ĐU", 1, DAY))
    assert (made.ordinal, made.holds_from, str(made.document)) == (1, date(2023, 5, 1), "01-QC/ĐU")
    written = Duty.objects.filter(article__version=made).values_list("code", flat=True)
    assert list(written) == [duty.code for article in models()[MODEL].articles for duty in article.duties]
    assert queries.in_force([office.pk("Xã A1")], date(2023, 4, 30)) == {}
    assert queries.in_force([office.pk("Xã A1")], date(2023, 5, 1)) == {office.pk("Xã A1"): made}


def test_a_change_is_a_version_from_a_later_day_and_the_first_stays_readable(office: Office) -> None:
    first = office.approve(office.begun())
    draft = services.amend(first, act=office.act())
    refused("incomplete", office.approve, draft)
    services.save(draft.pk, {"reason": "Họp hằng quý", "holds_from": "01/05/2023"}, {}, seen=1, act=office.act())
    refused("holds_before_the_last", office.approve, draft)
    services.save(draft.pk, {"holds_from": "01/06/2023"}, {}, seen=draft.version, act=office.act())
    second = office.approve(draft)
    codes = [list(queries.duties(one).values_list("code", flat=True)) for one in (first, second)]
    assert codes[0] == codes[1]
    held = [queries.in_force([office.pk("Xã A1")], day)[office.pk("Xã A1")].ordinal for day in (date(2023, 5, 31), date(2023, 6, 1))]  # fmt: skip
    assert held == [1, 2]


def test_a_unit_writes_one_draft_at_a_time(office: Office) -> None:
    office.begun()
    refused("draft_is_open", services.begin, office.pk("Xã A1"), MODEL, act=office.act())


def test_what_came_too_late_is_kept_beside_until_somebody_chooses(office: Office) -> None:
    draft = office.begun()
    services.save(draft.pk, {"title": "Quy chế mới"}, {}, seen=draft.version, act=office.act())
    saved = services.save(draft.pk, {"title": "Quy chế khác"}, {}, seen=draft.version, act=office.act(office.clerk))
    assert saved.late == ("title",)
    late = draft.late_values.get()
    assert services.choose(late.pk, take=True, was="Quy chế cũ", act=office.act()).late == ("title",)
    services.choose(late.pk, take=True, was="Quy chế mới", act=office.act())
    draft.refresh_from_db()
    assert draft.content["title"] == "Quy chế khác"
    assert not draft.late_values.exists()


def test_a_cadence_that_a_person_wrote_does_not_stand_on_the_models_source(office: Office) -> None:
    draft = office.begun()
    duty = DraftPart.objects.get(draft=draft, content__code="conference")
    assert duty.content["verified"] == "1"
    services.save_part(duty.pk, {"day": "15"}, {"day": "31"}, seen=draft.version, act=office.act())
    duty.refresh_from_db()
    assert duty.content["verified"] == ""


def test_duties_that_a_unit_adds_get_names_of_their_own(office: Office) -> None:
    draft = office.begun()
    article = DraftPart.objects.filter(draft=draft, kind=Kind.ARTICLE).first()
    assert article is not None
    for _ in range(2):
        duty = services.add(draft.pk, Kind.DUTY, article.pk, act=office.act())
        given = {"title": "Đọc báo Đảng", "evidence": "declared"}
        services.save_part(duty.pk, given, {}, seen=draft.version + 9, act=office.act())
    made = office.approve(draft)
    added = queries.duties(made).filter(title="Đọc báo Đảng").values_list("code", flat=True)
    assert list(added) == ["doc_bao_dang", "doc_bao_dang_2"]


def test_an_article_that_somebody_changed_meanwhile_is_not_taken_out(office: Office) -> None:
    draft = office.begun()
    duty = DraftPart.objects.get(draft=draft, content__code="briefing")
    services.save_part(duty.pk, {"title": "Giao ban"}, {}, seen=draft.version, act=office.act())
    assert duty.under_id is not None
    refused("part_changed", services.remove, duty.under_id, seen=draft.version, act=office.act())
    services.remove(duty.under_id, seen=draft.version + 1, act=office.act())
    assert not DraftPart.objects.filter(pk=duty.pk).exists()


def test_a_stale_approval_and_a_dead_unit_are_refused(office: Office) -> None:
    draft = office.begun(holds_from="01/01/1950")
    refused("draft_changed", services.approve, draft.pk, None, seen=draft.version - 1, act=office.act())
    refused("unit_not_alive", office.approve, draft)
    refused("no_day", services.save, draft.pk, {"holds_from": "31/02/2023"}, {}, seen=9, act=office.act())
    services.drop(draft.pk, seen=draft.version, act=office.act())
    refused("no_draft_any_more", services.approve, draft.pk, None, seen=draft.version, act=office.act())


def test_the_walk_on_the_pages_from_the_model_to_the_approved_regulation(office: Office, client: Client) -> None:
    sign_in(client, office.clerk)
    unit = office.pk("Xã A1")
    page = client.get(f"/regulations/{unit}/").content.decode()
    assert "chưa có quy chế làm việc có hiệu lực" in page
    assert post(client, f"/regulations/{unit}/begin/", 0, model=MODEL).status_code == 302
    draft = Draft.objects.get()
    post(client, f"/regulations/drafts/{draft.pk}/save/", 1, holds_from="01/05/2023")
    assert "đã có thể phê duyệt" in client.get(f"/regulations/drafts/{draft.pk}/").content.decode()
    assert post(client, f"/regulations/drafts/{draft.pk}/approve/", 2).status_code == 403
    sign_in(client, office.head)
    assert post(client, f"/regulations/drafts/{draft.pk}/approve/", 2, number="1").status_code == 422
    assert post(client, f"/regulations/drafts/{draft.pk}/approve/", 2).status_code == 302
    assert "Giao ban Thường trực" in client.get(f"/regulations/{unit}/?on=01/05/2023").content.decode()
    assert "chưa có quy chế làm việc" in client.get(f"/regulations/{unit}/?on=30/04/2023").content.decode()
    # Approved on 28 April for 1 May: until then it is named, and nobody is asked to begin again.
    today = client.get(f"/regulations/{unit}/").content.decode()
    assert "01/05/2023" in today
    assert "Dùng mẫu này" not in today


def test_a_neighbour_sees_nothing_and_a_superior_sees_who_has_none(
    office: Office, client: Client, django_assert_max_num_queries: Any
) -> None:
    made = office.approve(office.begun())
    sign_in(client, hold(office.units["Xã A2"], "head"))
    assert client.get(f"/regulations/{office.pk('Xã A1')}/").status_code == 404
    assert client.get(f"/regulations/versions/{made.pk}/").status_code == 404
    sign_in(client, hold(office.units["Huyện ủy A"], "clerk"))
    with django_assert_max_num_queries(25):
        page = client.get(f"/regulations/{office.pk('Huyện ủy A')}/?on=01/05/2023").content.decode()
    assert "1 đơn vị chưa có quy chế làm việc" in page
    assert client.get(f"/regulations/drafts/{made.draft.pk}/").status_code == 404
