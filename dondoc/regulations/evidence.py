"""How pages call the kinds of evidence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dondoc.lib.evidence import Evidence

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
    Evidence.DIRECTIVES_ANSWERED: _("Directives from above, each answered within its deadline"),
    Evidence.REVIEW: _("Yearly review and ranking"),
    Evidence.REGULATION_REVIEW: _("Report on how the working regulation was followed"),
    Evidence.DECLARED: _("Declaration with proof"),
}
