"""How many figures are expected: the parts of months that units report, counted by the tree. The rules: docs/algorithms/roll-up.md."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection

from dondoc.lib.periods import Interval

from . import rules
from .contributions import day_of, spans_of, values
from .indicators import Indicator

_PART_START = "CASE WHEN p.valid_from > m.starts_on THEN p.valid_from ELSE m.starts_on END"
_PART_END = "CASE WHEN p.valid_to < m.ends_on THEN p.valid_to ELSE m.ends_on END"
# How many parts end under each unit, by the kind of the unit that they are of. The last day of a part decides under whom, and as what.
_PARTS = f"""
    SELECT a.ancestor_id, k.kind, COUNT(*), m.starts_on
    FROM wanted w CROSS JOIN organisations_ancestry a CROSS JOIN organisations_unitkind k
    CROSS JOIN organisations_unitparent p CROSS JOIN month m
    WHERE a.ancestor_id = w.unit AND k.unit_id = a.descendant_id AND k.kind IN (SELECT kind FROM entering)
      AND p.unit_id = a.descendant_id
      AND p.valid_from < m.ends_on AND (p.valid_to IS NULL OR p.valid_to > m.starts_on)
      AND {_PART_START} >= %s AND {_PART_END} <= %s
      AND a.valid_from < {_PART_END} AND (a.valid_to IS NULL OR a.valid_to >= {_PART_END})
      AND k.valid_from < {_PART_END} AND (k.valid_to IS NULL OR k.valid_to >= {_PART_END})
    GROUP BY a.ancestor_id, k.kind, m.starts_on"""
# How many units live under each on a day, by their kind.
_UNITS = """
    SELECT a.ancestor_id, k.kind, COUNT(*), NULL
    FROM wanted w CROSS JOIN organisations_ancestry a CROSS JOIN organisations_unitkind k CROSS JOIN organisations_unitparent p
    WHERE a.ancestor_id = w.unit AND a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to > %s)
      AND k.unit_id = a.descendant_id AND k.valid_from <= %s AND (k.valid_to IS NULL OR k.valid_to > %s)
      AND k.kind IN (SELECT kind FROM entering)
      AND p.unit_id = a.descendant_id AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s)
    GROUP BY a.ancestor_id, k.kind"""


def expected(chosen: Sequence[Indicator], span: Interval, units: Sequence[int]) -> dict[tuple[int, str], int]:
    """How many figures a complete roll-up would have: of a flow the parts that lie in the span, of a stock the units that live on its last day.

    Only units that enter the indicator, and only while they have a direct superior: whoever has none reports to nobody.
    """
    found: dict[tuple[int, str], int] = {}
    for (unit, key, _), count in _counted(chosen, span, units).items():
        found[unit, key] = found.get((unit, key), 0) + count
    return found


def expected_by_month(
    chosen: Sequence[Indicator], span: Interval, units: Sequence[int]
) -> dict[tuple[int, str, date | None], int]:
    """The same of flows for each month by its first day, in one query."""
    return _counted([one for one in chosen if one.nature == "flow"], span, units)


def _counted(
    chosen: Sequence[Indicator], span: Interval, units: Sequence[int]
) -> dict[tuple[int, str, date | None], int]:
    """(unit, indicator, first day of the month or, of a stock, None) → how many."""
    found: dict[tuple[int, str, date | None], int] = {}
    if span.end is None or not units:
        return found
    last = span.end - timedelta(1)
    for stock in (False, True):
        asked = [one for one in chosen if (one.nature == "stock") == stock]
        if not asked:
            continue
        tables = [
            values("wanted", "unit", [(one,) for one in units]),
            values(
                "entering", "kind", [(kind,) for kind in sorted({kind for one in asked for kind in one.entered_at})]
            ),
        ]
        if not stock:
            tables.append(values("month", "starts_on, ends_on", spans_of(rules.months(span))))
        given = [last] * 6 if stock else [span.start, span.end]
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH {', '.join(table for table, _ in tables)} {_UNITS if stock else _PARTS}",
                [value for _, parameters in tables for value in parameters] + given,
            )
            for unit, kind, count, month in cursor.fetchall():
                for one in asked:
                    if kind in one.entered_at:
                        place = unit, one.key, day_of(month) if month else None
                        found[place] = found.get(place, 0) + count
    return found
