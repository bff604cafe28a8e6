"""Runs the measurements in this folder, each in a process of its own, prints a table and writes .bench/results.json.

    python -m bench [NAME …]

A measurement is a module with a function `measure() -> Row`, or a list of rows; its name is the module's, with hyphens.
"""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / ".bench" / "results.json"
NAMES = sorted(path.stem.replace("_", "-") for path in HERE.glob("*.py") if "def measure(" in path.read_text("utf-8"))
ONE = "--one"


def measured(name: str) -> list[dict[str, Any]] | None:
    """The rows of one measurement; what went wrong stands on the standard error already."""
    print(f"Measuring {name} …", file=sys.stderr, flush=True)
    run = subprocess.run(
        [sys.executable, "-m", "bench", ONE, name], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False
    )
    return list(json.loads(run.stdout.splitlines()[-1])) if run.returncode == 0 else None


def one(name: str) -> None:
    """Measure here and print the rows."""
    measured_here = importlib.import_module(f"bench.{name.replace('-', '_')}").measure()
    fields = (
        "name",
        "value",
        "unit",
        "yardstick",
        "yardstick_value",
        "ratio",
        "demanded",
        "largest_ratio",
        "note",
        "ok",
    )
    told = []
    for row in measured_here if isinstance(measured_here, list) else [measured_here]:
        values = {field: getattr(row, field) for field in fields}
        told.append({field: round(v, 3) if isinstance(v, float) else v for field, v in values.items()})
    print(json.dumps(told))


def table(rows: list[dict[str, Any]]) -> Table:
    """The rows as a person reads them."""
    shown = Table()
    for head in ("name", "value", "demanded", "yardstick", "of yardstick", "ok"):
        shown.add_column(head, justify="left" if head in {"name", "yardstick"} else "right")
    for row in rows:
        unit = row["unit"]
        shown.add_row(
            row["name"],
            f"{row['value']:.3g} {unit}",
            f"{row['demanded']:.3g} {unit}",
            f"{row['yardstick']}: {row['yardstick_value']:.3g} {unit}",
            f"{row['ratio']:.2f} ×" + (f" (at most {row['largest_ratio']:.2f})" if row.get("largest_ratio") else ""),
            "yes" if row["ok"] else "NO",
        )
        if row.get("note"):
            shown.add_row("", "", "", row["note"], "", "")
    return shown


def main(wanted: list[str]) -> int:
    """1 if a demand is not met or a measurement did not end."""
    if wanted[:1] == [ONE]:
        one(wanted[1])
        return 0
    unknown = sorted(set(wanted) - set(NAMES))
    if unknown:
        print(f"No measurement {', '.join(unknown)}. There are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    names = wanted or NAMES
    results = [measured(name) for name in names]
    rows = [row for found in results for row in found or ()]
    # A run of one row leaves the others as they were measured last.
    kept = json.loads(RESULTS.read_text("utf-8")) if wanted and RESULTS.exists() else []
    merged = {row["name"]: row for row in [*kept, *rows]}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(list(merged.values()), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    Console().print(table(rows))
    return 0 if None not in results and all(row["ok"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
