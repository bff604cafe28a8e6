"""What shows that a duty was done: the kinds of evidence that an article may ask for, and the proofs that are found of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .periods import Interval


class Evidence(StrEnum):
    """A kind of evidence. Meetings and documents are found in the records; what is only declared needs proof beside it."""

    COMMITTEE_MEETING = "committee_meeting"
    STANDING_MEETING = "standing_meeting"
    BRIEFING = "briefing"
    CONFERENCE = "conference"
    CELL_MEETING = "cell_meeting"
    THEMATIC_MEETING = "thematic_meeting"
    PAPERS = "papers"
    NOTICE = "notice"
    DOCUMENT = "document"
    PROGRAMME = "programme"
    INSPECTION_PROGRAMME = "inspection_programme"
    INSPECTION = "inspection"
    ATTENDS_CELL = "attends_cell"
    REPORT = "report"
    RECEPTION = "reception"
    DIALOGUE = "dialogue"
    DIRECTIVES_ANSWERED = "directives_answered"
    REVIEW = "review"
    REGULATION_REVIEW = "regulation_review"
    DECLARED = "declared"


# What a duty may be counted from: the meetings, since papers go before them and conclusions follow.
EVENTS = (
    Evidence.COMMITTEE_MEETING,
    Evidence.STANDING_MEETING,
    Evidence.BRIEFING,
    Evidence.CONFERENCE,
    Evidence.CELL_MEETING,
    Evidence.THEMATIC_MEETING,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Something in the records that bears on a unit's duties of a kind: carried out on a day, or only planned (`on` None, `planned_on` a day).

    `key` names the record ("meeting:12"). `complete`: it has the minutes, the document or the file that make it evidence. What is tied to
    one obligation says to which: `event` names the meeting that it was due with (or the obligation itself), `period` the days that it is for.
    """

    kind: Evidence
    unit: int
    key: str
    on: date | None
    planned_on: date | None = None
    complete: bool = True
    event: str = ""
    period: Interval | None = None
