"""What stands on the papers of fixed layout, as plain values. Texts are shown letter by letter, whatever signs they hold."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading. `numbers` are the columns set to the right; `shares` how wide columns are beside each other (0: as needed)."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    numbers: tuple[int, ...] = ()
    last_is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper to lay on a table: the leader's page, the briefing of a unit. `says` is the sentence that matters most.

    `wide` turns the paper; `foot` says who printed it of which day; `tables` without rows are left out.
    """

    title: str
    under: str
    says: str
    foot: str
    pairs: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to be filled in: what is asked, in which measure, and what is known already ("" leaves a box)."""

    label: str
    measure: str
    known: str = ""
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form to be filled in by hand. `code` is typed to find what it belongs to; `address` stands in the square code for a telephone.

    `groups` are lines under their heading, `sections` headings with room for so many written lines.
    """

    title: str
    under: str
    says: str
    foot: str
    code: str
    address: str
    groups: tuple[tuple[str, tuple[Blank, ...]], ...] = ()
    sections: tuple[tuple[str, str, int], ...] = ()
    signed_by: tuple[str, ...] = field(default=())
