"""What queries hand to pages: plain values, everything looked up."""

from dataclasses import dataclass
from datetime import date

from dondoc.directives.models import Assignment, Directive, Extension, Remark, Report, Role, Step
from dondoc.organisations.queries import Label

RUNNING = frozenset({"not_started", "in_progress", "due_soon", "overdue", "returned"})
"""Standings in which the receiver has to do something by the deadline."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a role on the day: a unit (and for the answerable part its post), or nobody while it waits with `parked_with`."""

    role: int
    unit: Label | None
    post: int | None
    post_title: str
    how: str
    since: date
    parked_with: Label | None
    proposed: Label | None


@dataclass(frozen=True, slots=True)
class Card:
    """An assignment as a list or page shows it on a day. `standing` is a code for `{% state %}`; `due` the next day something is due."""

    assignment: Assignment
    directive: Directive
    standing: str
    due: date | None
    receiver: Holder | None
    answerable: Holder | None
    follower: Holder | None
    verifier: Holder | None
    issuer: Holder | None
    author: Label
    open_extension: Extension | None
    children: int
    open_children: int
    last_report_on: date | None
    parked: bool

    @property
    def pk(self) -> int:
        """The assignment's key."""
        return self.assignment.pk

    @property
    def version(self) -> int:
        """What a form's `seen` carries."""
        return self.assignment.version

    @property
    def task(self) -> str:
        """What this receiver is asked to do."""
        return self.assignment.task

    @property
    def product(self) -> str:
        """What is to be handed in."""
        return self.assignment.product

    @property
    def giver(self) -> Label:
        """The unit that gave it: of a part passed down whoever passed it down, else the unit of the directive's author."""
        passed_by = self.issuer.unit if self.assignment.parent_id and self.issuer else None
        return passed_by or self.author

    @property
    def text(self) -> str:
        """The directive, verbatim."""
        return self.directive.text

    @property
    def origin_label(self) -> str:
        """Where it was said."""
        return self.directive.origin_label

    @property
    def days_late(self) -> int:
        """How many days after its deadline the accepted result was reported; 0 where it was in time or is not accepted."""
        reported = self.assignment.reported_on
        late = self.standing == "accepted_late" and self.due and reported
        return (reported - self.due).days if late and self.due and reported else 0

    @property
    def running(self) -> bool:
        """Whether the receiver's deadline runs: only then does a page say how far away it is."""
        return self.standing in RUNNING

    @property
    def regular(self) -> bool:
        """Whether it is reported again and again until a review day."""
        return self.assignment.cadence_months is not None


@dataclass(frozen=True, slots=True)
class Passage:
    """How a role came here: who held it from when to when, by which decision or reorganisation."""

    part: str
    unit: Label | None
    post_title: str
    since: date
    until: date | None
    how: str
    parked_with: Label | None
    proposed: Label | None
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class DigestLine:
    """What a person needs to see to today: one item with its gravest step. `new`: the step was taken today."""

    card: Card
    step: str
    wording: str
    audience: str
    due_on: date
    new: bool
    on_paper: bool


@dataclass(frozen=True, slots=True)
class ParkedRole:
    """A role that waits for a decision, with the proposal and the units that could take it."""

    role: Role
    card: Card
    part: str
    parked_with: Label
    proposed: Label | None
    candidates: tuple[Label, ...]
    before: Label | None


@dataclass(frozen=True, slots=True)
class Story:
    """All that happened to one assignment, for its page."""

    reports: tuple[Report, ...]
    remarks: tuple[Remark, ...]
    extensions: tuple[Extension, ...]
    steps: tuple[Step, ...]
    passages: tuple[Passage, ...]
    children: tuple[Card, ...]
    parent: Card | None
