"""States, legal moves, how an assignment stands on a day, and who may close it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dondoc.lib.refusals import Refused


class Choices(StrEnum):
    """Codes that a model field offers."""

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """The pairs that a model field wants."""
        return [(one.value, one.name) for one in cls]


class Receivers(Choices):
    """To whom a directive speaks: a unit named, each locality, the Front and mass organisations of each, the head of each, or nobody."""

    UNIT = "unit"
    LOCALITIES = "localities"
    FRONTS = "fronts"
    HEADS = "heads"
    NONE = "none"


class State(Choices):
    """Where an assignment stands. Overdue, due soon, returned and handed over are computed, never states."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    ISSUED = "issued"
    IN_PROGRESS = "in_progress"
    OBJECTED = "objected"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


DONE = frozenset({State.ACCEPTED, State.CANCELLED})
OPEN = frozenset(State) - DONE
UNISSUED = frozenset({State.DRAFTED, State.APPROVED})
WORKING = frozenset({State.ISSUED, State.IN_PROGRESS})
"""The states in which the receiver's deadline runs."""

MOVES: dict[tuple[State, str], State] = {
    (State.DRAFTED, "approve"): State.APPROVED,
    (State.APPROVED, "send_back"): State.DRAFTED,
    (State.APPROVED, "issue"): State.ISSUED,
    (State.ISSUED, "acknowledge"): State.IN_PROGRESS,
    (State.OBJECTED, "acknowledge"): State.IN_PROGRESS,
    (State.ISSUED, "object_to"): State.OBJECTED,
    (State.OBJECTED, "uphold"): State.ISSUED,
    (State.IN_PROGRESS, "pass_down"): State.IN_PROGRESS,
    # An office that brings in a unit's paper report cannot acknowledge for it: who reports has received.
    (State.ISSUED, "report_progress"): State.IN_PROGRESS,
    (State.IN_PROGRESS, "report_progress"): State.IN_PROGRESS,
    (State.ISSUED, "report_result"): State.REPORTED,
    (State.IN_PROGRESS, "report_result"): State.REPORTED,
    (State.REPORTED, "accept"): State.ACCEPTED,
    (State.REPORTED, "return_result"): State.IN_PROGRESS,
    (State.ACCEPTED, "reopen"): State.IN_PROGRESS,
    **{(state, "ask_extension"): state for state in (State.ISSUED, State.IN_PROGRESS)},
    **{
        (state, "answer_extension"): state
        for state in (State.ISSUED, State.IN_PROGRESS, State.OBJECTED, State.REPORTED)
    },
    **{(state, "chase"): state for state in (State.ISSUED, State.IN_PROGRESS)},
    **{(state, "cancel"): State.CANCELLED for state in OPEN},
    **{(state, "decide_role"): state for state in OPEN},
    **{(state, "hand_over"): state for state in OPEN - UNISSUED},
    # Another receiver starts afresh: it must acknowledge, and may object. A result that was reported is judged first.
    **{(state, "hand_on"): State.ISSUED for state in (State.ISSUED, State.IN_PROGRESS, State.OBJECTED)},
}


def move(state: str, verb: str) -> State:
    """The state that the verb leads to. Refused where the verb is not possible in this state."""
    try:
        return MOVES[State(state), verb]
    except KeyError:
        raise Refused("directives.not_in_this_state") from None


DUE_SOON_DAYS = 7


def standing(
    state: str,
    day: date,
    *,
    due: date | None = None,
    reported_on: date | None = None,
    returned: bool = False,
    handed_over: bool = False,
) -> str:
    """How an assignment stands on a day, as a code of `web/states.py`.

    `due` is the next day on which something must be handed in, of an accepted one the day the result was due: it was on time when
    reported (not accepted) by then. `handed_over`: for the unit that looks on it, which held it once and holds it no longer.
    """
    if handed_over:
        return "handed_over"
    present = State(state)
    if present is State.ACCEPTED:
        late = due is not None and reported_on is not None and reported_on > due
        return "accepted_late" if late else "accepted"
    if present not in WORKING:
        return present.value
    if due is not None and due < day:
        return "overdue"
    if returned:
        return "returned"
    if due is not None and (due - day).days <= DUE_SOON_DAYS:
        return "due_soon"
    return "not_started" if present is State.ISSUED else "in_progress"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a directive has come, counted over its assignments; cancelled ones are left out of `total`."""

    total: int
    accepted: int
    late: int
    overdue: int
    reported: int
    drafted: int

    @property
    def done(self) -> bool:
        """Whether nothing of it is open."""
        return self.total > 0 and self.accepted == self.total

    @property
    def standing(self) -> str:
        """One code for the whole: the worst of its parts, completed only when all are."""
        if not self.total:
            return "cancelled"
        if self.done:
            return "accepted_late" if self.late else "accepted"
        if self.overdue:
            return "overdue"
        if self.drafted == self.total:
            return "drafted"
        return "reported" if self.reported == self.total - self.accepted else "in_progress"


def progress(standings: Iterable[str]) -> Progress:
    """The progress of a directive whose assignments stand like this."""
    counted = [one for one in standings if one != "cancelled"]
    return Progress(
        total=len(counted),
        accepted=sum(one in {"accepted", "accepted_late"} for one in counted),
        late=counted.count("accepted_late"),
        overdue=counted.count("overdue"),
        reported=counted.count("reported"),
        drafted=sum(one in UNISSUED for one in counted),
    )


def may_close(
    person: int | None,
    unit: int | None,
    *,
    reporters: Collection[int],
    answerable: Collection[int],
    receiver: int | None,
    verifier: int | None,
    posts_at: Collection[int] = (),
) -> str:
    """Why this person, acting through a post of `unit`, may not judge the result: a refusal's code, empty where they may.

    Nobody closes their own duty, neither as a person (who reported it, who entered the report for the unit, who holds the answerable
    post, whatever post they act through now) nor as a unit, nor through another post (`posts_at`: the units at which the person holds one). Basis: design, "People, posts, rights".
    """
    if receiver is not None and receiver in (unit, verifier):
        return "directives.own_duty_of_the_unit"
    if person is not None and person in reporters:
        return "directives.own_report"
    if person is not None and person in answerable:
        return "directives.own_duty_of_the_person"
    if receiver is not None and receiver in posts_at:
        return "directives.own_duty_of_a_post"
    return ""
