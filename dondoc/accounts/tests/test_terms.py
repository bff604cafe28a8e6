"""Who holds a post on which day, and what ends it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dondoc.accounts import services
from dondoc.accounts.holders import Reach, head_post, heads, holders, offices, reach, vacant
from dondoc.accounts.models import Account, Post, Term
from dondoc.accounts.tests.people import account, hold
from dondoc.history.models import Event
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise_together, revoke
from dondoc.organisations.steps import Dissolve
from dondoc.organisations.tests.trees import FIRST_DAY, act_on, draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
ACT = act_on(DAY)


@told_once
def units() -> dict[str, Unit]:
    return draw("""
        Tỉnh ủy
          Huyện ủy A
            Xã A1
            Xã A2
            Mặt trận xã A1
    """)


@pytest.fixture
def post(units: dict[str, Unit]) -> Post:
    return services.create_post(units["Xã A1"].pk, "head", "Bí thư Đảng ủy xã A1", FIRST_DAY, act=ACT)


def give(post: Post, person: Account, since: date, **more: Any) -> Term:
    return services.give_post(post.pk, person.pk, since, seen=Post.objects.get(pk=post.pk).version, act=ACT, **more)


def held_by(post: Post, day: date) -> list[str]:
    return [holder.label for holder in holders([post.unit_id], [], day)]


OVERLAPS = [
    # the first term's days, the second's, whether they may stand beside each other
    ("2023-01-01..", "2023-01-01..", False),
    ("2023-01-01..", "2024-01-01..", False),
    ("2023-01-01..2024-01-01", "2023-12-31..", False),
    ("2023-01-01..2024-01-01", "2024-01-01..", True),
    ("2024-01-01..", "2023-01-01..2024-01-01", True),
    ("2024-01-01..", "2023-01-01..2024-01-02", False),
    ("2023-01-01..2025-01-01", "2023-06-01..2023-07-01", False),
    ("2023-01-01..2023-01-01", "2022-01-01..", True),  # held on no day
]


def term(post: Post, person: Account, days: str, **more: Any) -> Term:
    start, _, end = days.partition("..")
    until = date.fromisoformat(end) if end else None
    return Term.objects.create(post=post, account=person, valid_from=date.fromisoformat(start), valid_to=until, **more)


@pytest.mark.parametrize(("first", "second", "allowed"), OVERLAPS)
def test_the_database_lets_one_person_hold_a_post_on_a_day(post: Post, first: str, second: str, allowed: bool) -> None:
    term(post, account("a"), first)
    if allowed:
        term(post, account("b"), second)
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        term(post, account("b"), second)
    term(post, account("b"), second, deputising=True)


def test_a_term_cannot_be_moved_onto_another(post: Post) -> None:
    term(post, account("a"), "2023-01-01..2024-01-01")
    later = term(post, account("b"), "2024-01-01..")
    later.valid_from = date(2023, 12, 31)
    with pytest.raises(IntegrityError), transaction.atomic():
        later.save()


def test_another_post_is_another_matter(post: Post, units: dict[str, Unit]) -> None:
    other = services.create_post(units["Xã A2"].pk, "head", "Bí thư Đảng ủy xã A2", FIRST_DAY, act=ACT)
    term(post, account("a"), "2023-01-01..")
    term(other, account("a"), "2023-01-01..")


def test_a_post_is_held_from_its_first_day_up_to_and_without_its_last(post: Post) -> None:
    give(post, account("a"), DAY, until=DAY + timedelta(days=10))
    assert held_by(post, DAY - timedelta(days=1)) == []
    assert held_by(post, DAY) == held_by(post, DAY + timedelta(days=9)) == ["a"]
    assert held_by(post, DAY + timedelta(days=10)) == []


REFUSED = [
    ({"since": FIRST_DAY - timedelta(days=1)}, "post_not_there"),
    ({"since": DAY, "until": DAY}, "ends_before_it_begins"),
    ({"since": DAY, "person": "a"}, "holds_it_already"),
    ({"since": DAY}, "post_is_held"),
    ({"since": date(2021, 1, 1)}, "post_is_held"),
]


@pytest.mark.parametrize(("how", "code"), REFUSED)
def test_a_post_is_not_given_where_it_is_held_or_not_there(post: Post, how: dict[str, Any], code: str) -> None:
    give(post, account("a"), date(2023, 1, 1))
    with pytest.raises(Refused) as refused:
        give(post, account(how.pop("person", "b")), how.pop("since"), **how)
    assert refused.value.code == f"accounts.{code}"


def test_a_deputy_stands_beside_the_holder(post: Post) -> None:
    give(post, account("a"), DAY)
    give(post, account("b"), DAY, deputising=True, until=DAY + timedelta(days=5))
    assert [(h.label, h.deputising) for h in holders([post.unit_id], ["head"], DAY)] == [("a", False), ("b", True)]


def test_whoever_saw_an_older_state_of_the_post_is_told_who_holds_it_now(post: Post) -> None:
    give(post, account("a"), DAY)
    with pytest.raises(Refused) as refused:
        services.give_post(post.pk, account("b").pk, DAY, seen=post.version, act=ACT)
    assert refused.value.code == "accounts.changed_meanwhile"
    assert refused.value.data["current"] == [("Bí thư Đảng ủy xã A1", "a")]


def test_a_term_ends_once_and_the_next_begins_the_same_day(post: Post) -> None:
    first = give(post, account("a"), DAY)
    change = DAY + timedelta(days=30)
    services.end_term(first.pk, change, seen=3 - 1, act=ACT)
    give(post, account("b"), change)
    assert held_by(post, change - timedelta(days=1)) == ["a"]
    assert held_by(post, change) == ["b"]
    with pytest.raises(Refused, match="ends_already"):
        services.end_term(first.pk, change, seen=Post.objects.get(pk=post.pk).version, act=ACT)


def test_ending_a_post_ends_who_holds_it(post: Post) -> None:
    give(post, account("a"), DAY)
    services.end_post(post.pk, DAY + timedelta(days=3), seen=2, act=ACT)
    assert held_by(post, DAY + timedelta(days=2)) == ["a"]
    assert held_by(post, DAY + timedelta(days=3)) == []
    assert vacant([post.unit_id], DAY + timedelta(days=3)) == []


def test_every_change_is_in_the_history(post: Post) -> None:
    made = give(post, account("a"), DAY)
    give(post, account("b"), DAY, deputising=True)
    services.end_term(made.pk, DAY + timedelta(days=1), seen=3, act=ACT)
    services.end_post(post.pk, DAY + timedelta(days=2), seen=4, act=ACT)
    actions = Event.objects.filter(kind="accounts.Post").order_by("entry").values_list("action", flat=True)
    assert [action.split(".")[1] for action in actions] == [
        "post_made",
        "post_given",
        "deputy_named",
        "term_ended",
        "post_ended",
    ]


# What follows a reorganisation.

ENDS = date(2025, 7, 1)


def dissolve(on: date, recorded: date | None = None) -> Any:
    return reorganise_together([Dissolve("xa-a1")], decision="1", effective_on=on, act=act_on(recorded or on))[0]


def test_posts_and_terms_end_with_their_unit(post: Post, units: dict[str, Unit]) -> None:
    give(post, account("a"), DAY)
    dissolve(ENDS)
    assert held_by(post, ENDS - timedelta(days=1)) == ["a"]
    assert held_by(post, ENDS) == []
    assert Post.objects.on(ENDS).filter(pk=post.pk).count() == 0
    assert Event.objects.filter(action="accounts.post_ended_with_unit", key=post.pk).count() == 1


def test_a_revoked_reorganisation_gives_back_what_it_took_and_only_that(post: Post) -> None:
    first = give(post, account("a"), DAY)
    services.end_term(first.pk, date(2024, 1, 1), seen=2, act=ACT)
    give(post, account("b"), date(2024, 1, 1), until=date(2026, 1, 1))
    made = dissolve(ENDS)
    revoke(made, decision="2", act=act_on(ENDS + timedelta(days=9)))
    assert held_by(post, date(2024, 1, 1)) == held_by(post, ENDS) == held_by(post, date(2025, 12, 31)) == ["b"]
    assert held_by(post, date(2026, 1, 1)) == []
    assert Post.objects.get(pk=post.pk).valid_to is None
    assert Event.objects.filter(action="accounts.post_back", key=post.pk).count() == 1


def test_a_term_that_began_after_an_end_that_was_recorded_late_holds_on_no_day(post: Post) -> None:
    late = ENDS + timedelta(days=20)
    given = give(post, account("a"), ENDS + timedelta(days=5))
    made = dissolve(ENDS, recorded=late)
    assert held_by(post, ENDS + timedelta(days=5)) == held_by(post, late) == []
    revoke(made, decision="2", act=act_on(late))
    assert held_by(post, late) == ["a"]
    assert Term.objects.get(pk=given.pk).valid_from == ENDS + timedelta(days=5)


# Who answers, who can be reached.


def test_the_head_answers_for_a_unit_before_its_leaders_and_officers(
    units: dict[str, Unit], django_assert_num_queries: Any
) -> None:
    hold(units["Tỉnh ủy"], "clerk", title="Văn phòng Tỉnh ủy")
    hold(units["Tỉnh ủy"], "leader", title="Phó Bí thư Tỉnh ủy")
    hold(units["Tỉnh ủy"], "leader", title="Bí thư Tỉnh ủy")
    hold(units["Xã A1"], "head", title="Bí thư Đảng ủy xã A1")
    hold(units["Mặt trận xã A1"], "officer", title="Chủ tịch Mặt trận")
    wanted = [unit.pk for unit in units.values()]
    with django_assert_num_queries(1):
        found = heads(wanted, DAY)
    assert {post.title for post in found.values()} == {"Bí thư Tỉnh ủy", "Bí thư Đảng ủy xã A1", "Chủ tịch Mặt trận"}
    with django_assert_num_queries(1):
        assert [post.title for post in offices(wanted, DAY).values()] == ["Văn phòng Tỉnh ủy"]
    assert head_post(units["Huyện ủy A"].pk, DAY) is None


def test_where_nobody_can_be_reached_is_known(
    units: dict[str, Unit], post: Post, django_assert_num_queries: Any
) -> None:
    wanted = [units[name].pk for name in ("Tỉnh ủy", "Huyện ủy A", "Xã A1", "Xã A2")]
    seen = hold(units["Tỉnh ủy"], "clerk")
    Account.objects.filter(pk=seen.pk).update(last_login=ACT.at)
    hold(units["Huyện ủy A"], "clerk")
    with django_assert_num_queries(2):
        found = reach(wanted, [], DAY)
    assert [found[unit] for unit in wanted] == [Reach.REACHED, Reach.NEVER_SIGNED_IN, Reach.VACANT, Reach.NO_POST]
    assert [one.pk for one in vacant(wanted, DAY)] == [post.pk]
