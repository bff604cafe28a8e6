"""What adds up, how far along a unit is, and what is proposed: without a database. Worked examples of docs/algorithms/pace.md."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest

from dondoc.lib.working_days import add_working_days
from dondoc.organisations.kinds import kinds
from dondoc.targets import content, rules
from dondoc.targets.rules import By, Course, Given, Moved, Standing, Why

# Twenty-two districts, as a province once published them: the headline said 1,905.
PUBLISHED = (164, 141, 132, 128, 119, 112, 107, 103, 99, 95, 92, 88, 84, 80, 75, 71, 66, 58, 49, 40, 30, 17)
PARTS = {"admissions_youth": "admissions"}


def sheet(*numbers: int) -> list[Given]:
    return [Given(n, f"Huyện {n}", {"admissions": one}) for n, one in enumerate(numbers)]


def test_twenty_two_numbers_that_sum_to_1950_under_a_headline_of_1905_are_refused_with_the_difference() -> None:
    assert (len(PUBLISHED), sum(PUBLISHED)) == (22, 1950)
    [problem] = rules.check(sheet(*PUBLISHED), {"admissions": 1905}, "admissions", PARTS)
    assert problem.code == "targets.adds_up_to_more"
    assert problem.data == {"indicator": "admissions", "total": "1.905", "sum": "1.950", "difference": "45"}


def test_a_sheet_that_adds_up_has_no_problem_and_one_that_falls_short_says_by_how_much() -> None:
    assert rules.check(sheet(*PUBLISHED), {"admissions": 1950}, "admissions", PARTS) == []
    [problem] = rules.check(sheet(4, 9, 6), {"admissions": 20}, "admissions", PARTS)
    assert (problem.code, problem.data["difference"]) == ("targets.adds_up_to_less", "1")


def test_a_line_without_a_number_is_named_and_is_not_taken_for_0() -> None:
    lines = [*sheet(4), Given(7, "Xã B", {})]
    assert [(one.source, one.code) for one in rules.check(lines, {"admissions": 4}, "admissions", PARTS)] == [
        ("7", "targets.line_missing")
    ]
    lines[1] = Given(7, "Xã B", {"admissions": 0})
    assert rules.check(lines, {"admissions": 4}, "admissions", PARTS) == []


def test_a_breakdown_may_be_as_large_as_its_whole_and_no_larger() -> None:
    line = Given(1, "Xã A", {"admissions": 4, "admissions_youth": 4})
    assert rules.check([line], {"admissions": 4}, "admissions", PARTS) == []
    more = Given(1, "Xã A", {"admissions": 4, "admissions_youth": 5})
    found = rules.check([more], {"admissions": 4, "admissions_youth": 5}, "admissions", PARTS)
    assert [one.code for one in found] == ["targets.total_part_over_whole", "targets.part_over_whole"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *(("1950", 1950), ("1.950", 1950), (" 1 950 ", 1950), ("0", 0), ("-3", None), ("−3", None), ("1,5", None)),
        *(("1.5", None), ("", None), ("mười", None), ("٣", None), ("99999999", None), ("9" * 5000, None)),
        *(("1e3", None), ("12.34", None)),
    ],
)
def test_only_a_whole_number_of_sensible_size_is_read(typed: str, read: int | None) -> None:
    assert rules.read_count(typed) == read


def course(**given: object) -> Course:
    known: dict[str, object] = {
        "unit": 1, "target": 13, "achieved": 9, "reported": 9, "expected": 9, "closed": 9, "months": 12, "to_come": 3,
    }  # fmt: skip
    return Course(**(known | given))  # type: ignore[arg-type]


def test_nine_of_thirteen_after_nine_months_lie_behind_a_pace_of_nine_and_three_quarters() -> None:
    one = course()
    assert (one.rate, one.pace, one.rest) == (Fraction(9, 13), Fraction(39, 4), 4)
    assert rules.standing(one) == Standing.BEHIND
    assert rules.standing(course(achieved=10)) == Standing.ON_PACE


def test_a_unit_is_not_said_to_be_behind_while_results_are_missing() -> None:
    assert rules.standing(course(reported=8)) == Standing.UNSURE
    assert rules.standing(course(reported=8, achieved=10)) == Standing.ON_PACE
    assert rules.standing(course(reported=0, achieved=None)) == Standing.NO_FIGURE
    assert rules.standing(course(closed=12, reported=11, expected=12, to_come=0)) == Standing.UNSURE


def test_a_year_that_is_over_was_reached_or_missed_and_a_target_of_0_is_reached() -> None:
    assert rules.standing(course(closed=12, to_come=0)) == Standing.MISSED
    assert rules.standing(course(closed=12, to_come=0, achieved=13)) == Standing.REACHED
    assert rules.standing(course(target=0, achieved=0)) == Standing.REACHED
    assert course(target=0, achieved=0).rate is None


def test_the_pace_of_a_unit_that_began_in_july_counts_its_own_six_months() -> None:
    assert course(target=6, closed=3, months=6).pace == 3


# The worked example: twelve months of the unit's own past, four still to be admitted, two months to come.
PAST = (0, 1, 0, 2, 1, 0, 1, 3, 0, 1, 0, 2)


def test_the_chance_is_the_exact_share_of_combinations_that_reach_the_rest() -> None:
    counted = Counter(sum(one) for one in product(PAST, repeat=2))
    reaching = sum(ways for total, ways in counted.items() if total >= 4)
    assert rules.chance(4, 2, PAST) == Fraction(reaching, 144) == Fraction(17, 144)


@pytest.mark.parametrize("months", [1, 2, 3, 4])
@pytest.mark.parametrize("past", [(0,), (2,), (0, 0, 5), (1, 2, 3, 4), (0, 255, 256)])
def test_the_long_multiplication_counts_as_counting_does(months: int, past: tuple[int, ...]) -> None:
    totals = [sum(one) for one in product(past, repeat=months)]
    for rest in (1, 2, 3, 7, 255, 300, 1025):
        assert rules.chance(rest, months, past) == Fraction(sum(one >= rest for one in totals), len(totals))


def test_nothing_left_is_certain_and_no_month_left_is_impossible() -> None:
    assert rules.chance(0, 0, ()) == 1
    assert rules.chance(1, 0, PAST) == 0
    assert rules.chance(1, 3, (0,) * 24) == 0


def test_a_number_with_zeros_too_many_is_told_its_chance_as_fast_and_as_exactly() -> None:
    slip = 5_000_000
    for rest, months in ((4, 2), (7, 3), (9, 12)):
        assert rules.chance(rest * slip, months, [one * slip for one in PAST]) == rules.chance(rest, months, PAST)


def test_with_less_than_a_year_of_its_own_past_no_chance_is_told() -> None:
    assert (course(past=PAST[:11]).why, course(past=PAST[:11]).chance) == (Why.SHORT_PAST, None)
    assert course(past=PAST).why == Why.TOLD
    assert course(to_come=0).why == Why.OVER
    assert (course(achieved=13).why, course(achieved=13).chance) == (Why.TOLD, Fraction(1))
    assert (course(ended=True).why, course(target=None).why) == (Why.ENDED, Why.NO_TARGET)


def test_equal_rates_share_a_place_and_all_of_them_are_named() -> None:
    tie = [course(unit=1, target=4, achieved=4), course(unit=2, target=6, achieved=6), course(unit=3)]
    assert rules.places(tie) == {1: 1, 2: 1, 3: 3}
    found = rules.named(tie)
    assert (found.best, found.worst, found.even) == ((1, 2), (3,), False)
    assert rules.named(tie[:2]).even
    assert rules.named(tie[:1]).best == ()


def test_a_unit_without_figures_is_neither_0_nor_the_worst() -> None:
    rows = [
        course(unit=1, achieved=12),
        course(unit=2, achieved=None, reported=0),
        course(unit=3, achieved=2, reported=3),
    ]
    rows.append(course(unit=4, achieved=5))
    found = rules.named(rows)
    assert (found.best, found.worst, found.silent, found.partial) == ((1,), (4,), (2,), (3,))
    assert 2 not in rules.places(rows)


def test_hopeless_is_who_reaches_it_in_no_way_its_past_allows_and_never_who_has_too_little_past() -> None:
    quiet = course(unit=1, past=(0,) * 12)
    young = course(unit=2, past=(0,) * 5)
    over = course(unit=3, closed=12, to_come=0)
    lively = course(unit=4, past=PAST)
    assert rules.named([quiet, young, over, lively]).hopeless == (1, 3)


def test_the_last_safe_day_of_2023_is_the_one_after_which_ninety_working_days_no_longer_fit() -> None:
    rule = content.deadlines("admission", 2023)
    assert rule is not None
    assert [one.working_days for one in rule.steps] == [60, 30]
    calendar = content.calendar(2023)
    vote, decision = rules.milestones(date(2023, 12, 31), rule.steps, calendar)
    assert (vote.on, decision.on) == (date(2023, 8, 23), date(2023, 11, 19))
    assert add_working_days(add_working_days(vote.on, 60, calendar), 30, calendar) == date(2023, 12, 29)
    next_day = vote.on + timedelta(days=1)
    assert add_working_days(add_working_days(next_day, 60, calendar), 30, calendar) > date(2023, 12, 31)


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_the_last_safe_day_fits_and_the_next_one_does_not(year: int) -> None:
    calendar, end = content.calendar(year), date(year, 12, 31)
    for count in (1, 30, 60, 90):
        day = rules.last_safe_day(end, count, calendar)
        assert add_working_days(day, count, calendar) <= end
        assert add_working_days(day + timedelta(days=1), count, calendar) > end


def test_a_rule_that_a_file_writes_wrong_stops_the_start() -> None:
    step = {"name": "x", "working_days": 60, "basis": "y"}
    one = {"from": date(2016, 7, 25), "to": date(2025, 1, 20), "verified": False, "steps": [step]}
    with pytest.raises(ValueError, match="must follow"):
        content.read_rules({"admission": [one, one | {"from": date(2025, 1, 21), "to": None}]})
    with pytest.raises(ValueError, match="working days and a basis"):
        content.read_rules({"admission": [one | {"steps": [step | {"working_days": 0}]}]})
    assert content.deadlines("admission", 2015) is None


def test_what_is_left_is_proposed_by_members_where_all_are_known_else_by_cells() -> None:
    known = [Moved(1, 3, 120), Moved(2, 2, 30)]
    assert rules.propose(8, known) == rules.Proposal(By.MEMBERS, {1: 6, 2: 2})
    assert rules.propose(8, [known[0], Moved(2, 2, None)]) == rules.Proposal(By.CELLS, {1: 5, 2: 3})
    assert rules.propose(8, []).by == By.NOTHING
    assert rules.left(13, 5) == 8
    assert (rules.left(13, None), rules.left(13, 20)) == (13, 0)


def test_every_kind_of_party_organisation_that_is_given_targets_signs_in_the_name_of_its_own_body() -> None:
    bodies = content.signing_bodies()
    given = {code for code, kind in kinds().items() if kind.family == "party"} - {"agency"}
    assert set(bodies) == given
    assert (bodies["district"], bodies["commune_grassroots"], bodies["cell"]) == ("BAN THƯỜNG VỤ", "ĐẢNG ỦY", "CHI BỘ")
    twice = [{"kinds": ["cell"], "body": "CHI BỘ", "basis": "x"}] * 2
    for wrong in (twice, [{"kinds": ["gì"], "body": "x", "basis": "x"}], [{"kinds": ["cell"], "body": "x"}]):
        with pytest.raises(ValueError, match=r"paper\.yaml"):
            content.read_bodies(wrong)
