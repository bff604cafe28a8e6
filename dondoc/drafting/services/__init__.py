"""Every write of this folder, one function per verb. Rights are checked in the doors (`queries.access_draft`)."""

from dondoc.drafting.values import Content, Numbering, Saved, Words

from .making import (
    draft_ending,
    draft_invitation,
    draft_meeting_minutes,
    draft_minutes,
    draft_notice,
    draft_plan,
    draft_report,
    make,
    urge,
)
from .moving import approve, drop, issue, send_back
from .returning import bring_back, look, settle
from .saving import add_clause, add_row, choose_late, leave_out, move_clause, save_clause

__all__ = [
    "Content",
    "Numbering",
    "Saved",
    "Words",
    "add_clause",
    "add_row",
    "approve",
    "bring_back",
    "choose_late",
    "draft_ending",
    "draft_invitation",
    "draft_meeting_minutes",
    "draft_minutes",
    "draft_notice",
    "draft_plan",
    "draft_report",
    "drop",
    "issue",
    "leave_out",
    "look",
    "make",
    "move_clause",
    "save_clause",
    "send_back",
    "settle",
    "urge",
]
