"""What became of what a unit owes: pure, for all obligations of one duty of one unit together. The rules in words: docs/algorithms/duties.md.

A proof serves one obligation at most. It serves the one that it names (`event`, `period`); else the first one, by last day, that still waits
for a proof and within whose days it was carried out, up to the last day; then one within whose period it came late; what is left over
makes the latest earlier lapse good, late. Complete proofs are shared out before incomplete ones. The order in which evidence became known
therefore makes no difference.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dondoc.lib.evidence import EVENTS, Evidence, Proof
from dondoc.lib.periods import Interval


class Verdict(StrEnum):
    """What became of an obligation."""

    OPEN = "open"
    DONE = "done"
    LATE = "late"
    NO_PLAN = "no_plan"
    NOT_CARRIED_OUT = "not_done"
    WITHOUT_EVIDENCE = "no_evidence"
    EXCUSED = "excused"
    ENDED = "ended"


UNMET = frozenset({Verdict.NO_PLAN, Verdict.NOT_CARRIED_OUT, Verdict.WITHOUT_EVIDENCE})
"""Lapses that are still to be made good."""
LAPSES = UNMET | {Verdict.LATE}
"""What counts against conformity."""

PLANS = frozenset({Evidence.PROGRAMME, Evidence.INSPECTION_PROGRAMME})
"""What is itself a plan: where it is missing there is none."""
PLANNED = frozenset({*EVENTS, Evidence.INSPECTION, Evidence.ATTENDS_CELL})
"""What is carried out by a plan, so that a missing plan and a plan that was not carried out are two things."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation: its days (`ends` the first day out), the day it is due and the last day in time; `event` where it follows a meeting.

    `over`: the first day on which its unit is no longer there, None while it lives.
    """

    key: int
    kind: Evidence
    begins: date
    ends: date
    due: date
    last_day: date
    event: str = ""
    over: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, the day on which it was carried out, the record on which that rests, and the next day on which time alone changes it."""

    verdict: Verdict
    done_on: date | None = None
    proof: str = ""
    judge_on: date | None = None


def judge(owed: Sequence[Owed], proofs: Iterable[Proof], excused: Collection[int], day: date) -> dict[int, Judged]:
    """The verdicts of a day on all obligations of one duty of one unit, by their keys. `excused` are those whose excuse was granted."""
    found = list(proofs)
    planned = [one for one in found if (one.on or one.planned_on) is not None]
    served = share_out(owed, [one for one in found if one.on is not None and one.on <= day])
    # What served an earlier time was the plan of that one: a meeting held in its days of grace is no plan for the time in which it lies.
    last = {served[one.key].key: one.last_day for one in owed if one.key in served}
    return {
        one.key: _judged(
            one,
            served.get(one.key),
            [each for each in planned if last.get(each.key, one.last_day) >= one.last_day],
            one.key in excused,
            day,
        )
        for one in owed
    }


def share_out(owed: Sequence[Owed], proofs: Iterable[Proof]) -> dict[int, Proof]:
    """Which proof serves which obligation."""
    waiting = sorted(owed, key=lambda one: (one.last_day, one.key))
    served: dict[int, Proof] = {}
    left = sorted(proofs, key=lambda one: (not one.complete, one.on or date.min, one.key))
    for one in left:
        if not one.event and not one.period:
            continue
        place = next((each for each in waiting if each.key not in served and _names(one, each)), None)
        if place:
            served[place.key] = one
    free = [one for one in left if not one.event and not one.period]
    for fits in (_in_time, _within):
        for one in list(free):
            place = next(
                (each for each in waiting if each.key not in served and not each.event and fits(one, each)), None
            )
            if place:
                served[place.key] = one
                free.remove(one)
    for one in free:
        place = next(
            (each for each in reversed(waiting) if each.key not in served and not each.event and _after(one, each)),
            None,
        )
        if place:
            served[place.key] = one
    return served


