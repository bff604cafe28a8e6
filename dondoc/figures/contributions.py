"""What figures add to the units above them, as one text of SQL for SQLite and PostgreSQL. The rules: docs/algorithms/roll-up.md.

Every figure of a span of days meets every unit above its unit, itself included; what it adds there depends on where it stands, on what
its unit is that day and, where units enter an indicator on several levels, on what is entered below or above it. Live sums, the totals
that are stored and their rebuilding all read this text, so they cannot follow different rules. CROSS JOIN only keeps SQLite to the
order that is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any, Literal, NamedTuple

from dondoc.lib.periods import Interval
from dondoc.organisations.kinds import kinds

from . import rules
from .asking import ask
from .indicators import Indicator

# A table at the head of a query, mostly of plain values, and its parameters.
Table = tuple[str, list[Any]]
Part = Literal["all", "below", "own"]
# Whose figures are looked at: of the units in `scope`; all of the spans, which are calendar months then; all that no single month holds.
Figures = Literal["scope", "months", "several months"]


class Everyone(Enum):
    """Every unit there is."""

    ALL = "all"


class Cell(NamedTuple):
    """A number's place: whose, of what, in the span that begins on the day."""

    unit: int
    indicator: str
    span: date


@dataclass(frozen=True, slots=True)
class Added:
    """What figures add to one unit in one span. `figures`, `summed_figures` and `entered_figures` say how many make up the sum before them.

    `value` counts. `summed` is what comes from strictly below, whatever the unit has entered for itself. `entered` is the unit's own.
    """

    value: int = 0
    figures: int = 0
    summed: int = 0
    summed_figures: int = 0
    entered: int = 0
    entered_figures: int = 0
    reported: int = 0
    differing: int = 0

    def plus(self, other: "Added", sign: int = 1) -> "Added":
        """The sum (or, with -1, the difference) of both."""
        return Added(*(getattr(self, one) + sign * getattr(other, one) for one in _COLUMNS))


_BELOW = """scope(unit) AS (
    SELECT DISTINCT b.descendant_id FROM wanted w CROSS JOIN organisations_ancestry b WHERE b.ancestor_id = w.unit)"""
_COLUMNS = [one.name for one in fields(Added)]
# What of it is stored for each month: all that comes from below.
STORED = [one for one in _COLUMNS if not one.startswith("entered")]


def on_several_levels(indicator: Indicator) -> bool:
    """Whether a unit that enters the indicator may stand under another that does: a superior's level is always a smaller one."""
    return len({kinds()[kind].level for kind in indicator.entered_at}) > 1


def held(row: str, end: str) -> str:
    """Whether a dated row holds on the day before `end`."""
    return f"{row}.valid_from < {end} AND ({row}.valid_to IS NULL OR {row}.valid_to >= {end})"


# A part is a month `m` cut where the unit got another direct superior, `p`: its first day and the day after its last.
part_start = "CASE WHEN p.valid_from > m.starts_on THEN p.valid_from ELSE m.starts_on END"
part_end = "CASE WHEN p.valid_to < m.ends_on THEN p.valid_to ELSE m.ends_on END"


