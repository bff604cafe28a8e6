"""The desk: what needs whom today, what the one thing to do is, and that it stays readable and cheap."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import actor, hold, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.clock.services import run_to
from dondoc.directives import services
from dondoc.directives.models import Assignment
from dondoc.directives.tests.work import SAID, Place
from dondoc.intake.models import Draft
from dondoc.organisations.services.reorganise import merge
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.overview.home import SHOWN, Desk, desk
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db


@told_once
def place() -> Place:
    DemonstrationDay.objects.create(pk=1, day=SAID)
    return Place()


def codes(of: Desk) -> dict[str, int]:
    return {section.kind.code: section.total for section in of.sections}


def signed_in(account: Account) -> Account:
    Account.objects.filter(pk=account.pk).update(last_login="2023-01-01T00:00:00Z")
    return account


def test_a_new_assignment_waits_for_its_receiver_to_acknowledge_it(place: Place) -> None:
    place.issued("Xã A1")
    assert codes(desk(place.actor("Xã A1", "head"))) == {"acknowledge": 1}
    assert codes(desk(place.actor("Xã A2", "head"))) == {}


def test_a_reported_result_waits_for_the_verifier_and_no_longer_for_the_receiver(place: Place) -> None:
    place.reported("Xã A1")
    verifier = desk(place.actor("Huyện ủy A", "leader"))
    assert codes(verifier) == {"verify": 1}
    assert verifier.sentence
    assert codes(desk(place.actor("Xã A1", "head"))) == {}


def test_a_request_for_a_later_deadline_is_told_apart_from_a_result(place: Place) -> None:
    work = place.working("Xã A1")
    services.ask_extension(
        work.pk, new_due_on=date(2023, 9, 1), reason="Mưa lũ", seen=work.version, act=place.act("Xã A1", "head")
    )
    assert codes(desk(place.actor("Huyện ủy A", "leader"))) == {"extension": 1}


def test_what_is_not_due_soon_is_only_counted(place: Place) -> None:
    place.working("Xã A1", due_on=date(2023, 9, 1))
    place.working("Xã A1", due_on=date(2023, 5, 2))
    [section] = desk(place.actor("Xã A1", "head")).sections
    assert ([task.card.due for task in section.tasks], section.quiet, section.more) == ([date(2023, 5, 2)], 1, 0)


def test_a_section_shows_the_most_urgent_and_counts_the_rest(place: Place) -> None:
    for number in range(SHOWN + 2):
        place.issued("Xã A1", due_on=date(2023, 6, 30 - number))
    [section] = desk(place.actor("Xã A1", "head")).sections
    assert (len(section.tasks), section.total, section.more) == (SHOWN, SHOWN + 2, 2)
    assert section.tasks[0].card.due == date(2023, 6, 30 - SHOWN - 1)


def test_units_that_are_late_with_the_same_are_one_row(place: Place) -> None:
    directive = place.directive("Xã A1", "Xã A2", "Xã A3", receivers="localities")
    drafts = services.draft_assignments(
        [directive.pk], [place.unit(name) for name in ("Xã A1", "Xã A2", "Xã A3")], place.act("Tỉnh ủy", "clerk")
    )
    for one in drafts:
        one.refresh_from_db()
        services.save_field(one.pk, "due_on", "10/05/2023", seen=one.version, act=place.act("Tỉnh ủy", "clerk"))
    seen = dict(Assignment.objects.values_list("pk", "version"))
    services.approve(list(seen), seen=seen, act=place.act("Tỉnh ủy", "leader"))
    seen = dict(Assignment.objects.values_list("pk", "version"))
    services.issue(list(seen), oral=True, seen=seen, act=place.act("Tỉnh ủy", "clerk"))
    for unit in ("Xã A1", "Xã A2", "Xã A3"):
        signed_in(place.person(unit, "head"))
    signed_in(place.person("Huyện ủy A", "clerk"))
    place.day = date(2023, 5, 30)
    run_to(place.day)
    [group] = desk(place.actor("Huyện ủy A", "clerk")).chase
    assert len(group.lines) == 3


def test_a_superior_sees_vacant_posts_and_holders_who_never_signed_in(place: Place) -> None:
    for kind in ("head", "leader"):
        signed_in(place.person("Xã A1", kind))
    Post.objects.create(
        code="xa-a1-thieu", unit=place.units["Xã A1"], kind="clerk", title="Văn phòng xã A1", valid_from=SAID
    )
    found = {one.unit.name: one for one in desk(place.actor("Huyện ủy A", "leader")).unreached.units}
    assert found["Xã A1"].vacant == ("Văn phòng xã A1",)
    assert found["Xã A1"].absent == ()
    assert "head xa-a2" in found["Xã A2"].absent
    assert "Xã B1" not in found
    # The province sees its districts, not the districts' communes.
    assert {one.unit.name for one in desk(place.actor("Tỉnh ủy", "leader")).unreached.units} == {
        "Huyện ủy A",
        "Huyện ủy B",
    }


def test_only_ones_own_open_drafts_are_on_the_desk(place: Place) -> None:
    mine, other = place.person("Tỉnh ủy", "clerk"), place.person("Tỉnh ủy", "leader")
    for number, (account, state) in enumerate([(mine, "open"), (mine, "dropped"), (other, "open")]):
        Draft.objects.create(
            text=f"Văn bản {number}",
            digest=str(number),
            kind="article",
            owner=place.units["Tỉnh ủy"],
            created_by=account,
            created_on=SAID,
            state=state,
        )
    waiting = desk(place.actor("Tỉnh ủy", "clerk"))
    assert [draft.digest for draft in waiting.drafts] == ["0"]
    assert "1 văn bản đang kiểm tra" in waiting.sentence


def test_someone_with_several_posts_is_told_through_which_one_it_comes(place: Place) -> None:
    account = place.person("Xã A1", "head")
    hold(place.units["Xã A2"], "clerk", title="Văn phòng xã A2", account=account)
    place.issued("Xã A2")
    acting = Post.objects.get(unit=place.units["Xã A1"], kind="head")
    [section] = desk(actor(account, SAID, acting)).sections
    assert (section.tasks[0].via, section.tasks[0].at_once) == ("Văn phòng xã A2", False)


def test_the_page_acknowledges_in_place(place: Place, client: Client) -> None:
    work = place.issued("Xã A1")
    sign_in(client, place.person("Xã A1", "head"))
    page = client.get("/").content.decode()
    assert f'action="/directives/{work.pk}/acknowledge/"' in page
    assert f"{work.task[0].upper()}{work.task[1:]}" in page


def test_without_a_post_the_page_says_so(client: Client) -> None:
    DemonstrationDay.objects.create(pk=1, day=SAID)
    sign_in(client, Account.objects.create_user(username="khong-chuc-danh", label="A"))
    assert client.get("/").status_code == 200


def test_whoever_lost_the_post_with_the_unit_is_told_who_took_over(client: Client) -> None:
    units = draw("""
        Tỉnh K
          Xã A1
          Xã A2
    """)
    secretary = hold(units["Xã A1"], "head", title="Bí thư Đảng ủy xã A1")
    merge([units["Xã A1"]], into=units["Xã A2"], decision="số 1", effective_on=SAID, act=act_on(SAID))
    DemonstrationDay.objects.create(pk=1, day=SAID)
    sign_in(client, secretary)
    page = client.get("/").content.decode()
    assert "Bí thư Đảng ủy xã A1" in page
    assert f"kết thúc ngày {SAID - timedelta(days=1):%d/%m/%Y}" in page
    assert "đã chuyển cho Xã A2" in page


def test_the_desk_costs_the_same_however_much_waits(place: Place) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk(place.actor("Huyện ủy A", "leader"))
        return len(seen)

    for unit in ("Xã A1", "Xã A2"):
        place.reported(unit)
    first = cost()
    for unit in ("Xã A1", "Xã A2", "Xã A3") * 3:
        place.reported(unit)
    assert cost() == first
