"""The one thing to do about a duty that waits: what its button says, and where it leads, resolved when it is pressed."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may
from dondoc.directives.content import calendar
from dondoc.lib import wording
from dondoc.lib.days import add_months
from dondoc.lib.evidence import EVENTS, Evidence, Proof
from dondoc.lib.periods import Interval
from dondoc.lib.working_days import add_working_days

from .models import Obligation
from .queries import DECLARING
from .rules import Verdict
from .services.judging import AHEAD, WINDOW, evidence
from .texts import BUTTONS

PLANNING = "meeting.plan"
DAY, QUARTER = timedelta(days=1), 3


def button(one: Obligation, *, own: bool) -> str | Promise:
    """What the button beside a warning says, for the unit itself and for its superior."""
    if not own:
        return BUTTONS["answer"]
    kind = Evidence(one.duty.evidence)
    if one.event:
        return BUTTONS["papers" if kind is Evidence.PAPERS else "conclude"]
    if kind in EVENTS:
        return BUTTONS["minutes" if one.verdict == Verdict.WITHOUT_EVIDENCE else "schedule" if one.verdict == Verdict.NO_PLAN else "meeting"]  # fmt: skip
    return BUTTONS.get(kind.value, BUTTONS["declare"])


def place(actor: Actor, one: Obligation) -> str:
    """The page on which it is one press: the meeting, a new day for one, the report, the directives; else where it is declared or excused."""
    declare = reverse("obligations:obligation", args=[one.pk]) + "#act"
    if not may(actor, DECLARING, one.unit_id):
        return declare
    kind = Evidence(one.duty.evidence)
    if one.event.startswith("meeting:"):
        return reverse("meetings:meeting", args=[int(one.event.partition(":")[2])])
    if kind is Evidence.DIRECTIVES_ANSWERED:
        return reverse("directives:list") + "?part=received&state=overdue"
    if kind not in (*EVENTS, Evidence.REPORT):
        return declare
    found = evidence([one.unit_id], min(one.begins_on, actor.day - WINDOW) - AHEAD, actor.day + WINDOW)
    proof = _waiting(one, found.get((one.unit_id, kind), ()))
    if proof is not None:
        name, _colon, key = proof.key.partition(":")
        return reverse("meetings:meeting" if name == "meeting" else "reports:report", args=[int(key)])
    if kind is Evidence.REPORT or not may(actor, PLANNING, one.unit_id):
        return declare
    return _new_day(one, kind, actor.day)


def _waiting(one: Obligation, proofs: list[Proof] | tuple[Proof, ...]) -> Proof | None:
    """The record that is there for these days and is not complete: planned and not held, held without minutes, not sent."""
    period = Interval(one.begins_on, one.ends_on)
    for proof in proofs:
        day = proof.on or proof.planned_on
        # A declaration without proof is said again where it was said.
        if (proof.on is not None and proof.complete) or proof.key.partition(":")[0] not in ("meeting", "report"):
            continue
        if proof.period == period or (proof.period is None and day is not None and one.begins_on <= day < max(one.last_day + DAY, one.ends_on)):  # fmt: skip
            return proof
    return None


def _new_day(one: Obligation, kind: Evidence, today: date) -> str:
    """The preview of one meeting of the kind on the next working day that is not before the duty begins."""
    day = add_working_days(max(today, one.begins_on - DAY), 1, calendar())
    thematic = kind is Evidence.THEMATIC_MEETING
    if thematic and day.month % QUARTER:
        # The thematic meeting is that of the last month of a quarter.
        month = add_months(day.replace(day=1), -day.month % QUARTER)
        day = add_working_days(month - DAY, 1, calendar())
    asked = {
        "kind": Evidence.CELL_MEETING.value if thematic else kind.value,
        "since": wording.day(day),
        "repeat": "once",
        **({"thematic": "on"} if thematic else {}),
    }
    return f"{reverse('meetings:preview', args=[one.unit_id])}?{urlencode(asked)}"
