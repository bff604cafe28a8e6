"""Cutting a text where marked places begin and end, so that nested and overlapping places can all be shown. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A marked place: whose it is and the half-open stretch of the text that it covers."""

    value: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch inside one line over which the same places lie. `values` begins with the shortest place; `begins` are those that start here."""

    text: str
    at: int
    values: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


def lines(text: str, places: Sequence[Place]) -> list[list[Segment]]:
    """The text line by line, each cut into segments; empty lines are left out. Joined again, the segments of a line give the line."""
    result: list[list[Segment]] = []
    kept = [p for p in places if 0 <= p.start < p.end <= len(text)]
    begins: dict[int, list[Place]] = {}
    ends: dict[int, list[Place]] = {}
    for place in sorted(kept, key=lambda p: (p.end - p.start, p.value)):
        begins.setdefault(place.start, []).append(place)
        ends.setdefault(place.end, []).append(place)
    cuts = sorted(begins.keys() | ends.keys())
    open_now: dict[int, Place] = {}
    at, cut = 0, 0
    for line in text.split("\n"):
        stop = at + len(line)
        segments: list[Segment] = []
        here = at
        while here <= stop:
            while cut < len(cuts) and cuts[cut] <= here:
                for place in ends.get(cuts[cut], ()):
                    open_now.pop(place.value, None)
                open_now |= {place.value: place for place in begins.get(cuts[cut], ())}
                cut += 1
            if here == stop:
                break
            until = min(cuts[cut], stop) if cut < len(cuts) else stop
            over = sorted(open_now.values(), key=lambda p: (p.end - p.start, p.value))
            first = tuple(p.value for p in begins.get(here, ()))
            segments.append(Segment(text[here:until], here, tuple(p.value for p in over), first))
            here = until
        if line.strip():
            result.append(segments)
        at = stop + 1
    return result


def excerpt(text: str, start: int, end: int, around: int = 90) -> tuple[str, str, str]:
    """The words before, in and after a place, cut at spaces, not further than its line."""
    left = max(text.rfind("\n", 0, start) + 1, start - around)
    if left > 0 and text[left - 1] != "\n":
        left = text.find(" ", left, start) + 1 or left
    right_end = text.find("\n", end)
    right = min(len(text) if right_end < 0 else right_end, end + around)
    if right < len(text) and text[right] != "\n":
        space = text.rfind(" ", end, right)
        right = space if space > end else right
    before = ("… " if left > 0 and text[left - 1] != "\n" else "") + text[left:start]
    after = text[end:right] + (" …" if right < len(text) and text[right] != "\n" else "")
    return before, text[start:end], after


def find_words(text: str, words: str, near: int | None = None) -> tuple[int, int] | None:
    """Where the words stand in the text, spaces apart; nearest to `near` where they stand more than once, else none for a tie."""
    parts = words.split()
    if not parts:
        return None
    found = list(_occurrences(text, parts))
    if not found:
        return None
    if near is None:
        return found[0] if len(found) == 1 else None
    return min(found, key=lambda place: abs(place[0] - near))


def _occurrences(text: str, parts: Sequence[str]) -> Iterable[tuple[int, int]]:
    start = text.find(parts[0])
    while start >= 0:
        at = start + len(parts[0])
        for part in parts[1:]:
            gap = at
            while gap < len(text) and text[gap].isspace():
                gap += 1
            if gap == at or not text.startswith(part, gap):
                break
            at = gap + len(part)
        else:
            yield start, at
        start = text.find(parts[0], start + 1)
