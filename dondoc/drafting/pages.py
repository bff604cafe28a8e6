"""What the page of a draft shows, everything looked up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.directives.models import Assignment
from dondoc.documents import patterns
from dondoc.documents.patterns import Placeholder
from dondoc.lib import texts
from dondoc.lib.refusals import Refused
from dondoc.organisations.queries import labels
from dondoc.working_sessions.rules import KIND as SESSION

from . import convened, papers, queries, reported, rules
from .checking import wrong_with
from .models import Clause, Difference, DocumentDraft, LateText
from .rules import Made, Stretch
from .services.moving import fate, lacking, parts_of, waiting_of
from .texts import DIFFERENCES, FATES, LINES
from .values import LINE, is_line


@dataclass(slots=True)
class Piece:
    """A piece on the page: the number before it, what it was made from and where that stands, what becomes of a directive."""

    clause: Clause
    label: str = ""
    number: str = ""
    url: str = ""
    fate: str = ""
    fate_words: str = ""
    document: str = ""
    rows: int = 2
    first: bool = False
    fixed: bool = False
    lates: list[LateText] = field(default_factory=list)

    @property
    def is_row(self) -> bool:
        """Whether something may be done to it besides writing: it is a paragraph, or begins a row of a table. A line of the form stays."""
        return not self.fixed and (self.clause.row is None or self.first)

    @property
    def is_line(self) -> bool:
        """Whether it is a line of head or foot."""
        return is_line(self.clause)


@dataclass(slots=True)
class Part:
    """The pieces of one placeholder, with what the template says of it; `grows`: it is a table to which rows may be added."""

    name: str
    title: str
    pieces: list[Piece]
    grows: bool = False


@dataclass(slots=True)
class Shown:
    """A difference side by side: what stands here, and in the file that came back."""

    difference: Difference
    title: str
    left: list[Stretch]
    right: list[Stretch]
    name: str


@dataclass(slots=True)
class Page:
    """The page of a draft."""

    draft: DocumentDraft
    name: str
    unit: str
    abstract: str
    symbol: str
    verbs: set[str]
    lines: list[Piece]
    parts: list[Part]
    problems: list[str]
    faults: list[str]
    moving: list[Assignment]
    came: list[Shown]
    record_url: str

    @property
    def drafted(self) -> int:
        """How many assignments wait to be approved with the document."""
        return sum(one.state == "drafted" for one in self.moving)

    @property
    def prepare_url(self) -> str:
        """Where the assignments of its directives are completed."""
        if self.draft.subject_kind not in (SESSION, convened.KIND):
            return ""
        return reverse("directives:prepare", args=[self.draft.subject_kind, self.draft.subject_key])

    @property
    def writes(self) -> bool:
        """Whether this person may change the words now."""
        return "write" in self.verbs

    @property
    def sentence(self) -> str:
        """What matters now."""
        if self.draft.document is not None:
            return _("Issued with the number %(number)s.") % {"number": self.draft.document}
        if self.draft.state == rules.State.DROPPED:
            return _("This draft was dropped; nothing of it went out.")
        if self.draft.state == rules.State.APPROVED:
            return _("Approved. The office gives it its number and issues it.")
        if self.problems:
            return _("Something is still missing before it can be approved.")
        if self.came:
            return _("A Word file came back: look at its differences, then have the draft approved.")
        return _("Complete. It waits to be approved.")


def page(actor: Actor, draft: DocumentDraft, day: date) -> Page:
    """The page for a person."""
    clauses = list(draft.clauses.prefetch_related("lates__by"))
    template = patterns.read(draft.template, day)
    verbs = queries.allowed(actor, draft)
    return Page(
        draft=draft,
        name=template.name,
        unit=labels([draft.unit_id], day)[draft.unit_id].name,
        abstract=papers.lines_of(clauses).get("abstract", ""),
        symbol=papers.lines_of(clauses).get("symbol", ""),
        verbs=verbs,
        lines=[_line(one) for one in clauses if is_line(one)],
        parts=_parts(draft, clauses, template.placeholders),
        problems=_problems(draft, clauses, day),
        faults=faults(draft, clauses, day),
        moving=waiting_of(draft, clauses) if draft.state in rules.LIVING else [],
        came=differences(draft) if "write" in verbs else [],
        record_url=record_url(draft),
    )


def name_of(draft: DocumentDraft) -> str:
    """What the form is called, by the template of the day on which the draft was made."""
    return patterns.read(draft.template, draft.made_on).name


def record_url(draft: DocumentDraft) -> str:
    """Where the record stands from which it was made."""
    if draft.subject_kind == SESSION:
        return reverse("working_sessions:page", args=[draft.subject_key])
    if draft.subject_kind == convened.KIND:
        return reverse("meetings:meeting", args=[draft.subject_key])
    if draft.subject_kind == reported.KIND:
        return reverse("reports:report", args=[draft.subject_key])
    return reverse("overview:unit", args=[draft.subject_key]) if draft.receiver_id else ""


def _line(clause: Clause) -> Piece:
    lines = clause.text.count("\n") + 1
    name = clause.name.removeprefix(LINE)
    long = name in ("abstract", "recipients")
    return Piece(clause, label=str(LINES[name]), rows=max(2, lines) if long else 1, lates=list(clause.lates.all()))


def _parts(draft: DocumentDraft, clauses: Sequence[Clause], placeholders: Sequence[Placeholder]) -> list[Part]:
    numbers = {one.clause.pk: one.number for one in papers.numbered(clauses)}
    there = parts_of(draft, clauses)
    parts = []
    for one in placeholders:
        mine = [clause for clause in clauses if clause.name == one.name]
        if mine or one.shape in ("clauses", "rows"):
            pieces = [_piece(draft, clause, numbers.get(clause.pk, ""), there) for clause in mine]
            cells = {field.name: field.description.partition(" - ")[0] for field in one.fields}
            begun: set[int | None] = set()
            for piece in pieces:
                piece.fixed = one.shape == "text"
                piece.first = piece.clause.row not in begun
                begun.add(piece.clause.row)
                if piece.clause.field:
                    piece.label = f"{piece.clause.row}. {cells.get(piece.clause.field, piece.clause.field)}"
            grows = one.shape == "rows" and one.name != "overdue"
            parts.append(Part(one.name, one.description.partition(" - ")[0], pieces, grows))
    return parts


def _piece(draft: DocumentDraft, clause: Clause, number: str, there: dict[int, list[Assignment]]) -> Piece:
    piece = Piece(
        clause,
        label=_("Heading of a part") if clause.heading else str(Clause.Made(clause.made).label),
        number=number,
        url=_url(draft, clause),
        rows=max(1 if clause.heading else 2, len(clause.text) // 90 + clause.text.count("\n") + 1),
        lates=list(clause.lates.all()),
    )
    if clause.made == Made.DIRECTIVE and not clause.left_out:
        mine = there.get(clause.record or 0, [])
        piece.fate = fate(mine)
        # What went out with this very document has gone where it should.
        if draft.document_id is not None:
            piece.fate = ""
        piece.fate_words = str(FATES.get(piece.fate, ""))
        piece.document = next((str(one.document) for one in mine if one.document), "")
    return piece


def _url(draft: DocumentDraft, clause: Clause) -> str:
    anchors = {Made.FINDING: "finding", Made.DIRECTIVE: "directive"}
    if clause.made == Made.ASSIGNMENT and clause.record:
        return reverse("directives:assignment", args=[clause.record])
    if draft.subject_kind == SESSION and clause.record and clause.made in anchors:
        anchor = anchors[Made(clause.made)]
        return f"{reverse('working_sessions:page', args=[draft.subject_key])}#{anchor}-{clause.record}"
    return record_url(draft) if clause.made == Made.HEAD else ""


def _problems(draft: DocumentDraft, clauses: Sequence[Clause], day: date) -> list[str]:
    if draft.state != rules.State.OPEN:
        return []
    return [texts.problem(one) for one in lacking(draft, clauses, day)]


def faults(draft: DocumentDraft, clauses: Sequence[Clause], day: date) -> list[str]:
    """What is wrong with the form of the Word file as it would be made now; why it cannot be made where it cannot."""
    if draft.state not in rules.LIVING:
        return []
    try:
        return wrong_with(papers.word_file(draft, clauses, day), papers.level_of(draft, day), day, numbered=False)
    except Refused as refused:
        return [texts.refusal(refused)]


def differences(draft: DocumentDraft) -> list[Shown]:
    """What a file that came back changes and nobody has settled yet, side by side."""
    waiting = Difference.objects.filter(came__draft=draft, outcome="").select_related("clause")
    shown = []
    for one in waiting:
        now = one.clause.text if one.clause and one.kind == "changed" else one.before
        left, right = rules.side_by_side(now, one.there)
        if one.kind == "order":
            left, right = _orders(draft, one)
        shown.append(Shown(one, str(DIFFERENCES[one.kind]), left, right, ""))
    return shown


def _orders(draft: DocumentDraft, one: Difference) -> tuple[list[Stretch], list[Stretch]]:
    """The beginnings of the pieces in both orders."""
    pieces = {clause.pk: clause for clause in draft.clauses.filter(pk__in=one.order)}
    now = sorted(pieces, key=lambda key: (pieces[key].ordinal, key))
    there = [key for key in one.order if key in pieces]

    def told(keys: Sequence[int], others: Sequence[int]) -> list[Stretch]:
        return [Stretch(f"{pieces[key].text[:80]}\n", key == other) for key, other in zip(keys, others, strict=True)]

    return told(now, there), told(there, now)
