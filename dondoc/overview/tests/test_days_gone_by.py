"""The pages on a day gone by: everything done up to and on that day is there, and nothing of a later day."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services, tick
from dondoc.directives.models import Assignment, Directive, Report
from dondoc.directives.services import ChildData, DocumentData
from dondoc.directives.tests.pages import SAID_ON, Told, issued, record, tell
from dondoc.lib.wording import day as written
from dondoc.tests.told_once import told_once
from dondoc.working_sessions.models import WorkingSession

pytestmark = pytest.mark.django_db
TODAY = date(2023, 7, 20)
DUE = date(2023, 5, 28)
LATER = date(2023, 6, 15)
WORDS = {
    date(2023, 5, 4): "412-TB/TU",
    date(2023, 5, 10): "Rà soát từng việc chậm",
    date(2023, 5, 15): "Đã họp cấp ủy, phân công từng người",
    date(2023, 5, 18): "Xin lùi vì mưa lũ",
    date(2023, 5, 22): "Đồng ý cho lùi một lần",
    date(2023, 5, 25): "Đề nghị gửi kế hoạch trong tuần",
    date(2023, 6, 5): "Chi bộ báo đã rà soát xong",
    date(2023, 6, 20): "Đã khắc phục toàn bộ",
    date(2023, 6, 22): "Còn thiếu biên bản kiểm tra",
    date(2023, 6, 26): "Đã bổ sung biên bản",
    date(2023, 6, 28): "Kết quả đạt yêu cầu",
    date(2023, 7, 3): "Phát hiện còn sót một việc",
    date(2023, 7, 8): "Đã làm nốt việc còn sót",
    date(2023, 7, 12): "Lần này đạt trọn vẹn",
}
"""What is first said on a day; nowhere does it stand on an earlier one."""
STANDS = {
    date(2023, 4, 28): "drafted",
    date(2023, 5, 3): "approved",
    date(2023, 5, 4): "not_started",
    date(2023, 5, 8): "in_progress",
    date(2023, 5, 21): "due_soon",
    date(2023, 5, 22): "in_progress",
    date(2023, 6, 8): "due_soon",
    date(2023, 6, 16): "overdue",
    date(2023, 6, 20): "reported",
    date(2023, 6, 22): "overdue",
    date(2023, 6, 26): "reported",
    date(2023, 6, 28): "accepted_late",
    date(2023, 7, 3): "overdue",
    date(2023, 7, 8): "reported",
    date(2023, 7, 12): "accepted_late",
}
"""How it stands from a day on, told by hand from the acts below."""


@dataclass(frozen=True, slots=True)
class Lived:
    """The story with the assignment that it is about and its part passed down."""

    told: Told
    work: Assignment
    part: Assignment


def acts(told: Told, work: Assignment) -> Iterator[tuple[date, Callable[[], object]]]:
    """Everything that happens to the assignment, in its order."""

    def fresh() -> dict[str, int]:
        return {"seen": Assignment.objects.get(pk=work.pk).version}

    def part() -> Assignment:
        return Assignment.objects.get(parent=work)

    def by(who: str, day: date) -> dict[str, object]:
        return {**fresh(), "act": told.act(who, day)}

    def at(month: int, day: int, who: str, verb: str, **given: object) -> tuple[date, Callable[[], object]]:
        on = date(2023, month, day)
        return on, lambda: getattr(services, verb)(work.pk, **given, **by(who, on))

    notice = DocumentData(told.units["Tỉnh ủy"].pk, "2020-2025", "TB/TU", 412, date(2023, 5, 4))
    cell = ChildData(told.units["Chi bộ thôn 1"].pk, WORDS[date(2023, 5, 10)], "Báo cáo", date(2023, 5, 20))
    say = {(day.month, day.day): text for day, text in WORDS.items()}
    on = date(2023, 5, 3)
    yield on, lambda: services.approve([work.pk], **by("leader", date(2023, 5, 3)))  # type: ignore[arg-type]
    yield (
        date(2023, 5, 4),
        lambda: services.issue([work.pk], document=notice, **by("clerk", date(2023, 5, 4))),  # type: ignore[arg-type]
    )
    yield at(5, 8, "Xã A1", "acknowledge")
    yield at(5, 10, "Xã A1", "pass_down", children=[cell])
    yield at(5, 15, "Xã A1", "report_progress", text=say[5, 15])
    yield at(5, 18, "Xã A1", "ask_extension", new_due_on=LATER, reason=say[5, 18])
    yield at(5, 22, "district", "answer_extension", granted=True, answer=say[5, 22])
    yield at(5, 25, "district", "chase", text=say[5, 25])
    yield (
        date(2023, 6, 5),
        lambda: services.report_result(
            part().pk, text=say[6, 5], seen=part().version, act=told.act("Chi bộ thôn 1", date(2023, 6, 5))
        ),
    )
    yield (
        date(2023, 6, 7),
        lambda: services.accept(part().pk, seen=part().version, act=told.act("Xã A1", date(2023, 6, 7))),
    )
    yield at(6, 20, "Xã A1", "report_result", text=say[6, 20])
    yield at(6, 22, "district", "return_result", reason=say[6, 22])
    yield at(6, 26, "Xã A1", "report_result", text=say[6, 26])
    yield at(6, 28, "district", "accept", remark=say[6, 28])
    yield at(7, 3, "district", "reopen", reason=say[7, 3])
    yield at(7, 8, "Xã A1", "report_result", text=say[7, 8])
    yield at(7, 12, "district", "accept", remark=say[7, 12])


@told_once
def lived() -> Lived:
    """Tell the story and do everything that happens in it, day after day."""
    told = tell()
    session = WorkingSession.objects.create(
        pk=1, on=SAID_ON, led_by=told.units["Tỉnh ủy"], leader_title="Phó Bí thư Tỉnh ủy", topic="xây dựng Đảng"
    )
    session.leader_post_id = told.directives[0].author_post_id
    session.save()
    session.units.set([told.units[name] for name in ("Xã A1", "Xã A2", "Xã A3")])
    session.sources.add(told.directives[0].source)
    work = told.assignment("Xã A1")
    day = SAID_ON
    for on, act in acts(told, work):
        while day < on:
            day += timedelta(days=1)
            tick.step(day)
        act()
    tick.step(TODAY)
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    return Lived(told, Assignment.objects.get(pk=work.pk), Assignment.objects.get(parent=work))


def main(client: Client, url: str, on: date, **more: str) -> str:
    """The page's own part on a day, without the frame."""
    answer = client.get(url, {"on": written(on), **more})
    assert answer.status_code == 200, (url, on)
    return answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def standing(on: date) -> str:
    return [code for since, code in sorted(STANDS.items()) if since <= on][-1]


