"""Random trees with random reorganisations and figures, made through the services of the product.

A world is a forest of small trees that share a database and nothing else, so that one query may ask for all of them. Every act is
tried; what the product refuses is left out. Some figures are there from the beginning, as after an import of tables, and are weighed by
the rebuilding that an office would run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from unittest.mock import patch

from django.db import transaction
from django.test import override_settings

from dondoc.figures import indicators as content
from dondoc.figures import standing, totals
from dondoc.figures.indicators import Indicator
from dondoc.figures.models import Figure
from dondoc.figures.rules import written
from dondoc.figures.services import Line, correct_figure, record_figure, record_figures, supersede
from dondoc.history.services import Act
from dondoc.lib.periods import Interval
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Reorganisation, Unit, UnitParent
from dondoc.organisations.services import reorganise, reorganise_together, revoke
from dondoc.organisations.steps import ChangeKind, Dissolve, Establish, Merge, Move, Rename, Split, Step

FIRST, LAST = date(2022, 11, 20), date(2023, 4, 10)
BEGIN = date(2020, 1, 1)
ACT = Act(None, None, None, date(2023, 5, 2), datetime(2023, 5, 2, 2, tzinfo=UTC))
CELLS = ("cell", "grassroots_cell")
COMMITTEES = ("commune_grassroots", "grassroots", "division")


def _indicator(key: str, nature: str, entered_at: tuple[str, ...], counts: str) -> Indicator:
    return Indicator(key, key, nature, "", entered_at, counts, "proof")


# Every way in which figures add up: flow or stock, entered on one level or on several, the lowest or the topmost counts.
INDICATORS = {
    one.key: one
    for one in [
        _indicator("flow_of_cells", "flow", CELLS, "summed"),
        _indicator("flow_lowest", "flow", (*CELLS, *COMMITTEES), "summed"),
        _indicator("flow_topmost", "flow", (*COMMITTEES, "district"), "entered"),
        _indicator("stock_of_cells", "stock", CELLS, "summed"),
        _indicator("stock_lowest", "stock", ("cell", *COMMITTEES), "summed"),
        _indicator("stock_topmost", "stock", (*CELLS, *COMMITTEES), "entered"),
    ]
}


@contextmanager
def only_these_indicators() -> Iterator[None]:
    """The indicators of the proof in the place of the content's. What else follows a reorganisation would not know them, and is left out."""
    with patch.object(content, "_both", lambda: (INDICATORS, {})), override_settings(ON_REORGANISED=[]):
        yield


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(slots=True)
class Tree:
    """The codes of one tree's units by rank, also of those that may be established later."""

    name: str
    districts: list[str] = field(default_factory=list)
    communes: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        return [self.name, *self.districts, *self.communes, *self.bodies, *self.cells]


@dataclass(slots=True)
class World:
    """A forest, and what was done in it: how many acts of each kind."""

    trees: list[Tree] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1


def grow(random: Random, trees: int, busy: int) -> World:
    """Make a world of so many trees in the present database; `busy` says how much happens in each."""
    world = World()
    steps: list[Establish] = []
    for number in range(trees):
        tree, own = _plant(random, f"t{number}")
        world.trees.append(tree)
        steps += own
    reorganise_together(steps, decision="QĐ", effective_on=BEGIN, act=ACT)
    keys = dict(Unit.objects.values_list("code", "pk"))
    _import_figures(random, [keys[code] for tree in world.trees for code in tree.all() if code in keys])
    for tree in world.trees:
        _live(random, tree, world, busy)
    return world


def _plant(random: Random, name: str) -> tuple[Tree, list[Establish]]:
    tree, steps = Tree(name), [Establish(name, "province", name, None)]

    def add(rank: list[str], letter: str, kind: str, parents: list[str]) -> None:
        code = f"{name}-{letter}{len(rank)}"
        rank.append(code)
        steps.append(Establish(code, kind, code, random.choice(parents)))

    for _ in range(random.randint(1, 2)):
        add(tree.districts, "d", "district", [name])
    for _ in range(random.randint(2, 3)):
        add(tree.communes, "c", "commune_grassroots", [name, *tree.districts])
    for _ in range(random.randint(0, 2)):
        add(tree.bodies, "b", random.choice(["grassroots", "division"]), tree.communes)
    for _ in range(random.randint(2, 5)):
        add(tree.cells, "x", random.choice(CELLS), [*tree.communes, *tree.bodies, *tree.bodies])
    return tree, steps


