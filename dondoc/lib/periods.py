"""Half-open intervals of days: `start` is in, `end` is the first day out, None has no end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from `start` up to, and without, `end`."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"{self.start}..{self.end} holds no day")

    def holds(self, day: date) -> bool:
        """Whether the day is one of the interval's."""
        return self.start <= day and (self.end is None or day < self.end)

    def meet(self, other: "Interval") -> "Interval | None":
        """The days that both hold, or None where there is none."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Interval(start, end)


def coalesce(intervals: Iterable[Interval]) -> list[Interval]:
    """The same days in the fewest intervals, by start: touching and overlapping ones become one."""
    result: list[Interval] = []
    for one in sorted(intervals, key=lambda i: i.start):
        last = result[-1] if result else None
        if last is None or (last.end is not None and last.end < one.start):
            result.append(one)
        elif last.end is not None and (one.end is None or one.end > last.end):
            result[-1] = Interval(last.start, one.end)
    return result
