"""Proves the roll-up on many random trees: the product, plain Python and DuckDB must give the same totals, and stored what is built anew.

    python tools/proof.py [--trees 10000] [--seed proof] [--workers 2] [--minutes 60]

Worlds of a few trees each are made in databases that are thrown away. What a world gave is written down at once in .proof, so that a
run that was stopped, or whose minutes were over, goes on where it was; a changed program begins anew. When all worlds are done the
result is written to docs/proof.md.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
WORLD = 20
BUSY = 1
RESULT = HOME / "docs" / "proof.md"


def program() -> str:
    """A digest of all that the proof rests on."""
    names = (
        "carry",
        "contributions",
        "models",
        "parts",
        "rollup",
        "rules",
        "services",
        "standing",
        "totals",
        "tests/three_ways/*",
    )
    paths = [path for name in names for path in (HOME / "dondoc" / "figures").glob(f"{name}.py")]
    paths = sorted({*paths, *(HOME / "dondoc" / "organisations").rglob("*.py")})
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def begin(template: str) -> None:
    """In a worker: a database of its own."""
    folder = Path(template).parent / str(os.getpid())
    folder.mkdir()
    shutil.copy(template, folder / "proof.sqlite3")
    os.environ |= environment(folder)
    sys.path.insert(0, str(HOME))
    import django

    django.setup()


def environment(folder: Path) -> dict[str, str]:
    """What the settings read."""
    return {
        "DJANGO_SETTINGS_MODULE": "dondoc.settings",
        "DONDOC_VAR": str(folder),
        "DONDOC_DATABASE": f"sqlite:///{folder / 'proof.sqlite3'}",
        "DONDOC_SECRET_KEY": "only for the proof",
    }


def prove(seed: str, trees: int) -> dict[str, Any]:
    """One world, in a worker."""
    from dondoc.figures.tests.three_ways.proof import prove as world

    return {"seed": seed, **asdict(world(seed, trees, BUSY))}


def run(options: argparse.Namespace, kept: Path) -> list[dict[str, Any]]:
    """What all worlds gave, those of earlier runs included."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    done = {row["seed"]: row for row in map(json.loads, kept.read_text("utf-8").splitlines())} if kept.exists() else {}
    worlds = {f"{options.seed} {n}": min(WORLD, options.trees - n * WORLD) for n in range(-(-options.trees // WORLD))}
    ends = time.monotonic() + options.minutes * 60
    room = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  in memory where there is room
    with (
        tempfile.TemporaryDirectory(prefix="dondoc-proof-", dir=room) as name,
        kept.open("a", encoding="utf-8") as notes,
    ):
        folder = Path(name)
        made = [sys.executable, str(HOME / "manage.py"), "migrate", "--verbosity", "0"]
        subprocess.run(made, env=os.environ | environment(folder), check=True)
        for beside in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                (folder / f"proof.sqlite3{beside}").unlink()
        columns = (TextColumn("worlds"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        pool = ProcessPoolExecutor(options.workers, get_context("spawn"), begin, (str(folder / "proof.sqlite3"),))
        with Progress(*columns) as shown, pool:
            task = shown.add_task("", total=len(worlds), completed=len(worlds.keys() & done.keys()))
            waiting = [pool.submit(prove, seed, trees) for seed, trees in worlds.items() if seed not in done]
            for one in as_completed(waiting):
                if one.cancelled():
                    continue
                row = one.result()
                done[row["seed"]] = row
                notes.write(json.dumps(row, ensure_ascii=False) + "\n")
                notes.flush()
                shown.advance(task)
                if time.monotonic() > ends:
                    pool.shutdown(wait=False, cancel_futures=True)
    return [done[seed] for seed in worlds if seed in done]


def written(rows: list[dict[str, Any]], options: argparse.Namespace) -> str:
    """The result as a page of the documentation."""

    def total(field: str) -> str:
        return f"{sum(row[field] for row in rows):,}"

    acts: dict[str, int] = {}
    for row in rows:
        for what, count in row["done"].items():
            acts[what] = acts.get(what, 0) + count
    told = "\n".join(f"| {what} | {count:,} |" for what, count in sorted(acts.items()))
    return f"""# Proof of the roll-up

Made by `make proof` on {datetime.now(UTC):%d/%m/%Y}; seed `{options.seed}`, worlds of {WORLD} trees, program `{program()}`. The rules are in
[algorithms/roll-up.md](algorithms/roll-up.md), the three ways in `dondoc/figures/tests/three_ways/`.

| | |
|---|---|
| trees | {total("trees")} |
| figures in the ledger that hold | {total("figures")} |
| totals computed three ways (unit × indicator × period) | {total("totals")} |
| of them with a number | {total("with_figures")} |
| stored totals compared with totals built anew | {total("stored")} |
| **differences** | **{sum(len(row["differences"]) for row in rows):,}** |

What happened in the trees ("refused": the product would not record it; what is imported as a table comes on top):

| act | times |
|---|---|
{told}
"""


def main() -> int:
    """0 when all worlds are done without a difference, 1 with differences, 2 when time was over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trees", type=int, default=10000)
    parser.add_argument("--seed", default="proof")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=60)
    options = parser.parse_args()
    kept = HOME / ".proof" / f"{options.seed}-{options.trees}-{program()}.jsonl"
    kept.parent.mkdir(exist_ok=True)
    rows = run(options, kept)
    differences = [one for row in rows for one in row["differences"]]
    for one in differences[:10]:
        print(one)
    trees = sum(row["trees"] for row in rows)
    print(f"{trees:,} of {options.trees:,} trees, {len(differences)} differences")
    if trees < options.trees:
        print("Time is over; the same command goes on from here.")
        return 2
    RESULT.write_text(written(rows, options), encoding="utf-8")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
