"""What a post may do: rights are data (post kind × action), the verdict always has a reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and why: `reason` is a code with a sentence in `texts.py` (REASONS), empty where it is yes."""

    yes: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.yes
