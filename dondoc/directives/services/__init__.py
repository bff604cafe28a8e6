"""Every write of this folder, one function per verb. All are one act: `seen` is what the person saw, `act` who does it."""

from collections.abc import Mapping, Sequence
from datetime import date

from dondoc.directives.models import Assignment, Directive, Extension, Finding, Report
from dondoc.history.services import Act

from .values import ChildData, DocumentData, OriginData, Saved, Seen, Timing

__all__ = ["ChildData", "DocumentData", "OriginData", "Saved", "Seen", "Timing"]


def record_finding(origin: OriginData, *, kind: str, units: Sequence[int], common: bool | None = None, act: Act) -> Finding:
    raise NotImplementedError


def record_directive(
    origin: OriginData, *, addressee: str, receivers: str, units: Sequence[int], timing: Timing | None = None, act: Act
) -> Directive:
    raise NotImplementedError


def withdraw_origin(kind: str, key: int, *, act: Act) -> None:
    raise NotImplementedError


def draft_assignments(directive_ids: Sequence[int], units: Sequence[int], act: Act) -> list[Assignment]:
    raise NotImplementedError


def add_receiver(directive_id: int, unit: int, *, act: Act) -> Assignment:
    raise NotImplementedError


def remove_receiver(assignment_id: int, *, seen: int, act: Act) -> None:
    raise NotImplementedError


FIELDS = ("task", "product", "due_on", "cadence_months", "review_on", "answerable", "follower", "verifier", "receiver")
"""What `save_field` may set on a draft. Values are text as typed: a day (dd/mm/yyyy), whole months, or the key of a unit or post."""


def save_field(assignment_id: int, field: str, value: str, *, seen: int, act: Act) -> Saved:
    """Setting `due_on` clears the cadence and review day; setting `cadence_months` clears the deadline."""
    raise NotImplementedError


def fill(ids: Sequence[int], field: str, value: str, *, seen: Mapping[int, int], act: Act) -> dict[int, Saved]:
    raise NotImplementedError


def confirm_defaults(ids: Sequence[int], *, seen: Mapping[int, int], act: Act) -> None:
    raise NotImplementedError


def choose_late(late_id: int, *, take: bool, seen: int, act: Act) -> Saved:
    raise NotImplementedError


def approve(ids: Sequence[int], *, seen: Seen, act: Act) -> list[Assignment]:
    raise NotImplementedError


def send_back(ids: Sequence[int], *, reason: str, seen: Seen, act: Act) -> list[Assignment]:
    raise NotImplementedError


def issue(
    ids: Sequence[int], *, document: DocumentData | None = None, oral: bool = False, seen: Seen, act: Act
) -> list[Assignment]:
    raise NotImplementedError


def cancel(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    raise NotImplementedError


def acknowledge(assignment_id: int, *, seen: int, act: Act) -> Assignment:
    raise NotImplementedError


def object_to(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    raise NotImplementedError


def uphold(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    """The issuer stays with it in spite of the objection."""
    raise NotImplementedError


def pass_down(assignment_id: int, *, children: Sequence[ChildData], seen: int, act: Act) -> list[Assignment]:
    raise NotImplementedError


def report_progress(assignment_id: int, *, text: str, files: Sequence[int] = (), seen: int, act: Act) -> Report:
    raise NotImplementedError


def report_result(
    assignment_id: int, *, text: str, files: Sequence[int] = (), open_children_reason: str = "", seen: int, act: Act
) -> Report:
    raise NotImplementedError


def ask_extension(assignment_id: int, *, new_due_on: date, reason: str, seen: int, act: Act) -> Extension:
    raise NotImplementedError


def answer_extension(assignment_id: int, *, granted: bool, answer: str, seen: int, act: Act) -> Extension:
    raise NotImplementedError


def accept(assignment_id: int, *, remark: str, seen: int, act: Act) -> Assignment:
    raise NotImplementedError


def return_result(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    raise NotImplementedError


def reopen(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    raise NotImplementedError


def chase(assignment_id: int, *, text: str, seen: int, act: Act) -> Assignment:
    """The follower urges, in words of its own."""
    raise NotImplementedError


def hand_over(assignment_id: int, *, role: str, unit: int, reason: str, seen: int, act: Act) -> Assignment:
    raise NotImplementedError


def decide_role(role_id: int, *, unit: int, reason: str, seen: int, act: Act) -> Assignment:
    """`seen` is the version of the role's assignment."""
    raise NotImplementedError
