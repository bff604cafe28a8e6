"""Every write of this folder, one function per verb. Each is one act: `seen` is the version that the person saw, `act` who does it.

Rights are checked in the doors (`queries.access_assignment`); that nobody closes their own duty also here.
"""

from .drafting import (
    FIELDS,
    add_receiver,
    choose_late,
    confirm_defaults,
    draft_assignments,
    fill,
    remove_receiver,
    save_field,
    save_fields,
)
from .from_document import direct_from_document
from .homing import decide_role, hand_over
from .issuing import approve, cancel, issue, send_back, uphold
from .judging import accept, answer_extension, chase, reopen, return_result
from .receiving import acknowledge, ask_extension, object_to, pass_down, report_progress, report_result
from .recording import record_directive, record_finding, withdraw_origin
from .values import ChildData, DocumentData, OriginData, Saved, Seen, Timing

__all__ = [
    "FIELDS",
    "ChildData",
    "DocumentData",
    "OriginData",
    "Saved",
    "Seen",
    "Timing",
    "accept",
    "acknowledge",
    "add_receiver",
    "answer_extension",
    "approve",
    "ask_extension",
    "cancel",
    "chase",
    "choose_late",
    "confirm_defaults",
    "decide_role",
    "direct_from_document",
    "draft_assignments",
    "fill",
    "hand_over",
    "issue",
    "object_to",
    "pass_down",
    "record_directive",
    "record_finding",
    "remove_receiver",
    "reopen",
    "report_progress",
    "report_result",
    "return_result",
    "save_field",
    "save_fields",
    "send_back",
    "uphold",
    "withdraw_origin",
]
