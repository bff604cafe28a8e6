"""Short codes for paper: "BC-4A7-K" is typed, or read aloud, to find what a printed form belongs to.

Letters say what it is, then comes its key in the 32 signs that are not taken for each other, then a sign by which every single wrong sign
is noticed, and nearly every exchange of two neighbours.
"""

import re

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MOST = 10
_TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1"})
_WRITTEN = re.compile(r"([A-Z]{2})([0-9A-Z]{1,10})([0-9A-Z])")


def written(kind: str, key: int) -> str:
    """The code of a thing: two letters for its kind, and its key (0 or more)."""
    digits = ""
    rest = key
    while rest or not digits:
        rest, digit = divmod(rest, 32)
        digits = _SIGNS[digit] + digits
    return f"{kind}-{digits}-{_check(kind, digits)}"


def read(typed: str) -> tuple[str, int] | None:
    """Kind and key of a code as somebody typed it, with or without hyphens; None where it is none, or mistyped."""
    plain = re.sub(r"[\s\-–.]+", "", typed).upper()
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        return None
    kind, digits, check = match[1], match[2].translate(_TAKEN_FOR), match[3].translate(_TAKEN_FOR)
    if any(sign not in _SIGNS for sign in digits) or len(digits) > _MOST or _check(kind, digits) != check:
        return None
    key = 0
    for sign in digits:
        key = key * 32 + _SIGNS.index(sign)
    return kind, key


def _check(kind: str, digits: str) -> str:
    """Luhn's sum among 32 signs: every second sign counts double, and what carries over is added."""
    total = sum(int(letter, 36) for letter in kind)
    for place, sign in enumerate(reversed(digits)):
        counted = _SIGNS.index(sign) * (2 if place % 2 == 0 else 1)
        total += counted // 32 + counted % 32
    return _SIGNS[-total % 32]
