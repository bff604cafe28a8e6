"""How a directive is seen through, by subject. Pure: standard library, `dondoc.lib` and this folder; today is an argument."""

from .cadence import answered_to, due_days, next_due
from .completeness import Outline, gaps, place, where
from .defaults import Defaults, ProductRule, default_of
from .ladder import Ladder, Occurrence, Rung, Running, next_after, occurrences, running
from .roles import Decision, Held, How, Part, Reached, Succeeded, Tree, hold, stand_in
from .states import (
    DONE,
    DUE_SOON_DAYS,
    MOVES,
    OPEN,
    UNISSUED,
    WORKING,
    Progress,
    Receivers,
    State,
    may_close,
    move,
    progress,
    standing,
)

__all__ = [
    "DONE",
    "DUE_SOON_DAYS",
    "MOVES",
    "OPEN",
    "UNISSUED",
    "WORKING",
    "Decision",
    "Defaults",
    "Held",
    "How",
    "Ladder",
    "Occurrence",
    "Outline",
    "Part",
    "ProductRule",
    "Progress",
    "Reached",
    "Receivers",
    "Rung",
    "Running",
    "State",
    "Succeeded",
    "Tree",
    "answered_to",
    "default_of",
    "due_days",
    "gaps",
    "hold",
    "may_close",
    "move",
    "next_after",
    "next_due",
    "occurrences",
    "place",
    "progress",
    "running",
    "stand_in",
    "standing",
    "where",
]
