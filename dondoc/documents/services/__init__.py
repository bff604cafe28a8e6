"""Every write of this folder: storing what comes in, giving numbers, keeping the registers."""

from .numbering import explain_gap, give_up, keep_original, number_document, reserve
from .storing import look_at, store_file, store_made, take_source
from .values import About, To

__all__ = [
    "About",
    "To",
    "explain_gap",
    "give_up",
    "keep_original",
    "look_at",
    "number_document",
    "reserve",
    "store_file",
    "store_made",
    "take_source",
]
