"""What comes with the numbers of a decision."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Paper:
    """The document by which it was decided, issued by the authority."""

    number: int
    symbol: str
    dated_on: date


@dataclass(frozen=True, slots=True)
class Basis:
    """From which day the numbers hold, on what legal basis, by whose decision (a unit), and why (needed once something held before)."""

    holds_from: date
    authority: int
    legal_basis: str = ""
    paper: Paper | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """What a target is measured by on a day; `source` is empty where the ledger says so, else where it was typed from."""

    value: int
    on: date
    source: str = ""
