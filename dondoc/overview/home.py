"""The home desk: what needs this person today, through all the posts that they hold."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.actors import Actor
from dondoc.accounts.models import PostKind
from dondoc.directives import queries, rules
from dondoc.directives.models import Assignment
from dondoc.directives.queries import Card, DigestLine, ParkedRole
from dondoc.intake.models import Draft

SHOWN = 30
"""A section shows so many cards and says how many there are; the list of directives shows the rest."""

RECEIVING = frozenset({PostKind.HEAD, PostKind.LEADER, PostKind.CLERK, PostKind.OFFICER})
JUDGING = frozenset({PostKind.HEAD, PostKind.LEADER})
OFFICE = frozenset({PostKind.CLERK, PostKind.LEADER})

Held = Callable[[Collection[int], date], QuerySet[Assignment]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to do: for which posts, of which assignments, and what the button beside it says."""

    code: str
    title: str | Promise
    posts: frozenset[PostKind]
    held: Held
    condition: Q
    action: str | Promise


KINDS = (
    Kind("verify", _("Results awaiting your verification"), JUDGING, queries.to_verify, Q(), _("Verify")),
    Kind(
        "acknowledge",
        _("New, to be acknowledged"),
        RECEIVING,
        queries.received_by,
        Q(state=rules.State.ISSUED),
        _("Acknowledge"),
    ),
    Kind("objection", _("Objections to be answered"), OFFICE, queries.objected_to, Q(), _("Answer")),
    Kind("work", _("Under way"), RECEIVING, queries.received_by, Q(state=rules.State.IN_PROGRESS), _("Report")),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One card of the desk: the assignment, and the gravest reminder on it if there is one."""

    card: Card
    reminder: DigestLine | None


@dataclass(frozen=True, slots=True)
class Section:
    """The tasks of one kind; `total` counts also those not shown."""

    code: str
    title: str | Promise
    action: str | Promise
    tasks: tuple[Task, ...]
    total: int


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
class Desk:
    """Everything that needs a person today. `chase` are reminders on items that are others' to do."""

    prepared: tuple[Prepared, ...]
    sections: tuple[Section, ...]
    chase: tuple[DigestLine, ...]
    parked: tuple[ParkedRole, ...]
    drafts: tuple[Draft, ...]
    sentence: str

    @property
    def empty(self) -> bool:
        return not (self.prepared or self.sections or self.chase or self.parked or self.drafts)


def desk(actor: Actor) -> Desk:
    """The desk on the working day, in a number of queries that does not grow with the work."""
    day = actor.day
    found: list[tuple[Kind, list[int], int]] = []
    for kind in KINDS:
        units = _units(actor, kind.posts)
        rows = kind.held(units, day).filter(kind.condition).order_by("due_on", "pk") if units else None
        keys = list(rows.values_list("pk", flat=True)[: SHOWN + 1]) if rows is not None else []
        total = rows.count() if rows is not None and len(keys) > SHOWN else len(keys)
        found.append((kind, keys[:SHOWN], total))
    wanted = {key for _kind, keys, _total in found for key in keys}
    cards = {card.pk: card for card in queries.cards(Assignment.objects.filter(pk__in=wanted), day)}
    lines = queries.digest(actor, day)
    reminders = {line.card.pk: line for line in lines}
    sections = tuple(
        Section(
            kind.code,
            kind.title,
            kind.action,
            tuple(sorted((Task(cards[key], reminders.get(key)) for key in keys), key=_urgency)),
            total,
        )
        for kind, keys, total in found
        if keys
    )
    chase = tuple(line for line in lines if line.card.pk not in wanted)
    parked = tuple(queries.parked_with(_units(actor, OFFICE | JUDGING | {PostKind.BOARD}), day))
    drafts = tuple(
        Draft.objects.filter(owner__in=_units(actor, OFFICE), state=Draft.State.OPEN)
        .select_related("created_by")
        .defer("text")
        .order_by("-created_on", "-pk")[:10]
    )
    prepared = _prepared(actor)
    return Desk(prepared, sections, chase, parked, drafts, _sentence(prepared, sections, chase))


def _prepared(actor: Actor) -> tuple[Prepared, ...]:
    """By session: what the office has to complete or issue, and the leader to approve. Incomplete tables wait for the office."""
    clerks, leaders = _units(actor, frozenset({PostKind.CLERK})), _units(actor, JUDGING)
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
        if (step == "prepare" and not (clerks and gaps)) or (step == "approve" and (gaps or not leaders)):
            continue
        rows.append(Prepared(step, kind, key, ones[0].directive.origin_label, len(ones), gaps))
    return tuple(rows)


def _units(actor: Actor, kinds: frozenset[PostKind]) -> list[int]:
    return sorted({held.unit for held in actor.holdings if held.kind in kinds})


def _urgency(task: Task) -> tuple[bool, date, int]:
    return (task.card.standing != "overdue", task.card.due or date.max, task.card.pk)


def _sentence(prepared: tuple[Prepared, ...], sections: tuple[Section, ...], chase: tuple[DigestLine, ...]) -> str:
    """What matters, in one sentence: overdue first, then what waits for this person."""
    counts = {section.code: section.total for section in sections}
    for one in prepared:
        counts[one.step] = counts.get(one.step, 0) + one.count
    overdue = sum(task.card.standing == "overdue" for section in sections for task in section.tasks)
    overdue += sum(line.card.standing == "overdue" for line in chase)
    parts = []
    if overdue:
        parts.append(ngettext("%(n)d overdue", "%(n)d overdue", overdue) % {"n": overdue})
    if n := counts.get("verify", 0):
        parts.append(ngettext("%(n)d awaiting your verification", "%(n)d awaiting your verification", n) % {"n": n})
    if n := counts.get("approve", 0):
        parts.append(ngettext("%(n)d awaiting your approval", "%(n)d awaiting your approval", n) % {"n": n})
    if n := counts.get("issue", 0):
        parts.append(ngettext("%(n)d to be issued", "%(n)d to be issued", n) % {"n": n})
    if n := counts.get("acknowledge", 0):
        parts.append(ngettext("%(n)d to be acknowledged", "%(n)d to be acknowledged", n) % {"n": n})
    return ", ".join(parts)


@reads
def home(request: PageRequest) -> HttpResponse:
    """The desk of whoever is signed in."""
    return render(request, "overview/home.html", {"desk": desk(request.actor)})
