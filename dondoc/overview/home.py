"""The home desk: what needs this person today, through all the posts that they hold."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from dondoc.accounts.actors import Actor
from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.last_held import last_held
from dondoc.accounts.models import PostKind
from dondoc.accounts.queries import may
from dondoc.directives import queries, rules
from dondoc.directives.models import Assignment
from dondoc.directives.queries import Card, DigestLine, ParkedRole
from dondoc.directives.texts import PARTS
from dondoc.documents import registers
from dondoc.intake.models import Draft, DraftValue
from dondoc.obligations.acting import button
from dondoc.obligations.queries import warnings
from dondoc.reminders.rules import AGED

from .assigning import ToAssign, to_assign
from .outgoing import Outgoing, documents, prepared
from .reach import Unreached, unreached
from .reporting import ReportsDesk, reports_desk

LOADED = 200
"""So many assignments of a kind are looked at to find the most urgent; beyond them only the number is told."""

SHOWN = 10
"""A section shows so many and leads to the list for the rest."""

UNITS_SHOWN = DRAFTS_SHOWN = 5
SOON = timedelta(days=60)
"""How long before a reorganisation takes effect its undecided roles ask for a decision."""

AHEAD = frozenset({"due_in_7", "due_in_1", "due_today"})
URGENT = frozenset({"overdue", "due_soon", "returned"})

RECEIVING = frozenset({PostKind.HEAD, PostKind.LEADER, PostKind.CLERK, PostKind.OFFICER})
JUDGING = frozenset({PostKind.HEAD, PostKind.LEADER})
OFFICE = frozenset({PostKind.CLERK, PostKind.LEADER})

Held = Callable[[Collection[int], date], QuerySet[Assignment]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to do: for which posts, of which assignments, what the button beside it says, where the rest is listed.

    `part` is the role through which it comes, `anchor` the place on the assignment's page where it is done.
    """

    code: str
    title: str | Promise
    posts: frozenset[PostKind]
    held: Held
    condition: Q
    action: str | Promise
    part: rules.Part
    anchor: str
    listed: str


KINDS = (
    Kind(
        "verify",
        _("Results awaiting your verification"),
        JUDGING,
        queries.to_verify,
        Q(state=rules.State.REPORTED),
        _("Verify"),
        rules.Part.VERIFIER,
        "accept",
        "part=verify&state=reported",
    ),
    Kind(
        "extension",
        _("Requests for a later deadline"),
        JUDGING,
        queries.to_verify,
        Q(extensions__isnull=False, extensions__granted=None),
        _("Answer"),
        rules.Part.VERIFIER,
        "answer-extension",
        "part=verify",
    ),
    Kind(
        "objection",
        _("Objections to be answered"),
        JUDGING,
        queries.objected_to,
        Q(),
        _("Answer"),
        rules.Part.ISSUER,
        "uphold",
        "part=objected",
    ),
    Kind(
        "acknowledge",
        _("New, to be acknowledged"),
        RECEIVING,
        queries.received_by,
        Q(state=rules.State.ISSUED),
        _("Acknowledge"),
        rules.Part.RECEIVER,
        "acknowledge",
        "part=received",
    ),
    Kind(
        "work",
        _("To be reported"),
        RECEIVING,
        queries.received_by,
        Q(state=rules.State.IN_PROGRESS),
        _("Report"),
        rules.Part.RECEIVER,
        "report-result",
        "part=received",
    ),
)


