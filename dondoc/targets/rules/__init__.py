"""Decisions about targets: what adds up, how far along a unit is, by when a file must be voted on, what is left of a unit that ended."""

from .balance import LARGEST, Difference, Given, check, read_count, sums
from .deadlines import Deadline, Milestone, last_safe_day, milestones
from .pace import (
    LEAST_PAST,
    PAST_MONTHS,
    Course,
    Named,
    Standing,
    Why,
    chance,
    expected_by,
    named,
    places,
    standing,
)
from .remainders import By, Moved, Proposal, left, propose

__all__ = [
    "LARGEST",
    "LEAST_PAST",
    "PAST_MONTHS",
    "By",
    "Course",
    "Deadline",
    "Difference",
    "Given",
    "Milestone",
    "Moved",
    "Named",
    "Proposal",
    "Standing",
    "Why",
    "chance",
    "check",
    "expected_by",
    "last_safe_day",
    "left",
    "milestones",
    "named",
    "places",
    "propose",
    "read_count",
    "standing",
    "sums",
]
