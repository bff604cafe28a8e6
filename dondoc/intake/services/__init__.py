"""Every write of intake, one function per verb."""

from .confirm import confirm
from .receive import ReadSource, Received, read_source, receive
from .steps import last_step, step_back
from .values import Kept, accept_value, add_value, choose_late, discard, drop_value, mark_new, save_value, undo_value
from .withdraw import withdraw

__all__ = [
    "Kept",
    "ReadSource",
    "Received",
    "accept_value",
    "add_value",
    "choose_late",
    "confirm",
    "discard",
    "drop_value",
    "last_step",
    "mark_new",
    "read_source",
    "receive",
    "save_value",
    "step_back",
    "undo_value",
    "withdraw",
]
