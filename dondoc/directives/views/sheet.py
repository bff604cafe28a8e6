"""The completion table as rows and cells: what each shows, where its value comes from, what it lacks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.accounts.acts import PageRequest
from dondoc.accounts.models import Post
from dondoc.accounts.queries import may, require
from dondoc.directives import forms, queries
from dondoc.directives.holders import living
from dondoc.directives.models import Assignment, Directive, LateField
from dondoc.directives.queries import Card
from dondoc.directives.rules import State, where
from dondoc.directives.services.from_document import KIND
from dondoc.documents.models import Source
from dondoc.lib import texts, wording
from dondoc.lib.refusals import Problem
from dondoc.lib.vietnamese import sort_key
from dondoc.organisations.models import Ancestry, UnitKind
from dondoc.organisations.queries import labels

from . import telling
from .common import came_with, issue_form, near_units
from .rows import Cell, Gap, Group, Late, Options, Row

LABELS: dict[str, str | Promise] = {
    "task": gettext_lazy("Task"),
    "product": gettext_lazy("Product"),
    "due_on": gettext_lazy("Deadline"),
    "cadence_months": gettext_lazy("Regular"),
    "review_on": gettext_lazy("Review day"),
    "answerable": gettext_lazy("Answerable"),
    "follower": gettext_lazy("Follows"),
    "verifier": gettext_lazy("Verifies"),
}
COLUMNS = tuple(LABELS)
# Fields that share a cell: the first opens it, the last closes it.
CELLS = (
    ("task",),
    ("product",),
    ("due_on",),
    ("cadence_months", "review_on"),
    ("answerable",),
    ("follower", "verifier"),
)
DAYS = {"due_on", "review_on"}
LONG = {"task", "product"}
CADENCES = (1, 2, 3, 6, 12)
FILLED = {"product", "due_on", "cadence_months", "review_on", "follower", "verifier"}


@dataclass(slots=True)
class Sheet:
    """Everything that the page shows."""

    label: str
    url: str
    origin_url: str
    groups: list[Group]
    problems: list[Gap]
    may_prepare: bool
    may_approve: bool
    may_issue: bool
    unit_names: list[str]
    columns: list[dict[str, Any]]
    heads: list[dict[str, Any]]
    looked_at: bool
    from_document: bool
    issue_form: Any = None
    send_back_form: Any = None
    drafted: list[Row] = field(default_factory=list)
    approved: list[Row] = field(default_factory=list)
    issued: list[Row] = field(default_factory=list)

    @property
    def may_send_back(self) -> bool:
        """Who approves may send back."""
        return self.may_approve

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(CELLS) + 2

    @property
    def complete(self) -> list[Row]:
        """The drafted rows that lack nothing."""
        return [row for row in self.drafted if row.complete]

    @property
    def sentence(self) -> str:
        """What matters now."""
        count = len(self.problems)
        if count:
            return ngettext("%(n)s place still to be filled.", "%(n)s places still to be filled.", count) % {"n": count}
        if self.drafted and not self.looked_at:
            said = ngettext(
                "%(n)s assignment is filled in and has to be looked over before approval.",
                "%(n)s assignments are filled in and have to be looked over before approval.",
                len(self.drafted),
            )
            return said % {"n": len(self.drafted)}
        if self.drafted:
            said = ngettext(
                "%(n)s assignment is complete and waits for approval.",
                "%(n)s assignments are complete and wait for approval.",
                len(self.drafted),
            )
            return said % {"n": len(self.drafted)}
        if self.approved:
            said = ngettext(
                "%(n)s assignment is approved and waits to be issued.",
                "%(n)s assignments are approved and wait to be issued.",
                len(self.approved),
            )
            return said % {"n": len(self.approved)}
        return _("All assignments are issued.") if self.issued else ""

    @property
    def steps(self) -> list[dict[str, Any]]:
        """Prepare, approve, issue: where this stands."""
        done = [not self.drafted, not self.drafted and not self.approved, False]
        words = [(_("Prepare"), self.drafted), (_("Approve"), self.complete), (_("Issue"), self.approved)]
        now = 2 if done[0] else (1 if self.drafted and not self.problems and self.looked_at else 0)
        all_done = done[1] and bool(self.issued)
        return [
            {
                "label": label,
                "count": len(rows),
                "done": all_done or number < now,
                "current": not all_done and number == now,
            }
            for number, (label, rows) in enumerate(words)
        ]


def sheet_of(request: PageRequest, kind: str, key: int, adding: tuple[int, forms.ReceiverForm] | None = None) -> Sheet:
    """The table of an origin, for one who prepares, approves or issues for its author's unit; 404 outside one's scope, else 403."""
    directives = queries.access_origin(request.actor, kind, key)
    sources = Source.objects.in_bulk({one.source_id for one in directives})
    for one in directives:
        one.source = sources[one.source_id]
    day = request.today
    author = living(directives[0].author_unit_id, day)
    rights = {name: bool(may(request.actor, f"directive.{name}", author)) for name in ("prepare", "approve", "issue")}
    if not any(rights.values()):
        require(request.actor, "directive.prepare", author)
    assignments = list(queries.of_origin(kind, key).filter(parent=None).exclude(state=State.CANCELLED))
    cards = queries.cards(assignments, day)
    problems = _by_place(queries.gaps([one for one in assignments if one.state == State.DRAFTED], day))
    near = (
        near_units({c.receiver.unit.unit for c in cards if c.receiver and c.receiver.unit}, author, day)
        if rights["prepare"]
        else []
    )
    make = _Cells(cards, problems, author, day)
    rows: dict[int, list[Row]] = defaultdict(list)
    for card in sorted(cards, key=lambda one: sort_key(_unit(one))):
        rows[card.assignment.directive_id].append(make.row(card, rights["prepare"]))
    whole = queries.read_whole(request.actor, directives)
    groups = [_group(number, one, rows[one.pk], one.pk in whole) for number, one in enumerate(directives, 1)]
    for group in groups:
        if rights["prepare"]:
            same = adding is not None and adding[0] == group.pk
            group.form = adding[1] if adding and same else forms.ReceiverForm(today=day, choices=near)
    sheet = Sheet(
        label=directives[0].origin_label,
        url=reverse("directives:prepare", args=[kind, key]),
        origin_url=telling.origin_url(directives[0]),
        groups=groups,
        problems=[gap for group in groups for row in group.rows for gap in _gaps(row)],
        may_prepare=rights["prepare"],
        may_approve=rights["approve"],
        may_issue=rights["issue"],
        from_document=kind == KIND,
        looked_at=all(mark.get("from") != "default" for one in assignments for mark in one.marks.values()),
        unit_names=sorted((one.name for one in near), key=sort_key)[:400],
        columns=make.columns(),
        heads=[
            {"name": names[0], "fields": [{"name": n, "label": LABELS[n], "fills": n in FILLED} for n in names]}
            for names in CELLS
        ],
    )
    for group in groups:
        for row in group.rows:
            {State.DRAFTED: sheet.drafted, State.APPROVED: sheet.approved}.get(State(row.state), sheet.issued).append(
                row
            )
    if sheet.approved and rights["issue"]:
        sheet.issue_form = issue_form(author, day, came_with(directives))
    if sheet.approved:
        sheet.send_back_form = forms.SendBackForm(today=day)
    return sheet


def _unit(card: Card) -> str:
    return card.receiver.unit.name if card.receiver and card.receiver.unit else _("no unit yet")


def _group(number: int, directive: Directive, rows: list[Row], whole: bool) -> Group:
    excerpt = telling.excerpt(directive, whole=whole)
    return Group(directive.pk, number, directive.text, directive.addressee, excerpt, rows)


def _by_place(problems: Iterable[Problem]) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for problem in problems:
        found[where(problem.source)].append(texts.problem(problem))
    return found


def _gaps(row: Row) -> list[Gap]:
    return [Gap(cell.id, row.unit, cell.problem) for cell in row.cells if cell.problem]


class _Cells:
    """Makes the cells of all rows from what was read once for the whole table."""

    def __init__(
        self, cards: Sequence[Card], problems: Mapping[tuple[int, str], list[str]], author: int, day: date
    ) -> None:
        self.problems = problems
        receivers = {card.receiver.unit.unit for card in cards if card.receiver and card.receiver.unit}
        self.posts: dict[int, Options] = defaultdict(list)
        for post in Post.objects.on(day).filter(unit__in=receivers).order_by("kind", "title"):
            if post.kind in {"head", "leader", "officer"}:
                self.posts[post.unit_id].append((str(post.pk), post.title))
        above = self._above(receivers, day)
        used = {h.unit.unit for card in cards for h in (card.follower, card.verifier) if h and h.unit}
        known = labels({unit for units in above.values() for unit in units} | used | {author}, day)
        self.units: dict[int, Options] = {
            receiver: [
                (str(unit), known[unit].name) for unit in units if unit in known and known[unit].family == "party"
            ]
            for receiver, units in above.items()
        }
        self.all_units = sorted(
            {option for options in self.units.values() for option in options}, key=lambda option: sort_key(option[1])
        )
        self.lates: dict[tuple[int, str], list[LateField]] = defaultdict(list)
        for late in (
            LateField.objects.filter(assignment__in=[card.pk for card in cards]).select_related("by").order_by("pk")
        ):
            self.lates[late.assignment_id, late.field].append(late)

    @staticmethod
    def _above(receivers: set[int], day: date) -> dict[int, list[int]]:
        """The superiors of each receiver on the day, nearest first by the level of their kind."""
        pairs = list(Ancestry.objects.on(day).filter(descendant__in=receivers).values_list("descendant", "ancestor"))
        levels = dict(UnitKind.objects.on(day).filter(unit__in={a for _d, a in pairs}).values_list("unit", "level"))
        above: dict[int, list[int]] = {receiver: [] for receiver in receivers}
        for descendant, ancestor in sorted(pairs, key=lambda pair: -levels.get(pair[1], 0)):
            if ancestor != descendant:
                above[descendant].append(ancestor)
        return above

    def columns(self) -> list[dict[str, Any]]:
        """The fields of the bulk form."""
        options = {"cadence_months": self._cadences(None), "follower": self.all_units, "verifier": self.all_units}
        return [
            {"name": name, "label": LABELS[name], "options": options.get(name), "is_day": name in DAYS}
            for name in COLUMNS
            if name in FILLED
        ]

    @staticmethod
    def _cadences(present: int | None) -> Options:
        months = sorted({*CADENCES, present} - {None}) if present else list(CADENCES)
        return [("", _("once")), *((str(one), telling.cadence(one)) for one in months)]

    def row(self, card: Card, may_prepare: bool) -> Row:
        """A row with its cells."""
        editable = may_prepare and card.assignment.state == State.DRAFTED
        cells = [self._cell(card, name, names[0] == name, names[-1] == name) for names in CELLS for name in names]
        lacks = any(key == card.pk for key, _field in self.problems)
        return Row(card.pk, card.version, _unit(card), card.assignment.state, card.standing, editable, not lacks, cells)

    def _cell(self, card: Card, name: str, opens: bool, closes: bool) -> Cell:
        value, shown, options = self._value(card, name)
        problem = " ".join(self.problems.get((card.pk, name), []))
        source = card.assignment.marks.get(name, {}).get("from")
        css = "is-lacking" if problem else ("is-default" if source == "default" and value else "")
        lates = [Late(one.pk, one.by.label, self._late(one, options)) for one in self.lates.get((card.pk, name), [])]
        return Cell(
            name,
            f"cell-{card.pk}-{name}",
            str(LABELS[name]),
            value,
            shown,
            options,
            name in DAYS,
            name in LONG,
            css,
            problem,
            lates,
            opens,
            closes,
        )

    def _value(self, card: Card, name: str) -> tuple[str, str, Options | None]:
        """What the field holds, as typed and as read, and what may be chosen for it."""
        one: Assignment = card.assignment
        if name in ("task", "product"):
            text = str(getattr(one, name))
            return text, text, None
        if name in DAYS:
            day = getattr(one, name)
            text = wording.day(day) if day else ""
            return text, text, None
        if name == "cadence_months":
            return (
                str(one.cadence_months or ""),
                telling.cadence(one.cadence_months),
                self._cadences(one.cadence_months),
            )
        receiver = card.receiver.unit.unit if card.receiver and card.receiver.unit else 0
        if name == "answerable":
            held = card.answerable
            present = (str(held.post), held.post_title) if held and held.post else None
            return self._chosen(present, self.posts.get(receiver, []))
        holder = card.follower if name == "follower" else card.verifier
        present = (str(holder.unit.unit), holder.unit.name) if holder and holder.unit else None
        return self._chosen(present, self.units.get(receiver, []))

    @staticmethod
    def _chosen(present: tuple[str, str] | None, options: Options) -> tuple[str, str, Options]:
        """A select with what is chosen now, also where the choice is no longer offered."""
        offered = options if present is None or present in options else [present, *options]
        return (present or ("", ""))[0], (present or ("", ""))[1], [("", "–"), *offered]

    @staticmethod
    def _late(late: LateField, options: Options | None) -> str:
        return dict(options or []).get(late.value, late.value)