def _names(proof: Proof, owed: Owed) -> bool:
    if proof.event or owed.event:
        return proof.event in {owed.event, itself(owed.key)} - {""}
    return proof.period == Interval(owed.begins, owed.ends)


def itself(key: int) -> str:
    """What a proof names that was given for one obligation."""
    return f"obligation:{key}"


def _in_time(proof: Proof, owed: Owed) -> bool:
    return proof.on is not None and owed.begins <= proof.on <= owed.last_day


def _within(proof: Proof, owed: Owed) -> bool:
    return proof.on is not None and owed.begins <= proof.on < owed.ends


def _after(proof: Proof, owed: Owed) -> bool:
    return proof.on is not None and proof.on >= owed.ends and proof.complete


def _judged(owed: Owed, proof: Proof | None, known: Sequence[Proof], excused: bool, day: date) -> Judged:
    in_time = day <= owed.last_day
    after = owed.last_day + timedelta(days=1) if in_time else None
    if proof is not None and proof.on is not None and proof.complete:
        verdict = Verdict.DONE if proof.on <= owed.last_day else Verdict.EXCUSED if excused else Verdict.LATE
        return Judged(verdict, proof.on, proof.key)
    if excused:
        return Judged(Verdict.EXCUSED)
    # Nobody is blamed for what fell due after they were gone.
    if owed.over is not None and owed.over <= owed.last_day and owed.over <= day:
        return Judged(Verdict.ENDED)
    if in_time:
        return Judged(Verdict.OPEN, proof.on if proof else None, proof.key if proof else "", after)
    if proof is not None:
        return Judged(Verdict.WITHOUT_EVIDENCE, proof.on, proof.key)
    if owed.kind in PLANS or (owed.kind in PLANNED and not any(_planned_for(one, owed) for one in known)):
        return Judged(Verdict.NO_PLAN)
    return Judged(Verdict.NOT_CARRIED_OUT)


def _planned_for(proof: Proof, owed: Owed) -> bool:
    day = proof.planned_on or proof.on
    return day is not None and owed.begins <= day <= max(owed.last_day, owed.ends - timedelta(days=1))


def conformity(verdicts: Iterable[str]) -> tuple[int, int]:
    """How many obligations were carried out in time, of how many that count: what is open, excused or ended counts neither way."""
    counted = [one for one in verdicts if one == Verdict.DONE or one in LAPSES]
    return sum(one == Verdict.DONE for one in counted), len(counted)


@dataclass(frozen=True, slots=True)
class Past:
    """How one obligation of a unit stands, for patterns: its duty, last day and verdict."""

    code: str
    last_day: date
    verdict: str


LEAST = 4
"""Of fewer obligations that count no share is compared."""


def lapses(past: Iterable[Past], code: str, day: date, within: int) -> int:
    """How many times a duty had lapsed when one with this last day did, itself included, within so many days: later ones make it no worse."""
    since = day - timedelta(days=within)
    return sum(one.code == code and one.verdict in LAPSES and since < one.last_day <= day for one in past)


def duties_lapsed(past: Iterable[Past], day: date, within: int) -> int:
    """How many different duties of a unit had lapsed within so many days up to and with the day."""
    since = day - timedelta(days=within)
    return len({one.code for one in past if one.verdict in LAPSES and since < one.last_day <= day})


def drop(past: Iterable[Past], day: date, within: int) -> int:
    """By how many points of a hundred the share carried out in time lies below that of twice as many days before; 0 where it does not.

    Also 0 where one of the two holds fewer than `LEAST` obligations that count.
    """
    listed = list(past)
    middle = day - timedelta(days=within)
    start = middle - timedelta(days=2 * within)
    done, counted = conformity(one.verdict for one in listed if middle < one.last_day <= day)
    done_before, counted_before = conformity(one.verdict for one in listed if start < one.last_day <= middle)
    if min(counted, counted_before) < LEAST:
        return 0
    return max(0, 100 * (done_before * counted - done * counted_before) // (counted * counted_before))
