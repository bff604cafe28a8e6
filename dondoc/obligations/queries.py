"""Reading what units owe: one obligation, a unit's months, the units below it, and who must be told what today."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import require, scope
from dondoc.lib import wording
from dondoc.lib.days import add_months
from dondoc.organisations import queries as organisations
from dondoc.organisations.queries import Label

from . import rules
from .content import ladders
from .models import Declaration, Doubt, Excuse, Judgement, Obligation, Step
from .rules import Verdict
from .texts import DOUBTS, STEPS

DECLARING, EXCUSING, SETTLING = "duty.declare", "duty.excuse", "duty.settle_doubt"
SUPERIOR = frozenset({"leader", "clerk", "board", "head"})
"""Who hears at the superior of what nobody at the unit would see."""
MONTHS = 12
SHOWN = 60
REPEATED = 3
"""So many lapses of one duty within the year are a pattern."""
LEAST_UNITS = 3
"""Of so many units that owe the same duty, most of which do not carry it out, the regulation itself is asked about."""


def access_obligation(actor: Actor, pk: int, right: str = "") -> Obligation:
    """One obligation of a unit in the person's scope (others: 404), with the right (else 403)."""
    found = (
        Obligation.objects.filter(pk=pk, unit__in=scope(actor))
        .select_related("duty__article__version__document", "unit")
        .first()
    )
    if found is None:
        raise Http404
    if right:
        require(actor, right, found.unit_id)
    return found


def access_declaration(actor: Actor, pk: int) -> Declaration:
    """A declaration of one's own unit."""
    found = Declaration.objects.filter(pk=pk, obligation__unit__in=scope(actor)).select_related("obligation").first()
    if found is None:
        raise Http404
    require(actor, DECLARING, found.obligation.unit_id)
    return found


def access_doubt(actor: Actor, pk: int) -> Doubt:
    """A doubt about a unit below, for whoever may settle it."""
    found = Doubt.objects.filter(pk=pk, obligation__unit__in=scope(actor)).select_related("obligation").first()
    if found is None:
        raise Http404
    require(actor, SETTLING, found.obligation.unit_id)
    return found


def access_excuse(actor: Actor, pk: int) -> Excuse:
    """An excuse of a unit below, for whoever may grant one."""
    found = Excuse.objects.filter(pk=pk, obligation__unit__in=scope(actor)).select_related("obligation").first()
    if found is None:
        raise Http404
    require(actor, EXCUSING, found.obligation.unit_id)
    return found


def doubt_words(one: Doubt) -> str:
    """What is doubtful, in words."""
    said = {
        name: wording.day(date.fromisoformat(value)) if isinstance(value, str) else value
        for name, value in one.data.items()
    }
    return str(DOUBTS[one.code]) % said


def doubtful(units: Collection[int], on: date) -> list[tuple[Doubt, str]]:
    """The doubts about these units that nobody has settled by the day, with their words, the oldest first. One query."""
    rows = Doubt.objects.filter(Q(settled_on=None) | Q(settled_on__gt=on), obligation__unit__in=units, on__lte=on)
    return [(one, doubt_words(one)) for one in rows.select_related("obligation__duty").order_by("on", "pk")[:SHOWN]]


def months_until(on: date) -> list[date]:
    """The first days of the last twelve months, that of the day included."""
    this = on.replace(day=1)
    return [add_months(this, n - MONTHS + 1) for n in range(MONTHS)]


def known(units: Iterable[int], on: date, today: date) -> Any:
    """What these units owed in the last twelve months, each with `then`: its verdict as it was known on the day."""
    rows = Obligation.objects.filter(
        unit__in=list(units),
        due_on__gte=months_until(on)[0],
        due_on__lt=add_months(on.replace(day=1), 1),
        begins_on__lte=on,
    )
    if on >= today:
        return rows.annotate(then=F("verdict"))
    last = Judgement.objects.filter(obligation=OuterRef("pk"), on__lte=on).order_by("-on", "-pk").values("verdict")[:1]
    return rows.annotate(then=Coalesce(Subquery(last), Value(Verdict.OPEN.value)))


