"""The roll-up in DuckDB, on its own copy of the raw rows and in a text of its own: one row for each day on which somebody stood somewhere."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import duckdb

from dondoc.figures.indicators import Indicator
from dondoc.figures.models import Figure
from dondoc.figures.rollup import Total
from dondoc.lib.periods import Interval
from dondoc.organisations.models import UnitKind, UnitParent

COPY = {
    "figure": "key BIGINT, unit BIGINT, ind VARCHAR, first DATE, last DATE, value BIGINT, origin VARCHAR, rough BOOLEAN",
    "parent": "unit BIGINT, above BIGINT, since DATE, until DATE",
    "kind": "unit BIGINT, kind VARCHAR, since DATE, until DATE",
    "indicator": "ind VARCHAR, stock BOOLEAN, topmost BOOLEAN",
    "enters": "ind VARCHAR, kind VARCHAR",
    "period": "p INTEGER, first DATE, last DATE",
}

STEPS = """
CREATE TABLE weighed AS
    WITH ranked AS (
        SELECT *, list_position(['report', 'event', 'import', 'article'], origin) AS class FROM figure),
    better AS (
        SELECT f.key, o.value, o.first = f.first AND o.last = f.last AS same,
            row_number() OVER (PARTITION BY f.key, same ORDER BY o.class, o.rough, o.key DESC) AS place,
            o.first <= f.last AND f.first <= o.last AS touches
        FROM ranked f JOIN ranked o ON o.unit = f.unit AND o.ind = f.ind
            AND (o.class, o.rough, -o.key) < (f.class, f.rough, -f.key))
    SELECT f.*, NOT coalesce(b.touches, false) AS counts, coalesce(b.touches, false) AND b.value IS DISTINCT FROM f.value AS differs
    FROM figure f LEFT JOIN (
        SELECT key, bool_or(touches) AS touches, any_value(value) FILTER (same AND place = 1) AS value FROM better GROUP BY key
    ) b USING (key);

CREATE TABLE part AS
    WITH month AS (
        SELECT unnest(generate_series(date_trunc('month', min(first)), max(last), INTERVAL 1 MONTH))::DATE AS first FROM period)
    SELECT unit, greatest(p.since, m.first) AS first, least(p.until, last_day(m.first) + 1)::DATE - 1 AS last
    FROM parent p JOIN month m ON p.since <= last_day(m.first) AND p.until > m.first;

-- Every day that decides something, and who stood under whom on it.
CREATE TABLE days AS
    SELECT last AS day FROM figure UNION SELECT last FROM period UNION SELECT last FROM part;
CREATE TABLE is_a AS
    SELECT day, unit, kind FROM days JOIN kind ON since <= day AND day < until;
CREATE TABLE under AS
    WITH RECURSIVE climb(day, unit, top) AS (
        SELECT day, unit, unit FROM is_a
        UNION ALL
        SELECT c.day, c.unit, p.above FROM climb c JOIN parent p ON p.unit = c.top AND p.since <= c.day AND c.day < p.until)
    SELECT * FROM climb;

-- Figures in periods, each with the day on which it is attributed.
CREATE TABLE placed AS
    SELECT p.p, p.first AS p_first, p.last AS p_last, i.stock, i.topmost, f.*, CASE WHEN i.stock THEN p.last ELSE f.last END AS day
    FROM period p JOIN weighed f ON p.first <= f.first AND f.last <= p.last JOIN indicator i USING (ind)
    WHERE (f.counts OR f.differs)
    QUALIFY NOT i.stock OR f.last = max(f.last) FILTER (f.counts) OVER (PARTITION BY p.p, f.unit, f.ind);
CREATE TABLE entering AS
    SELECT placed.* FROM placed JOIN is_a USING (day, unit) JOIN enters USING (ind, kind);
-- Pairs of counting figures of which the upper one's unit stands above the lower one's when the lower one is attributed.
CREATE TABLE pair AS
    SELECT DISTINCT l.p, l.key AS lower, h.key AS upper, h.unit AS upper_unit
    FROM entering l JOIN under u ON u.day = l.day AND u.unit = l.unit AND u.top <> l.unit
    JOIN entering h ON h.p = l.p AND h.ind = l.ind AND h.unit = u.top
    WHERE l.stock AND l.counts AND h.counts
  UNION
    SELECT DISTINCT p.p, l.key, h.key, h.unit
    FROM weighed l JOIN indicator i ON i.ind = l.ind AND NOT i.stock
    JOIN is_a ON is_a.day = l.last AND is_a.unit = l.unit JOIN enters e ON e.ind = l.ind AND e.kind = is_a.kind
    JOIN under u ON u.day = l.last AND u.unit = l.unit AND u.top <> l.unit
    JOIN weighed h ON h.ind = l.ind AND h.unit = u.top AND h.first <= l.last AND l.first <= h.last
    JOIN is_a ha ON ha.day = h.last AND ha.unit = h.unit JOIN enters he ON he.ind = h.ind AND he.kind = ha.kind
    CROSS JOIN period p
    WHERE l.counts AND h.counts;
