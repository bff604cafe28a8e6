"""Whole numbers: how they are read as people type them, and how one is divided into whole parts."""

import re
from collections.abc import Mapping
from fractions import Fraction

_PLAIN = re.compile(r"[0-9]+\Z")
_GROUPED = re.compile(r"[0-9]{1,3}([. \u00a0\u202f][0-9]{3})+\Z")
LARGEST = 10**9 - 1


class NotACount(ValueError):
    """What was typed is no whole number of things. `code`: "negative", "decimal", "no_number" or "too_large"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_count(typed: str, largest: int = LARGEST) -> int | None:
    """The number that was typed: 1500, 1.500 or 1 500. None for nothing; NotACount where it cannot be understood in one way.

    A comma is refused: 1,500 is one and a half here and fifteen hundred elsewhere.
    """
    text = typed.strip()
    if not text:
        return None
    if text[0] in "-\u2212\u2013" and text[1:].strip()[:1].isdigit():
        raise NotACount("negative")
    if "," in text and re.fullmatch(r"[0-9.,]+", text):
        raise NotACount("decimal")
    if _GROUPED.match(text):
        text = re.sub(r"[. \u00a0\u202f]", "", text)
    if not _PLAIN.match(text):
        raise NotACount("decimal" if re.fullmatch(r"[0-9]+\.[0-9]+", text) else "no_number")
    if len(text) > len(str(largest)) + 3 or int(text) > largest:
        raise NotACount("too_large")
    return int(text)


def divided(whole: int, weights: Mapping[int, int | Fraction]) -> dict[int, int]:
    """A whole number divided by weights into whole parts with the same sum: rounded down, what is left over goes to the largest remainders.

    Of equal remainders the smaller key comes first, so that the answer does not depend on the order of `weights`. Without any weight
    nothing is divided.
    """
    together = Fraction(sum(weights.values()))
    if not together:
        return {}
    exact = {key: whole * weight / together for key, weight in weights.items()}
    parts = {key: int(share) for key, share in exact.items()}
    left = whole - sum(parts.values())
    for key in sorted(exact, key=lambda one: (parts[one] - exact[one], one))[:left]:
        parts[key] += 1
    return parts
