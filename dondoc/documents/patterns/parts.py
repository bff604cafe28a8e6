"""The parts of a Party document that every template shares, as plain values: what stands around the body, and its clauses."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph of the body that stands for a record: its text, the number before it ("1.", "a)", ""), and the tag of its control.

    A line end in the text begins a paragraph. `heading`: set in bold and kept with what follows.
    """

    text: str
    number: str = ""
    heading: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, and for whom: "T/M" a body, "K/T" the post that would sign, "T/L" the body that ordered it; "" in one's own name.

    `body` is what follows the mode ("BAN THƯỜNG VỤ"; with K/T a post), `post` the office of who signs, `name` the person.
    """

    mode: str
    body: str
    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Head:
    """The elements of a document that are not its body.

    `superior` is "" where none is written (a province committee). `number` is "" and `dated_on` None until they are given; room is left
    for them. `type_name` is "" for a letter (công văn), whose abstract stands under its number. `level` is one of the format's levels.
    `beside` signs on the left, as who wrote the minutes does.
    """

    superior: str
    issuer: str
    number: str
    symbol: str
    place: str
    dated_on: date | None
    level: str
    type_name: str
    abstract: str
    signing: Signing
    recipients: tuple[str, ...]
    beside: Signing | None = None

    def numbered(self, *, colon: bool = False, zero: bool = True) -> str:
        """ "Số 04-TB/TU", with room for the number while there is none; `zero`: at least two figures, so that none can be added."""
        number = self.number.strip()
        return f"Số{':' * colon} {number.zfill(2 if zero else 1) if number else ' ' * 6}-{self.symbol}"

    @property
    def dated(self) -> str:
        """ "Nha Trang, ngày 08 tháng 02 năm 2023": day, and January and February, with two figures, so that no figure can be added."""
        if self.dated_on is None:
            return f"{self.place}, ngày {' ' * 5} tháng {' ' * 5} năm"
        day = self.dated_on
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"{self.place}, ngày {day.day:02d} tháng {month} năm {day.year}"