def word(code: str) -> str:
    """The word of a state, as it stands in the lead of the assignment's page."""
    from dondoc.web import states

    return str(states.word(code))


def days() -> list[date]:
    """Every day on which something happened or a standing changed, and its eve."""
    changes = {*WORDS, *STANDS, date(2023, 5, 20), date(2023, 6, 7)}
    return sorted({one - timedelta(days=back) for one in changes for back in (0, 1)})


def test_the_page_of_an_assignment_tells_what_had_happened_by_the_day_and_no_more(client: Client, lived: Lived) -> None:
    sign_in(client, lived.told.people["clerk"])
    url = reverse("directives:assignment", args=[lived.work.pk])
    for on in days():
        text = main(client, url, on)
        if on < SAID_ON:
            assert "Đến ngày 27/04/2023 chưa có nhiệm vụ này." in text
            assert lived.work.task not in text
            continue
        said = {words for words in WORDS.values() if words in text}
        # What the part's own report says stands on the part's page.
        assert said == {WORDS[day] for day in WORDS if day <= on} - {WORDS[date(2023, 6, 5)]}, on
        lead = text.split('<p class="lead">')[1].split("</p>")[0]
        shown = "Quá hạn" if standing(on) == "overdue" else word(standing(on))
        assert shown in lead, (on, lead)
        deadline = LATER if on >= date(2023, 5, 22) else DUE
        assert f"{written(deadline)}" in text.split("Thời hạn</dt>")[1].split("</dd>")[0], on
        entries = re.findall(r'<li class="timeline-day"><time datetime="([^"]+)">', text)
        # Drafts leave no entries: the first one is the approval.
        assert bool(entries) is (on >= date(2023, 5, 3))
        assert all(date.fromisoformat(one) <= on for one in entries)
        assert ("<form" in text) is False, on