@dataclass(frozen=True, slots=True)
class Cell:
    """What was owed in one month: how much was done in time, of how much that counts, and the worst of it."""

    month: date
    done: int = 0
    counted: int = 0
    worst: Verdict | None = None

    @property
    def tone(self) -> str:
        """The shade of the heat map."""
        if not self.counted:
            return "none"
        return "full" if self.done == self.counted else "some" if self.done * 2 >= self.counted else "few"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the heat map: a duty of one unit, or one unit with all its duties."""

    label: str
    article: int
    cells: tuple[Cell, ...]
    unit: int = 0

    @property
    def done(self) -> int:
        """Carried out in time in all months."""
        return sum(cell.done for cell in self.cells)

    @property
    def counted(self) -> int:
        """What counts in all months."""
        return sum(cell.counted for cell in self.cells)


# The worst first: what a cell shows where a month held several.
_WORST = (
    Verdict.NO_PLAN, Verdict.NOT_CARRIED_OUT, Verdict.WITHOUT_EVIDENCE, Verdict.LATE, Verdict.OPEN, Verdict.DONE, Verdict.EXCUSED, Verdict.ENDED,
)  # fmt: skip


def _cells(found: dict[date, list[str]], months: Sequence[date]) -> tuple[Cell, ...]:
    cells = []
    for month in months:
        verdicts = found.get(month, [])
        done, counted = rules.conformity(verdicts)
        cells.append(Cell(month, done, counted, min(map(Verdict, verdicts), key=_WORST.index, default=None)))
    return tuple(cells)


def by_duty(unit: int, on: date, today: date) -> list[Row]:
    """The duties of one unit by month, in the order of the regulation. One query."""
    found: dict[tuple[int, str], dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    titles: dict[tuple[int, str], str] = {}
    rows = known([unit], on, today).order_by("article", "duty__position", "due_on")
    for article, code, title, due, then in rows.values_list("article", "code", "duty__title", "due_on", "then"):
        titles[article, code] = title
        found[article, code][due.replace(day=1)].append(then)
    months = months_until(on)
    return [Row(titles[place], place[0], _cells(cells, months)) for place, cells in found.items()]


def by_unit(places: Sequence[Label], on: date, today: date) -> list[Row]:
    """Units by month, those that keep their regulations least first. One query."""
    rows = known([place.unit for place in places], on, today).values("unit", "then", month=TruncMonth("due_on"))
    found: dict[int, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in rows.annotate(n=Count("pk")):
        found[one["unit"]][one["month"]] += [one["then"]] * one["n"]
    months = months_until(on)
    listed = [
        Row(place.name, 0, _cells(found[place.unit], months), place.unit) for place in places if place.unit in found
    ]
    return sorted(listed, key=lambda row: (row.done / row.counted if row.counted else 2, row.label))


@dataclass(frozen=True, slots=True)
class Neglected:
    """A duty that most of the units do not carry out: the regulation may be wrong, not the units."""

    title: str
    units: int
    done: int
    counted: int


def neglected(units: Collection[int], on: date, today: date) -> list[Neglected]:
    """The duties that fewer than half of the times are carried out in time, by several units. One query."""
    found: dict[str, list[str]] = defaultdict(list)
    titles: dict[str, str] = {}
    owing: dict[str, int] = defaultdict(int)
    rows = known(units, on, today).values("code", "then")
    for one in rows.annotate(n=Count("pk"), units=Count("unit", distinct=True), title=Max("duty__title")):
        found[one["code"]] += [one["then"]] * one["n"]
        titles[one["code"]] = one["title"]
        owing[one["code"]] = max(owing[one["code"]], one["units"])
    listed = []
    for code, verdicts in found.items():
        done, counted = rules.conformity(verdicts)
        if owing[code] >= LEAST_UNITS and counted and done * 2 < counted:
            listed.append(Neglected(titles[code], owing[code], done, counted))
    return sorted(listed, key=lambda one: (one.done / one.counted, one.title))


@dataclass(frozen=True, slots=True)
class Repeated:
    """One duty that a unit did not carry out in time several times in the year."""

    place: Label
    title: str
    times: int


def repeated(places: dict[int, Label], on: date, today: date) -> list[Repeated]:
    """Who slips in the same thing again and again, the most often first. One query."""
    rows = known(places, on, today).filter(then__in=[one.value for one in rules.LAPSES]).values("unit", "code")
    several = (
        rows.annotate(n=Count("pk"), title=Max("duty__title")).filter(n__gte=REPEATED).order_by("-n", "title", "unit")
    )
    return [Repeated(places[one["unit"]], one["title"], one["n"]) for one in several[:SHOWN]]


def slipped(units: Collection[int], on: date) -> list[Obligation]:
    """What lapsed in the seven days up to and with the day, the latest first. One query."""
    rows = Judgement.objects.filter(
        obligation__unit__in=units,
        on__lte=on,
        on__gt=on - timedelta(days=7),
        verdict__in=[one.value for one in rules.UNMET],
    )
    rows = rows.select_related("obligation__duty", "obligation__unit").order_by("-on", "obligation__unit", "-pk")
    return list(dict.fromkeys(row.obligation for row in rows[:SHOWN]))


def unmet(unit: int, on: date, today: date) -> list[Obligation]:
    """What one unit has still to make good, the oldest first. One query."""
    rows = known([unit], on, today).filter(then__in=[one.value for one in rules.UNMET])
    return list(rows.select_related("duty").order_by("last_day", "pk")[:SHOWN])


def coming(unit: int, on: date, today: date) -> list[Obligation]:
    """What one unit owes next and nothing shows of yet, the next first. One query."""
    rows = Obligation.objects.filter(unit=unit, last_day__gte=on, begins_on__lte=on, verdict=Verdict.OPEN, done_on=None)
    return list(rows.select_related("duty").order_by("last_day", "pk")[:10]) if on >= today else []


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told of one obligation: the highest step taken for one of their posts."""

    obligation: Obligation
    place: Label
    step: str
    since: date
    own: bool

    @property
    def words(self) -> Any:
        """The step in words."""
        return STEPS[self.step]


