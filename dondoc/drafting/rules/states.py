"""States of a document's draft, the legal moves between them, and what its pieces are made from."""

from enum import StrEnum

from dondoc.lib.refusals import Refused


class State(StrEnum):
    """Where a draft stands. Open: its words may change; approved: it waits for its number; issued and dropped: it is settled."""

    OPEN = "open"
    APPROVED = "approved"
    ISSUED = "issued"
    DROPPED = "dropped"


LIVING = frozenset({State.OPEN, State.APPROVED})

MOVES: dict[tuple[State, str], State] = {
    (State.OPEN, "approve"): State.APPROVED,
    (State.APPROVED, "send_back"): State.OPEN,
    (State.APPROVED, "issue"): State.ISSUED,
    **{(state, "drop"): State.DROPPED for state in LIVING},
}


def move(state: str, verb: str) -> State:
    """The state that the verb leads to. Refused where the verb is not possible in this state."""
    try:
        return MOVES[State(state), verb]
    except KeyError:
        raise Refused("drafting.not_in_this_state") from None


class Made(StrEnum):
    """What a piece of a draft is made from: the head of its record, a finding, a directive, an assignment, a line of a report, or a person's own words."""

    HEAD = "head"
    FINDING = "finding"
    DIRECTIVE = "directive"
    ASSIGNMENT = "assignment"
    REPORT = "report"
    FREE = "free"


def goes_out(assignments: list[tuple[str, bool]]) -> str:
    """What becomes of a directive when a document that holds it is issued, from the state of each of its assignments and whether it bears a document.

    `issue`: it goes out with this document. `quote`: it was given by word of mouth or asks nobody, and is told here. `waits`: something of
    it is not approved yet. `went_out`: it has left with another document, and does not leave twice.
    """
    living = [(state, document) for state, document in assignments if state != "cancelled"]
    if any(document for _state, document in living):
        return "went_out"
    if any(state == "drafted" for state, _document in living):
        return "waits"
    return "issue" if any(state == "approved" for state, _document in living) else "quote"
