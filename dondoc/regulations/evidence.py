"""What shows that a duty was done: the kinds of evidence that an article may ask for, and the proofs that are found of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dondoc.lib.periods import Interval


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
    REVIEW = "review"
    REGULATION_REVIEW = "regulation_review"
    DECLARED = "declared"


NAMES: dict[Evidence, Promise] = {
    Evidence.COMMITTEE_MEETING: _("Minutes of a committee meeting"),
    Evidence.STANDING_MEETING: _("Minutes of a meeting of the standing committee"),
    Evidence.BRIEFING: _("Minutes of a briefing"),
    Evidence.CONFERENCE: _("Minutes of a conference of all members"),
    Evidence.CELL_MEETING: _("Minutes of a regular cell meeting"),
    Evidence.THEMATIC_MEETING: _("Minutes of a thematic cell meeting"),
    Evidence.PAPERS: _("Papers sent before the meeting"),
    Evidence.NOTICE: _("Notice of conclusion, conclusion or resolution"),
    Evidence.DOCUMENT: _("Document that was issued"),
    Evidence.PROGRAMME: _("Programme of work"),
    Evidence.INSPECTION_PROGRAMME: _("Programme of inspection and supervision"),
    Evidence.INSPECTION: _("Inspection or supervision that was carried out"),
    Evidence.ATTENDS_CELL: _("Committee member present at the meeting of the cell in their charge"),
    Evidence.REPORT: _("Report that was sent"),
    Evidence.RECEPTION: _("Record of the reception of citizens"),
    Evidence.DIALOGUE: _("Record of the dialogue with the people"),
    Evidence.REVIEW: _("Yearly review and ranking"),
    Evidence.REGULATION_REVIEW: _("Report on how the working regulation was followed"),
    Evidence.DECLARED: _("Declaration with proof"),
}

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