def warnings(actor: Actor, day: date) -> list[Told]:
    """The early warnings for the person today, the gravest first; what was made good warns nobody any more. Two queries."""
    return warnings_of([actor], day)[actor.account]


def warnings_of(actors: Collection[Actor], day: date) -> dict[int, list[Told]]:
    """The early warnings of several people, by account. Two queries for all of them."""
    listeners: dict[tuple[int, str], set[int]] = defaultdict(set)
    for actor in actors:
        for held in actor.holdings:
            for audience in _audiences(held.kind):
                listeners[held.unit, audience].add(actor.account)
    alive = Q(obligation__verdict__in=[one.value for one in rules.UNMET]) | Q(
        obligation__verdict=Verdict.OPEN.value, obligation__done_on=None
    )
    rows = Step.objects.filter(alive, unit__in={unit for unit, _ in listeners}, done_on__lte=day)
    highest: dict[int, dict[int, Step]] = {actor.account: {} for actor in actors}
    for step in rows.select_related("obligation__duty").order_by("done_on", "pk"):
        # A reminder of the last day says nothing any more once that day is over.
        if step.step == "due_soon" and step.obligation.last_day < day:
            continue
        for account in listeners.get((step.unit_id, step.audience), ()):
            before = highest[account].get(step.obligation_id)
            if before is None or ladders().rank(step.step) >= ladders().rank(before.step):
                highest[account][step.obligation_id] = step
    units = {one.obligation.unit_id for steps in highest.values() for one in steps.values()}
    named = organisations.labels(units, day)
    own = {actor.account: set(actor.units) for actor in actors}
    return {account: _told(steps.values(), named, own[account]) for account, steps in highest.items()}


def _audiences(kind: str) -> list[str]:
    """To whom a step must be addressed for a post of this kind to hear of it."""
    names = [name for name, one in ladders().audiences.items() if kind in one.kinds]
    return [*names, "superior"] if kind in SUPERIOR else names


def _told(steps: Iterable[Step], named: dict[int, Label], own: set[int]) -> list[Told]:
    listed = sorted(steps, key=lambda one: (-ladders().rank(one.step), one.obligation.last_day, one.pk))
    return [
        Told(one.obligation, named[one.obligation.unit_id], one.step, one.done_on, one.obligation.unit_id in own)
        for one in listed
        if one.obligation.unit_id in named
    ]


def sees_file(actor: Actor, file: int) -> bool:
    """Whether a file is the proof of a declaration of a unit in the person's scope."""
    return Declaration.objects.filter(file=file, obligation__unit__in=scope(actor)).exists()
