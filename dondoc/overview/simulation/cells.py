"""How the months of an invented cell go: its members and its meetings. Pure; whatever is drawn comes from the generator that is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random


@dataclass(slots=True)
class Cell:
    """The members of a cell at the end of the last month told."""

    members: int
    probationary: int

    def month(self, shares: Mapping[str, float], draw: Random, *, meets: bool) -> dict[str, int]:
        """What the cell counts in one part of a month, by line of the report; the cell has its new members afterwards.

        `shares` are the probabilities of events. Without `meets` it is a part in which no meeting falls, and nothing happens in it.
        """
        opening = self.members
        happened = {key: int(meets and draw.random() < share) for key, share in shares.items()}
        recognised = int(meets and self.probationary > 0 and draw.random() < 1 / 12)
        came = happened.get("admissions", 0) + happened.get("members_transferred_in", 0)
        went = sum(happened.get(key, 0) for key in ("members_transferred_out", "members_died", "members_struck_off"))
        self.members = opening + came - went
        self.probationary += happened.get("admissions", 0) - recognised
        there = min(self.members, opening)
        absent = sum(draw.random() < 0.08 for _ in range(there)) if meets else 0
        return happened | {
            "members_opening": opening,
            "members": self.members,
            "members_official": self.members - self.probationary,
            "members_probationary": self.probationary,
            "members_recognised": recognised,
            # Two of three: not drawn, since one draw more would tell another story from there on.
            "admissions_youth": happened.get("admissions", 0) if self.members % 3 else 0,
            "cell_meetings": int(meets),
            "cell_meetings_good": int(meets and absent <= there / 10),
            "meeting_attendances_due": there if meets else 0,
            "meeting_attendances": there - absent if meets else 0,
        }


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit is with its reports: the shares that come late, never, and that are returned once."""

    late: float
    never: float
    returned: float

    def delay(self, draw: Random) -> int | None:
        """Days after the due day on which a report comes: 0 or less in time; None: never."""
        fate = draw.random()
        if fate < self.never:
            return None
        return draw.randint(2, 9) if fate < self.never + self.late else -draw.randint(0, 1)
