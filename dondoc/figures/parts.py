"""How many figures are expected: the parts of months that units report, counted by the tree. The rules: docs/algorithms/roll-up.md.

What units below add to one is stored for the months of which there are totals (`MonthDue`); the rest is counted when it is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval

from . import rules
from .asking import ask
from .contributions import Everyone, Table, day_of, held, part_end, part_start, query, spans_of, values
from .indicators import Indicator


class Place(NamedTuple):
    """Under which unit, of which kind the units are that report, and in which month."""

    unit: int
    kind: str
    month: date


@dataclass(frozen=True, slots=True)
class Due:
    """How many parts end in a month, and how many units live on its last day."""

    parts: int = 0
    living: int = 0

    def plus(self, other: "Due", sign: int = 1) -> "Due":
        """The sum (or, with -1, the difference) of both."""
        return Due(self.parts + sign * other.parts, self.living + sign * other.living)


# A unit is there for as long as it has a direct superior. The last day of a part decides under whom it counts, and as what.
_STAYS = f"""
    FROM scope c CROSS JOIN organisations_unitparent p CROSS JOIN month m CROSS JOIN organisations_unitkind k %s
    WHERE p.unit_id = c.unit AND p.valid_from < m.ends_on AND (p.valid_to IS NULL OR p.valid_to > m.starts_on)
      AND k.unit_id = c.unit AND {held("k", part_end)} %s"""
_COUNTS = f"k.kind, m.starts_on, COUNT(*), SUM(CASE WHEN {part_end} = m.ends_on THEN 1 ELSE 0 END)"
_OWN = f"SELECT c.unit, {_COUNTS} {_STAYS % ('', '')} GROUP BY c.unit, k.kind, m.starts_on"
_ABOVE = f"AND a.descendant_id = c.unit AND a.ancestor_id <> c.unit AND {held('a', part_end)}"
_BELOW = f"""
    SELECT a.ancestor_id, {_COUNTS} {_STAYS % ("CROSS JOIN organisations_ancestry a", _ABOVE)}
    GROUP BY a.ancestor_id, k.kind, m.starts_on"""
# What is stored of these units, whether a month is kept at all, and what the units are expected to report themselves.
_STORED = f"""
    SELECT d.unit_id, d.kind, d.month, d.parts, d.living FROM scope c CROSS JOIN month m CROSS JOIN figures_monthdue d
    WHERE d.unit_id = c.unit AND d.month = m.starts_on
    UNION ALL
    SELECT d.unit_id, d.kind, d.month, d.parts, d.living FROM month m CROSS JOIN figures_monthdue d
    WHERE d.unit_id IS NULL AND d.month = m.starts_on
    UNION ALL {_OWN}"""
# Counted for what is not stored: the parts that lie in some days of a month, and the units that live on a day.
_PARTS = f"""
    SELECT a.ancestor_id, k.kind, m.starts_on, COUNT(*)
    FROM wanted w CROSS JOIN organisations_ancestry a CROSS JOIN organisations_unitkind k
    CROSS JOIN organisations_unitparent p CROSS JOIN month m
    WHERE a.ancestor_id = w.unit AND k.unit_id = a.descendant_id AND p.unit_id = a.descendant_id
      AND p.valid_from < m.ends_on AND (p.valid_to IS NULL OR p.valid_to > m.starts_on)
      AND {part_start} >= m.first_day AND {part_end} <= m.first_out
      AND {held("a", part_end)} AND {held("k", part_end)}
    GROUP BY a.ancestor_id, k.kind, m.starts_on"""
_UNITS = f"""
    SELECT a.ancestor_id, k.kind, s.first_out, COUNT(*)
    FROM wanted w CROSS JOIN span s CROSS JOIN organisations_ancestry a CROSS JOIN organisations_unitkind k
    CROSS JOIN organisations_unitparent p
    WHERE a.ancestor_id = w.unit AND {held("a", "s.first_out")}
      AND k.unit_id = a.descendant_id AND {held("k", "s.first_out")}
      AND p.unit_id = a.descendant_id AND {held("p", "s.first_out")}
    GROUP BY a.ancestor_id, k.kind, s.first_out"""


def due(of: Sequence[int] | Everyone, months: Iterable[date]) -> dict[Place, Due]:
    """What these units add in months (by first day) to those above them. One query."""
    spans = [(month, add_months(month, 1)) for month in sorted(set(months))]
    if not spans or of == []:
        return {}
    if isinstance(of, Everyone):
        scope: Table = ("scope(unit) AS (SELECT id FROM organisations_unit)", [])
    else:
        scope = values("scope", "unit", [(one,) for one in of])
    rows = _rows([scope, values("month", "starts_on, ends_on", spans)], _BELOW)
    return {Place(unit, kind, day_of(month)): Due(int(n), int(living)) for unit, kind, month, n, living in rows}


def _rows(tables: Sequence[Table], text: str) -> list[tuple[Any, ...]]:
    return ask(*query(tables, text))


def expected(chosen: Sequence[Indicator], span: Interval, units: Sequence[int]) -> dict[tuple[int, str], int]:
    """How many figures a complete roll-up would have: of a flow the parts that lie in the span, of a stock the units that live on its last day.

    Only units that enter the indicator, and only while they have a direct superior: whoever has none reports to nobody.
    """
    found: dict[tuple[int, str], int] = {}
    parts, living = _count(chosen, span, units)
    for one in chosen:
        counts = parts if one.nature == "flow" else living
        for (unit, kind, _), count in counts.items():
            if kind in one.entered_at:
                found[unit, one.key] = found.get((unit, one.key), 0) + count
    return found


def expected_by_month(
    chosen: Sequence[Indicator], span: Interval, units: Sequence[int]
) -> dict[tuple[int, str, date | None], int]:
    """The same of flows for each month by its first day; as many queries."""
    found: dict[tuple[int, str, date | None], int] = {}
    flows = [one for one in chosen if one.nature == "flow"]
    for (unit, kind, month), count in _count(flows, span, units)[0].items():
        for one in flows:
            if kind in one.entered_at:
                found[unit, one.key, month] = found.get((unit, one.key, month), 0) + count
    return found


def _count(
    chosen: Sequence[Indicator], span: Interval, units: Sequence[int]
) -> tuple[dict[Place, int], dict[Place, int]]:
    """The parts in the span, by month, and the units that live on its last day, by that day's month. At most three queries."""
    parts: dict[Place, int] = {}
    living: dict[Place, int] = {}
    if span.end is None or not units or not chosen:
        return parts, living
    natures = {one.nature for one in chosen}
    last = (span.end - timedelta(1)).replace(day=1)
    whole, rest = rules.whole_and_rest(span)
    stored, kept = _stored(units, whole)
    for place, one in stored:
        if place.month in kept and "flow" in natures:
            parts[place] = parts.get(place, 0) + one.parts
        if place.month == last in kept and "stock" in natures:
            living[place] = living.get(place, 0) + one.living
    wanted = values("wanted", "unit", [(one,) for one in units])
    left = [*rest, *(Interval(month, add_months(month, 1)) for month in whole if month not in kept)]
    if left and "flow" in natures:
        months = spans_of(rules.months(one)[0] for one in left)
        days = [(*month, *span) for month, span in zip(months, spans_of(left), strict=True)]
        table = values("month", "starts_on, ends_on, first_day, first_out", days)
        for unit, kind, day, count, *_ in _rows([wanted, table], _PARTS):
            parts[Place(unit, kind, day_of(day))] = int(count)
    if "stock" in natures and last not in kept:
        for unit, kind, _, count, *_ in _rows([wanted, values("span", "first_out", [(span.end,)])], _UNITS):
            living[Place(unit, kind, last)] = int(count)
    return parts, living


def _stored(units: Sequence[int], months: Sequence[date]) -> tuple[list[tuple[Place, Due]], set[date]]:
    """What is stored of units and what they are expected to report themselves in months, and which of the months are kept. One query."""
    if not months:
        return [], set()
    spans = [(month, add_months(month, 1)) for month in months]
    tables = [values("scope", "unit", [(one,) for one in units]), values("month", "starts_on, ends_on", spans)]
    found, kept = [], set()
    for unit, kind, month, count, living in _rows(tables, _STORED):
        if unit:
            found.append((Place(unit, kind, day_of(month)), Due(int(count), int(living))))
        else:
            kept.add(day_of(month))
    return found, kept