def _day(random: Random) -> date:
    # Days on which months begin are as likely as all others together.
    day = FIRST + timedelta(random.randrange((LAST - FIRST).days))
    return day.replace(day=1) if random.random() < 0.4 else day


def _days(random: Random) -> Interval:
    start = _day(random)
    if random.random() < 0.5:
        start = start.replace(day=1)
        months = random.choice([1, 1, 1, 1, 2, 3])
        return Interval(start, (start + timedelta(31 * months)).replace(day=1))
    return Interval(start, start + timedelta(random.choice([1, 9, 14, 20, 40])))


def _import_figures(random: Random, units: list[int]) -> None:
    """Figures written as rows of a table; then everything derived from them is rebuilt."""
    rows = []
    for unit in units:
        for key in random.sample(sorted(INDICATORS), 3):
            for _ in range(random.randint(0, 2)):
                days, stock = _days(random), INDICATORS[key].nature == "stock"
                on = days.start if stock else None
                rows.append(
                    Figure(
                        unit_id=unit,
                        indicator=key,
                        period="" if stock else written(days),
                        on=on,
                        starts_on=None if stock else days.start,
                        ends_on=None if stock else days.end,
                        month=standing.month_of(on, days),
                        value=random.randrange(9),
                        qualifier=random.choice(["exact", "exact", "about"]),
                        origin=random.choice(["import", "article", "event"]),
                        said_on=ACT.day,
                        recorded_at=ACT.at,
                    )
                )
    Figure.objects.bulk_create(rows)
    standing.rebuild(units)
    for step in totals.steps():
        totals.rebuild(*step)
    for month in random.sample(sorted({month for month, _ in totals.steps()}), 2):
        totals.rebuild_due(month)


def _live(random: Random, tree: Tree, world: World, busy: int) -> None:
    records: list[Reorganisation] = []
    acts: list[Callable[[], str]] = [lambda: _reorganise(random, tree, records)] * random.randint(1, 2 * busy)
    acts += [lambda: _report(random, tree)] * random.randint(1, busy)
    acts += [lambda: _say_or_correct(random, tree)] * random.randint(0, busy)
    acts += [lambda: _revoke(random, records)] * random.choice([0, 0, 1])
    random.shuffle(acts)
    for act in acts:
        try:
            with transaction.atomic():
                done = act()
        except Refused:
            done = "refused"
        world.count(done)


def _reorganise(random: Random, tree: Tree, records: list[Reorganisation]) -> str:
    day = _day(random)
    if random.randrange(8) == 0:
        made = reorganise_together(_split(random, tree, day), decision="QĐ", effective_on=day, act=ACT)
        records += made
        return "split off new ones" if len(made) > 1 else "split"
    one = reorganise(_step(random, tree), decision="QĐ", effective_on=day, act=ACT)
    records.append(one)
    return str(one.kind)


def _split(random: Random, tree: Tree, day: date) -> list[Step]:
    """A commune or body comes apart on a day: to units that are there or established for it, and what stood below goes this way and that.

    One of its units may end in a third part of its own; now and then one is forgotten, which the product must refuse.
    """
    below: dict[str, list[str]] = {}
    standing = UnitParent.objects.on(day).filter(parent__code__startswith=f"{tree.name}-")
    for unit, parent in standing.order_by("unit").values_list("unit__code", "parent__code"):
        below.setdefault(parent, []).append(unit)
    homes = [one for one in [*tree.communes, *tree.bodies] if one in below]
    if not homes:
        return [Dissolve(random.choice(tree.communes))]
    ends = random.choice(homes)
    rank, letter = (tree.communes, "c") if ends in tree.communes else (tree.bodies, "b")
    kind, others = ("commune_grassroots" if letter == "c" else "grassroots"), [one for one in rank if one != ends]
    alive = Unit.objects.on(day).filter(code__in=others).values_list("code", flat=True)
    heirs = random.sample(sorted(alive), min(len(alive), random.randint(0, 2)))
    made: list[Step] = []
    while len(heirs) < random.choice([2, 2, 3]):
        code = f"{tree.name}-{letter}{len(rank)}"
        rank.append(code)
        heirs.append(code)
        made.append(Establish(code, kind, code, tree.name if letter == "c" else random.choice(tree.communes)))
    parts: list[tuple[str, list[str]]] = [(heir, []) for heir in heirs]
    for unit in below[ends]:
        if random.random() < 0.95:
            random.choice(parts)[1].append(unit)
    return [*made, Split(ends, parts)]