SAYINGS = (
    ("overdue", ngettext_lazy("%(n)d overdue", "%(n)d overdue", "n")),
    ("verify", ngettext_lazy("%(n)d awaiting your verification", "%(n)d awaiting your verification", "n")),
    ("extension", ngettext_lazy("%(n)d request for a later deadline", "%(n)d requests for a later deadline", "n")),
    ("approve", ngettext_lazy("%(n)d awaiting your approval", "%(n)d awaiting your approval", "n")),
    ("sign", ngettext_lazy("%(n)d document to be approved", "%(n)d documents to be approved", "n")),
    ("objection", ngettext_lazy("%(n)d objection to be answered", "%(n)d objections to be answered", "n")),
    ("prepare", ngettext_lazy("%(n)d to be completed", "%(n)d to be completed", "n")),
    ("look_over", ngettext_lazy("%(n)d to be looked over", "%(n)d to be looked over", "n")),
    ("issue", ngettext_lazy("%(n)d to be issued", "%(n)d to be issued", "n")),
    ("number", ngettext_lazy("%(n)d document to be issued", "%(n)d documents to be issued", "n")),
    ("acknowledge", ngettext_lazy("%(n)d to be acknowledged", "%(n)d to be acknowledged", "n")),
    ("assign", ngettext_lazy("%(n)d remaining target to be assigned", "%(n)d remaining targets to be assigned", "n")),
    ("parked", ngettext_lazy("%(n)d part without a holder", "%(n)d parts without a holder", "n")),
    ("chase", ngettext_lazy("%(n)d overdue below to be urged", "%(n)d overdue below to be urged", "n")),
    ("follow", ngettext_lazy("%(n)d to be followed up", "%(n)d to be followed up", "n")),
    ("drafts", ngettext_lazy("%(n)d text being checked", "%(n)d texts being checked", "n")),
)
"""The parts of the desk's sentence, in its order."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the desk: the assignment, the gravest reminder on it, and the post through which it comes where it is not the one in
    use. `at_once`: one press does it, without opening the page."""

    card: Card
    reminder: str
    via: str
    at_once: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The tasks of one kind; `total` counts also those not shown, `quiet` those that need nothing yet."""

    kind: Kind
    tasks: tuple[Task, ...]
    total: int
    overdue: int
    quiet: int

    @property
    def more(self) -> int:
        """How many are only on the list."""
        return self.total - len(self.tasks) - self.quiet


@dataclass(frozen=True, slots=True)
class Waiting:
    """A part of an assignment that waits for a unit, and what that part is called."""

    parked: ParkedRole
    part: str | Promise


@dataclass(frozen=True, slots=True)
class Chase:
    """One demand with the units to be urged about it for the same reason."""

    task: str
    wording: str
    lines: tuple[DigestLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that needs a person today. `chase` are reminders on items that are others' to do."""

    out: Outgoing
    sections: tuple[Section, ...]
    reports: ReportsDesk
    chase: tuple[Chase, ...]
    chase_total: int
    chase_listed: str
    parked: tuple[Waiting, ...]
    to_assign: tuple[ToAssign, ...]
    unreached: Unreached
    drafts: tuple[Draft, ...]
    drafts_more: int
    sentence: str

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show at all."""
        shown = (
            self.out.sessions,
            self.out.documents,
            self.sections,
            self.chase,
            self.parked,
            self.to_assign,
            self.drafts,
        )
        return not any(shown) and not self.reports and not self.unreached


def desk(actor: Actor) -> Desk:
    """The desk on the working day, in a number of queries that does not grow with the work."""
    day = actor.day
    found: list[tuple[Kind, list[Assignment], int]] = []
    for kind in KINDS:
        units = _units(actor, kind.posts)
        rows = kind.held(units, day).filter(kind.condition) if units else None
        held = list(rows[:LOADED]) if rows is not None else []
        total = rows.count() if rows is not None and len(held) == LOADED else len(held)
        found.append((kind, held, total))
    loaded = {one.pk: one for _kind, held, _total in found for one in held}
    cards = {card.pk: card for card in queries.cards(loaded.values(), day)}
    lines = queries.digest(actor, day)
    reminders = {line.card.pk: line.wording for line in lines if not _outrun(line)}
    acknowledges = actor.acting is not None and bool(may(actor, "assignment.acknowledge", actor.acting.unit))
    sections = tuple(
        _section(actor, kind, [cards[one.pk] for one in held], total, reminders, acknowledges)
        for kind, held, total in found
        if held
    )
    others = [line for line in lines if line.card.pk not in loaded and line.audience != "parked"]
    waiting = queries.parked_with(_units(actor, OFFICE | JUDGING | {PostKind.BOARD}), day)
    parked = tuple(one for one in waiting if one.role.valid_from <= day + SOON)
    mine = Draft.objects.filter(owner__in=_units(actor, OFFICE), created_by=actor.account, state=Draft.State.OPEN)
    title = DraftValue.objects.filter(draft=OuterRef("pk"), kind="event", name="title", dropped=False)
    named = mine.defer("text").annotate(title=Subquery(title.values("content__text")[:1]), begins=Left("text", 300))
    drafts = list(named.order_by("-created_on", "-pk"))
    out = Outgoing(
        prepared(actor, _units(actor, frozenset({PostKind.CLERK})), _units(actor, JUDGING)), documents(actor)
    )
    apart, reports, left = unreached(actor), reports_desk(actor), tuple(to_assign(actor))
    return Desk(
        out,
        sections,
        reports,
        _grouped(others),
        len(others),
        "part=follow" if all(line.audience == "follower" for line in others) else "part=all&state=overdue",
        tuple(Waiting(one, PARTS[rules.Part(one.part)]) for one in parked),
        left,
        apart,
        tuple(drafts[:DRAFTS_SHOWN]),
        max(0, len(drafts) - DRAFTS_SHOWN),
        _sentence(out, sections, others, parked, apart, len(drafts), reports, left),
    )


def _section(
    actor: Actor, kind: Kind, cards: list[Card], total: int, reminders: dict[int, str], acknowledges: bool
) -> Section:
    cards = sorted(cards, key=_urgency)
    overdue = sum(card.standing == "overdue" for card in cards)
    quiet = 0
    if kind.code == "work":
        urgent = [card for card in cards if card.standing in URGENT or card.pk in reminders]
        quiet, cards = len(cards) - len(urgent), urgent
    tasks = tuple(
        Task(
            card,
            reminders.get(card.pk, ""),
            via := _via(actor, kind, card),
            kind.code == "acknowledge" and acknowledges and not via,
        )
        for card in cards[:SHOWN]
    )
    return Section(kind, tasks, total, overdue, quiet)


def _outrun(line: DigestLine) -> bool:
    """Whether the reminder looks forward to a day that has passed: who is told no later step has the state and the date for it."""
    return line.card.standing == "overdue" and line.step in AHEAD


def _via(actor: Actor, kind: Kind, card: Card) -> str:
    """The post to switch to before doing it; "" where the post in use is one that may."""
    holder = getattr(card, kind.part.value)
    unit = holder.unit.unit if holder and holder.unit else None
    fitting = [held for held in actor.holdings if held.unit == unit and held.kind in kind.posts]
    return "" if not fitting or actor.acting in fitting else fitting[0].title


def _grouped(lines: Iterable[DigestLine]) -> tuple[Chase, ...]:
    """The lines by demand and reason, in their order: what the gravest lines are about comes first."""
    groups: dict[tuple[int, str, str], list[DigestLine]] = {}
    for line in lines:
        groups.setdefault((line.card.directive.pk, line.card.task, line.wording), []).append(line)
    return tuple(
        Chase(task, wording, tuple(several[:UNITS_SHOWN]), max(0, len(several) - UNITS_SHOWN))
        for (_directive, task, wording), several in list(groups.items())[:SHOWN]
    )


def _units(actor: Actor, kinds: frozenset[PostKind]) -> list[int]:
    return sorted({held.unit for held in actor.holdings if held.kind in kinds})


def _urgency(card: Card) -> tuple[bool, date, int]:
    return (card.standing != "overdue", card.due or date.max, card.pk)


def _sentence(
    out: Outgoing,
    sections: Collection[Section],
    others: Collection[DigestLine],
    parked: Collection[ParkedRole],
    apart: Unreached,
    drafts: int,
    reports: ReportsDesk,
    left: Collection[ToAssign],
) -> str:
    """What matters, in one sentence: what is overdue here, what waits for this person, what is overdue with others."""
    counts = {section.kind.code: section.total for section in sections}
    for one in out.sessions:
        step, n = (
            (one.step, one.count)
            if one.step != "prepare"
            else ("prepare", one.gaps)
            if one.gaps
            else ("look_over", one.count)
        )
        counts[step] = counts.get(step, 0) + n
    counts["overdue"] = sum(s.overdue for s in sections if s.kind.part is rules.Part.RECEIVER)
    counts["chase"] = sum(line.card.standing == "overdue" for line in others)
    counts["follow"] = len(others) - counts["chase"]
    counts["parked"] = len(parked)
    counts |= out.counts | {"drafts": drafts, "assign": sum(one.count for one in left)}
    told = [str(text % {"n": n}) for code, text in SAYINGS if (n := counts.get(code, 0))] + reports.sayings()
    if not told and apart:
        told = [ngettext("%(n)d post cannot be reached", "%(n)d posts cannot be reached", n := apart.count) % {"n": n}]
    return ", ".join(told)


@reads
def home(request: PageRequest) -> HttpResponse:
    """The desk of whoever is signed in."""
    actor = request.actor
    receives = actor.acting is not None and bool(may(actor, "intake.receive", actor.acting.unit))
    warned = [(one, button(one.obligation, own=one.own)) for one in warnings(actor, actor.day)]
    news = [row for row in warned if actor.day - row[0].since <= AGED]
    before = [row for row in warned if actor.day - row[0].since > AGED]
    reads_record = any(held.kind == PostKind.AUDITOR for held in actor.holdings)
    return render(
        request,
        "overview/home.html",
        {
            "desk": desk(actor),
            "warned": news[:SHOWN],
            "warned_more": max(0, len(news) - SHOWN),
            "warned_before": before[:LOADED],
            "may_receive": receives,
            "arrived": registers.waiting(actor),
            "reads_record": reads_record and not actor.units,
            "last_held": None if actor.holdings else last_held(actor.account, actor.day),
            "list_url": reverse("directives:list"),
        },
    )
