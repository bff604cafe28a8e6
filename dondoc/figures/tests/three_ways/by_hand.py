"""The roll-up in plain Python, day by day, as docs/algorithms/roll-up.md says it. It shares nothing with the product but the raw rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.figures.indicators import Indicator
from dondoc.figures.models import Figure
from dondoc.figures.rollup import Total
from dondoc.lib.periods import Interval
from dondoc.organisations.models import UnitKind, UnitParent

DAY = timedelta(1)
RANK = {"report": 0, "event": 1, "import": 2, "article": 3}


@dataclass(eq=False, slots=True)
class Row:
    """A current figure; a stock has its one day as first and last."""

    key: int
    unit: int
    first: date
    last: date
    value: int
    rank: tuple[int, int, int]
    counts: bool = True
    differs: bool = False

    def touches(self, other: "Row") -> bool:
        return self.first <= other.last and other.first <= self.last


class Ledger:
    """The current figures and the tree, held in dictionaries."""

    def __init__(self) -> None:
        self.figures: dict[str, list[Row]] = defaultdict(list)
        for one in Figure.objects.filter(superseded_at=None):
            first = one.on or one.starts_on
            last = one.on or (one.ends_on - DAY if one.ends_on else None)
            assert first
            assert last
            rank = (RANK[one.origin], 0 if one.qualifier == "exact" else 1, -one.pk)
            self.figures[one.indicator].append(Row(one.pk, one.unit_id, first, last, one.value, rank))
        for rows in self.figures.values():
            self._weigh(rows)
        self.parents = self._dated(UnitParent.objects.values_list("unit", "valid_from", "valid_to", "parent"))
        self.kinds = self._dated(UnitKind.objects.values_list("unit", "valid_from", "valid_to", "kind"))
        self._chains: dict[tuple[int, date], list[int]] = {}
        self._parts: dict[tuple[int, Interval], list[tuple[date, date]]] = {}

    @staticmethod
    def _dated(rows: Iterable[tuple[int, date, date | None, object]]) -> dict[int, list[tuple[date, date, object]]]:
        found: dict[int, list[tuple[date, date, object]]] = defaultdict(list)
        for unit, start, end, says in rows:
            found[unit].append((start, end or date.max, says))
        return found

    @staticmethod
    def _weigh(rows: list[Row]) -> None:
        by_unit: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            by_unit[row.unit].append(row)
        for row in rows:
            better = sorted((o for o in by_unit[row.unit] if o.rank < row.rank), key=lambda o: o.rank)
            row.counts = not any(other.touches(row) for other in better)
            same = [other.value for other in better if (other.first, other.last) == (row.first, row.last)]
            row.differs = not row.counts and (not same or same[0] != row.value)

    def parent(self, unit: int, day: date) -> int | None:
        found = [says for start, end, says in self.parents[unit] if start <= day < end]
        return found[0] if found else None  # type: ignore[return-value]

    def kind(self, unit: int, day: date) -> str:
        """What a unit is on a day; "" when it does not live."""
        found = [says for start, end, says in self.kinds[unit] if start <= day < end]
        return str(found[0]) if found else ""

    def chain(self, unit: int, day: date) -> list[int]:
        """A unit and all above it on a day, nearest first; nobody when it does not live."""
        if (unit, day) not in self._chains:
            above = self.parent(unit, day)
            higher = self.chain(above, day) if above is not None else []
            self._chains[unit, day] = [unit, *higher] if self.kind(unit, day) else []
        return self._chains[unit, day]

    def parts(self, unit: int, days: Interval) -> list[tuple[date, date]]:
        """First and last day of each part of a month that a unit reports and that lies in the days."""
        if (unit, days) not in self._parts:
            self._parts[unit, days] = self._cut(unit, days)
        return self._parts[unit, days]

    def _cut(self, unit: int, days: Interval) -> list[tuple[date, date]]:
        assert days.end
        found: list[tuple[date, date]] = []
        day = days.start
        while day < days.end:
            above = self.parent(unit, day)
            if above is not None:
                before = day - DAY
                joins = self.parent(unit, before) == above and before.month == day.month
                if joins and found and found[-1][1] == before:
                    found[-1] = (found[-1][0], day)
                elif not joins:
                    found.append((day, day))
            day += DAY
        # A part that goes on after the last day does not lie in the days; one that began before the first was never taken up.
        if found and found[-1][1] == days.end - DAY:
            after = days.end
            if after.month == found[-1][1].month and self.parent(unit, after) == self.parent(unit, found[-1][1]):
                found.pop()
        return found


@dataclass(slots=True)
class Sum:
    value: int | None = None
    summed: int | None = None
    entered: int | None = None
    reported: int = 0
    expected: int = 0
    differing: int = 0

    def total(self) -> Total:
        return Total(self.value, self.reported, self.expected, self.entered, self.summed, self.differing)


def roll_up(ledger: Ledger, units: list[int], indicator: Indicator, days: Interval) -> dict[int, Total]:
    """The totals of all units."""
    assert days.end
    last = days.end - DAY
    rows = ledger.figures[indicator.key]
    found = {unit: Sum() for unit in units}
    stock = indicator.nature == "stock"
    inside = [row for row in rows if days.start <= row.first and row.last <= last]
    if stock:
        inside = _latest(inside)
    counting = [row for row in inside if row.counts]

    def day_of(row: Row) -> date:
        return last if stock else row.last

    def enters(row: Row) -> bool:
        return ledger.kind(row.unit, day_of(row)) in indicator.entered_at

    # Whoever may hide a figure: of a flow any figure that shares a day with it, of a stock any of the period.
    hiding = [row for row in (counting if stock else [row for row in rows if row.counts]) if enters(row)]
    for row in inside:
        chain = ledger.chain(row.unit, day_of(row))
        for unit in chain:
            one = found[unit]
            if row.differs and enters(row):
                one.differing += 1
            if not row.counts:
                continue
            if unit == row.unit:
                one.entered = (one.entered or 0) + row.value
            if not enters(row):
                continue
            between = chain[1 : chain.index(unit) + 1]
            rivals = [other for other in hiding if stock or other.touches(row)]
            if indicator.counts == "summed":
                hidden = any(row.unit in ledger.chain(other.unit, day_of(other))[1:] for other in rivals)
                hidden_in_sum = hidden
            else:
                above = {other.unit for other in rivals} & set(between)
                hidden, hidden_in_sum = bool(above), bool(above - {unit})
            if not hidden:
                one.value = (one.value or 0) + row.value
            if not hidden_in_sum and unit != row.unit:
                one.summed = (one.summed or 0) + row.value
    if stock:
        _count_units(ledger, found, indicator, last, {row.unit for row in counting})
    else:
        _count_parts(ledger, found, indicator, days, [row for row in counting if enters(row)])
    return {unit: one.total() for unit, one in found.items()}


def _latest(rows: list[Row]) -> list[Row]:
    """Of each unit the rows of the last day on which one counts."""
    day: dict[int, date] = {}
    for row in rows:
        if row.counts:
            day[row.unit] = max(row.last, day.get(row.unit, row.last))
    return [row for row in rows if day.get(row.unit) == row.last]


def _count_units(ledger: Ledger, found: dict[int, Sum], indicator: Indicator, day: date, told: set[int]) -> None:
    for unit in found:
        if ledger.parent(unit, day) is not None and ledger.kind(unit, day) in indicator.entered_at:
            for above in ledger.chain(unit, day):
                found[above].expected += 1
                found[above].reported += unit in told


def _count_parts(
    ledger: Ledger, found: dict[int, Sum], indicator: Indicator, days: Interval, counting: list[Row]
) -> None:
    for unit in found:
        for first, last in ledger.parts(unit, days):
            if ledger.kind(unit, last) not in indicator.entered_at:
                continue
            covering = [row for row in counting if row.unit == unit and row.first <= first and last <= row.last]
            for above in ledger.chain(unit, last):
                found[above].expected += 1
                found[above].reported += any(above in ledger.chain(unit, row.last) for row in covering)
