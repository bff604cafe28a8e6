"""How a report lies on its Excel sheet, and what the sheet says of itself on a hidden one, so that it can be read back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import msgspec

SHEET = "Báo cáo"
HIDDEN = "dondoc"
MARK = "dondoc report 1"
"""What stands in the first cell of the hidden sheet; another number where the layout is another one."""
PLACE, NAME, NUMBER, MEASURE, LAST, WORDS = range(6)
"""The columns: number of the line, what it is called, the number, in what it counts, the last report's, explanation or source."""
TITLE_ROW, UNIT_ROW, PERIOD_ROW, DUE_ROW, NOTE_ROW, FORM_ROW, HEAD_ROW = range(7)
_CHUNK = 30_000

Row = Annotated[int, msgspec.Meta(ge=0, le=4999)]
Column = Annotated[int, msgspec.Meta(ge=0, le=WORDS)]


@dataclass(frozen=True, slots=True)
class Identity:
    """Of which report a sheet is: form and its version (first day), the unit's code, period, first and last day of the part."""

    form: str
    since: str
    unit: str
    period: str
    first: str
    last: str


class Said(NamedTuple):
    """A cell whose text says where we are: where it says something else, rows or columns were moved."""

    row: Row
    column: Column
    text: str


class Computed(NamedTuple):
    """A number that the sheet only shows."""

    row: Row
    column: Column
    value: int | None
    label: str


class Entry(NamedTuple):
    """A cell that may be filled, up to the column `to`: the field of the report, what stood in it when the sheet was made (`was`), at
    this `counter`."""

    row: Row
    column: Column
    to: Column
    name: str
    label: str
    was: str
    counter: Annotated[int, msgspec.Meta(ge=0, lt=10**8)]

    @property
    def number(self) -> bool:
        """Whether a whole number stands there."""
        return self.name.startswith("line.")


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole sheet."""

    identity: Identity
    said: list[Said]
    computed: list[Computed]
    entries: list[Entry]


_DECODER = msgspec.json.Decoder(Layout)


def written(layout: Layout) -> list[str]:
    """What stands on the hidden sheet, one text a row."""
    text = msgspec.json.encode(layout).decode()
    return [MARK, *(text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK))]


def read(rows: Sequence[str]) -> Layout | None:
    """The layout that the hidden sheet tells of; None where it is none of ours: somebody may have written on that sheet."""
    if not rows or rows[0] != MARK:
        return None
    try:
        found = _DECODER.decode("".join(rows[1:]))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    names = {one.name for one in found.entries}
    sound = len(names) == len(found.entries) and all(one.column <= one.to for one in found.entries)
    return found if sound else None
