"""How a report lies on its Excel sheet, and what the sheet says of itself on a hidden one, so that it can be read back."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

SHEET = "Báo cáo"
HIDDEN = "dondoc"
MARK = "dondoc report 1"
"""What stands in the first cell of the hidden sheet; another number where the layout is another one."""
PLACE, NAME, NUMBER, MEASURE, LAST, WORDS = range(6)
"""The columns: number of the line, what it is called, the number, in what it counts, the last report's, explanation or source."""
TITLE_ROW, UNIT_ROW, PERIOD_ROW, DUE_ROW, NOTE_ROW, FORM_ROW, HEAD_ROW = range(7)
_CHUNK = 30_000


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

    row: int
    column: int
    text: str


class Computed(NamedTuple):
    """A number that the sheet only shows."""

    row: int
    column: int
    value: int | None
    label: str


class Entry(NamedTuple):
    """A cell that may be filled, up to the column `to`: the field of the report, what stood in it when the sheet was made (`was`), at
    this `counter`."""

    row: int
    column: int
    to: int
    name: str
    label: str
    was: str
    counter: int

    @property
    def number(self) -> bool:
        """Whether a whole number stands there."""
        return self.name.startswith("line.")


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole sheet."""

    identity: Identity
    said: Sequence[Said]
    computed: Sequence[Computed]
    entries: Sequence[Entry]


def written(layout: Layout) -> list[str]:
    """What stands on the hidden sheet, one text a row."""
    text = json.dumps(asdict(layout), ensure_ascii=False, separators=(",", ":"))
    return [MARK, *(text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK))]


def read(rows: Sequence[str]) -> Layout | None:
    """The layout that the hidden sheet tells of; None where it is none of ours."""
    if not rows or rows[0] != MARK:
        return None
    try:
        told = json.loads("".join(rows[1:]))
        layout = Layout(
            Identity(**told["identity"]),
            list(map(Said._make, told["said"])),
            list(map(Computed._make, told["computed"])),
            list(map(Entry._make, told["entries"])),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return layout if _sound(layout) else None


def _sound(layout: Layout) -> bool:
    """Whether every part is of its type: somebody may have written on the hidden sheet."""
    return (
        all(type(text) is str for text in asdict(layout.identity).values())
        and _types(layout.said) <= {(int, int, str)}
        and _types(layout.computed) <= {(int, int, int, str), (int, int, type(None), str)}
        and _types(layout.entries) <= {(int, int, int, str, str, str, int)}
        and all(0 <= row < 5000 and 0 <= column <= WORDS for row, column, *_rest in layout.said)
        and all(0 <= one.row < 5000 and 0 <= one.column <= WORDS for one in layout.computed)
        and all(0 <= one.row < 5000 and 0 <= one.column <= one.to <= WORDS for one in layout.entries)
        and all(0 <= one.counter < 10**8 for one in layout.entries)
        and len({one.name for one in layout.entries}) == len(layout.entries)
    )


def _types(rows: Sequence[tuple[object, ...]]) -> set[tuple[type, ...]]:
    return {tuple(map(type, row)) for row in rows}
