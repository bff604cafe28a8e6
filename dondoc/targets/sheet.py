"""The sheet as a table: a row for each unit, a column for each number, what is proposed, and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from dondoc.figures.indicators import Indicator
from dondoc.lib import texts
from dondoc.lib.counts import divided
from dondoc.lib.refusals import Problem
from dondoc.lib.wording import number
from dondoc.organisations.queries import Label

from . import rules
from .content import Aim
from .models import Kind, Sheet, Target
from .queries import Pair, in_force, known_on, receivers, sheet_of
from .results import members_on
from .services import Base


@dataclass(slots=True)
class Cell:
    """A field of the table. `is_default`: nobody has typed it, it is proposed. `is_other`: of a unit that is no heir."""

    name: str
    label: str
    value: str = ""
    is_default: bool = False
    problem: str = ""
    column: str = ""
    heading: str = ""
    is_other: bool = False


@dataclass(slots=True)
class Line:
    """One unit of the sheet, with what stands beside it: its own plan, what it has now, its members on 1 January."""

    label: Label
    plan: int | None
    present: int | None
    cells: list[Cell]
    base: Cell
    base_known: int | None
    base_complete: bool
    base_reported: int
    base_expected: int


@dataclass(slots=True)
class Table:
    """The sheet of a unit for a year. `seen` is its version, 0 where there is none yet; `held_from`: since when numbers hold already."""

    unit: int
    aim: Aim
    year: int
    day: date
    sheet: Sheet | None
    held_from: date | None
    lines: list[Line]
    totals: list[Cell]
    columns: tuple[Indicator, ...]
    base_source: Cell
    own: Pair
    from_draft: bool = False
    problems: list[dict[str, str]] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """The version that this page shows."""
        return self.sheet.version if self.sheet else 0

    @property
    def held(self) -> bool:
        """Whether numbers hold already."""
        return self.held_from is not None

    @property
    def cells(self) -> list[Cell]:
        """Every field."""
        return [*self.totals, *(cell for line in self.lines for cell in (line.base, *line.cells)), self.base_source]

    @property
    def proposed(self) -> bool:
        """Whether any number is a proposal that nobody has looked at."""
        return any(cell.is_default for line in self.lines for cell in line.cells)


def table(
    unit: int, aim: Aim, year: int, on: date, typed: Mapping[str, str] | None = None, *, parts: bool = False
) -> Table:
    """The table for a day, filled with what was typed, else the draft, else what holds, else a proposal by share of members.

    `parts`: show the breakdowns also where none is set. A fixed number of queries.
    """
    day = min(max(on, date(year, 1, 1)), date(year, 12, 31))
    sheet = sheet_of(unit, aim.key, year)
    below = receivers(unit, day)
    keys = [one.unit for one in below]
    pairs = in_force([unit, *keys], year, [one.key for one in aim.columns], day, known=known_on(on))
    base_on = date(year, 1, 1)
    members = members_on(keys, base_on, aim.base) if aim.base else {}
    decided = known_on(on).filter(sheet=sheet, kind=Kind.ASSIGNED).exclude(way="carried") if sheet else None
    last = decided.order_by("holds_from", "pk").last() if decided is not None else None
    given = typed if typed is not None else (sheet.draft if sheet and (sheet.drafted_on or on) <= on else {})
    own = pairs.get((unit, aim.key), Pair())
    with_parts = parts or any(f"-{one.key}" in name and value for name, value in given.items() for one in aim.parts)
    # What is set already is always shown: a new version that left it out would leave it standing beside other wholes.
    with_parts = with_parts or any(key != aim.key and pair.assigned for (_, key), pair in pairs.items())
    columns = aim.columns if with_parts else (aim.indicator,)
    found = Table(
        unit,
        aim,
        year,
        day,
        sheet,
        last.holds_from if last else None,
        [],
        [],
        columns,
        Cell("base_source", _("Where the members of 1 January are taken from"), given.get("base_source", "")),
        own,
        typed is None and bool(given),
    )
    headlines = last.totals if last else ({aim.key: own.counts.value} if own.counts else {})
    for one in columns:
        name = f"total-{one.key}"
        shown = given.get(name) if name in given else number(headlines[one.key]) if one.key in headlines else ""
        found.totals.append(
            Cell(name, one.name, shown or "", name not in given and not last and bool(shown), column=one.key)
        )
    proposal = (
        _proposal(headlines.get(aim.key), {key: members[key].value for key in members})
        if not given and not last
        else {}
    )
    for label in below:
        told = members.get(label.unit)
        known = told.value if told else None
        base_name = f"base-{label.unit}"
        base = given[base_name] if base_name in given else number(known) if known is not None else ""
        mine = pairs.get((label.unit, aim.key), Pair())
        found.lines.append(
            Line(
                label,
                mine.plan.value if mine.plan else None,
                mine.assigned.value if mine.assigned else None,
                [
                    _cell(label, one, given, pairs.get((label.unit, one.key), Pair()).assigned, proposal, aim)
                    for one in columns
                ],
                Cell(base_name, _("Members on 1 January"), base, base_name not in given and known is not None),
                known,
                bool(told and told.complete),
                told.reported if told else 0,
                told.expected if told else 0,
            )
        )
    return found


def _proposal(total: int | None, members: Mapping[int, int | None]) -> dict[int, int]:
    """By share of members, where a headline and the members of every unit are known."""
    known = {unit: value for unit, value in members.items() if value is not None}
    return divided(total, known) if total and known and len(known) == len(members) else {}


def _cell(
    label: Label,
    one: Indicator,
    given: Mapping[str, str],
    present: Target | None,
    proposal: Mapping[int, int],
    aim: Aim,
) -> Cell:
    name = f"value-{label.unit}-{one.key}"
    told = _("%(what)s, %(unit)s") % {"what": one.name, "unit": label.name}
    if name in given:
        return Cell(name, told, given[name], column=one.key, heading=one.name)
    if present is not None and not given:
        return Cell(name, told, number(present.value), column=one.key, heading=one.name)
    if one.key == aim.key and label.unit in proposal:
        return Cell(name, told, number(proposal[label.unit]), True, column=one.key, heading=one.name)
    return Cell(name, told, column=one.key, heading=one.name)


@dataclass(frozen=True, slots=True)
class Read:
    """The numbers of a sheet as they were typed."""

    numbers: dict[int, dict[str, int]]
    totals: dict[str, int]
    bases: dict[int, Base]


def read(found: Table) -> Read:
    """The numbers; whatever is wrong is written beside its field and into `problems`."""
    totals: dict[str, int] = {}
    for cell in found.totals:
        value = _count(cell, found)
        if value is not None:
            totals[cell.column] = value
    numbers: dict[int, dict[str, int]] = {}
    bases: dict[int, Base] = {}
    wants_source = False
    for line in found.lines:
        numbers[line.label.unit] = {}
        for cell in line.cells:
            value = _count(cell, found)
            if value is not None:
                numbers[line.label.unit][cell.column] = value
        base = _count(line.base, found)
        if base is not None:
            own = base == line.base_known
            wants_source = wants_source or not own
            bases[line.label.unit] = Base(base, date(found.year, 1, 1), "" if own else found.base_source.value.strip())
    if wants_source and not found.base_source.value.strip():
        _wrong(
            found.base_source,
            found,
            _("Members were typed that the ledger does not have. Say where they are taken from."),
        )
    if not found.problems:
        _check(found, numbers, totals)
    return Read(numbers, totals, bases)


def _count(cell: Cell, found: Table) -> int | None:
    if not cell.value.strip():
        return None
    value = rules.read_count(cell.value)
    if value is None:
        _wrong(
            cell,
            found,
            _("“%(text)s” is not a whole number of sensible size. Write it as 12 or 1.200.")
            % {"text": cell.value[:40]},
        )
    return value


def _wrong(cell: Cell, found: Table, sentence: str) -> None:
    cell.problem = sentence
    found.problems.append({"href": f"#{cell.name}", "text": f"{cell.label}: {sentence}"})


def _check(found: Table, numbers: Mapping[int, Mapping[str, int]], totals: Mapping[str, int]) -> None:
    names = {one.key: one.name for one in found.columns}
    cells: dict[str, list[Cell]] = {str(line.label.unit): line.cells for line in found.lines} | {"total": found.totals}
    lines = [rules.Given(line.label.unit, line.label.name, numbers[line.label.unit]) for line in found.lines]
    for problem in rules.check(lines, totals, found.aim.key, found.aim.part_of):
        wanted = problem.data.get("indicator", found.aim.key)
        cell = next((one for one in cells[problem.source] if one.column == wanted), found.totals[0])
        data = {name: names.get(value, value) if name == "indicator" else value for name, value in problem.data.items()}
        sentence = texts.problem(Problem(problem.source, problem.code, data))
        cell.problem = sentence
        found.problems.append({"href": f"#{cell.name}", "text": sentence})
