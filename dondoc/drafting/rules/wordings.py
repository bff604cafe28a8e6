"""Two wordings side by side: which words stayed, went and came. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 3000
"""Words of both texts up to which they are compared word by word; longer ones are shown whole."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one wording; `same`: the other has it too."""

    text: str
    same: bool


def side_by_side(before: str, there: str) -> tuple[list[Stretch], list[Stretch]]:
    """Both wordings in stretches that are the same in both or only in one."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", there)
    if len(old) + len(new) > 2 * MOST_WORDS:
        return [Stretch(before, False)], [Stretch(there, False)]
    left: list[Stretch] = []
    right: list[Stretch] = []
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            left.append(Stretch("".join(old[a:b]), step == "equal"))
        if c < d:
            right.append(Stretch("".join(new[c:d]), step == "equal"))
    return left, right
