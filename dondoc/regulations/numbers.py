"""The number under which a regulation is issued."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Number:
    """Term, symbol, number and day of the document."""

    term: str
    symbol: str
    number: int
    dated_on: date
