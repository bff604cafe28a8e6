"""The parts of the review page: what each value, group and problem shows. Filled by `review.py`."""

from dataclasses import dataclass, field
from datetime import date

from dondoc.working_sessions.models import WorkingSession

from .choices import Choice
from .models import Draft, DraftValue


@dataclass(frozen=True, slots=True)
class Late:
    """A save kept beside a value."""

    pk: int
    shown: str
    by: str


@dataclass(slots=True)
class Line:
    """One value as the page shows it. `name` is how problems and messages call it."""

    row: DraftValue
    label: str
    name: str
    shown: str
    mark: str
    rule: str = ""
    how: str = ""
    excerpt: tuple[str, str, str] | None = None
    problems: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    acceptable: bool = False
    late: list[Late] = field(default_factory=list)
    agrees: str = ""
    period: str = ""
    kept: bool = True
    about: str = ""
    known: str = ""
    path: str = ""
    addable: bool = False

    @property
    def pk(self) -> int:
        """The value's key, which is also its anchor."""
        return self.row.pk

    @property
    def corrected(self) -> bool:
        """Whether a person changed what the reader found."""
        return self.row.differs and not self.row.dropped and self.row.saved_by_id is not None

    @property
    def missing(self) -> bool:
        """Whether there is nothing to show yet."""
        return not self.shown


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one unit."""

    name: str
    path: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: plain, or marked by the values over it. `anchor` and `others` are the values whose place begins here."""

    text: str
    at: int
    values: tuple[int, ...]
    css: str
    anchor: int | None
    others: tuple[int, ...]

    @property
    def names(self) -> str:
        """The values over it, shortest place first."""
        return " ".join(map(str, self.values))


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem as the top of the page lists it."""

    text: str
    href: str
    blocking: bool


@dataclass(frozen=True, slots=True)
class Undo:
    """The step that the person would take back next, the value it was done to, and what it was in words."""

    step: int
    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Review:
    """The whole page of a draft."""

    draft: Draft
    title: str
    day: date | None
    text: list[list[Piece]]
    event: list[Line]
    source: list[Line]
    units: list[Line]
    groups: list[Group]
    findings: list[Line]
    directives: list[Line]
    problems: list[Shown]
    undo: Undo | None
    mark: int
    known: WorkingSession | None

    @property
    def blocked(self) -> bool:
        """Whether something must be settled before confirming."""
        return any(problem.blocking for problem in self.problems)

    @property
    def lines(self) -> list[Line]:
        """Every value of the session, in the order of the page; without those of the source."""
        figures = [line for group in self.groups for line in group.lines]
        return [*self.event, *self.units, *figures, *self.findings, *self.directives]

    @property
    def count(self) -> int:
        """How many values would be confirmed."""
        return sum(1 for line in self.lines if line.kept and not line.row.dropped and not line.missing)

    def choices(self, value: int) -> list[Choice]:
        """The answers offered for a value."""
        return next((line.choices for line in self.lines if line.pk == value), [])
