"""How a report lies on its Excel sheet, and what the sheet says of itself on a hidden one, so that it can be read back."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from dondoc.reports.rules.numbers import LARGEST

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


@dataclass(frozen=True, slots=True)
class Said:
    """A cell whose text says where we are: where it says something else, rows or columns were moved."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A number that the sheet only shows."""

    row: int
    column: int
    value: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
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
            [Said(**one) for one in told["said"]],
            [Computed(**one) for one in told["computed"]],
            [Entry(**one) for one in told["entries"]],
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return layout if _sound(layout) else None


def _sound(layout: Layout) -> bool:
    """Whether every part is of its type: somebody may have written on the hidden sheet."""
    places: Iterable[Said | Computed | Entry] = (*layout.said, *layout.computed, *layout.entries)
    labelled: Iterable[Computed | Entry] = (*layout.computed, *layout.entries)
    return (
        all(isinstance(text, str) for text in asdict(layout.identity).values())
        and all(_within(one.row, 5000) and _within(one.column, WORDS + 1) for one in places)
        and all(isinstance(one.text, str) for one in layout.said)
        and all(isinstance(one.label, str) for one in labelled)
        and all(one.value is None or _within(one.value, LARGEST) for one in layout.computed)
        and all(isinstance(one.name, str) and isinstance(one.was, str) for one in layout.entries)
        and all(_within(one.to, WORDS + 1) and _within(one.counter, 10**8) for one in layout.entries)
        and len({one.name for one in layout.entries}) == len(layout.entries)
    )


def _within(number: object, end: int) -> bool:
    return type(number) is int and 0 <= number < end
