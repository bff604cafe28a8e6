"""How a report lies on its Excel sheet, and what the sheet says of itself on a hidden one, so that it can be read back."""

import json
from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass
from operator import le
from typing import Any, NamedTuple

SHEET = "Báo cáo"
HIDDEN = "dondoc"
MARK = "dondoc report 1"
"""What stands in the first cell of the hidden sheet; another number where the layout is another one."""
PLACE, NAME, NUMBER, MEASURE, LAST, WORDS = range(6)
"""The columns: number of the line, what it is called, the number, in what it counts, the last report's, explanation or source."""
TITLE_ROW, UNIT_ROW, PERIOD_ROW, DUE_ROW, NOTE_ROW, FORM_ROW, HEAD_ROW = range(7)
_CHUNK = 30_000
_ROWS = 4999
_TEXT, _NUMBER, _VALUE = frozenset({str}), frozenset({int}), frozenset({int, type(None)})


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
    told = layout.identity
    if not _all((told.form, told.since, told.unit, told.period, told.first, told.last), _TEXT):
        return False
    # Column by column, since there are a hundred rows and few columns.
    rows, columns, texts = _columns(layout.said, 3)
    if not (_within(rows, _ROWS) and _within(columns, WORDS) and _all(texts, _TEXT)):
        return False
    rows, columns, values, labels = _columns(layout.computed, 4)
    if not (_within(rows, _ROWS) and _within(columns, WORDS) and _all(values, _VALUE) and _all(labels, _TEXT)):
        return False
    rows, columns, ends, names, labels, before, counters = _columns(layout.entries, 7)
    return (
        _within(rows, _ROWS)
        and _within(columns, WORDS)
        and _within(ends, WORDS)
        and all(map(le, columns, ends))
        and all(_all(texts, _TEXT) for texts in (names, labels, before))
        and _within(counters, 10**8 - 1)
        and len(set(names)) == len(names)
    )


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> Sequence[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _all(values: tuple[Any, ...], kinds: Set[type]) -> bool:
    return set(map(type, values)) <= kinds


def _within(values: tuple[Any, ...], largest: int) -> bool:
    """Whether they are whole numbers from 0 up to the largest."""
    return not values or (_all(values, _NUMBER) and min(values) >= 0 and max(values) <= largest)
