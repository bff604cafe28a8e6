"""What is on its way out of an office: assignments of a session, and documents."""

from collections.abc import Collection
from dataclasses import dataclass

from dondoc.accounts.actors import Actor
from dondoc.directives import queries, rules
from dondoc.directives.models import Assignment
from dondoc.drafting.models import DocumentDraft
from dondoc.drafting.pages import name_of
from dondoc.drafting.queries import waiting


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one session's directives still need on their way out: `step` is prepare, approve or issue; `gaps` what the table lacks."""

    step: str
    origin_kind: str
    origin_key: int
    label: str
    count: int
    gaps: int


@dataclass(frozen=True, slots=True)
class Document:
    """A draft of a document that waits for this person: `step` is sign (approve) or number (issue)."""

    draft: DocumentDraft
    name: str
    step: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Both; empty where nothing waits."""

    sessions: tuple[Prepared, ...]
    documents: tuple[Document, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many documents wait for each step."""
        return {step: sum(one.step == step for one in self.documents) for step in ("sign", "number")}


def documents(actor: Actor) -> tuple[Document, ...]:
    """The drafts that wait for the post in which the person acts."""
    found = waiting(actor)
    return tuple(
        Document(draft, name_of(draft), step)
        for verb, step in (("approve", "sign"), ("issue", "number"))
        for draft in found[verb]
    )


def prepared(actor: Actor, clerks: Collection[int], leaders: Collection[int]) -> tuple[Prepared, ...]:
    """By session: what the office has to complete or issue, and the leader to approve.

    `clerks` and `leaders` are the units where the person has an office's or a judging post. A table waits for the office while something is lacking or a rule's proposal is still unlooked at, then for the leader.
    """
    drafted = list(queries.to_prepare({*clerks, *leaders}, actor.day)) if clerks or leaders else []
    lacking = {rules.where(problem.source)[0] for problem in queries.gaps(drafted, actor.day)}
    approved = list(queries.to_issue(clerks, actor.day)) if clerks else []
    found: dict[tuple[str, str, int], list[Assignment]] = {}
    for one in drafted:
        for step in ("prepare", "approve"):
            found.setdefault((step, one.directive.origin_kind, one.directive.origin_key), []).append(one)
    for one in approved:
        found.setdefault(("issue", one.directive.origin_kind, one.directive.origin_key), []).append(one)
    rows = []
    for (step, kind, key), ones in found.items():
        gaps = sum(one.pk in lacking for one in ones)
        unready = gaps or any(mark["from"] == "default" for one in ones for mark in one.marks.values())
        if (step == "prepare" and not (clerks and unready)) or (step == "approve" and (unready or not leaders)):
            continue
        rows.append(Prepared(step, kind, key, ones[0].directive.origin_label, len(ones), gaps))
    return tuple(rows)
