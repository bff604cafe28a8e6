"""The states of a report, its legal moves, how it stands on a day, and who may accept it."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from dondoc.lib.refusals import Refused


class State(StrEnum):
    """Where a report stands. Late, due soon and the like are computed, never states."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CORRECTING = "correcting"
    LAPSED = "lapsed"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """The pairs that a model field wants."""
        return [(one.value, one.name) for one in cls]


FILLED = frozenset({State.OPEN, State.RETURNED, State.CORRECTING})
"""The states in which the unit fills the form."""
WAITED_FOR = frozenset({State.OPEN, State.RETURNED})
"""The states in which the superior has nothing that it could accept."""

MOVES: dict[tuple[State, str], State] = {
    (State.OPEN, "submit"): State.SUBMITTED,
    (State.RETURNED, "submit"): State.SUBMITTED,
    (State.CORRECTING, "submit"): State.SUBMITTED,
    (State.SUBMITTED, "send_back"): State.RETURNED,
    (State.SUBMITTED, "accept"): State.ACCEPTED,
    (State.ACCEPTED, "correct"): State.CORRECTING,
    # A reorganisation took the part away or gave it back, or the unit ended and its superior waits no longer; what was filled in stays.
    (State.OPEN, "lapse"): State.LAPSED,
    (State.RETURNED, "lapse"): State.LAPSED,
    (State.LAPSED, "revive"): State.OPEN,
}


def move(state: str, verb: str) -> State:
    """The state that the verb leads to. Refused where the verb is not possible in this state."""
    try:
        return MOVES[State(state), verb]
    except KeyError:
        raise Refused("reports.not_in_this_state") from None


SOON_DAYS = 3


def standing(state: str, day: date, *, due: date, begun: bool, sent_on: date | None = None) -> str:
    """How a report stands on a day, as a code of `web/states.py`. One that was first sent (`sent_on`) by its day was on time."""
    present = State(state)
    if present is State.ACCEPTED:
        return "accepted_late" if sent_on is not None and sent_on > due else "accepted"
    if present is State.SUBMITTED:
        return "reported"
    if present is State.CORRECTING:
        return "in_progress"
    if present is State.RETURNED:
        return "returned"
    if present is State.LAPSED:
        return "cancelled"
    if due < day:
        return "overdue"
    if (due - day).days <= SOON_DAYS:
        return "due_soon"
    return "in_progress" if begun else "not_started"


def may_accept(
    person: int | None,
    unit: int | None,
    *,
    reporting: Collection[int],
    wrote: Collection[int],
    posts_at: Collection[int] = (),
) -> str:
    """Why this person, acting for `unit`, may not judge a report: a refusal's code, empty where they may.

    `reporting`: the units whose report it is; `wrote`: who filled, entered or sent it; `posts_at`: where the person holds a post. Nobody
    accepts the report of their own unit, through whatever post, nor one they entered. Basis: design, "People, posts, rights".
    """
    if unit in reporting or set(posts_at) & set(reporting):
        return "reports.own_unit"
    if person is not None and person in wrote:
        return "reports.own_entry"
    return ""
