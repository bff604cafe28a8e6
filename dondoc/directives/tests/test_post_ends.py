"""Ending a post, or someone's time in it, shows what stays open and to whom it passes, as it is on the day of the end."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.models import Account, Post, Term
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import queries, rules, services
from dondoc.directives.models import Assignment
from dondoc.directives.tests.work import SAID, Place
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Merge
from dondoc.organisations.tests.trees import act_on

pytestmark = pytest.mark.django_db
NEXT = SAID + timedelta(days=20)


def place(drawing: str) -> Place:
    """The units drawn, without the posts that a place makes by itself: who holds what is the case."""
    made = Place(drawing)
    Term.objects.all().delete()
    Post.objects.all().delete()
    Account.objects.all().delete()
    made.people.clear()
    return made


def passes(drawing: str, posts: str, ends: str, day: date = SAID) -> str:
    """To whom the open assignment of Xã A1 passes. `posts`: "unit: kind title[, vacant]" in lines; `ends`: the title of the post that ends."""
    made = place(drawing)
    for line in filter(None, posts.splitlines()):
        unit, _, rest = line.strip().partition(": ")
        kind, _, title = rest.partition(" ")
        title, _, vacant = title.partition(", ")
        hold(made.units[unit], kind, title=title)
        if vacant:
            Term.objects.filter(post__title=title).delete()
    [draft] = made.drafted("Xã A1")
    _issued(made, draft, Post.objects.get(title=ends))
    [held] = queries.held_by_post(Post.objects.get(title=ends).pk, day)
    return held.passes_to


def _issued(made: Place, draft: Assignment, answers: Post) -> None:
    clerk = made.act("Tỉnh ủy", "clerk")
    saved = services.save_field(draft.pk, "answerable", str(answers.pk), seen=draft.version, act=clerk)
    due = services.save_field(draft.pk, "due_on", "30/06/2023", seen=saved.version, act=clerk)
    [ready] = services.approve([draft.pk], seen=due.version, act=made.act("Tỉnh ủy", "leader"))
    services.issue([ready.pk], oral=True, seen=ready.version, act=clerk)


TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
          Chi bộ 1
"""
ABOVE = """
    Tỉnh ủy: leader Bí thư Tỉnh ủy
    Huyện ủy A: leader Bí thư Huyện ủy A
"""


@pytest.mark.parametrize(
    ("posts", "ends", "passes_to"),
    [
        ("Xã A1: head Bí thư A1\nXã A1: head Phó Bí thư A1", "Bí thư A1", "Phó Bí thư A1"),
        ("Xã A1: clerk Văn phòng A1\nXã A1: head Bí thư A1\nXã A1: clerk Thư ký A1", "Thư ký A1", "Văn phòng A1"),
        ("Xã A1: clerk Văn phòng A1\nXã A1: head Bí thư A1", "Văn phòng A1", "Bí thư A1"),
        ("Xã A1: head Bí thư A1\nXã A1: clerk Văn phòng A1", "Bí thư A1", "Bí thư Huyện ủy A, Huyện ủy A"),
        ("Xã A1: head Bí thư A1\nXã A1: head Phó Bí thư A1, vacant", "Bí thư A1", "Bí thư Huyện ủy A, Huyện ủy A"),
        ("Xã A1: head Bí thư A1\nChi bộ 1: head Bí thư chi bộ", "Bí thư A1", "Bí thư Huyện ủy A, Huyện ủy A"),
    ],
    ids=["same kind", "same kind before the head", "the head", "nobody answers in the unit", "vacant", "not below"],
)
def test_what_hangs_on_a_post_passes_in_the_unit_first_and_then_upward(posts: str, ends: str, passes_to: str) -> None:
    assert passes(TREE, f"{posts}\n{ABOVE}", ends) == passes_to


def test_a_superior_whose_posts_are_vacant_is_passed_over_and_nobody_at_all_is_said() -> None:
    above = "Tỉnh ủy: leader Bí thư Tỉnh ủy\nHuyện ủy A: leader Bí thư Huyện ủy A, vacant\n"
    assert passes(TREE, above + "Xã A1: head Bí thư A1", "Bí thư A1") == "Bí thư Tỉnh ủy, Tỉnh ủy"
    Term.objects.filter(post__unit__code__startswith="tinh").delete()
    [held] = queries.held_by_post(Post.objects.get(title="Bí thư A1").pk, SAID)
    assert held.passes_to == "chưa có ai: cấp trên cũng không có người giữ chức danh"


def test_the_day_of_the_end_decides_who_is_there_by_then() -> None:
    assert passes(TREE, f"Xã A1: head Bí thư A1\n{ABOVE}", "Bí thư A1") == "Bí thư Huyện ủy A, Huyện ủy A"
    first = Post.objects.get(title="Bí thư A1")
    hold(first.unit, "head", title="Phó Bí thư A1", since=NEXT)
    for day, expected in ((NEXT - timedelta(days=1), "Bí thư Huyện ủy A, Huyện ủy A"), (NEXT, "Phó Bí thư A1")):
        [held] = queries.held_by_post(first.pk, day)
        assert held.passes_to == expected


