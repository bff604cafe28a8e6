"""What the records of one obligation amount to, in the words of the demand: done, no plan, not carried out, late, without evidence, excused, ended."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .owed import Duty, Period
from .workdays import DAY

PLANS = {"programme", "inspection_programme"}


@dataclass
class Facts:
    """What the records say of one obligation, each with the day on which they say it.

    `done`: carried out, with what makes it evidence, and `known` since when; `bare`: carried out without that; `excused`: granted that day.
    """

    planned: bool = True
    done: date | None = None
    known: date | None = None
    bare: date | None = None
    excused: date | None = None


def truth(unit: str, duty: Duty, period: Period, facts: Facts, end: date | None, about: str = "") -> dict[str, Any]:
    """The verdict when all is told, and the day on which it became visible as a lapse, if it ever did."""
    if end is not None:
        # Who is gone records nothing more.
        def before(day: date | None) -> date | None:
            return None if day is None or day >= end else day

        facts = Facts(facts.planned, before(facts.done), before(facts.known), before(facts.bare), before(facts.excused))
        if facts.known is None and facts.done is not None:
            facts.done, facts.bare = None, facts.done
    unmet = "no_plan" if duty.evidence in PLANS or not facts.planned else "not_done"
    if facts.bare is not None and facts.bare <= period.last:
        unmet = "no_evidence"
    shown: date | None = period.last + DAY
    if facts.done is not None and facts.known is not None:
        verdict = "done" if facts.done <= period.last else "excused" if facts.excused else "late"
        if facts.known <= period.last:
            shown = None
    elif facts.excused:
        verdict = "excused"
    elif end is not None and end <= period.last:
        verdict, shown = "ended", None
    else:
        verdict = unmet
    if facts.excused and facts.excused <= period.last:
        shown = None
    if end is not None and end <= period.last:
        shown = None
    return {
        "unit": unit,
        "code": duty.code,
        "begins": period.begins,
        "due": period.due,
        "last": period.last,
        "about": about,
        "verdict": verdict,
        "lapsed_on": shown,
    }