def pages(lived: Lived) -> dict[str, tuple[str, dict[str, str]]]:
    """The pages on which the assignment or its part is shown."""
    return {
        "assignment": (reverse("directives:assignment", args=[lived.work.pk]), {}),
        "part": (reverse("directives:assignment", args=[lived.part.pk]), {}),
        "list": (reverse("directives:list"), {"part": "all"}),
        "sessions": (reverse("working_sessions:list"), {}),
        "session": (reverse("working_sessions:page", args=[1]), {}),
        "unit": (reverse("overview:unit", args=[lived.told.units["Xã A1"].pk]), {}),
        "unit of the part": (reverse("overview:unit", args=[lived.told.units["Chi bộ thôn 1"].pk]), {}),
        "leader": (reverse("overview:leader"), {}),
    }


PASSED_DOWN, REPORTED_BELOW = date(2023, 5, 10), date(2023, 6, 5)
TOLD_ON = {
    "part": [PASSED_DOWN, REPORTED_BELOW],
    "list": [PASSED_DOWN],
    "unit": [day for day in WORDS if day > PASSED_DOWN and day != REPORTED_BELOW],
    "unit of the part": [PASSED_DOWN, REPORTED_BELOW],
    "leader": [day for day in WORDS if day >= PASSED_DOWN],
}
"""Days on which a page says something for the first time. The page of the assignment has a test of its own, the sessions tell no words."""


@pytest.mark.parametrize("page", TOLD_ON)
def test_what_is_said_on_a_day_stands_on_no_page_on_its_eve(client: Client, lived: Lived, page: str) -> None:
    sign_in(client, lived.told.people["clerk"])
    url, more = pages(lived)[page]
    for day in TOLD_ON[page]:
        eve = main(client, url, day - timedelta(days=1), **more)
        assert not [words for said, words in WORDS.items() if said >= day and words in eve], day


@pytest.mark.parametrize("page", ["part", "list", "unit of the part"])
def test_what_is_said_on_a_day_stands_on_the_page_of_that_day(client: Client, lived: Lived, page: str) -> None:
    sign_in(client, lived.told.people["clerk"])
    url, more = pages(lived)[page]
    for day in TOLD_ON[page]:
        assert WORDS[day] in main(client, url, day, **more), day


@pytest.mark.parametrize("who", ["clerk", "Xã A1", "district"])
def test_no_page_says_to_anybody_on_a_day_what_was_said_later(client: Client, lived: Lived, who: str) -> None:
    sign_in(client, lived.told.people[who])
    for on in (date(2023, 5, 17), date(2023, 6, 25)):
        later = [words for day, words in WORDS.items() if day > on]
        for url, more in pages(lived).values():
            text = main(client, url, on, **more)
            assert not [words for words in later if words in text], (url, on)


def states(text: str, url: str) -> list[str]:
    """The words of state in the rows that lead to the assignment."""
    found = []
    for row in re.split(r"<(?:li|tr)\b", text):
        if f'href="{url}' in row:
            found += re.findall(r'<span class="state [^"]*"><svg.*?</svg>([^<]+)</span>', row)
    return found


def test_lists_and_sessions_show_each_state_from_its_day_on(client: Client, lived: Lived) -> None:
    sign_in(client, lived.told.people["clerk"])
    url = reverse("directives:assignment", args=[lived.work.pk])
    listing: tuple[str, dict[str, str]] = (reverse("directives:list"), {"part": "all", "q": lived.work.task})
    session: tuple[str, dict[str, str]] = (reverse("working_sessions:page", args=[1]), {})
    for since, following in pairwise([*sorted(STANDS), TODAY]):
        eve = following - timedelta(days=1)
        # Both take the state from one place; that it stays to its last day is read in one of them, but for what the calendar changes.
        by_calendar = STANDS.get(following) in {"due_soon", "overdue"}
        for on in {since, eve}:
            for address, more in (listing, session) if on == since or by_calendar else (listing,):
                assert states(main(client, address, on, **more), url) == [word(standing(on))], (address, on)


@pytest.mark.parametrize("page", ["unit", "leader"])
def test_the_unit_and_the_leader_see_it_from_its_issue_on(client: Client, lived: Lived, page: str) -> None:
    sign_in(client, lived.told.people["leader"])
    url = reverse("directives:assignment", args=[lived.work.pk])
    for on in STANDS:
        expected = {word(standing(on))} if on >= date(2023, 5, 4) else set()
        text = main(client, pages(lived)[page][0], on)
        assert set(states(re.split(r'<section class="section" id="timeline"', text)[0], url)) == expected, on
        assert on not in TOLD_ON[page] or WORDS[on] in text, on


