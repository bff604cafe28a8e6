"""Periods and parts, days, states, and the checks; without a database."""

from datetime import date
from random import Random

import pytest

from dondoc.lib.periods import Interval
from dondoc.lib.refusals import Problem, Refused
from dondoc.reports.rules import checks, states
from dondoc.reports.rules.checks import Checked, Past, check
from dondoc.reports.rules.forms import Identity, Level, Line, Mode, Sum, Version, days, mode
from dondoc.reports.rules.periods import parts, period_of, periods_between, written

APRIL = Interval(date(2023, 4, 1), date(2023, 5, 1))


@pytest.mark.parametrize(
    ("every", "key", "start", "end"),
    [
        ("month", "2023-05", date(2023, 5, 1), date(2023, 6, 1)),
        ("quarter", "2023-Q2", date(2023, 4, 1), date(2023, 7, 1)),
        ("half", "2023-H1", date(2023, 1, 1), date(2023, 7, 1)),
        ("year", "2023", date(2023, 1, 1), date(2024, 1, 1)),
    ],
)
def test_a_period_is_the_one_that_holds_the_day(every: str, key: str, start: date, end: date) -> None:
    found = period_of(every, date(2023, 5, 31))
    assert (found.key, found.start, found.end) == (key, start, end)


def test_periods_follow_each_other_without_a_gap() -> None:
    found = list(periods_between("month", date(2022, 11, 30), date(2023, 2, 1)))
    assert [one.key for one in found] == ["2022-11", "2022-12", "2023-01", "2023-02"]


def test_the_whole_of_a_period_has_its_name_and_a_part_its_days() -> None:
    assert written("month", date(2023, 4, 1), date(2023, 5, 1)) == "2023-04"
    assert written("month", date(2023, 4, 1), date(2023, 4, 15)) == "2023-04-01..2023-04-14"


@pytest.mark.parametrize(
    ("life", "moved", "expected"),
    [
        (Interval(date(2020, 1, 1)), [], [(1, 30)]),
        (Interval(date(2020, 1, 1)), [date(2020, 1, 1), date(2023, 4, 15)], [(1, 14), (15, 30)]),
        (Interval(date(2023, 4, 10)), [date(2023, 4, 10)], [(10, 30)]),
        (Interval(date(2020, 1, 1), date(2023, 4, 10)), [], [(1, 9)]),
        (Interval(date(2020, 1, 1), date(2023, 5, 1)), [], [(1, 30)]),
        (Interval(date(2023, 5, 1)), [], []),
        (Interval(date(2020, 1, 1), date(2023, 4, 1)), [], []),
    ],
)
def test_a_unit_reports_a_month_in_the_parts_in_which_it_lived_and_stood(
    life: Interval, moved: list[date], expected: list[tuple[int, int]]
) -> None:
    found = parts(APRIL, life, moved)
    assert [
        (one.start.day, (one.end.toordinal() - one.start.toordinal()) + one.start.day - 1) for one in found if one.end
    ] == expected


VERSION = Version(date(2018, 1, 1), None, "", False, -5, (Level(("cell",), 1, 2), Level(("commune",), 5, 6)), (), ())


def test_a_unit_that_ended_can_report_before_its_last_day_and_has_the_time_that_all_have() -> None:
    level = VERSION.levels[0]
    whole = days(VERSION, level, date(2023, 5, 1), date(2023, 5, 1))
    ended = days(VERSION, level, date(2023, 5, 1), date(2023, 4, 15))
    assert (whole.opens_on, whole.cut_off_on, whole.due_on) == (date(2023, 4, 25), date(2023, 5, 1), date(2023, 5, 2))
    assert (ended.opens_on, ended.due_on) == (date(2023, 4, 9), date(2023, 5, 2))


LEVELS = {"cell": 9, "commune": 4, "district": 3}


@pytest.mark.parametrize(
    ("kind", "entered_at", "finer", "opening", "expected"),
    [
        ("cell", ("cell",), False, False, Mode.ENTERED),
        ("cell", ("cell",), False, True, Mode.OPENING),
        ("cell", ("cell",), True, False, Mode.FINER),
        ("commune", ("cell",), False, False, Mode.BELOW),
        ("commune", ("cell",), True, False, Mode.BELOW),
        ("cell", ("commune",), False, False, None),
        ("district", ("commune",), False, True, Mode.BELOW),
    ],
)
def test_a_number_is_asked_for_once(
    kind: str, entered_at: tuple[str, ...], finer: bool, opening: bool, expected: Mode | None
) -> None:
    assert mode(Line("x", opening), kind, entered_at=entered_at, levels=LEVELS, finer=finer) is expected


def test_only_the_moves_of_the_table_are_possible() -> None:
    assert states.move("open", "submit") is states.State.SUBMITTED
    for state, verb in (
        ("submitted", "submit"),
        ("open", "accept"),
        ("accepted", "send_back"),
        ("returned", "correct"),
    ):
        with pytest.raises(Refused, match=r"reports\.not_in_this_state"):
            states.move(state, verb)


@pytest.mark.parametrize(
    ("state", "day", "sent", "expected"),
    [
        ("open", 1, None, "not_started"),
        ("open", 4, None, "due_soon"),
        ("open", 7, None, "overdue"),
        ("returned", 7, 6, "returned"),
        ("submitted", 9, 7, "reported"),
        ("accepted", 9, 6, "accepted"),
        ("accepted", 9, 7, "accepted_late"),
    ],
)
def test_a_report_was_on_time_when_it_was_first_sent_by_its_day(
    state: str, day: int, sent: int | None, expected: str
) -> None:
    sent_on = date(2023, 5, sent) if sent else None
    found = states.standing(state, date(2023, 5, day), due=date(2023, 5, 6), begun=False, sent_on=sent_on)
    assert found == expected