def _text(stock: bool, nested: bool, figures: Figures, among: bool, part: Part) -> str:
    """The whole text. `among`: what is added to units in `wanted`.

    `nested`: whether one of the indicators is entered on several levels. Else nothing can be hidden, and the tables that would tell it
    are not named: to plan how they are joined takes PostgreSQL longer than to answer.
    """
    # The end of the day on which a figure is attributed: of its own last day, or of the span's last day for a stock.
    end, other_end = ("s.ends_on", "s.ends_on") if stock else ("f.ends_on", "o.ends_on")
    inside = (
        'f."on" >= s.starts_on AND f."on" < s.ends_on'
        if stock
        else "f.starts_on >= s.starts_on AND f.ends_on <= s.ends_on"
    )
    touching = (
        'o."on" >= s.starts_on AND o."on" < s.ends_on'
        if stock
        else "o.starts_on < f.ends_on AND o.ends_on > f.starts_on"
    )
    latest = (
        """AND NOT EXISTS (
            SELECT 1 FROM figures_figure n
            WHERE n.unit_id = f.unit_id AND n.indicator = f.indicator AND n.superseded_at IS NULL AND n.standing = 'counts'
              AND n."on" > f."on" AND n."on" < s.ends_on)"""
        if stock
        else ""
    )
    other = f"""
            CROSS JOIN figures_figure o CROSS JOIN organisations_unitkind ok CROSS JOIN entering oe
            WHERE o.indicator = f.indicator AND o.superseded_at IS NULL AND o.standing = 'counts' AND {touching}
              AND ok.unit_id = o.unit_id AND {held("ok", other_end)}
              AND oe.indicator = f.indicator AND oe.kind = ok.kind"""
    lower = f"""
            SELECT 1 FROM organisations_ancestry b {other}
              AND b.ancestor_id = f.unit_id AND b.descendant_id <> f.unit_id AND o.unit_id = b.descendant_id
              AND {held("b", other_end)}"""
    higher = f"""
            SELECT 1 FROM organisations_ancestry b CROSS JOIN organisations_ancestry u {other}
              AND b.descendant_id = f.unit_id AND b.ancestor_id <> f.unit_id AND {held("b", end)}
              AND u.descendant_id = b.ancestor_id AND u.ancestor_id = a.ancestor_id AND {held("u", end)}
              AND o.unit_id = b.ancestor_id AND o.unit_id"""
    # A part is reported where one figure holds all its days.
    reported = (
        f"""(SELECT COUNT(*) FROM organisations_unitparent p
             WHERE p.unit_id = f.unit_id AND {held("p", end)})"""
        if stock
        else f"""(SELECT COUNT(*) FROM organisations_unitparent p CROSS JOIN month m
             CROSS JOIN organisations_ancestry b CROSS JOIN organisations_unitkind pk CROSS JOIN entering pe
             WHERE p.unit_id = f.unit_id AND m.starts_on < f.ends_on AND m.ends_on > f.starts_on
               AND p.valid_from < m.ends_on AND (p.valid_to IS NULL OR p.valid_to > m.starts_on)
               AND {part_start} >= f.starts_on AND {part_end} <= f.ends_on
               AND b.descendant_id = f.unit_id AND b.ancestor_id = a.ancestor_id AND {held("b", part_end)}
               AND pk.unit_id = f.unit_id AND {held("pk", part_end)}
               AND pe.indicator = f.indicator AND pe.kind = pk.kind)"""
    )
    hidden = f"""CASE WHEN i.nested = 0 OR f.standing <> 'counts' OR e.kind IS NULL THEN 0
               WHEN i.counts = 'summed' THEN CASE WHEN EXISTS ({lower}) THEN 2 ELSE 0 END
               WHEN EXISTS ({higher} <> a.ancestor_id) THEN 2
               WHEN EXISTS ({higher} = a.ancestor_id) THEN 1
               ELSE 0 END"""
    source = "scope c CROSS JOIN chosen i" if figures == "scope" else "chosen i"
    current = "f.superseded_at IS NULL AND f.standing IN ('counts', 'differs')"
    which = {
        # Said of `f` alone it would have SQLite read the whole ledger for a Bloom filter before it looks `f` up by its index: so `i` is
        # named too.
        "scope": f"f.unit_id = c.unit AND CASE i.indicator WHEN f.indicator THEN {current} END",
        "months": f"f.month = s.starts_on AND {current}",
        "several months": f"f.month IS NULL AND {current}",
    }[figures]
    wanted = {
        "all": "",
        "below": "AND a.ancestor_id <> f.unit_id AND e.kind IS NOT NULL",
        "own": "AND a.ancestor_id = f.unit_id",
    }[part]
    return f"""
    SELECT a.ancestor_id AS unit, f.indicator, s.starts_on AS span, f.value,
          CASE WHEN f.standing = 'counts' THEN 1 ELSE 0 END AS counts,
          CASE WHEN f.standing = 'differs' THEN 1 ELSE 0 END AS differs,
          CASE WHEN a.ancestor_id = f.unit_id THEN 1 ELSE 0 END AS own,
          CASE WHEN e.kind IS NULL THEN 0 ELSE 1 END AS entering,
          {hidden if nested else 0} AS hidden,
          CASE WHEN f.standing <> 'counts' OR e.kind IS NULL THEN 0 ELSE {reported} END AS reported
        FROM {source} CROSS JOIN span s CROSS JOIN figures_figure f CROSS JOIN organisations_ancestry a
        {"CROSS JOIN wanted w" if among else ""}
        LEFT JOIN organisations_unitkind k ON k.unit_id = f.unit_id AND {held("k", end)}
        LEFT JOIN entering e ON e.indicator = f.indicator AND e.kind = k.kind
        WHERE {which} AND i.stock = {int(stock)} AND f.indicator = i.indicator
          AND {inside} {latest}
          AND a.descendant_id = f.unit_id AND {held("a", end)}
          {"AND w.unit = a.ancestor_id" if among else ""}
          {wanted}"""


