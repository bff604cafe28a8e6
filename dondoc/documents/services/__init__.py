"""Every write of this folder: storing what comes in, giving numbers, keeping the registers."""

from .arriving import attach, enter, finish, handle
from .numbering import attach_scans, explain_gap, give_up, keep_original, number_document, reserve
from .replacing import replace_template
from .storing import look_at, store_file, store_made, take_source
from .values import About, Arrival, To

__all__ = [
    "About",
    "Arrival",
    "To",
    "attach",
    "attach_scans",
    "enter",
    "explain_gap",
    "finish",
    "give_up",
    "handle",
    "keep_original",
    "look_at",
    "number_document",
    "replace_template",
    "reserve",
    "store_file",
    "store_made",
    "take_source",
]
