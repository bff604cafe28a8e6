"""Roll-ups of a whole province in SQLite: a month of everything, one accepted report, one figure. `roll_up_postgres` does the same there.

Beside them: DuckDB summing the same month from its own file with two threads; the plain insertion of the same rows; the same figure by
django-treebeard's descendants and an aggregate of the ORM. Speed counts only where the sums are the same.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from bench import province
from bench.row import Row

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".bench" / f"province-{province.SEED}"
MONTH = date(2026, 3, 1)
NATIVE = """
SELECT a.ancestor, f.indicator, sum(f.value), count(*) FROM figure f JOIN ancestry a ON a.descendant = f.unit
    AND a.valid_from < coalesce(f.ends_on, ?::DATE) AND (a.valid_to IS NULL OR a.valid_to >= coalesce(f.ends_on, ?::DATE))
WHERE NOT f.superseded AND ((f.starts_on >= ? AND f.ends_on <= ?) OR (f."on" >= ? AND f."on" < ?)) AND a.ancestor <> a.descendant
GROUP BY ALL
"""


def wall(work: Callable[[], object], rounds: int) -> float:
    """The median time of one call by the clock on the wall, in milliseconds: a database works in processes and threads of its own."""
    for _ in range(3):
        work()
    times = []
    for _ in range(rounds):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return median(times) * 1000


def begin() -> Path:
    """Set Django up on the database of the environment, else on a SQLite that is kept in .bench; the folder of DuckDB's copy."""
    given = os.environ.get("DONDOC_DATABASE")
    folder = KEPT if given is None else Path(os.environ["DONDOC_VAR"])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DONDOC_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dondoc.settings"
    import django

    django.setup()
    done = folder / "done"
    if not done.exists():
        for old in folder.glob("*.*"):
            if given is None or old.suffix in {".duckdb", ".csv"}:
                old.unlink()
    # A province that was kept may be older than the tables of today.
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"], check=True)
    if not done.exists():
        with province.indicators():
            province.make(folder)
        done.touch()
    return folder


def month(folder: Path, name: str) -> Row:
    """Every unit above others × every indicator, with completeness."""
    import duckdb

    from dondoc.figures.indicators import indicators
    from dondoc.figures.rollup import live, roll_up
    from dondoc.lib.periods import Interval
    from dondoc.organisations.models import UnitParent

    units = sorted(set(UnitParent.objects.values_list("parent", flat=True)))
    days = f"{MONTH:%Y-%m}"
    end = date(MONTH.year, MONTH.month + 1, 1)
    with duckdb.connect(str(folder / "province.duckdb"), read_only=True, config={"threads": 2}) as duck:
        given = [end, end, MONTH, end, MONTH, end]
        theirs = {(unit, key): int(value) for unit, key, value, _ in duck.execute(NATIVE, given).fetchall()}
        ours = {place: one.value for place, one in roll_up(units, province.KEYS, days).items()}
        if ours != theirs:
            raise SystemExit("The roll-up is not the same in both: its speed does not count.")
        native = wall(lambda: duck.execute(NATIVE, given).fetchall(), 15)
    ours_ms = wall(lambda: roll_up(units, province.KEYS, days), 15)
    started = perf_counter()
    live(units, list(indicators().values()), Interval(MONTH, end))
    note = f"{len(units)} units × {len(province.KEYS)} indicators, with completeness; without stored totals {perf_counter() - started:.1f} s"
    return Row(
        f"roll-up of a month, {name}", ours_ms, "ms", "DuckDB, 2 threads", native, 500, largest_ratio=5, note=note
    )


def duckdb_rows(folder: Path, text: str) -> list[tuple[Any, ...]]:
    """The answer of DuckDB's copy."""
    import duckdb

    with duckdb.connect(str(folder / "province.duckdb"), read_only=True) as duck:
        return duck.execute(text).fetchall()


