"""Digests: one per person and working day, one after a missed week, the superior's for posts nobody can be reached in; the page and the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from dondoc.accounts.actors import actors_of
from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import actor, hold, post, sign_in
from dondoc.history.models import Event
from dondoc.lib.refusals import Refused
from dondoc.meetings.models import Meeting, Move
from dondoc.obligations.models import Obligation, Step
from dondoc.organisations.tests.trees import draw
from dondoc.regulations.models import Article, Duty, Version
from dondoc.reminders import feed, mail, queries, services
from dondoc.reminders.models import Choice, Digest
from dondoc.tests.told_once import told_once

NOW = datetime(2023, 7, 3, 1, tzinfo=UTC)
SATURDAY, MONDAY = date(2023, 7, 1), date(2023, 7, 3)


class Office:
    """A cell with a duty that lapsed on a Saturday and of which its head and, on paper, the commune's clerk are told."""

    def __init__(self) -> None:
        units = draw("Xã A\n  Chi bộ 1\n")
        self.cell, self.commune = units["Chi bộ 1"], units["Xã A"]
        self.head, self.second = hold(self.cell, "head"), hold(self.cell, "clerk")
        self.clerk = hold(self.commune, "clerk")
        Account.objects.update(last_login=datetime(2023, 5, 1, tzinfo=UTC))
        version = Version.objects.create(
            unit=self.cell, ordinal=1, title="Quy chế", holds_from=date(2023, 6, 1), approved_on=date(2023, 6, 1), recorded_at=NOW
        )  # fmt: skip
        article = Article.objects.create(version=version, number=2, heading="Sinh hoạt", text="Mỗi tháng một lần.")
        duty = Duty.objects.create(
            article=article, position=0, code="meeting", title="Họp chi bộ", evidence="cell_meeting", content={}, who="head"
        )  # fmt: skip
        self.owed = Obligation.objects.create(
            unit=self.cell, duty=duty, code="meeting", article=2, begins_on=date(2023, 6, 1), ends_on=date(2023, 7, 1),
            due_on=date(2023, 6, 30), last_day=date(2023, 6, 30), verdict="no_plan",
        )  # fmt: skip
        self.step("lapsed", SATURDAY)

    def step(self, code: str, day: date, audience: str = "head") -> None:
        Step.objects.create(obligation=self.owed, step=code, due_on=day, done_on=day, unit=self.cell, audience=audience)

    def codes(self, person: Account, day: date) -> list[str]:
        return [one.code for one in queries.items(actor(person, day), day)]


@told_once
def office() -> Office:
    return Office()


def test_what_lapsed_on_a_saturday_is_told_once_on_monday_and_not_again_while_nothing_changes(office: Office) -> None:
    assert services.write_digests(SATURDAY, NOW) == 0
    assert services.write_digests(MONDAY, NOW) == 2
    assert services.write_digests(MONDAY, NOW) == 0
    assert services.write_digests(MONDAY + timedelta(days=1), NOW) == 0
    digest = Digest.objects.get(account=office.head)
    assert digest.items == [
        {"key": f"obligation:{office.owed.pk}", "code": "lapsed", "rank": 20, "since": "2023-07-01"}
    ]
    assert Event.objects.filter(action="reminders.digests_written").count() == 1
    office.step("still_open", MONDAY + timedelta(days=5))
    assert services.write_digests(MONDAY + timedelta(days=7), NOW) == 2


def test_two_runs_at_once_write_one_digest_per_person(office: Office) -> None:
    people = list(Account.objects.filter(pk__in=[office.head.pk, office.second.pk]))
    assert services._write(people, MONDAY, NOW) == 2
    assert services._write(people, MONDAY, NOW) == 0
    assert Digest.objects.count() == 2


def test_ten_people_cost_no_more_queries_than_two(office: Office) -> None:
    more = [hold(office.cell, kind, title=f"{kind} {n}") for n in range(4) for kind in ("head", "clerk")]
    Account.objects.filter(pk__in=[one.pk for one in more]).update(last_login=NOW)
    two, ten = actors_of([office.head, office.second], MONDAY), actors_of([office.head, office.second, *more], MONDAY)
    with CaptureQueriesContext(connection) as few:
        assert [len(found) for found in queries.items_of(two, MONDAY).values()] == [1, 1]
    with CaptureQueriesContext(connection) as many:
        assert [len(found) for found in queries.items_of(ten, MONDAY).values()] == [1] * 10
    assert len(many) == len(few)


