"""A province as large as they come: 170 communes, 10,000 cells, 40 indicators, 12 months of reports; made of a seed, the same in every database.

DuckDB makes the figures, so that they are there in seconds, and keeps its own copy of them: the yardstick of every roll-up. The product's
database takes the same rows from a file; its tree is recorded through the product's services.
"""

import csv
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

SEED = 20260701
COMMUNES, CELLS, FLOWS, STOCKS = 170, 10_000, 30, 10
MONTHS = [date(2025 + (6 + n) // 12, (6 + n) % 12 + 1, 1) for n in range(12)]
NEXT = date(2026, 7, 1)
MOVED = date(2026, 1, 15)
KEYS = [f"flow_{n:02}" for n in range(FLOWS)] + [f"stock_{n:02}" for n in range(STOCKS)]
HEADLINES = KEYS[:3] + KEYS[FLOWS : FLOWS + 2]
COLUMNS = (
    "id, unit_id, indicator, period, starts_on, ends_on, month, value, qualifier, derived, origin, said_on, recorded_at,"
    ' superseded_at, reason, standing, "on"'
)
# One figure in a hundred was corrected, three reports in a hundred never came.
FIGURES = f"""
CREATE TABLE told AS
    SELECT row_number() OVER (ORDER BY unit, indicator, month, version) AS id, *, version < versions AS superseded
    FROM (
        SELECT c.unit, i.indicator, m.month, hash(unit, indicator, month, {SEED}) AS dice, stock,
            CASE WHEN dice % 100 = 0 THEN 2 ELSE 1 END AS versions,
            unnest(generate_series(1, CASE WHEN dice % 100 = 0 THEN 2 ELSE 1 END)) AS version
        FROM cell c CROSS JOIN indicator i CROSS JOIN month m
        WHERE hash(unit, month, {SEED}) % 100 >= 3);
CREATE TABLE figure AS
    SELECT id, unit, indicator, CASE WHEN stock THEN NULL ELSE month END AS starts_on,
        CASE WHEN stock THEN NULL ELSE (month + INTERVAL 1 MONTH)::DATE END AS ends_on,
        CASE WHEN stock THEN (month + INTERVAL 1 MONTH)::DATE - 1 END AS "on",
        month, (hash(dice, version) % 50)::BIGINT AS value, superseded
    FROM told ORDER BY id;
DROP TABLE told;
"""
EXPORT = """
COPY (SELECT id, unit, indicator, CASE WHEN "on" IS NULL THEN strftime(month, '%%Y-%%m') ELSE '' END, starts_on, ends_on, month, value, 'exact',
        0, 'report', month, '2026-07-01 00:00:00', CASE WHEN superseded THEN '2026-07-02 00:00:00' END, '',
        CASE WHEN superseded THEN '' ELSE 'counts' END, "on"
    FROM figure ORDER BY id) TO '%s' (HEADER false, NULLSTR '-')
"""


@contextmanager
def indicators() -> Iterator[None]:
    """The forty indicators, all entered at cells, in the place of the content's; nothing else follows a reorganisation."""
    from django.test import override_settings

    from dondoc.figures import indicators as content

    section = next(iter(content.sections()))
    made = {
        key: content.Indicator(
            key, key, key.split("_")[0], "", ("cell",), "summed", "bench", headline=key in HEADLINES, section=section
        )
        for key in KEYS
    }
    with patch.object(content, "_both", lambda: (made, {})), override_settings(ON_REORGANISED=[]):
        yield


def act() -> Any:
    """The act of all that is written here."""
    from dondoc.history.services import Act

    return Act(None, None, None, date(2026, 7, 5), datetime(2026, 7, 5, tzinfo=UTC))


def make(folder: Path) -> None:
    """The province in the present database (migrated and empty), and DuckDB's copy of it in the folder."""
    print("Making a province (once, some minutes) …", file=sys.stderr, flush=True)
    from dondoc.figures import totals

    _plant()
    with duckdb.connect(str(folder / "province.duckdb"), config={"threads": 2}) as duck:
        _copy(duck)
        duck.execute(FIGURES)
        duck.execute(EXPORT % (folder / "figures.csv"))
    _take(folder / "figures.csv")
    (folder / "figures.csv").unlink()
    for step in totals.steps():
        totals.rebuild(*step)
    for month in MONTHS:
        totals.rebuild_due(month)


def _plant() -> None:
    from dondoc.organisations.services import reorganise_together
    from dondoc.organisations.steps import Establish, Move

    steps = [Establish("tinh", "province", "Tỉnh", None)]
    steps += [Establish(f"xa-{n}", "commune", f"Xã {n}", "tinh") for n in range(COMMUNES)]
    steps += [Establish(f"chi-bo-{n}", "cell", f"Chi bộ {n}", f"xa-{n % COMMUNES}") for n in range(CELLS)]
    reorganise_together(steps, decision="QĐ", effective_on=MONTHS[0], act=act())
    moves = [Move(f"chi-bo-{n}", f"xa-{(n + 1) % COMMUNES}") for n in range(COMMUNES)]
    reorganise_together(moves, decision="QĐ", effective_on=MOVED, act=act())


def _copy(duck: Any) -> None:
    from dondoc.organisations.models import Ancestry, Unit

    def table(name: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        duck.execute(f"CREATE TABLE {name} ({columns})")
        unnested = ", ".join(["unnest(?)"] * len(rows[0]))
        duck.execute(f"INSERT INTO {name} SELECT {unnested}", [list(one) for one in zip(*rows, strict=True)])

    cells = Unit.objects.filter(code__startswith="chi-bo-").order_by("pk").values_list("pk")
    ancestry = Ancestry.objects.order_by("pk").values_list("ancestor", "descendant", "valid_from", "valid_to")
    table("cell", "unit BIGINT", list(cells))
    table("ancestry", "ancestor BIGINT, descendant BIGINT, valid_from DATE, valid_to DATE", list(ancestry))
    table("indicator", "indicator VARCHAR, stock BOOLEAN", [(key, key.startswith("stock")) for key in KEYS])
    table("month", "month DATE", [(month,) for month in MONTHS])


def _take(figures: Path) -> None:
    from django.db import connection, transaction

    if connection.vendor == "postgresql":
        # Indexes and keys to other tables are made after the rows, in one go each.
        with transaction.atomic(), connection.cursor() as cursor, figures.open("rb") as rows:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE conrelid = 'figures_figure'::regclass AND contype IN ('f', 'u')"
            )
            keys = cursor.fetchall()
            for key, _ in keys:
                cursor.execute(f'ALTER TABLE figures_figure DROP CONSTRAINT "{key}"')
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'figures_figure' AND indexname NOT IN"
                " (SELECT conname FROM pg_constraint WHERE conrelid = 'figures_figure'::regclass)"
            )
            indexes = cursor.fetchall()
            for index, _ in indexes:
                cursor.execute(f'DROP INDEX "{index}"')
            # The columns that have no value of their own are told by the table's order of columns.
            with cursor.cursor.copy(f"COPY figures_figure ({COLUMNS}) FROM STDIN (FORMAT csv, NULL '-')") as stream:
                shutil.copyfileobj(rows, stream, 1 << 20)
            for _, made in indexes:
                cursor.execute(made)
            for key, made in keys:
                cursor.execute(f'ALTER TABLE figures_figure ADD CONSTRAINT "{key}" {made}')
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('figures_figure', 'id'), (SELECT max(id) FROM figures_figure))"
            )
    else:
        # Indexes are made after the rows, in one go each; what is lost when the power fails is made again.
        plain = connection.cursor().connection
        for pragma in ("synchronous = OFF", "cache_size = -500000", "temp_store = MEMORY"):
            plain.execute(f"PRAGMA {pragma}")
        indexes = plain.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'figures_figure' AND sql IS NOT NULL"
        ).fetchall()
        with transaction.atomic(), figures.open(encoding="utf-8", newline="") as text:
            for index, _ in indexes:
                plain.execute(f'DROP INDEX "{index}"')
            told = ([None if one == "-" else one for one in row] for row in csv.reader(text))
            marks = ", ".join(["?"] * len(COLUMNS.split(",")))
            plain.executemany(f"INSERT INTO figures_figure ({COLUMNS}) VALUES ({marks})", told)
            for _, made in indexes:
                plain.execute(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
