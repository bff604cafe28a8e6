"""What is left of the target of a unit that ended in the year, and how it is proposed to those that took over. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dondoc.lib.counts import divided


class By(StrEnum):
    """By what a proposal is made; NOTHING: no cell moved, so there is none."""

    MEMBERS = "members"
    CELLS = "cells"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Moved:
    """What of the unit went to one heir: cells, and their members where every one of these cells has a figure (else None)."""

    heir: int
    cells: int
    members: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """heir → number, adding up to what is left, and by which measure."""

    by: By
    shares: dict[int, int]


def left(target: int, achieved: int | None) -> int:
    """What is still to be assigned: the target without what the unit achieved; nothing achieved that is known takes nothing off."""
    return max(0, target - (achieved or 0))


def propose(rest: int, moved: Sequence[Moved]) -> Proposal:
    """By the members of the cells that went to each heir where all are known, else by the number of cells. Only a person decides."""
    if moved and all(one.members is not None for one in moved) and any(one.members for one in moved):
        return Proposal(By.MEMBERS, divided(rest, {one.heir: one.members or 0 for one in moved}))
    if any(one.cells for one in moved):
        return Proposal(By.CELLS, divided(rest, {one.heir: one.cells for one in moved}))
    return Proposal(By.NOTHING, {})