def _step(random: Random, tree: Tree) -> Step:
    cell, commune, anybody = random.choice(tree.cells), random.choice(tree.communes), random.choice(tree.all()[1:])
    homes = [*tree.communes, *tree.bodies]
    match random.randrange(8):
        case 0:
            rank, letter, kind, parent = random.choice(
                [
                    (tree.cells, "x", "cell", random.choice(homes)),
                    (tree.bodies, "b", "grassroots", commune),
                    (tree.communes, "c", "commune_grassroots", random.choice([tree.name, *tree.districts])),
                ]
            )
            code = f"{tree.name}-{letter}{len(rank)}"
            rank.append(code)
            return Establish(code, kind, code, parent)
        case 1:
            return Rename(anybody, f"{anybody} mới")
        case 2:
            return ChangeKind(cell, random.choice(CELLS))
        case 3:
            body = random.choice(homes)
            return ChangeKind(body, random.choice(COMMITTEES))
        case 4:
            return Move(cell, random.choice(homes))
        case 5:
            return Move(random.choice(homes), random.choice([tree.name, *tree.districts, *tree.communes]))
        case 6:
            rank = random.choice([tree.cells, tree.communes, tree.communes, homes])
            return Merge([random.choice(rank)], random.choice(rank))
        case _:
            return Dissolve(anybody)


def _revoke(random: Random, records: list[Reorganisation]) -> str:
    if not records:
        return "nothing to revoke"
    revoke(records.pop(random.randrange(len(records))), decision="QĐ hủy", act=ACT)
    return "revoke"


def _unit(random: Random, tree: Tree) -> int:
    codes = random.choice([tree.cells, tree.cells, tree.bodies or tree.cells, tree.communes, tree.all()])
    found = Unit.objects.filter(code=random.choice(codes)).values_list("pk", flat=True).first()
    return found or Unit.objects.values_list("pk", flat=True).get(code=tree.name)


def _report(random: Random, tree: Tree) -> str:
    keys = random.sample(sorted(INDICATORS), random.randint(2, 5))
    lines = [Line(key, random.choice([None, 0, *range(1, 30)])) for key in keys]
    record_figures(_unit(random, tree), lines, _days(random), origin="report", act=ACT, reason="đếm lại")
    return "report"


def _say_or_correct(random: Random, tree: Tree) -> str:
    unit = _unit(random, tree)
    known = list(Figure.objects.filter(unit=unit, superseded_at=None).order_by("pk").values_list("pk", flat=True))
    if known and random.random() < 0.6:
        pk = random.choice(known)
        if random.random() < 0.5:
            correct_figure(pk, value=random.randrange(30), reason="đếm lại", act=ACT)
            return "correct"
        supersede(pk, reason="thu hồi", act=ACT)
        return "withdraw"
    record_figure(
        unit,
        random.choice(sorted(INDICATORS)),
        random.randrange(30),
        period=random.choice(["2023", "2023-Q1", "2023-02", "2023-02 ytd", "2023-01-05..2023-02-10", "2022-12-31"]),
        said_on=ACT.day,
        origin=random.choice(["article", "import", "event"]),
        qualifier=random.choice(["exact", "over"]),
        act=ACT,
    )
    return "say"


def periods(random: Random) -> list[Interval]:
    """Periods of every sort that lie where the world has its figures: months, quarters, years to date, days, also cut by a day."""
    months = [
        Interval(date(2022, 12, 1), date(2023, 1, 1)),
        *(Interval(date(2023, m, 1), date(2023, m + 1, 1)) for m in (1, 2, 3)),
    ]
    several = [Interval(date(2023, 1, 1), date(2023, 4, 1)), Interval(date(2022, 1, 1), date(2023, 1, 1))]
    start = FIRST + timedelta(random.randrange(60))
    cut = [
        Interval(start, start + timedelta(random.randrange(1, 75))),
        Interval(date(2023, 1, 1), date(2023, 1, 2) + timedelta(random.randrange(100))),
    ]
    return [*random.sample(months, 2), random.choice(several), random.choice(cut)]
