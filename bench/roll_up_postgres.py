"""The rows of `roll_up` on a PostgreSQL that is started for them and removed again."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.row import Row

ROOT = Path(__file__).resolve().parent.parent


def measure() -> list[Row]:
    """The three rows, measured by a program of its own: the database's address is read when a program begins."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        command = [
            sys.executable,
            str(ROOT / "tools" / "with_postgres.py"),
            sys.executable,
            "-m",
            "bench.roll_up",
            "PostgreSQL",
        ]
        environment = os.environ | {"DONDOC_VAR": folder}
        run = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [Row(**row) for row in json.loads(run.stdout.splitlines()[-1])]
