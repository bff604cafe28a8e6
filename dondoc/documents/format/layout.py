"""What of a Word file is looked at: the sheet, its margins, and its lines with their letters and where they stand. Plain values."""

from collections import Counter
from dataclasses import dataclass
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Span:
    """Letters set alike. `font` is None where the file does not say which; `size` in points."""

    text: str
    font: str | None
    size: float
    bold: bool
    italic: bool
    underlined: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the table's number in the file, row and column from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a paragraph between tabs and line breaks, as its reader sees it.

    `paragraph` counts from 1; `piece` is how many tabs stand before it on its line; `alignment` is left, center, right or both;
    `indent` is that of the first line in millimetres, `starts` whether this is one; `ruled`: a border or drawn line runs along its lower
    edge; `drawn`: a straight line is drawn somewhere and fastened to this paragraph.
    """

    spans: tuple[Span, ...]
    paragraph: int
    piece: int = 0
    cell: Cell | None = None
    alignment: str = "left"
    indent: float = 0.0
    ruled: bool = False
    drawn: bool = False
    starts: bool = True

    @property
    def text(self) -> str:
        """Its words in NFC with single spaces."""
        return " ".join(normalize("NFC", "".join(span.text for span in self.spans)).split())

    @property
    def lettered(self) -> tuple[Span, ...]:
        """The spans in which something can be seen."""
        return tuple(span for span in self.spans if span.text.strip())

    @property
    def size(self) -> float:
        """The size of most of its letters, in points."""
        sizes: Counter[float] = Counter()
        for span in self.lettered:
            sizes[span.size] += len(span.text)
        return sizes.most_common(1)[0][0] if sizes else 0.0

    def mostly(self, quality: str) -> bool:
        """Whether at least half of its letters are `bold`, `italic` or `underlined`."""
        yes = sum(len(span.text.strip()) for span in self.lettered if getattr(span, quality))
        return 2 * yes >= sum(len(span.text.strip()) for span in self.lettered) > 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first page's paper and margins, in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A Word file as its format is checked. `numbered_at`: "head" or "foot", where page numbers stand, or None; `pages` at least so many."""

    sheet: Sheet
    lines: tuple[Line, ...]
    numbered_at: str | None = None
    pages: int = 1