def report(folder: Path, name: str) -> Row:
    """A cell's report of 40 lines for a new month is accepted: what the totals above it cost.

    SQLite's province is kept for the next time, so there nothing is. PostgreSQL's is thrown away, so there each acceptance is a transaction
    of its own, as in an office: in one for all the totals of the province would be written sixty times and never be tidied up.
    """
    from django.db import connection, transaction

    from dondoc.figures import services, totals
    from dondoc.figures.models import Figure
    from dondoc.lib.periods import Interval

    # SQLite works in this process, where other programs do not count.
    clock = process_time if connection.vendor == "sqlite" else perf_counter
    days = Interval(province.NEXT, date(2026, 8, 1))
    lines = [services.Line(key, number) for number, key in enumerate(province.KEYS)]
    folded: list[float] = []
    whole: list[float] = []
    plain: list[float] = []

    @contextmanager
    def timed(*arguments: Any) -> Iterator[None]:
        started = clock()
        with totals.following(*arguments):
            inside = clock()
            yield
            outside = clock()
        folded.append(clock() - outside + inside - started)

    units = [unit for (unit,) in duckdb_rows(folder, "SELECT unit FROM cell ORDER BY hash(unit) LIMIT 60")]
    kept = connection.vendor == "sqlite"
    with transaction.atomic() if kept else nullcontext(), patch.object(services, "following", timed):
        # The first report of a month counts what is expected of it, once.
        for unit in units:
            started = clock()
            made = services.record_figures(unit, lines, days, origin="report", act=province.act())
            whole.append(clock() - started)
            Figure.objects.filter(pk__in=[one.pk for one in made]).delete()
            started = clock()
            Figure.objects.bulk_create(made)
            connection.cursor().execute("SELECT 1")
            plain.append(clock() - started)
        if kept:
            transaction.set_rollback(True)
    note = f"the whole acceptance, record and history included: {median(whole[5:]) * 1000:.1f} ms; the first of a month: {folded[0] * 1000:.0f} ms"
    return Row(
        f"report folded in, {name}",
        median(folded[5:]) * 1000,
        "ms",
        "inserting its 40 rows",
        median(plain[5:]) * 1000,
        5,
        note=note,
    )


def figure(folder: Path, name: str) -> Row:
    """One number of the province, beside the same by a tree of django-treebeard and an aggregate."""
    from django.db import connection, models, transaction
    from django.db.models import Count, Sum
    from treebeard.mp_tree import MP_Node

    from dondoc.figures.models import Figure
    from dondoc.figures.rollup import roll_up
    from dondoc.organisations.models import Unit, UnitParent

    class Node(MP_Node):  # type: ignore[misc]
        unit = models.BigIntegerField(unique=True)

        class Meta:
            app_label = "figures"

    top = Unit.objects.get(code="tinh").pk
    children: dict[int, list[int]] = {}
    for unit, parent in UnitParent.objects.on(MONTH).order_by("unit").values_list("unit", "parent"):
        children.setdefault(parent, []).append(unit)

    def branch(unit: int) -> dict[str, Any]:
        return {"data": {"unit": unit}, "children": [branch(one) for one in children.get(unit, [])]}

    with connection.schema_editor() as editor:
        editor.create_model(Node)
    try:
        with transaction.atomic():
            Node.objects.load_bulk([branch(top)])
        root = Node.objects.get(unit=top)

        def by_treebeard() -> tuple[int, int]:
            rows = Figure.objects.filter(
                unit__in=root.get_descendants().values("unit"), indicator="flow_07", month=MONTH, superseded_at=None
            )
            found = rows.aggregate(total=Sum("value"), reported=Count("pk"))
            return found["total"], found["reported"]

        def by_us() -> tuple[int | None, int]:
            one = roll_up([top], ["flow_07"], f"{MONTH:%Y-%m}")[top, "flow_07"]
            return one.value, one.reported

        if by_us() != by_treebeard():
            raise SystemExit("The figure is not the same in both: its speed does not count.")
        theirs = wall(by_treebeard, 15)
        return Row(
            f"one figure of the province, {name}",
            wall(by_us, 100),
            "ms",
            "django-treebeard and the ORM",
            theirs,
            50,
            largest_ratio=0.1,
            note="ours with completeness",
        )
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Node)


def measure(name: str = "SQLite") -> list[Row]:
    """The three rows."""
    folder = begin()
    with province.indicators():
        return [one(folder, name) for one in (month, report, figure)]


if __name__ == "__main__":
    print(json.dumps([asdict(row) for row in measure(sys.argv[1])]))