def _one(chosen: Sequence[Indicator], figures: Figures, *, among: bool, part: Part) -> Table:
    """What each figure adds to each unit, as a table of the query."""
    levels: dict[bool, bool] = {}
    for one in chosen:
        stock = one.nature == "stock"
        levels[stock] = levels.get(stock, False) or on_several_levels(one)
    texts = [_text(stock, nested, figures, among, part) for stock, nested in sorted(levels.items())]
    return f"one AS ({' UNION ALL '.join(texts)})", []


_SUMS = """
    SELECT unit, indicator, span,
      COALESCE(SUM(CASE WHEN counts = 1 AND entering = 1 AND hidden = 0 THEN value END), 0) AS value,
      SUM(CASE WHEN counts = 1 AND entering = 1 AND hidden = 0 THEN 1 ELSE 0 END) AS figures,
      COALESCE(SUM(CASE WHEN counts = 1 AND entering = 1 AND hidden < 2 AND own = 0 THEN value END), 0) AS summed,
      SUM(CASE WHEN counts = 1 AND entering = 1 AND hidden < 2 AND own = 0 THEN 1 ELSE 0 END) AS summed_figures,
      COALESCE(SUM(CASE WHEN counts = 1 AND own = 1 THEN value END), 0) AS entered,
      SUM(CASE WHEN counts = 1 AND own = 1 THEN 1 ELSE 0 END) AS entered_figures,
      SUM(reported) AS reported,
      SUM(CASE WHEN differs = 1 AND entering = 1 THEN 1 ELSE 0 END) AS differing
    FROM one GROUP BY unit, indicator, span"""
_STORED = """
    SELECT t.unit_id, t.indicator, s.starts_on, SUM(t.value), SUM(t.figures), SUM(t.summed), SUM(t.summed_figures), 0, 0,
      SUM(t.reported), SUM(t.differing)
    FROM scope c CROSS JOIN span s CROSS JOIN kept m CROSS JOIN chosen i CROSS JOIN figures_monthtotal t
    WHERE m.month >= s.starts_on AND m.month < s.ends_on
      AND t.unit_id = c.unit AND t.month = m.month AND t.indicator = i.indicator
    GROUP BY t.unit_id, t.indicator, s.starts_on"""


# Stored totals take what figures add, or give it back, without its way through the program.
_FOLDED = f"""
    INSERT INTO figures_monthtotal (unit_id, indicator, month, {", ".join(STORED)})
    SELECT unit, indicator, span, {", ".join(f"%(sign)d * {column}" for column in STORED)} FROM ({_SUMS}) AS sums
    WHERE figures <> 0 OR summed_figures <> 0 OR reported <> 0 OR differing <> 0
    ON CONFLICT (unit_id, month, indicator) DO UPDATE SET
    {", ".join(f"{column} = figures_monthtotal.{column} + excluded.{column}" for column in STORED)}
    RETURNING unit_id"""


def values(name: str, columns: str, rows: Sequence[Sequence[int | str | date]]) -> Table:
    """A list of plain values as a table of the query, and its parameters.

    Words and truths stand in the text itself: they are keys of the content, the same again and again, and to find the places of some
    hundred parameters takes longer than to answer.
    """
    told = ", ".join(f"({', '.join(map(_written, row))})" for row in rows)
    return f"{name}({columns}) AS (VALUES {told})", [one for row in rows for one in row if _written(one) == "%s"]


def _written(value: int | str | date) -> str:
    if isinstance(value, str):
        # A percent sign would be taken for the place of a parameter.
        return "'" + value.replace("'", "''").replace("%", "%%") + "'"
    return str(int(value)) if isinstance(value, bool) else "%s"


def spans_of(days: Iterable[Interval]) -> list[tuple[date, date]]:
    """Intervals with an end as pairs of days."""
    return [(one.start, one.end) for one in days if one.end is not None]


