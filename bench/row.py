"""What a measurement says."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: smaller is better; `demanded` is the largest value allowed, in the same unit.

    `largest_ratio`, where there is one, is the largest share of the yardstick's value allowed. `note`: what else was seen.
    """

    name: str
    value: float
    unit: str
    yardstick: str
    yardstick_value: float
    demanded: float
    largest_ratio: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the yardstick's value ours is."""
        return self.value / self.yardstick_value

    @property
    def ok(self) -> bool:
        """Whether the demands are met."""
        return self.value <= self.demanded and (self.largest_ratio is None or self.ratio <= self.largest_ratio)


def milliseconds(work: Callable[[], object], *, rounds: int = 30) -> float:
    """The median time that one call keeps the processor busy, after three calls that warm it up; other programs do not count."""
    for _ in range(3):
        work()
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append(process_time() - started)
    return median(times) * 1000
