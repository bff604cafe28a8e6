"""What the completion table is made of: directives, their rows, the cells of a row, and what is lacking in them."""

from dataclasses import dataclass
from typing import Any

from . import telling

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Late:
    """A value that came too late and waits for a choice."""

    pk: int
    who: str
    shown: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row."""

    name: str
    id: str
    label: str
    value: str
    shown: str
    options: Options | None
    is_day: bool
    is_long: bool
    css: str
    problem: str
    lates: list[Late]
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One assignment."""

    pk: int
    version: int
    unit: str
    state: str
    standing: str
    editable: bool
    complete: bool
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Gap:
    """A place that must still be filled, and where it is."""

    cell: str
    unit: str
    text: str


@dataclass(slots=True)
class Group:
    """A directive with its rows."""

    pk: int
    number: int
    text: str
    addressee: str
    excerpt: telling.Excerpt
    rows: list[Row]
    form: Any = None