def test_who_never_signed_in_gets_no_digest_and_the_superior_reads_of_it(office: Office) -> None:
    Account.objects.filter(pk__in=[office.head.pk, office.second.pk]).update(last_login=None)
    Step.objects.create(
        obligation=office.owed, step="lapsed", due_on=SATURDAY, done_on=SATURDAY, unit=office.commune, audience="superior"
    )  # fmt: skip
    services.write_digests(MONDAY, NOW)
    assert list(Digest.objects.values_list("account", flat=True)) == [office.clerk.pk]


def test_what_nobody_at_a_unit_would_read_stands_on_the_superiors_list_on_paper_until_it_is_made_good(
    office: Office,
) -> None:
    assert queries.on_paper([office.commune.pk], MONDAY) == []
    Step.objects.update(on_paper=True)
    assert [(place.unit, n) for place, n in queries.on_paper([office.commune.pk], MONDAY)] == [(office.cell.pk, 1)]
    Obligation.objects.update(verdict="done")
    assert queries.on_paper([office.commune.pk], MONDAY) == []


def test_what_is_put_off_comes_back_with_a_higher_step_and_the_superior_sees_it(office: Office) -> None:
    key, act = f"obligation:{office.owed.pk}", actor(office.head, MONDAY).act(NOW)
    who = actor(office.head, MONDAY)
    for until in (MONDAY, MONDAY + timedelta(days=15)):
        with pytest.raises(Refused, match="no_day"):
            services.defer(who, key, "Chờ Bí thư về", until=until, act=act)
    services.defer(who, key, "Chờ Bí thư về", until=MONDAY + timedelta(days=10), act=act)
    assert office.codes(office.head, MONDAY) == []
    assert office.codes(office.second, MONDAY) == ["lapsed"]
    assert [one.reason for one in queries.deferred([office.commune.pk], MONDAY)] == ["Chờ Bí thư về"]
    office.step("still_open", MONDAY + timedelta(days=5))
    assert office.codes(office.head, MONDAY + timedelta(days=5)) == ["still_open"]


def test_what_is_handed_on_stands_with_the_other_post_of_the_same_unit_only(office: Office) -> None:
    key, who = f"obligation:{office.owed.pk}", actor(office.head, MONDAY)
    above = Post.objects.get(unit=office.commune)
    with pytest.raises(Refused, match="no_post"):
        services.defer(who, key, "Phân công", post=above.pk, act=who.act(NOW))
    other = Post.objects.get(terms__account=office.second)
    services.defer(who, key, "Phân công", post=other.pk, act=who.act(NOW))
    assert (office.codes(office.head, MONDAY), office.codes(office.second, MONDAY)) == ([], ["lapsed"])


def test_whoever_put_off_or_handed_on_takes_it_back_and_the_superior_sees_both(office: Office) -> None:
    key, who = f"obligation:{office.owed.pk}", actor(office.head, MONDAY)
    other = Post.objects.get(terms__account=office.second)
    row = services.defer(who, key, "Phân công", post=other.pk, act=who.act(NOW))
    stranger = actor(office.second, MONDAY)
    with pytest.raises(Refused, match="not_yours"):
        services.take_back(stranger, row.pk, act=stranger.act(NOW))
    assert [(one.pk, title) for one, title in queries.mine(who, MONDAY)] == [(row.pk, "Họp chi bộ")]
    services.take_back(who, row.pk, act=who.act(NOW))
    assert queries.mine(who, MONDAY) == []
    assert office.codes(office.head, MONDAY) == ["lapsed"]
    [seen] = queries.deferred([office.commune.pk], MONDAY)
    assert seen.ended_on == MONDAY
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.take_back(who, row.pk, act=who.act(NOW))


