"""Records that contradict one another are asked about, and honest ones are left in peace."""

from dataclasses import replace
from datetime import date, time
from itertools import permutations

import pytest

from dondoc.lib.periods import Interval
from dondoc.obligations.content import limits
from dondoc.obligations.doubts import Held, Told, of_meetings, of_reports

JUNE = date(2023, 6, 20)
WORDS = "Chi bộ kiểm điểm việc thực hiện nhiệm vụ tháng qua, bàn việc tháng tới, giao việc cho từng đảng viên. " * 2
HONEST = Held(
    "meeting:1", 1, "cell_meeting", JUNE, began=time(14), ended=time(15, 40), invited_on=date(2023, 6, 18),
    minutes_on=JUNE, concluded_on=date(2023, 6, 22), chair=5, present=12, members=14, words=WORDS,
)  # fmt: skip


def codes(*held: Held) -> list[tuple[str, str]]:
    return sorted((one.code, one.key) for one in of_meetings(held, limits()))


def test_a_meeting_whose_records_agree_raises_no_doubt() -> None:
    assert codes(HONEST) == []


@pytest.mark.parametrize(
    ("code", "forged"),
    [
        ("too_short", replace(HONEST, ended=time(14, 12))),
        ("too_short", replace(HONEST, on=date(2025, 11, 4), minutes_on=None, concluded_on=None, thematic=True)),
        ("ends_before_it_begins", replace(HONEST, began=time(16), ended=time(14, 30))),
        ("minutes_before", replace(HONEST, minutes_on=date(2023, 6, 17))),
        ("concluded_before", replace(HONEST, concluded_on=date(2023, 6, 19))),
        ("invited_after", replace(HONEST, invited_on=date(2023, 6, 21))),
        ("nobody_there", replace(HONEST, present=0)),
        ("more_than_members", replace(HONEST, present=15)),
    ],
)
def test_each_contradiction_is_named_and_nothing_beside_it(code: str, forged: Held) -> None:
    assert codes(forged) == [(code, "meeting:1")]


def test_a_hundred_minutes_were_enough_for_a_thematic_meeting_until_the_new_guidance() -> None:
    assert codes(replace(HONEST, thematic=True)) == []


def test_two_meetings_at_one_time_are_both_doubtful_and_one_after_the_other_is_not() -> None:
    other = replace(HONEST, key="meeting:2", unit=2, began=time(15), ended=time(16, 30))
    assert codes(HONEST, other) == [("chair_twice", "meeting:1"), ("chair_twice", "meeting:2")]
    assert codes(HONEST, replace(other, began=time(15, 40), ended=time(17, 20))) == []
    assert codes(HONEST, replace(other, chair=6)) == []
    own = replace(other, unit=1, kind="committee_meeting", words="")
    assert codes(HONEST, own) == [("unit_twice", "meeting:1"), ("unit_twice", "meeting:2")]


def test_minutes_of_two_months_written_in_one_go_are_doubtful_and_one_late_one_is_not() -> None:
    july = date(2023, 7, 20)
    late = [
        replace(HONEST, minutes_on=date(2023, 8, 30), words=""),
        replace(HONEST, key="meeting:2", on=july, minutes_on=date(2023, 8, 30), concluded_on=None, words=""),
    ]
    assert codes(*late) == [("written_at_once", "meeting:1"), ("written_at_once", "meeting:2")]
    assert codes(late[0]) == []


def test_the_later_of_two_equal_minutes_is_doubtful_in_whatever_order_they_come() -> None:
    july = replace(HONEST, key="meeting:2", on=date(2023, 7, 20), minutes_on=date(2023, 7, 20), concluded_on=None)
    for order in permutations([HONEST, july]):
        assert codes(*order) == [("same_words", "meeting:2")]
    assert codes(replace(HONEST, words="Như tháng trước."), replace(july, words="Như tháng trước.")) == []


def test_a_report_may_not_tell_of_more_than_the_records_show() -> None:
    told = Told("report:3", 1, Interval(date(2023, 6, 1), date(2023, 7, 1)), date(2023, 7, 2), 3, 12)
    assert [(one.code, dict(one.data)) for one in of_reports([told], [HONEST])] == [
        ("fewer_meetings", {"told": 3, "found": 1})
    ]
    assert [one.code for one in of_reports([replace(told, meetings=1, attendances=14)], [HONEST])] == [
        "fewer_attendances"
    ]
    assert list(of_reports([replace(told, meetings=1)], [HONEST])) == []


def test_a_meeting_after_the_sending_was_not_yet_there_to_be_told_of() -> None:
    told = Told("report:3", 1, Interval(date(2023, 6, 1), date(2023, 7, 1)), date(2023, 6, 19), 1)
    assert [one.code for one in of_reports([told], [HONEST])] == ["fewer_meetings"]
