"""How a directive is seen through: states, legal moves, holders of roles. Pure; today is an argument."""

from enum import StrEnum


class _Choices(StrEnum):
    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """The pairs that a model field wants."""
        return [(one.value, one.name) for one in cls]


class Receivers(_Choices):
    """To whom a directive speaks: a unit named, each locality, the Front and mass organisations of each, the head of each, or nobody."""

    UNIT = "unit"
    LOCALITIES = "localities"
    FRONTS = "fronts"
    HEADS = "heads"
    NONE = "none"


class Part(_Choices):
    """The roles on an assignment. `answerable` is held by a post, the others by a unit."""

    RECEIVER = "receiver"
    FOLLOWER = "follower"
    VERIFIER = "verifier"
    ANSWERABLE = "answerable"


class How(_Choices):
    """How a role came to its holder: decided by a person, followed its unit's sole successor, or waits for a decision."""

    DECIDED = "decided"
    SUCCEEDED = "succeeded"
    PARKED = "parked"


class State(_Choices):
    """Where an assignment stands. Overdue, due soon and on time are computed, never states."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    ISSUED = "issued"
    IN_PROGRESS = "in_progress"
    OBJECTED = "objected"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