def test_a_hand_over_with_an_end_comes_back_by_itself(office: Office) -> None:
    key, who = f"obligation:{office.owed.pk}", actor(office.head, MONDAY)
    other, end = Post.objects.get(terms__account=office.second), MONDAY + timedelta(days=30)
    with pytest.raises(Refused, match="no_end"):
        services.defer(who, key, "Đi công tác", until=MONDAY, post=other.pk, act=who.act(NOW))
    services.defer(who, key, "Đi công tác", until=end, post=other.pk, act=who.act(NOW))
    assert office.codes(office.head, end - timedelta(days=1)) == []
    assert office.codes(office.head, end) == ["lapsed"]


def test_what_was_told_a_week_ago_and_has_not_changed_is_only_counted(client: Client, office: Office) -> None:
    services.write_digests(MONDAY, NOW)
    later = MONDAY + timedelta(days=9)
    duty = office.owed.duty
    fresh = Obligation.objects.create(
        unit=office.cell, duty=duty, code="papers", article=2, begins_on=date(2023, 7, 1), ends_on=date(2023, 8, 1),
        due_on=later, last_day=later, verdict="no_plan",
    )  # fmt: skip
    Step.objects.create(obligation=fresh, step="lapsed", due_on=later, done_on=later, unit=office.cell, audience="head")
    services.write_digests(later, NOW)
    digest = Digest.objects.get(account=office.head, day=later)
    lines, more, older = mail.named(digest)
    assert (len(lines), more, older) == (1, 0, 1)


def test_the_page_names_the_item_and_leads_to_what_to_do(client: Client, office: Office) -> None:
    sign_in(client, office.head)
    page = client.get(reverse("reminders:start"))
    assert page.status_code == 200
    assert "Họp chi bộ" in page.content.decode()
    assert reverse("obligations:obligation", args=[office.owed.pk]) in page.content.decode()


def test_e_mail_needs_an_address(client: Client, office: Office) -> None:
    sign_in(client, office.head)
    assert post(client, reverse("reminders:choose"), 0, by_mail="on").status_code == 422
    assert post(client, reverse("reminders:choose"), 0, by_mail="on", address="a@example.org").status_code == 302
    assert post(client, reverse("reminders:choose"), 0, address="").status_code == 409
    assert Choice.objects.get().by_mail


def test_a_calendar_has_a_secret_address_that_is_shown_once_and_can_be_revoked(client: Client, office: Office) -> None:
    cache.clear()
    sign_in(client, office.head)
    made = post(client, reverse("reminders:make-calendar"), 0)
    assert "no-store" in made["Cache-Control"]
    url = made.content.decode().split("/calendar/")[1].split(".ics")[0]
    address = reverse("reminders:calendar", args=[url])
    assert url not in Choice.objects.get().calendar
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "text/calendar; charset=utf-8",
        "no-store",
    )
    assert post(client, reverse("reminders:revoke-calendar"), 1).status_code == 302
    assert Client().get(address).status_code == 404
    codes = [Client().get(address).status_code for _ in range(70)]
    assert (codes[0], codes[-1]) == (404, 429)
    cache.clear()


def test_a_meeting_that_was_moved_and_cancelled_keeps_its_name_and_counts_on_in_the_calendar(office: Office) -> None:
    meeting = Meeting.objects.create(
        unit=office.cell, kind="cell_meeting", planned_on=MONDAY, recorded_on=SATURDAY, topic="Nội dung kín"
    )
    person = actor(office.head, MONDAY)

    def shown() -> tuple[str, int, str, date]:
        data = feed.feed(person, MONDAY)
        assert max(map(len, data.split(b"\r\n"))) <= 75, "lines are folded by octets"
        assert "kín" not in data.decode()
        [event] = [one for one in Calendar.from_ical(data).walk("VEVENT") if str(one["UID"]).startswith("meeting")]
        return str(event["UID"]), int(event.decoded("SEQUENCE")), str(event["STATUS"]), event.decoded("DTSTART")

    first = shown()
    assert first[1:] == (0, "CONFIRMED", MONDAY)
    later = MONDAY + timedelta(days=3)
    Move.objects.create(meeting=meeting, from_on=MONDAY, to_on=later, reason="x", decided_on=MONDAY)
    Meeting.objects.update(planned_on=later)
    assert shown() == (first[0], 1, "CONFIRMED", later)
    Meeting.objects.update(state="cancelled")
    assert shown() == (first[0], 2, "CANCELLED", later)