def test_after_a_reorganisation_recorded_ahead_nothing_of_the_ended_unit_hangs_on_its_post() -> None:
    made = Place()
    made.working("Xã A1")
    first = Post.objects.get(unit=made.units["Xã A1"], kind="head")
    hold(made.units["Tỉnh ủy"], "board")
    reorganise_together(
        [Merge([made.units["Xã A1"]], made.units["Xã A2"])], decision="1", effective_on=NEXT, act=act_on(SAID)
    )
    assert len(queries.held_by_post(first.pk, NEXT - timedelta(days=1))) == 1
    assert queries.held_by_post(first.pk, NEXT) == []


def test_who_is_named_before_the_end_is_who_answers_after_it() -> None:
    passes_to = passes(TREE, f"Xã A1: head Bí thư A1\nXã A1: clerk Văn phòng A1\n{ABOVE}", "Văn phòng A1")
    Post.objects.filter(title="Văn phòng A1").update(valid_to=NEXT)
    [card] = queries.cards(Assignment.objects.all(), NEXT)
    assert card.answerable is not None
    assert card.answerable.post_title == passes_to == "Bí thư A1"


@pytest.mark.parametrize(
    ("units", "expected"), [([1, 2, 3], 20), ([3, 2, 1], 30), ([9], None)], ids=["own", "own elsewhere", "nobody"]
)
def test_the_rule_takes_the_nearest_and_there_the_foremost(units: list[int], expected: int | None) -> None:
    reached = [
        rules.Reached(10, 1, "leader", 1),
        rules.Reached(20, 1, "head", 0),
        rules.Reached(21, 1, "head", 0, deputy=True),
        rules.Reached(30, 3, "officer", 2),
    ]
    found = rules.stand_in("head", units, reached)
    assert (found.post if found else None) == expected


@pytest.fixture
def page(client: Client) -> tuple[Client, Post]:
    """The administrator on the page of the secretary of Xã A1, who answers for something open."""
    DemonstrationDay.objects.create(pk=1, day=SAID)
    made = Place()
    made.working("Xã A1", text="Khắc phục thiếu sót trong kiểm tra")
    Term.objects.filter(post__unit=made.units["Xã A1"], post__kind="leader").delete()
    hold(made.units["Xã A1"], "head", title="Phó Bí thư Đảng ủy xã", since=NEXT)
    sign_in(client, hold(made.units["Huyện ủy A"], "administrator"))
    return client, Post.objects.get(unit=made.units["Xã A1"], kind="head", title__startswith="head")


def text_of(client: Client, found: Post) -> str:
    return client.get(reverse("accounts:post", args=[found.pk])).content.decode()


def test_the_page_shows_for_the_day_typed_who_has_it_then_before_anything_ends(page: tuple[Client, Post]) -> None:
    client, found = page
    text = text_of(client, found)
    superior = "→ leader huyen-uy-a, Huyện ủy A"
    assert text.count(superior) == 2
    assert "Việc còn dang dở từ ngày 28/04/2023" in text
    url = reverse("accounts:end_post", args=[found.pk])
    later = f"{NEXT:%d/%m/%Y}"
    answer = post(client, url, found.version, on=later, shown="28/04/2023")
    again = answer.content.decode()
    assert answer.status_code == 422
    assert f"Việc còn dang dở từ ngày {later}" in again
    assert "→ Phó Bí thư Đảng ủy xã" in again
    assert f'name="shown" value="{later}"' in again
    found.refresh_from_db()
    assert found.valid_to is None
    assert post(client, url, found.version, on=later, shown=later).status_code == 302
    found.refresh_from_db()
    assert found.valid_to == NEXT


def test_what_was_shown_and_stays_the_same_is_not_asked_twice(page: tuple[Client, Post]) -> None:
    client, found = page
    day = f"{NEXT - timedelta(days=2):%d/%m/%Y}"
    url = reverse("accounts:end_term", args=[Term.objects.get(post=found).pk])
    assert post(client, url, found.version, on=day, shown="28/04/2023").status_code == 302


def test_while_a_deputy_stays_in_the_post_the_deputy_has_it(page: tuple[Client, Post]) -> None:
    client, found = page
    deputy = hold(found.unit, "head", title=found.title, deputising=True)
    text = text_of(client, found)
    first, second, whole = text.split('name="shown"')[1:]
    assert f"→ {deputy.label}, cùng giữ chức danh này" in first + second
    assert "cùng giữ" not in whole
    assert "→ leader huyen-uy-a, Huyện ủy A" in whole


def test_the_page_costs_the_same_however_much_hangs_on_the_post(page: tuple[Client, Post]) -> None:
    client, found = page

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(client, found)
        return len(queries)

    count()
    before = count()
    known = Assignment.objects.get()
    for _ in range(5):
        copy = Assignment.objects.get(pk=known.pk)
        copy.pk = None
        copy.save()
        for role in list(known.roles.all()):
            role.pk, role.assignment = None, copy
            role.save()
    assert count() == before
