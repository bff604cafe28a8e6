"""What the pages of working sessions show: who, with whom, what was found and demanded, what came of it, and where it stands in the text."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may, scope
from dondoc.directives import queries as directives
from dondoc.directives.asof import as_of
from dondoc.directives.models import Directive, Finding
from dondoc.directives.queries import Card
from dondoc.directives.rules import Progress
from dondoc.documents.models import Source
from dondoc.figures import queries as ledger
from dondoc.figures.indicators import Indicator, indicators
from dondoc.figures.models import Figure
from dondoc.figures.words import period_words
from dondoc.lib.segments import Place, lines
from dondoc.lib.wording import percent
from dondoc.organisations.queries import Label, labels

from . import queries
from .models import WorkingSession
from .rules import KIND

FINDING_MARKS = {"praise": "mark-praise", "criticism": "mark-criticism", "difficulty": "mark-difficulty"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one unit in the table, with what other sources say and the rate it makes."""

    figure: Figure | None
    differing: tuple[Figure, ...] = ()
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator and period for which some unit of the session has a figure; `reported` of `expected` units have one."""

    indicator: Indicator
    period: str
    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one unit."""

    label: Label
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Said:
    """A directive with its assignments as this person may see them."""

    directive: Directive
    cards: list[Card]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, and the anchor of what was taken from it ("" where nothing was)."""

    text: str
    css: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A source: its text with marks, or, where it is restricted, only the sentences about the reader's own units."""

    source: Source
    whole: bool
    text: list[list[Mark]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Everything on the page of a session."""

    session: WorkingSession
    led_by: Label
    units: list[Label]
    columns: list[Column]
    rows: list[Row]
    findings: list[tuple[Finding, str]]
    directives: list[Said]
    progress: Progress
    sources: list[Shown]
    drafted: int
    may_prepare: bool
    may_plan: bool

    @property
    def praise(self) -> int:
        """How many findings praise."""
        return sum(1 for finding, _ in self.findings if finding.kind == Finding.Kind.PRAISE)


def page(actor: Actor, session: WorkingSession, on: date) -> SessionPage:
    """The page for a person, in a number of queries that does not grow with the session."""
    mine = set(scope(actor).filter(sessions=session).values_list("pk", flat=True))
    whole = queries.reads_whole(actor, session)
    units = [unit.pk for unit in session.units.all()]
    # A notice that came later than the day shown was not known then, nor the numbers that only it gives.
    sources = [one for one in session.sources.order_by("pk") if (one.published_on or one.received_on) <= on]
    seen = sources if whole else [one for one in sources if one.is_public]
    findings = list(
        directives.visible_findings(actor)
        .filter(origin_kind=KIND, origin_key=session.pk)
        .prefetch_related("about")
        .order_by("span_start", "pk")
    )
    told = list(directives.directives_of(KIND, session.pk))
    work = directives.visible_on(actor, on).filter(directive__in=[one.pk for one in told], parent=None).order_by("pk")
    cards = as_of(directives.cards(work, on), on, actor.day)
    by_directive: dict[int, list[Card]] = {}
    for card in cards:
        by_directive.setdefault(card.directive.pk, []).append(card)
    if not whole:
        told = [one for one in told if one.pk in by_directive or one.source_id in {s.pk for s in seen}]
    named = labels([*units, session.led_by_id, *(u.pk for f in findings for u in f.about.all())], session.on)
    figures = ledger.of_source_texts([one.pk for one in sources])
    readable = {one.pk for one in seen}
    figures = [one for one in figures if one.source_id in readable or one.unit_id in mine]
    shown_units = [named[unit] for unit in units if readable or unit in mine]
    columns, rows = _table(figures, sorted(shown_units, key=lambda label: units.index(label.unit)))
    return SessionPage(
        session=session,
        led_by=named[session.led_by_id],
        units=sorted((named[unit] for unit in units), key=lambda label: label.short_name),
        columns=columns,
        rows=rows,
        findings=[(finding, _about(finding, named)) for finding in findings],
        directives=[
            Said(one, by_directive.get(one.pk, []), directives.progress_of(by_directive.get(one.pk, [])))
            for one in told
        ],
        progress=directives.progress_of(cards),
        sources=[_source(one, one.pk in readable, findings, told, figures) for one in sources],
        drafted=sum(1 for card in cards if card.standing in {"drafted", "approved"}),
        may_prepare=on == actor.day
        and any(may(actor, action, session.led_by_id) for action in ("directive.prepare", "directive.approve")),
        may_plan=on == actor.day and _plans(actor, findings, set(units)),
    )


def _plans(actor: Actor, findings: Iterable[Finding], units: Collection[int]) -> bool:
    """Whether the unit for which the person acts took part and was criticised, and they may draft its plan to remedy that."""
    acting = actor.acting.unit if actor.acting else None
    if acting is None or acting not in units:
        return False
    blamed = [one for one in findings if one.kind == Finding.Kind.CRITICISM]
    about = any(one.common or acting in {unit.pk for unit in one.about.all()} for one in blamed)
    return about and any(may(actor, action, acting) for action in ("document.prepare", "document.approve"))


def _about(finding: Finding, named: dict[int, Label]) -> str:
    return "" if finding.common else ", ".join(named[unit.pk].name for unit in finding.about.all())


def _table(figures: Sequence[Figure], units: Iterable[Label]) -> tuple[list[Column], list[Row]]:
    """Units down, indicators with their period across; the order of the content, then of time."""
    order = {key: place for place, key in enumerate(indicators())}
    heads = sorted({(order[f.indicator], f.indicator, f.period) for f in figures if f.indicator in order})
    found: dict[tuple[int, str, str], list[Figure]] = {}
    for figure in figures:
        found.setdefault((figure.unit_id, figure.indicator, figure.period), []).append(figure)
    listed = list(units)
    rows = [
        Row(label, [_cell(found, label.unit, indicator, period) for _, indicator, period in heads]) for label in listed
    ]
    columns = [
        Column(
            indicators()[indicator],
            period_words(period),
            sum(1 for row in rows if row.cells[place].figure is not None),
            len(listed),
        )
        for place, (_, indicator, period) in enumerate(heads)
    ]
    return columns, rows


def _cell(found: dict[tuple[int, str, str], list[Figure]], unit: int, indicator: str, period: str) -> Cell:
    figures = found.get((unit, indicator, period), [])
    if not figures:
        return Cell(None)
    first, *others = sorted(figures, key=lambda one: (ledger.WEIGHT[one.qualifier], -one.pk))
    target = indicators()[indicator].rate_of
    of = found.get((unit, target, period)) if target else None
    rate = percent(first.value, of[-1].value) if of else ""
    differing = {one.value: one for one in reversed(others) if one.value != first.value}
    return Cell(first, tuple(reversed(differing.values())), rate)


def _source(
    source: Source, whole: bool, findings: Iterable[Finding], told: Iterable[Directive], figures: Iterable[Figure]
) -> Shown:
    places: list[tuple[int, int, str, str]] = [
        (one.span_start, one.span_end, FINDING_MARKS[one.kind], f"finding-{one.pk}")
        for one in findings
        if one.source_id == source.pk
    ]
    places += [
        (one.span_start, one.span_end, "mark-directive", f"directive-{one.pk}")
        for one in told
        if one.source_id == source.pk
    ]
    places += [
        (one.span_start, one.span_end, "mark-figure", f"figure-{one.pk}")
        for one in figures
        if one.source_id == source.pk and one.span_start is not None and one.span_end is not None
    ]
    if not whole:
        sentences = [source.text[start:end] for start, end, css, _ in sorted(places) if css != "mark-figure"]
        return Shown(source, False, sentences=list(dict.fromkeys(sentences)))
    marks = {number: (css, anchor) for number, (_, _, css, anchor) in enumerate(places)}
    cut = lines(source.text, [Place(number, start, end) for number, (start, end, _, _) in enumerate(places)])
    return Shown(
        source,
        True,
        [[Mark(piece.text, *(marks[piece.values[0]] if piece.values else ())) for piece in line] for line in cut],
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A session in the list."""

    session: WorkingSession
    units: list[Label]
    progress: Progress


def listed(actor: Actor, sessions: Sequence[WorkingSession], on: date) -> list[Line]:
    """Sessions for the list, with what came of what was demanded there; queries do not grow with their number."""
    keys = [session.pk for session in sessions]
    there = directives.visible_on(actor, on)
    work = there.filter(directive__origin_kind=KIND, directive__origin_key__in=keys, parent=None)
    cards: dict[int, list[Card]] = {}
    for card in as_of(directives.cards(work, on), on, actor.day):
        cards.setdefault(card.directive.origin_key, []).append(card)
    named = labels({unit.pk for session in sessions for unit in session.units.all()}, on)
    return [
        Line(
            session,
            sorted((named[unit.pk] for unit in session.units.all()), key=lambda label: label.short_name),
            directives.progress_of(cards.get(session.pk, [])),
        )
        for session in sessions
    ]