IDENTITY = Identity("members", ("in",), ("out",), "members")


def line(key: str, mode: Mode = Mode.ENTERED, **more: str) -> Checked:
    return Checked(key, key, mode, part_of=more.get("part_of"), rate_of=more.get("rate_of"))


MEMBERS = [line("members_opening", Mode.OPENING), line("in"), line("out"), line("members")]


def codes(found: list[Problem]) -> list[tuple[str, str]]:
    return [(one.source, one.code.removeprefix("reports.")) for one in found]


def test_members_at_the_end_are_those_at_the_beginning_with_what_came_and_without_what_went() -> None:
    values = {"members_opening": 20, "in": 3, "out": 1, "members": 22}
    assert check(MEMBERS, values, identity=IDENTITY) == []
    found = check(MEMBERS, values | {"members": 23}, identity=IDENTITY)
    assert (codes(found), found[0].data["wanted"]) == ([("members", "identity")], 22)


def test_members_that_came_with_a_merged_unit_are_no_mistake() -> None:
    values = {"members_opening": 20, "in": 0, "out": 0, "members": 35}
    assert check(MEMBERS, values, identity=IDENTITY, past=Past(came=15)) == []


def test_members_that_came_with_a_part_of_a_unit_nobody_has_counted_are_explained_not_refused() -> None:
    values = {"members_opening": 20, "in": 0, "out": 0, "members": 24}
    found = check(MEMBERS, values, identity=IDENTITY, past=Past(came=None))
    assert codes(found) == [("members", "identity_with_others")]
    assert not checks.is_error(found[0])
    assert check(MEMBERS, values | {"members": 20}, identity=IDENTITY, past=Past(came=None)) == []


def test_the_beginning_is_what_the_last_report_closed_with() -> None:
    values = {"members_opening": 20, "in": 0, "out": 0, "members": 20}
    assert check(MEMBERS, values, identity=IDENTITY, past=Past(closing=20)) == []
    assert codes(check(MEMBERS, values, identity=IDENTITY, past=Past(closing=21))) == [
        ("members_opening", "not_continued")
    ]


def test_sums_of_others_are_not_held_against_who_sums() -> None:
    below = [line(one.key, Mode.BELOW) for one in MEMBERS]
    values = {"members_opening": 20, "in": 0, "out": 0, "members": 90}
    assert check(below, values, identity=IDENTITY, adds_up=[Sum("members", ("in", "out"))]) == []


def test_a_part_is_no_more_than_its_whole_and_a_rate_no_more_than_a_hundred_percent() -> None:
    lines = [
        line("admissions"),
        line("youth", part_of="admissions"),
        line("good", part_of="due", rate_of="due"),
        line("due"),
    ]
    assert check(lines, {"admissions": 2, "youth": 2, "good": 5, "due": 5}) == []
    found = check(lines, {"admissions": 2, "youth": 3, "good": 6, "due": 5})
    assert codes(found) == [("youth", "more_than_whole"), ("good", "over_hundred_percent")]


def test_parts_that_make_up_a_whole_make_all_of_it() -> None:
    lines = [line("all"), line("a"), line("b")]
    rule = [Sum("all", ("a", "b"))]
    assert check(lines, {"all": 5, "a": 2, "b": 3}, adds_up=rule) == []
    assert codes(check(lines, {"all": 5, "a": 2, "b": 2}, adds_up=rule)) == [("all", "does_not_add_up")]


def test_what_is_empty_is_named_in_the_order_of_the_form_and_0_is_not_empty() -> None:
    found = check([line("a"), line("b"), line("c", Mode.BELOW)], {"a": None, "b": 0}, sections=[("s", "Kết quả", " ")])
    assert codes(found) == [("a", "missing"), ("section.s", "section_missing")]


def test_an_incomplete_sum_needs_a_word_and_stops_nothing() -> None:
    [found] = check([line("c", Mode.BELOW)], {"c": 3}, completeness=(4, 5))
    assert not checks.is_error(found)
    assert checks.unexplained([found], {}) == [found]
    assert checks.unexplained([found], {"all": "Chi bộ 5 họp muộn"}) == []


@pytest.mark.parametrize(
    ("value", "before", "odd"),
    [
        (25, [1, 0, 2, 1, 1, 0], True),
        (4, [1, 0, 2, 1, 1, 0], False),
        (210, [21, 21, 20, 22, 21, 21], True),
        (24, [21, 21, 20, 22, 21, 21], False),
        (2, [18, 19, 20, 18, 19, 20], True),
        (210, [21, 21, 20], False),
        (21, [21, 21, 210, 22, 21, 21], False),
    ],
)
def test_a_value_far_from_the_units_own_past_needs_a_word(value: int, before: list[int], odd: bool) -> None:
    found = checks.unlike_before(line("x"), value, before)
    assert (found is not None) == odd


def test_ordinary_months_are_hardly_ever_called_odd() -> None:
    """Small counts, attendances and members of a cell over 100 lives of ten years: fewer than 1 in 500 is remarked on."""
    random = Random(20230428)
    remarked = asked = 0
    for _life in range(100):
        members, before_small, before_due, before_members = 20, [], [], []  # type: ignore[var-annotated]
        for _month in range(120):
            small = sum(random.random() < 0.1 for _ in range(10))
            members = max(3, members + random.choice([0, 0, 0, 0, 1, -1]))
            due = members * random.choice([1, 1, 1, 2]) - random.randrange(3)
            for value, before in ((small, before_small), (due, before_due), (members, before_members)):
                asked += 1
                remarked += checks.unlike_before(line("x"), value, before) is not None
                before.append(value)
    assert asked == 36_000
    assert remarked / asked < 1 / 500, remarked
