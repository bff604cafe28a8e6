"""What became of what is owed: five things are told apart, whatever the order in which evidence comes to light."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.lib.evidence import Evidence, Proof
from dondoc.lib.periods import Interval
from dondoc.obligations.rules import (
    Judged,
    Owed,
    Past,
    Verdict,
    conformity,
    drop,
    duties_lapsed,
    itself,
    judge,
    lapses,
    share_out,
)

MEETING = Evidence.CELL_MEETING
JULY = Owed(7, MEETING, date(2023, 7, 1), date(2023, 8, 1), date(2023, 7, 31), date(2023, 7, 31))
AUGUST = Owed(8, MEETING, date(2023, 8, 1), date(2023, 9, 1), date(2023, 8, 31), date(2023, 8, 31))
LATER = date(2023, 9, 20)


def held(day: date, key: str = "meeting:1", *, complete: bool = True) -> Proof:
    return Proof(MEETING, 1, key, day, planned_on=day, complete=complete)


def planned(day: date) -> Proof:
    return Proof(MEETING, 1, "meeting:9", None, planned_on=day)


@pytest.mark.parametrize(
    ("proofs", "excused", "day", "verdict"),
    [
        ([], [], date(2023, 7, 31), Verdict.OPEN),
        ([], [], date(2023, 8, 1), Verdict.NO_PLAN),
        ([planned(date(2023, 7, 20))], [], date(2023, 8, 1), Verdict.NOT_CARRIED_OUT),
        ([planned(date(2023, 8, 20))], [], date(2023, 8, 1), Verdict.NO_PLAN),
        ([held(date(2023, 7, 31))], [], date(2023, 7, 31), Verdict.DONE),
        ([held(date(2023, 7, 20), complete=False)], [], date(2023, 7, 31), Verdict.OPEN),
        ([held(date(2023, 7, 20), complete=False)], [], date(2023, 8, 1), Verdict.WITHOUT_EVIDENCE),
        ([held(date(2023, 8, 3)), held(date(2023, 8, 30), "meeting:2")], [], LATER, Verdict.LATE),
        ([held(date(2023, 8, 30))], [], LATER, Verdict.NO_PLAN),
        ([], [7], date(2023, 8, 1), Verdict.EXCUSED),
        ([held(date(2023, 7, 20))], [7], date(2023, 8, 1), Verdict.DONE),
    ],
)
def test_a_month_is_judged_by_what_shows_of_it(
    proofs: list[Proof], excused: list[int], day: date, verdict: Verdict
) -> None:
    assert judge([JULY, AUGUST], proofs, excused, day)[7].verdict == verdict


def test_who_is_still_in_time_is_looked_at_again_the_morning_after_the_last_day() -> None:
    assert judge([JULY], [], [], date(2023, 7, 5))[7] == Judged(Verdict.OPEN, judge_on=date(2023, 8, 1))


def test_a_meeting_in_august_serves_august_even_where_july_had_none() -> None:
    found = judge([JULY, AUGUST], [held(date(2023, 8, 2))], [], LATER)
    assert (found[7].verdict, found[8].verdict) == (Verdict.NO_PLAN, Verdict.DONE)


def test_a_meeting_held_in_the_days_of_grace_is_no_plan_for_the_days_in_which_it_lies() -> None:
    grace = Owed(7, MEETING, date(2023, 7, 1), date(2023, 8, 1), date(2023, 7, 31), date(2023, 8, 3))
    judged = judge([grace, AUGUST], [held(date(2023, 8, 2))], [], LATER)
    assert (judged[7].verdict, judged[8].verdict) == (Verdict.DONE, Verdict.NO_PLAN)
    put_off = Proof(MEETING, 1, "meeting:1", date(2023, 8, 2), planned_on=date(2023, 7, 20))
    judged = judge([JULY, AUGUST], [put_off], [], LATER)
    assert (judged[7].verdict, judged[8].verdict) == (Verdict.NOT_CARRIED_OUT, Verdict.DONE)


def test_what_is_owed_with_a_meeting_is_served_only_by_what_names_it() -> None:
    papers = Owed(
        1, Evidence.PAPERS, date(2023, 7, 7), date(2023, 7, 11), date(2023, 7, 7), date(2023, 7, 7), "meeting:4"
    )
    other = Proof(Evidence.PAPERS, 1, "meeting:5", date(2023, 7, 6), event="meeting:5")
    own = Proof(Evidence.PAPERS, 1, "meeting:4", date(2023, 7, 9), event="meeting:4")
    assert judge([papers], [other], [], LATER)[1].verdict == Verdict.NOT_CARRIED_OUT
    assert judge([papers], [other, own], [], LATER)[1] == Judged(Verdict.LATE, date(2023, 7, 9), "meeting:4")


def test_a_report_serves_the_period_that_it_is_for_and_no_other() -> None:
    report = Evidence.REPORT
    june = Owed(6, report, date(2023, 6, 1), date(2023, 7, 1), date(2023, 7, 5), date(2023, 7, 5))
    july = Owed(7, report, date(2023, 7, 1), date(2023, 8, 1), date(2023, 8, 5), date(2023, 8, 5))
    sent = Proof(report, 1, "report:1", date(2023, 7, 4), period=Interval(date(2023, 7, 1), date(2023, 8, 1)))
    found = judge([june, july], [sent], [], LATER)
    assert (found[6].verdict, found[7].verdict) == (Verdict.NOT_CARRIED_OUT, Verdict.DONE)


def test_a_declaration_with_proof_makes_good_what_it_was_given_for() -> None:
    said = Proof(MEETING, 1, "declaration:1", date(2023, 7, 30), event=itself(7))
    assert judge([JULY], [said], [], LATER)[7].verdict == Verdict.DONE
    bare = Proof(MEETING, 1, "declaration:1", date(2023, 7, 30), complete=False, event=itself(7))
    assert judge([JULY], [bare], [], LATER)[7].verdict == Verdict.WITHOUT_EVIDENCE


def test_a_missing_programme_is_a_missing_plan_and_a_missing_notice_is_not() -> None:
    year = Owed(1, Evidence.PROGRAMME, date(2023, 1, 1), date(2024, 1, 1), date(2023, 1, 31), date(2023, 1, 31))
    notice = Owed(
        2, Evidence.NOTICE, date(2023, 1, 1), date(2023, 1, 9), date(2023, 1, 8), date(2023, 1, 8), "meeting:1"
    )
    assert judge([year], [], [], date(2023, 2, 1))[1].verdict == Verdict.NO_PLAN
    assert judge([notice], [], [], date(2023, 2, 1))[2].verdict == Verdict.NOT_CARRIED_OUT
    late = Proof(Evidence.PROGRAMME, 1, "document:1", date(2023, 2, 15))
    assert judge([year], [late], [], LATER)[1].verdict == Verdict.LATE


def test_who_has_ended_before_the_last_day_owes_nothing_more() -> None:
    gone = Owed(
        7, MEETING, date(2023, 7, 1), date(2023, 8, 1), date(2023, 7, 31), date(2023, 7, 31), over=date(2023, 7, 15)
    )
    assert judge([gone], [], [], date(2023, 7, 15))[7].verdict == Verdict.ENDED
    assert judge([gone], [held(date(2023, 7, 10))], [], date(2023, 8, 15))[7].verdict == Verdict.DONE


def test_what_is_open_excused_or_ended_counts_neither_way() -> None:
    verdicts = ["done", "late", "open", "excused", "no_plan", "ended", "done"]
    assert conformity(verdicts) == (2, 4)


DAYS = st.integers(0, 92).map(lambda n: date(2023, 7, 1) + timedelta(days=n))


@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=4))
def test_the_order_in_which_evidence_becomes_known_makes_no_difference(meetings: list[tuple[date, bool]]) -> None:
    proofs = [held(day, f"meeting:{n}", complete=complete) for n, (day, complete) in enumerate(meetings)]
    verdicts = {tuple(sorted(judge([JULY, AUGUST], order, [], LATER).items())) for order in permutations(proofs)}
    assert len(verdicts) == 1


@given(st.lists(DAYS, max_size=6))
def test_a_proof_serves_one_obligation_at_most(days: list[date]) -> None:
    proofs = [held(day, f"meeting:{n}") for n, day in enumerate(days)]
    served = share_out([JULY, AUGUST], proofs)
    assert len({one.key for one in served.values()}) == len(served)


def past(code: str, day: date, verdict: str) -> Past:
    return Past(code, day, verdict)


def test_a_duty_lapses_again_within_the_year_and_later_lapses_make_it_no_worse() -> None:
    told = [past("meeting", date(2022, 6, 30), "late"), past("meeting", date(2023, 5, 31), "late")]
    told += [past("meeting", date(2023, 6, 30), "no_plan"), past("dues", date(2023, 6, 30), "not_done")]
    assert lapses(told, "meeting", date(2023, 6, 30), 365) == 2
    assert lapses(told, "meeting", date(2023, 5, 31), 365) == 2


def test_several_duties_of_a_month_are_counted_once_each() -> None:
    told = [past("meeting", date(2023, 6, 30), "late"), past("dues", date(2023, 7, 5), "not_done")]
    told += [past("dues", date(2023, 7, 6), "not_done"), past("report", date(2023, 5, 2), "not_done")]
    told += [past("papers", date(2023, 7, 6), "done")]
    assert duties_lapsed(told, date(2023, 7, 10), 31) == 2


def test_a_decline_is_how_far_the_share_in_time_has_fallen() -> None:
    """8 of 10 in half a year, then 2 of 5 in a quarter: 80 - 40 = 40 points."""
    day = date(2023, 9, 30)
    before = [past("x", day - timedelta(days=100 + n), "done" if n < 8 else "late") for n in range(10)]
    recent = [past("x", day - timedelta(days=n), "done" if n < 2 else "no_plan") for n in range(5)]
    assert drop(before + recent, day, 90) == 40
    assert drop(before + recent[:3], day, 90) == 0
    assert drop([*before, *(past("x", day, "done") for _ in range(4))], day, 90) == 0
