"""Reading directives: what one may see, the doors, lists, and cards for pages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dondoc.accounts.actors import Actor
from dondoc.organisations.queries import Label

from . import rules
from .models import Assignment, Directive, Extension, Finding, Remark, Report, Role, Step


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
        return self.assignment.pk

    @property
    def version(self) -> int:
        return self.assignment.version

    @property
    def task(self) -> str:
        return self.assignment.task

    @property
    def product(self) -> str:
        return self.assignment.product

    @property
    def text(self) -> str:
        """The directive, verbatim."""
        return self.directive.text

    @property
    def origin_label(self) -> str:
        return self.directive.origin_label

    @property
    def regular(self) -> bool:
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


def visible(actor: Actor) -> QuerySet[Assignment]:
    raise NotImplementedError


def access_assignment(actor: Actor, pk: int, may: str | None = None) -> Assignment:
    raise NotImplementedError


def allowed(actor: Actor, assignment: Assignment) -> set[str]:
    """The verbs (names of services) that this person may use on the assignment now: state, right and own duty considered."""
    raise NotImplementedError


def cards(assignments: Iterable[Assignment], day: date, *, seen_by: Collection[int] = ()) -> list[Card]:
    raise NotImplementedError


def received_by(units: Collection[int], day: date) -> QuerySet[Assignment]:
    raise NotImplementedError


def to_verify(units: Collection[int], day: date) -> QuerySet[Assignment]:
    raise NotImplementedError


def to_follow(units: Collection[int], day: date) -> QuerySet[Assignment]:
    raise NotImplementedError


def to_approve(units: Collection[int], day: date) -> QuerySet[Assignment]:
    raise NotImplementedError


def to_issue(units: Collection[int], day: date) -> QuerySet[Assignment]:
    raise NotImplementedError


def authored_by(units: Collection[int], day: date | None = None) -> QuerySet[Assignment]:
    raise NotImplementedError


def parked_with(units: Collection[int], day: date) -> list[ParkedRole]:
    raise NotImplementedError


def of_origin(kind: str, key: int) -> QuerySet[Assignment]:
    raise NotImplementedError


def directives_of(kind: str, key: int) -> QuerySet[Directive]:
    raise NotImplementedError


def findings_of(units: Collection[int], *, kind: str | None = None, key: int | None = None) -> QuerySet[Finding]:
    raise NotImplementedError


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    raise NotImplementedError


def count_by_standing(cards: Iterable[Card]) -> dict[str, int]:
    raise NotImplementedError


def progress_of(cards: Sequence[Card]) -> rules.Progress:
    raise NotImplementedError


def came_here(assignment: Assignment) -> list[Passage]:
    raise NotImplementedError


def story(assignment: Assignment, day: date) -> Story:
    raise NotImplementedError


def gaps(assignments: Iterable[Assignment], day: date) -> list["rules.Outline"]:
    raise NotImplementedError


def held_by_post(post: int, day: date) -> QuerySet[Assignment]:
    raise NotImplementedError


def sees_file(actor: Actor, file: int) -> bool:
    raise NotImplementedError


def digest(actor: Actor, day: date) -> list[DigestLine]:
    raise NotImplementedError
