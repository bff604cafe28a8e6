"""An invented cell: its months follow from one another, and its numbers agree as a real report's must."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dondoc.overview.simulation.cells import Cell, Habit

SHARES = {"admissions": 0.3, "members_transferred_in": 0.3, "members_transferred_out": 0.3, "members_died": 0.1}


@given(seed=st.integers(0, 10**6), members=st.integers(5, 40), probationary=st.integers(0, 3))
def test_what_a_cell_tells_agrees_with_itself_and_with_the_month_before(
    seed: int, members: int, probationary: int
) -> None:
    draw, cell, before = Random(seed), Cell(members, probationary), members
    for number in range(4):
        told = cell.month(SHARES, draw, meets=number != 2)
        came = told["admissions"] + told["members_transferred_in"]
        went = told["members_transferred_out"] + told["members_died"]
        assert told["members_opening"] == before
        assert told["members"] == before + came - went
        assert told["members_official"] + told["members_probationary"] == told["members"]
        assert told["meeting_attendances"] <= told["meeting_attendances_due"] <= told["members"]
        before = told["members"]


def test_nothing_happens_in_a_part_without_a_meeting() -> None:
    told = Cell(20, 2).month(dict.fromkeys(SHARES, 1.0), Random(1), meets=False)
    assert (told["members"], told["cell_meetings"], told["meeting_attendances"]) == (20, 0, 0)


def test_habits_decide_whether_a_report_comes_in_time_late_or_never() -> None:
    draw = Random(1)
    assert {Habit(0, 1, 0).delay(draw) for _ in range(20)} == {None}
    assert all((Habit(1, 0, 0).delay(draw) or 0) > 0 for _ in range(20))
    assert {Habit(0, 0, 0).delay(draw) for _ in range(50)} == {0, -1}