def contributions(
    indicators: Sequence[Indicator],
    spans: Sequence[Interval],
    *,
    of: Sequence[int] | Everyone | None = None,
    to: Sequence[int] | None = None,
    part: Part = "all",
) -> dict[Cell, Added]:
    """What the figures of the spans add, in one query.

    `of`: figures of these units only; of everyone's those of calendar months, which the spans are then. `to`: only what is added to these units. With `of=None` and `to` the figures of all units that
    ever stood under those; with neither nothing. `part`: "below" leaves out what a unit adds to itself, and what units add that do not
    enter the indicator; "own" is only what a unit adds to itself.
    """
    if not spans or not indicators or of == [] or to == [] or (of is None and to is None):
        return {}
    tables = [*_about(indicators, spans), *_wanted(to)]
    if isinstance(of, Sequence):
        tables.append(values("scope", "unit", [(one,) for one in of]))
    elif of is None:
        tables.append((_BELOW, []))
    figures: Figures = "months" if of is Everyone.ALL else "scope"
    return rows([*tables, _one(indicators, figures, among=to is not None, part=part)], _SUMS)


def fold(indicators: Sequence[Indicator], months: Sequence[Interval], unit: int, sign: int) -> set[int]:
    """Put what the figures of a unit add from below into the stored totals of calendar months, or (with -1) take it out again; one query.

    Returns the units above whose totals it touched.
    """
    if not indicators or not months:
        return set()
    tables = [*_about(indicators, months), values("scope", "unit", [(unit,)])]
    tables.append(_one(indicators, "scope", among=False, part="below"))
    return {above for (above,) in ask(*query(tables, _FOLDED % {"sign": sign}))}


def of_several_months(indicators: Sequence[Indicator], span: Interval, to: Sequence[int]) -> dict[Cell, Added]:
    """What the flows of the span that no single calendar month holds add to units from below, in one query. They are few, and found first."""
    chosen = [one for one in indicators if one.nature == "flow"]
    if not chosen or not to:
        return {}
    one = _one(chosen, "several months", among=True, part="below")
    return rows([*_about(chosen, [span]), *_wanted(to), one], _SUMS)


def own_and_stored(
    indicators: Sequence[Indicator], spans: Sequence[Interval], units: Sequence[int], months: Sequence[date]
) -> dict[Cell, Added]:
    """What units have entered for themselves in the spans, and what is stored as coming from below in those of these months that lie in a
    span, together. One query."""
    if not spans or not indicators or not units or not months:
        return {}
    tables = [
        *_about(indicators, spans),
        values("scope", "unit", [(one,) for one in units]),
        values("kept", "month", [(one,) for one in months]),
        _one(indicators, "scope", among=False, part="own"),
    ]
    return rows(tables, f"{_SUMS} UNION ALL {_STORED}")


def _about(chosen: Sequence[Indicator], spans: Sequence[Interval]) -> list[Table]:
    return [
        values("span", "starts_on, ends_on", spans_of(spans)),
        values("month", "starts_on, ends_on", spans_of(_months(spans))),
        values(
            "chosen",
            "indicator, stock, counts, nested",
            [(i.key, i.nature == "stock", i.counts, on_several_levels(i)) for i in chosen],
        ),
        values("entering", "indicator, kind", [(i.key, kind) for i in chosen for kind in i.entered_at]),
    ]


def _wanted(to: Sequence[int] | None) -> list[Table]:
    return [] if to is None else [values("wanted", "unit", [(one,) for one in to])]


def query(tables: Sequence[Table], text: str) -> tuple[str, list[Any]]:
    """A text after the tables that it names, and their parameters."""
    return f"WITH {', '.join(table for table, _ in tables)} {text}", [one for _, given in tables for one in given]


def rows(tables: Sequence[Table], text: str) -> dict[Cell, Added]:
    """The answer of a text over tables of the query; what several rows say of one cell together."""
    found: dict[Cell, Added] = {}
    for unit, indicator, span, *numbers in ask(*query(tables, text)):
        cell, added = Cell(unit, indicator, day_of(span)), Added(*map(int, numbers))
        found[cell] = found[cell].plus(added) if cell in found else added
    return found


def day_of(given: date | str) -> date:
    """SQLite gives days of a list of values back as text."""
    return date.fromisoformat(given) if isinstance(given, str) else given


def _months(spans: Iterable[Interval]) -> list[Interval]:
    return sorted({month for span in spans for month in rules.months(span)}, key=lambda one: one.start)
