"""The clock's tick after days off, in processes of its own: undisturbed, killed again and again, and two at once.

    python -m bench.year.again DAY AHEAD

runs what is due up to a day in the database of the environment; AHEAD are seconds by which its clock is ahead, so that it takes over the lease
of a run that was killed, or works although another one does.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parents[2]
STATE = {
    "verdicts": "SELECT o.unit_id, o.code, o.begins_on, o.event, o.verdict, o.done_on, o.last_day, o.judge_on"
    " FROM obligations_obligation o",
    "steps": "SELECT o.unit_id, o.code, o.begins_on, o.event, s.step, s.due_on, s.done_on, s.unit_id, s.audience, s.on_paper"
    " FROM obligations_step s JOIN obligations_obligation o ON o.id = s.obligation_id",
    "judgements": 'SELECT o.unit_id, o.code, o.begins_on, o.event, j.verdict, j."on", j.done_on'
    " FROM obligations_judgement j JOIN obligations_obligation o ON o.id = j.obligation_id",
    "history": "SELECT e.unit, n.day, count(*) FROM history_event e JOIN history_entry n ON n.number = e.entry_id"
    " WHERE e.action = 'obligations.lapsed' GROUP BY 1, 2",
}
"""What must be the same however the tick was run; without the keys, which depend on the order."""


def copy(source: Path, folder: Path) -> Path:
    """The database of a folder in another, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (
        closing(sqlite3.connect(source / "dondoc.sqlite3")) as old,
        closing(sqlite3.connect(folder / "dondoc.sqlite3")) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = WAL")
    return folder


def start(folder: Path, day: date, ahead: int = 0) -> "subprocess.Popen[bytes]":
    """A process that runs what is due in a folder's database."""
    environment = os.environ | {"DONDOC_VAR": str(folder)}
    environment.pop("DONDOC_DATABASE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "bench.year.again", day.isoformat(), str(ahead)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def undisturbed(folder: Path, day: date) -> tuple[float, float]:
    """Seconds that one run keeps the processor busy, so that other programs do not count, and seconds by the clock on the wall."""
    begun, before = perf_counter(), getrusage(RUSAGE_CHILDREN)
    if start(folder, day).wait() != 0:
        raise RuntimeError("The tick did not end.")
    after = getrusage(RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return busy, perf_counter() - begun


def killed(folder: Path, day: date, seconds: float, seed: int, times: int = 6) -> int:
    """Kill it at random points of the time that it needs, start it again, let the last run end; how many were killed while at work."""
    chance = Random(seed)
    count = 0
    for at in range(times):
        run = start(folder, day, ahead=300 * at)
        sleep(seconds * chance.uniform(0.05, 0.25))
        count += run.poll() is None
        run.kill()
        run.wait()
    if start(folder, day, ahead=300 * times).wait() != 0:
        raise RuntimeError("The tick did not end after it had been killed.")
    return count


def together(folder: Path, day: date) -> None:
    """Two runs at once, of which the second believes that the first has lost its lease; then one that finds what they left."""
    runs = [start(folder, day), start(folder, day, ahead=300)]
    for run in runs:
        run.wait()
    if start(folder, day, ahead=900).wait() != 0:
        raise RuntimeError("The tick did not end after two had run at once.")


def state(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a run left, in an order that does not depend on it."""
    with closing(sqlite3.connect(folder / "dondoc.sqlite3")) as rows:
        return {name: sorted(rows.execute(query).fetchall(), key=repr) for name, query in STATE.items()}


def differences(one: Path, other: Path) -> tuple[int, str]:
    """How many rows two runs left differently, and of which kind."""
    left, right = state(one), state(other)
    found = {name: len(set(left[name]) ^ set(right[name])) + abs(len(left[name]) - len(right[name])) for name in STATE}
    return sum(found.values()), ", ".join(f"{name} {count}" for name, count in found.items() if count)


def main(day: date, ahead: int) -> None:
    """Run what is due in the database of the environment."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "dondoc.settings"
    import django

    django.setup()
    from django.utils import timezone

    from dondoc.clock.services import run_to

    run_to(day, clock=lambda: timezone.now() + timedelta(seconds=ahead))


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]), int(sys.argv[2]))