def test_how_far_a_deadline_is_stands_only_where_it_runs(client: Client, lived: Lived) -> None:
    """A completed work says how late it came; that its deadline lies 20 days back is nobody's business any more."""
    sign_in(client, lived.told.people["clerk"])
    session = reverse("working_sessions:page", args=[1])
    url = reverse("directives:assignment", args=[lived.work.pk])

    def row(on: date) -> str:
        return next(row for row in main(client, session, on).split("<li") if f'href="{url}' in row)

    assert "(quá hạn 1 ngày)" in row(date(2023, 6, 16))
    assert "(còn 15 ngày)" in row(date(2023, 5, 31))
    late = row(date(2023, 6, 30))
    assert word("accepted_late") in late
    assert "hạn <time" in late
    assert "(chậm 11 ngày)" in late
    assert "(quá hạn" not in late
    assert "(quá hạn" not in row(date(2023, 6, 21))


def test_nothing_is_done_on_another_day_than_today(client: Client, lived: Lived) -> None:
    part = Assignment.objects.filter(state="drafted").first()
    assert part is not None
    sign_in(client, lived.told.people["leader"])
    listing = reverse("directives:list")
    assert 'formaction="/directives/approve/"' in main(client, listing, TODAY, part="approve")
    before = main(client, listing, TODAY - timedelta(days=1), part="approve")
    assert part.task in before.replace("&#x27;", "'") or 'class="list-title"' in before
    assert 'method="post"' not in before
    sign_in(client, lived.told.people["district"])
    url = reverse("directives:assignment", args=[lived.work.pk])
    assert 'method="post"' in main(client, url, TODAY)
    assert 'method="post"' not in main(client, url, TODAY - timedelta(days=1))


def test_the_lists_of_a_day_gone_by_hold_what_waited_then(client: Client, lived: Lived) -> None:
    url = reverse("directives:assignment", args=[lived.work.pk])

    def listed(who: str, part: str, on: date) -> bool:
        sign_in(client, lived.told.people[who])
        return f'href="{url}' in main(client, reverse("directives:list"), on, part=part)

    cases = [
        ("leader", "approve", date(2023, 5, 2), date(2023, 5, 3)),
        ("clerk", "issue", date(2023, 5, 3), date(2023, 5, 4)),
        ("district", "verify", date(2023, 6, 21), date(2023, 6, 22)),
        ("district", "verify", date(2023, 5, 21), date(2023, 5, 22)),
        ("district", "follow", date(2023, 7, 4), date(2023, 7, 12)),
    ]
    for who, part, there, gone in cases:
        assert listed(who, part, there), (who, part, there)
        assert not listed(who, part, gone), (who, part, gone)
    assert not listed("Xã A1", "received", date(2023, 5, 3))
    assert listed("Xã A1", "received", date(2023, 5, 4))


def test_a_day_gone_by_costs_the_same_however_much_there_is(client: Client, lived: Lived) -> None:
    on = {"on": written(date(2023, 6, 25))}
    addresses: dict[str, dict[str, str]] = {
        reverse("directives:assignment", args=[lived.work.pk]): on,
        reverse("directives:list"): on | {"part": "all"},
        reverse("working_sessions:page", args=[1]): on,
    }
    sign_in(client, lived.told.people["clerk"])

    def costs() -> dict[str, int]:
        found = {}
        for url, query in addresses.items():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url, query).status_code == 200
            found[url] = len(queries)
        return found

    costs()
    before = costs()
    told = lived.told
    communes = [told.units[name] for name in ("Xã A1", "Xã A2", "Xã A3")]
    record(told.units, told.people, communes, 2, date(2023, 5, 4))
    Directive.objects.filter(origin_key=2).update(origin_key=1)
    issued(told, date(2023, 5, 5))
    Report.objects.bulk_create(
        Report(
            assignment=lived.work,
            is_result=False,
            text=str(n),
            on=date(2023, 6, 25),
            by=one.by,
            post=one.post,
            unit=one.unit,
        )
        for n, one in enumerate([lived.work.reports.first()] * 5)
        if one is not None
    )
    assert costs() == before