CREATE TABLE hidden AS  -- where a lower figure is not seen: at the upper one's unit and above it
    SELECT DISTINCT p.p, p.lower AS key, u.top, u.top = p.upper_unit AS own
    FROM pair p JOIN placed f ON f.p = p.p AND f.key = p.lower AND f.topmost
    JOIN under u ON u.day = f.day AND u.unit = p.upper_unit;

CREATE TABLE sums AS
    SELECT f.p, f.ind, u.top AS unit,
        sum(f.value) FILTER (f.counts AND e AND NOT gone AND h.key IS NULL) AS value,
        sum(f.value) FILTER (f.counts AND e AND NOT gone AND h.between IS NOT TRUE AND u.top <> f.unit) AS summed,
        sum(f.value) FILTER (f.counts AND u.top = f.unit) AS entered,
        count(*) FILTER (f.differs AND e) AS differing
    FROM (
        SELECT p.*, p.key IN (SELECT key FROM entering n WHERE n.p = p.p) AS e,
            NOT p.topmost AND EXISTS (SELECT 1 FROM pair WHERE pair.p = p.p AND pair.upper = p.key) AS gone
        FROM placed p) f
    JOIN under u ON u.day = f.day AND u.unit = f.unit
    LEFT JOIN (SELECT p, key, top, bool_or(NOT own) AS between FROM hidden GROUP BY ALL) h
        ON h.p = f.p AND h.key = f.key AND h.top = u.top
    GROUP BY ALL;

CREATE TABLE due AS  -- what is expected, and of it what is there
    SELECT p.p, i.ind, u.top AS unit, count(*) AS expected, count(*) FILTER (EXISTS (
        SELECT 1 FROM entering f JOIN under v ON v.day = f.day AND v.unit = f.unit AND v.top = u.top
        WHERE f.p = p.p AND f.ind = i.ind AND f.unit = t.unit AND f.counts AND f.first <= t.first AND t.last <= f.last)) AS reported
    FROM period p JOIN part t ON p.first <= t.first AND t.last <= p.last
    JOIN is_a a ON a.day = t.last AND a.unit = t.unit JOIN enters e ON e.kind = a.kind
    JOIN indicator i ON i.ind = e.ind AND NOT i.stock
    JOIN under u ON u.day = t.last AND u.unit = t.unit
    GROUP BY ALL
  UNION ALL
    SELECT p.p, i.ind, u.top, count(*), count(*) FILTER (EXISTS (
        SELECT 1 FROM entering f WHERE f.p = p.p AND f.ind = i.ind AND f.unit = a.unit AND f.counts))
    FROM period p JOIN is_a a ON a.day = p.last JOIN enters e ON e.kind = a.kind
    JOIN indicator i ON i.ind = e.ind AND i.stock
    JOIN parent m ON m.unit = a.unit AND m.since <= p.last AND p.last < m.until
    JOIN under u ON u.day = p.last AND u.unit = a.unit
    GROUP BY ALL;
"""
ANSWER = """
SELECT p, unit, ind, value, coalesce(reported, 0), coalesce(expected, 0), entered, summed, coalesce(differing, 0)
FROM sums FULL JOIN due USING (p, ind, unit)"""


def roll_up(chosen: Sequence[Indicator], periods: Sequence[Interval]) -> dict[tuple[int, int, str], Total]:
    """The totals by (number of the period, unit, indicator). What is not there is a total of nothing."""
    with duckdb.connect(config={"threads": 1}) as db:
        for table, rows in _raw(chosen, periods).items():
            db.execute(f"CREATE TABLE {table} ({COPY[table]})")
            if rows:
                unnested = ", ".join(["unnest(?)"] * len(rows[0]))
                db.execute(
                    f"INSERT INTO {table} SELECT {unnested}", [list(column) for column in zip(*rows, strict=True)]
                )
        db.execute(STEPS)
        return {
            (p, unit, ind): Total(_whole(value), reported, expected, _whole(entered), _whole(summed), differing)
            for p, unit, ind, value, reported, expected, entered, summed, differing in db.execute(ANSWER).fetchall()
        }


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _raw(chosen: Sequence[Indicator], periods: Sequence[Interval]) -> dict[str, list[tuple[Any, ...]]]:
    far, day = date(9000, 1, 1), timedelta(1)
    figures = []
    for f in Figure.objects.filter(superseded_at=None):
        first, last = f.on or f.starts_on, f.on or (f.ends_on and f.ends_on - day)
        figures.append((f.pk, f.unit_id, f.indicator, first, last, f.value, f.origin, f.qualifier != "exact"))
    parents = UnitParent.objects.values_list("unit", "parent", "valid_from", "valid_to")
    kinds = UnitKind.objects.values_list("unit", "kind", "valid_from", "valid_to")
    return {
        "figure": figures,
        "parent": [(*row[:3], row[3] or far) for row in parents],
        "kind": [(*row[:3], row[3] or far) for row in kinds],
        "indicator": [(one.key, one.nature == "stock", one.counts == "entered") for one in chosen],
        "enters": [(one.key, kind) for one in chosen for kind in one.entered_at],
        "period": [(n, one.start, one.end - day) for n, one in enumerate(periods) if one.end],
    }
