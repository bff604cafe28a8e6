"""Steps of the ladder: which are due when, without a database."""

from datetime import date, timedelta
from typing import Any

import pytest

from dondoc.directives import content, rules, texts
from dondoc.directives.rules import Ladder, Rung, Running
from dondoc.lib.working_days import Calendar

ISSUED = date(2023, 5, 4)
DUE = date(2023, 6, 3)
CALENDAR = Calendar(off=frozenset({date(2023, 5, 5)}))
LADDER = Ladder(
    date(2018, 1, 1),
    None,
    "",
    verified=False,
    rungs=(
        Rung("due_in_7", "deadline", -7, ("receiver",), 10),
        Rung("due_today", "deadline", 0, ("receiver",), 30),
        Rung("overdue_15", "deadline", 15, ("issuer",), 60, repeat=15),
        Rung("not_acknowledged", "acknowledgement", 3, ("receiver",), 25, working=True),
    ),
)


def told(clocks: list[Running], until: date) -> list[tuple[str, date]]:
    """The steps due by a day."""
    return [(one.rung.code, one.due_on) for one in rules.occurrences(clocks, [LADDER], CALENDAR, until)]


def test_steps_fall_on_days_before_on_and_after_the_deadline() -> None:
    assert told([Running("deadline", DUE, ISSUED)], DUE + timedelta(days=15)) == [
        ("due_in_7", date(2023, 5, 27)),
        ("due_today", DUE),
        ("overdue_15", date(2023, 6, 18)),
    ]


def test_the_last_step_comes_again_as_long_as_it_is_overdue() -> None:
    days = [day for code, day in told([Running("deadline", DUE, ISSUED)], date(2023, 8, 1)) if code == "overdue_15"]
    assert days == [date(2023, 6, 18), date(2023, 7, 3), date(2023, 7, 18)]


def test_steps_up_to_the_day_since_which_the_clock_runs_are_not_taken() -> None:
    clock = Running("deadline", ISSUED + timedelta(days=7), ISSUED)
    assert told([clock], DUE)[0] == ("due_today", ISSUED + timedelta(days=7))


def test_an_acknowledgement_is_asked_for_after_three_working_days() -> None:
    # Thursday 4 May; Friday is off, so Monday, Tuesday, Wednesday.
    assert told([Running("acknowledgement", ISSUED, ISSUED)], DUE) == [("not_acknowledged", date(2023, 5, 10))]


def test_the_next_day_on_which_something_is_due_follows_from_all_clocks() -> None:
    clocks = [Running("acknowledgement", ISSUED, ISSUED), Running("deadline", DUE, ISSUED)]
    assert rules.next_after(clocks, [LADDER], CALENDAR, ISSUED) == date(2023, 5, 10)
    assert rules.next_after(clocks, [LADDER], CALENDAR, date(2023, 5, 10)) == date(2023, 5, 27)
    assert rules.next_after(clocks, [LADDER], CALENDAR, date(2023, 6, 18)) == date(2023, 7, 3)
    assert rules.next_after([], [LADDER], CALENDAR, ISSUED) is None


def test_a_step_belongs_to_the_ladder_in_force_on_its_day() -> None:
    old = Ladder(date(2018, 1, 1), date(2023, 6, 3), "", False, (Rung("old", "deadline", 0, ("receiver",), 1),))
    new = Ladder(date(2023, 6, 3), None, "", False, (Rung("new", "deadline", 0, ("receiver",), 1),))
    found = rules.occurrences([Running("deadline", DUE, ISSUED)], [old, new], CALENDAR, DUE)
    assert [one.rung.code for one in found] == ["new"]


def clocks(state: str, **facts: Any) -> list[tuple[str, date]]:
    """The clocks that run, with their bases."""
    facts = {"drafted_on": ISSUED, "issued_on": ISSUED, "unmet": [DUE], **facts}
    return [(one.clock, one.base) for one in rules.running(state, **facts)]


