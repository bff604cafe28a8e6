"""What is left of ended units' targets, with what a person needs to decide on it: how much, to whom the cells went, what is proposed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dondoc.figures.rollup import Total
from dondoc.organisations.models import Ancestry, Heritage, Succession, UnitKind
from dondoc.organisations.queries import Label, labels

from . import rules
from .models import Decision, Kind, Remainder, Target
from .queries import receivers
from .results import in_year, members_on

CELLS = ("cell", "grassroots_cell")


@dataclass(frozen=True, slots=True)
class Share:
    """One heir: what went to it of the cells and their members, and what is proposed. `members` None: not all are known."""

    label: Label
    cells: int
    members: int | None
    proposed: int


@dataclass(frozen=True, slots=True)
class Left:
    """A remainder in full. `rest` is what is left as known now; `passed_on` of it went on with the units below that have their own.

    `shares` are the heirs; `by` says by which measure the proposal is made; `cells` and `members` are those of the whole unit.
    """

    row: Remainder
    unit: Label
    keeper: Label
    target: int
    achieved: Total
    rest: int
    passed_on: int
    by: rules.By
    shares: list[Share]
    others: list[Label] = field(default_factory=list)
    cells: int = 0
    members: int | None = None

    @property
    def waiting(self) -> bool:
        """Whether somebody still has to decide."""
        return self.row.state == Remainder.State.WAITING and self.rest > 0

    @property
    def moved_on(self) -> int | None:
        """How much what is left differs now from what it was when it was decided; None where it does not."""
        decided = self.row.rest
        return None if decided is None or decided == self.rest else self.rest - decided


def lefts(rows: Sequence[Remainder], on: date) -> list[Left]:
    """The remainders with everything a page or a decision needs; the number of queries grows only with how many years they are of."""
    if not rows:
        return []
    units = sorted({one.unit_id for one in rows})
    targets: dict[tuple[int, str, int], int] = {}
    for one in Target.objects.filter(
        unit__in=units, decision__kind=Kind.ASSIGNED, decision__superseded_at=None
    ).order_by("decision__holds_from", "decision"):
        targets[one.unit_id, one.indicator, one.year] = one.value
    achieved = _achieved(rows)
    below = _passed_on(rows)
    heirs: dict[int, list[int]] = defaultdict(list)
    named: set[int] = set()
    for unit, heir, how in (
        Succession.objects.filter(predecessor__in=units).order_by("heir").values_list("predecessor", "heir", "how")
    ):
        heirs[unit].append(heir)
        if how == Succession.How.SUCCESSOR:
            named.add(unit)
    moved = _moved(units, {one.unit_id: one.on for one in rows}, heirs)
    keepers = {one.keeper_id for one in rows}
    known = labels({*units, *keepers, *(heir for found in heirs.values() for heir in found)}, on)
    others = {keeper: receivers(keeper, on) for keeper in keepers}
    found = []
    for row in rows:
        key = (row.unit_id, row.indicator, row.year)
        got = achieved[key]
        rest = rules.left(targets.get(key, 0), got.value)
        # A unit that was dissolved without a successor: what it had passed down goes on with the units below, or waits for them.
        passed_on = 0 if row.unit_id in named else min(rest, rules.left(below.get(key, 0), got.value))
        mine = [one for one in moved[row.unit_id] if one.heir != row.keeper_id]
        proposal = rules.propose(rest - passed_on, mine)
        shares = [
            Share(known[one.heir], one.cells, one.members, proposal.shares.get(one.heir, 0))
            for one in mine
            if one.heir in known
        ]
        told = [one.members for one in moved[row.unit_id]]
        found.append(
            Left(
                row,
                known[row.unit_id],
                known[row.keeper_id],
                targets.get(key, 0),
                got,
                rest - passed_on,
                passed_on,
                proposal.by,
                shares,
                [one for one in others[row.keeper_id] if one.unit not in {share.label.unit for share in shares}],
                sum(one.cells for one in moved[row.unit_id]),
                sum(one for one in told if one is not None) if told and None not in told else None,
            )
        )
    return found


def _achieved(rows: Sequence[Remainder]) -> dict[tuple[int, str, int], Total]:
    found: dict[tuple[int, str, int], Total] = {}
    for year in {one.year for one in rows}:
        mine = [one for one in rows if one.year == year]
        known = in_year([one.unit_id for one in mine], {one.indicator for one in mine}, year, date(year, 12, 31))
        found |= {(unit, indicator, year): total for (unit, indicator), total in known.items()}
    return found


def _passed_on(rows: Sequence[Remainder]) -> dict[tuple[int, str, int], int]:
    """(unit, indicator, year) → the sum of what the unit had assigned to the units below it, the latest number of each."""
    latest: dict[tuple[int, str, int], dict[int, int]] = defaultdict(dict)
    for one in (
        Target.objects.filter(
            decision__sheet__unit__in=[row.unit_id for row in rows],
            decision__kind=Kind.ASSIGNED,
            decision__superseded_at=None,
        )
        .exclude(decision__way=Decision.Way.CARRIED)
        .select_related("decision__sheet")
        .order_by("decision__holds_from", "decision")
    ):
        latest[one.decision.sheet.unit_id, one.indicator, one.year][one.unit_id] = one.value
    return {key: sum(values.values()) for key, values in latest.items()}


def _moved(units: Sequence[int], ends: dict[int, date], heirs: dict[int, list[int]]) -> dict[int, list[rules.Moved]]:
    """unit → what of its cells went to each heir, by the tree of its first day gone."""
    found: dict[int, list[rules.Moved]] = {}
    for day in sorted(set(ends.values())):
        mine = [unit for unit in units if ends[unit] == day]
        eve = day - timedelta(days=1)
        cells: dict[int, set[int]] = defaultdict(set)
        is_cell = UnitKind.objects.on(eve).filter(kind__in=CELLS).values("unit")
        for unit, cell in (
            Ancestry.objects.on(eve)
            .filter(ancestor__in=mine, descendant__in=is_cell)
            .values_list("ancestor", "descendant")
        ):
            cells[unit].add(cell)
        every = set().union(*cells.values()) if cells else set()
        members = members_on(sorted(every), eve)
        at: dict[int, set[int]] = defaultdict(set)
        wanted = {heir for unit in mine for heir in heirs[unit]}
        for heir, cell in (
            Ancestry.objects.on(day)
            .filter(ancestor__in=wanted, descendant__in=every)
            .values_list("ancestor", "descendant")
        ):
            at[heir].add(cell)
        # A cell that ended the same day counts with the unit that took it over.
        took: dict[int, set[int]] = defaultdict(set)
        for cell, predecessor in Heritage.objects.filter(predecessor__in=every, since=day).values_list(
            "heir", "predecessor"
        ):
            took[cell].add(predecessor)
        for heir, cell in (
            Ancestry.objects.on(day)
            .filter(ancestor__in=wanted, descendant__in=took)
            .values_list("ancestor", "descendant")
        ):
            at[heir] |= took[cell]
        for unit in mine:
            found[unit] = [_share(heir, cells[unit] & at[heir], members) for heir in heirs[unit]]
    return found


def _share(heir: int, cells: set[int], members: dict[int, Total]) -> rules.Moved:
    told = [members[cell].value for cell in cells]
    known = sum(one for one in told if one is not None) if None not in told else None
    return rules.Moved(heir, len(cells), known)
