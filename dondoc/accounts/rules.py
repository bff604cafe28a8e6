"""What a post may do: rights are data (post kind × action), the verdict always has a reason."""

import secrets
from dataclasses import dataclass

# Syllables that are easy to read out and to copy from paper: no letters that look alike.
_FIRSTS = "bcdghkmnprstvx"
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and why: `reason` is a code with a sentence in `texts.py` (REFUSALS), empty where it is yes."""

    yes: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.yes


@dataclass(frozen=True, slots=True)
class Held:
    """Something open that hangs on a post, in words, with its page and who will have it when the post is empty."""

    label: str
    url: str = ""
    passes_to: str = ""


def first_password() -> str:
    """A password to be read from paper once: four groups of four letters and a number, about 60 bits."""
    groups = ["".join(secrets.choice(letters) for letters in (_FIRSTS, _VOWELS, _FIRSTS, _VOWELS)) for _ in range(4)]
    return "-".join([*groups, f"{secrets.randbelow(9000) + 1000}"])