@pytest.mark.parametrize(
    ("state", "facts", "expected"),
    [
        ("drafted", {"issued_on": None}, [("approval", ISSUED)]),
        ("approved", {"approved_on": date(2023, 5, 5)}, [("issue", date(2023, 5, 5))]),
        ("issued", {}, [("acknowledgement", ISSUED), ("deadline", DUE)]),
        ("in_progress", {}, [("deadline", DUE)]),
        ("objected", {"objected_on": date(2023, 5, 6)}, [("objection", date(2023, 5, 6))]),
        ("reported", {"reported_on": date(2023, 6, 1)}, [("verification", date(2023, 6, 1))]),
        ("accepted", {}, []),
        ("cancelled", {"parked_since": [DUE]}, []),
        ("in_progress", {"parked_since": [DUE, DUE]}, [("deadline", DUE), ("parked", DUE)]),
        ("in_progress", {"asked_on": date(2023, 5, 20)}, [("extension", date(2023, 5, 20)), ("deadline", DUE)]),
    ],
)
def test_what_is_waited_for_follows_from_the_state(state: str, facts: dict[str, Any], expected: list[Any]) -> None:
    assert clocks(state, **facts) == expected


def test_an_open_assignment_is_always_waited_for() -> None:
    days = {
        "drafted_on": ISSUED,
        "approved_on": ISSUED,
        "issued_on": ISSUED,
        "objected_on": ISSUED,
        "reported_on": ISSUED,
    }
    for state in rules.OPEN:
        assert rules.running(state.value, **days, unmet=[DUE]), state  # type: ignore[arg-type]


def test_after_a_return_steps_count_from_the_day_of_the_return() -> None:
    [clock] = rules.running(
        "in_progress", drafted_on=ISSUED, issued_on=ISSUED, unmet=[DUE], returned_on=date(2023, 6, 10)
    )
    assert told([clock], date(2023, 6, 20)) == [("overdue_15", date(2023, 6, 18))]


def test_after_a_hand_over_the_new_receiver_has_as_long_to_acknowledge_as_the_first_had() -> None:
    day = date(2023, 6, 10)
    found = rules.running("issued", drafted_on=ISSUED, issued_on=ISSUED, asked_anew_on=day, unmet=[DUE])
    assert found == [Running("deadline", DUE, day), Running("acknowledgement", day, day)]


def test_the_ladder_that_ships_has_the_steps_of_the_office() -> None:
    deadline = [rung for ladder in content.ladders().ladders for rung in ladder.rungs if rung.clock == "deadline"]
    assert [rung.days for rung in deadline] == [-7, -1, 0, 3, 7, 15]
    assert not any(ladder.verified for ladder in content.ladders().ladders)


AUDIENCES = {"receiver": {"part": "receiver", "kinds": ["head"]}}
STEP = {"code": "due_today", "clock": "deadline", "days": 0, "audience": ["receiver"], "rank": 1}


def ladder(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One ladder as a file writes it."""
    return {"from": date(2018, 1, 1), "basis": "", "verified": False, "steps": list(steps), **more}


@pytest.mark.parametrize(
    ("ladders", "says"),
    [
        ([ladder({**STEP, "clock": "moon"})], "unknown clock"),
        ([ladder({**STEP, "audience": ["everyone"]})], "unknown clock, audience"),
        ([ladder({**STEP, "colour": "red"})], "colour"),
        ([ladder({**STEP, "repeat": 0})], "1 or more"),
        ([ladder({**STEP, "code": "a"})], "needs a text"),
        ([ladder(STEP, STEP)], "twice"),
        ([ladder(STEP), ladder(STEP)], "overlap"),
    ],
)
def test_a_ladder_written_wrong_stops_the_start(ladders: list[Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        content.read_ladders({"audiences": AUDIENCES, "ladders": ladders})


def test_a_step_that_an_office_adds_says_what_its_content_says(monkeypatch: pytest.MonkeyPatch) -> None:
    own = content.read_ladders(
        {"audiences": AUDIENCES, "ladders": [ladder({**STEP, "code": "own", "text": "Nhắc riêng"})]}
    )
    monkeypatch.setattr(content, "ladders", lambda: own)
    assert texts.step_text("own") == "Nhắc riêng"
