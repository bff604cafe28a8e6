"""What a digest names, what is hidden, and how often an e-mail is tried."""

from datetime import date, timedelta

from dondoc.lib.reminders import Item
from dondoc.reminders import rules
from dondoc.reminders.rules import Put

DAY = date(2026, 7, 1)


def item(key: str, code: str = "lapsed", rank: int = 20, since: date = DAY) -> Item:
    return Item(key, code, rank, since, "", "", "", "", "")


def test_of_several_steps_on_one_thing_only_the_highest_is_named_and_the_gravest_thing_first() -> None:
    found = rules.highest([item("a:1"), item("a:1", "still_open", 25), item("b:1", rank=40), item("c:1", rank=25)])
    assert [(one.key, one.code) for one in found] == [("b:1", "lapsed"), ("a:1", "still_open"), ("c:1", "lapsed")]


def test_what_was_put_off_comes_back_on_its_day_and_before_that_with_a_higher_step() -> None:
    puts = [Put("a:1", 20, DAY + timedelta(days=3))]
    assert rules.hidden(item("a:1"), puts, DAY + timedelta(days=2))
    assert not rules.hidden(item("a:1"), puts, DAY + timedelta(days=3))
    assert not rules.hidden(item("a:1", rank=25), puts, DAY)
    assert not rules.hidden(item("a:2"), puts, DAY)


def test_what_was_handed_on_stays_away_until_a_higher_step() -> None:
    assert rules.hidden(item("a:1"), [Put("a:1", 20, None)], DAY + timedelta(days=90))
    assert not rules.hidden(item("a:1", rank=21), [Put("a:1", 20, None)], DAY)


def test_nobody_is_told_again_what_the_last_digest_said() -> None:
    assert not rules.worth_telling([item("a:1")], {("a:1", "lapsed"), ("b:1", "lapsed")})
    assert rules.worth_telling([item("a:1", "still_open")], {("a:1", "lapsed")})
    assert not rules.worth_telling([], {("a:1", "lapsed")})


def test_only_what_was_told_before_and_more_than_a_week_ago_is_no_news() -> None:
    told, day = {("a:1", "lapsed")}, DAY + timedelta(days=8)
    assert [one.key for one in rules.older([item("a:1"), item("b:1")], told, day)] == ["a:1"]
    assert rules.older([item("a:1", "still_open", 25)], told, day) == []
    assert rules.older([item("a:1")], told, DAY + timedelta(days=7)) == []


def test_the_pauses_grow_and_come_to_an_end() -> None:
    waits = [rules.pause(n) for n in range(1, len(rules.PAUSES) + 1)]
    assert waits == sorted(waits, key=lambda wait: wait or timedelta())
    assert len(set(waits)) == len(waits)
    assert rules.pause(len(rules.PAUSES) + 1) is None
