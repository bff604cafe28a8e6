"""The leader's week: what lapsed, who was urged, what came of it; a week gone by as it was known then."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdfium2 import PdfDocument

from dondoc.accounts.models import Account, Post, Term
from dondoc.accounts.tests.people import actor, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services as directives
from dondoc.directives.models import Assignment
from dondoc.directives.tests.work import Place
from dondoc.obligations import services, tick
from dondoc.obligations.models import Doubt, Obligation
from dondoc.obligations.tests.test_tick import Cell
from dondoc.overview.week.assembling import Week, leaders_week, monday_of
from dondoc.overview.week.pages import sentence, sheet
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db

LAPSED = date(2023, 7, 3)
"""A Monday: June's last day was Friday the 30th, so its meeting lapsed on 1 July and is told on the working day after."""
MONDAY = date(2023, 6, 26)


@told_once
def cell() -> Cell:
    """June of the cell had no meeting."""
    made = Cell()
    day = date(2023, 6, 1)
    while day <= LAPSED:
        tick.step(day)
        day += timedelta(days=1)
    return made


def week(cell: Cell, begins: date = MONDAY, on: date = LAPSED, account: Account | None = None) -> Week:
    return leaders_week(actor(account or cell.leader, on), cell.commune.pk, begins, on)


@pytest.mark.parametrize(
    ("asked", "on", "monday"),
    [
        (None, date(2023, 7, 5), date(2023, 7, 3)),
        (None, date(2023, 7, 3), date(2023, 6, 26)),
        (date(2023, 6, 20), date(2023, 7, 5), date(2023, 6, 19)),
        (date(2023, 9, 1), date(2023, 7, 5), date(2023, 7, 3)),
    ],
)
def test_on_a_monday_the_week_that_is_over_is_shown(asked: date | None, on: date, monday: date) -> None:
    assert monday_of(asked, on) == monday


def test_what_lapsed_in_the_week_is_named_with_its_unit_and_counts_as_open(cell: Cell) -> None:
    found = week(cell)
    [line] = found.lines
    assert (line.unit.name, line.last_day, line.came) == ("Chi bộ 1", date(2023, 6, 30), "open")
    [unit] = found.units
    assert (unit.label.name, unit.lapsed, unit.open) == ("Chi bộ 1", 1, 1)
    assert (found.slipped, found.open_now) == (1, 1)


def test_a_week_gone_by_is_shown_as_it_was_known_and_the_later_one_tells_what_came_of_it(cell: Cell) -> None:
    [owed] = Obligation.objects.filter(code="meeting", begins_on=date(2023, 6, 1))
    day = date(2023, 7, 12)
    services.answer_excuse(owed.pk, True, "Lũ lụt", seen=owed.version, act=cell.act(day, cell.leader))
    before, after = week(cell, on=day), week(cell, date(2023, 7, 10), day)
    assert [line.came for line in before.lines] == ["open"]
    assert before.open_now == 1
    assert (after.lines, after.excused_before, after.open_now) == ((), 1, 0)


def test_nobody_sees_a_doubt_about_their_own_unit(cell: Cell) -> None:
    [owed] = Obligation.objects.filter(code="meeting", begins_on=date(2023, 6, 1))
    Doubt.objects.create(obligation=owed, code="nobody_there", data={"on": "2023-06-20"}, on=date(2023, 6, 28))
    assert [unit.name for _doubt, _words, unit in week(cell).doubts] == ["Chi bộ 1"]
    own = leaders_week(actor(cell.head, LAPSED), cell.cell.pk, MONDAY, LAPSED)
    assert own.doubts == ()


def test_a_vacant_post_below_is_on_the_page(cell: Cell) -> None:
    Term.objects.filter(post__unit=cell.cell).update(valid_to=date(2023, 6, 28))
    title = Post.objects.get(unit=cell.cell).title
    assert [(unit.name, titles) for unit, titles in week(cell).vacant] == [("Chi bộ 1", (title,))]


def test_who_urged_whom_and_whether_there_is_an_answer(client: Client) -> None:
    place = Place(day=date(2023, 4, 28))
    work = place.working("Xã A1", due_on=date(2023, 5, 10))
    place.day = date(2023, 5, 16)
    place.person("Tỉnh ủy", "clerk")
    follower = Assignment.objects.get(pk=work.pk)
    holders = place.holders(work)
    by = holders["follower"]
    place.person(by, "clerk")
    directives.chase(work.pk, text="Đề nghị báo cáo ngay", seen=follower.version, act=place.act(by, "clerk"))
    asked = place.actor("Tỉnh ủy", "leader")
    begins, on = date(2023, 5, 15), date(2023, 5, 21)
    [urged] = leaders_week(asked, place.unit("Tỉnh ủy"), begins, on).urged
    assert (urged.on, urged.unit.name, urged.words, urged.answered_on) == (place.day, "Xã A1", "Đề nghị báo cáo ngay", None)  # fmt: skip
    overdue = leaders_week(asked, place.unit("Tỉnh ủy"), date(2023, 5, 8), on)
    assert [(one.code, one.unit.name, one.came) for one in overdue.lines] == [("task", "Xã A1", "open")]


def test_the_week_is_asked_in_a_fixed_number_of_queries(cell: Cell) -> None:
    who = actor(cell.leader, LAPSED)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        leaders_week(who, cell.commune.pk, MONDAY, LAPSED)
    assert len(asked) <= 12


def test_the_page_and_its_paper_say_the_same(cell: Cell, client: Client) -> None:
    DemonstrationDay.objects.create(pk=1, day=LAPSED)
    sign_in(client, cell.leader)
    page = client.get(reverse("overview:week"))
    assert page.status_code == 200
    found = week(cell)
    assert sentence(found) in page.content.decode()
    paper = client.get(reverse("overview:week-paper"), {"week": "2023-06-26"})
    assert paper["Content-Type"] == "application/pdf"
    assert len(PdfDocument(paper.content)) == 1
    assert [table.title for table in sheet(found, "").tables if table.rows]


def test_a_unit_of_another_scope_has_no_week(cell: Cell, client: Client) -> None:
    DemonstrationDay.objects.create(pk=1, day=LAPSED)
    sign_in(client, cell.head)
    assert client.get(reverse("overview:week"), {"unit": cell.commune.pk}).status_code == 404
    assert client.get(reverse("overview:week")).status_code == 200
