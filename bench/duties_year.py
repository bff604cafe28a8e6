"""A province-year of duties (bench/year/README.md): what was flagged, when, to how many, what was false; and the tick after thirty days off.

65 communes and 900 cells. The truth is the generator's own and knows nothing of the product.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from bench.row import Row
from bench.year import again
from bench.year.generate import SEED, generate
from bench.year.workdays import LAST

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".bench" / "duties-year"
OFF_SINCE, OFF_DAYS = date(2026, 6, 10), 30
"""The clock stands still over the end of a month, of a quarter and of the first half."""
UNTIL = LAST - timedelta(days=5)
"""What is due later is not compared: it may be made good after the play's end."""


def measure() -> list[Row]:
    """The year in SQLite, then the thirty days in processes of their own."""
    folder, database = KEPT / "files", KEPT / "year"
    shutil.rmtree(KEPT, ignore_errors=True)
    database.mkdir(parents=True)
    os.environ["DONDOC_VAR"] = str(database)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dondoc.settings"
    os.environ.pop("DONDOC_DATABASE", None)
    import django

    django.setup()
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"], check=True)
    generate(folder, SEED)
    _play(folder, database)
    return [*_told(folder), *_off()]


def _play(folder: Path, database: Path) -> None:
    from django.db import connection
    from django.test import override_settings

    from bench.year.compare import save
    from bench.year.load import Play

    print("Playing a year (some minutes) …", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        # What is lost when the power fails is played again.
        cursor.execute("PRAGMA synchronous = OFF")

    def told(day: date) -> None:
        if day == OFF_SINCE:
            again.copy(database, KEPT / "off")

    with override_settings(TICK_STEPS=["dondoc.obligations.tick.step"]):
        play = Play(folder)
        play.live(LAST, told)
    save(play.meetings, KEPT / "meetings.json")


def _told(folder: Path) -> list[Row]:
    from bench.year.compare import compare, kept, middle

    found = compare(folder, kept(KEPT / "meetings.json"), UNTIL)
    (KEPT / "differences.txt").write_text("\n".join(found.told), encoding="utf-8")
    counts = Counter(truth for truth, _ in found.confusion.elements())
    table = "; ".join(f"{name} {count}" for name, count in counts.most_common())
    wrong = [
        f"{truth} taken for {said} {count}" for (truth, said), count in sorted(found.confusion.items()) if truth != said
    ]
    lies = sum(count for lie, count in found.forged.items() if lie != "plausible")
    caught, forged = found.caught.total(), found.forged.total()
    by_lie = ", ".join(f"{lie} {found.caught[lie]}/{count}" for lie, count in sorted(found.forged.items()))
    of_kind = ", ".join(
        f"{kind} {middle(counts):g} (at most {max(counts)})" for kind, counts in sorted(found.items_of.items())
    )
    owed, lapses = found.obligations, found.lapses
    return [
        Row("duties: verdicts that differ from the truth", found.wrong, "", "times owed", owed, 0, note="; ".join([table, *wrong])),
        Row("duties: lapses not flagged", found.unflagged + found.unjudged, "", "lapses", lapses, 0,
            note=f"{found.unflagged} without a verdict, {found.unjudged} without a warning"),
        Row("duties: end of grace to first warning, at most", max(found.waits), "days", "at the median", middle(found.waits), 1),
        Row("duties: false warnings", found.false, "", "times owed", owed, 0),
        Row("duties: items of a person's digest, median", middle(found.items), "", "at most", max(found.items), 5, note=f"one digest a day, {len(found.items)} in the year; {of_kind}"),
        Row("duties: decline to the superior's list, median", middle(found.declines), "days", "yearly review", middle(found.reviews), 365, 1.0,
            note=f"{len(found.declines)} of {len(found.reviews)} units in decline, the slowest after {max(found.declines, default=0)} days"),
        Row("duties: invented records not caught", 100 * (forged - caught) / forged, "%", "plausible on purpose",
            100 * (forged - lies) / forged, 100, note=f"{by_lie}; {found.doubted_wrongly} true meetings doubted"),
    ]  # fmt: skip


def _off() -> list[Row]:
    day = OFF_SINCE + timedelta(days=OFF_DAYS)
    once, shot, two = KEPT / "once", KEPT / "killed", KEPT / "two"
    for one in (once, shot, two):
        again.copy(KEPT / "off", one)
    seconds, wall = again.undisturbed(once, day)
    kills = again.killed(shot, day, wall, SEED)
    again.together(two, day)
    by_kill, of_kill = again.differences(once, shot)
    by_two, of_two = again.differences(once, two)
    before, after = again.state(KEPT / "off"), again.state(once)
    written = {name: len(rows) - len(before[name]) for name, rows in after.items()}
    plain = _insertion([row for name in ("steps", "judgements") for row in set(after[name]) - set(before[name])])
    new = written["steps"] + written["judgements"]
    return [
        Row("duties: tick after 30 days off", seconds, "s", "plain insertion of its rows", plain, 60,
            note=f"{written['verdicts']} duties opened, {written['judgements']} verdicts, {written['steps']} steps; all steps of the clock; {wall:.0f} s by the clock on the wall"),
        Row("duties: rows that differ after being killed", by_kill, "", "rows written", new, 0, note=f"killed {kills} times {of_kill}"),
        Row("duties: rows that differ after two at once", by_two, "", "rows written", new, 0, note=of_two),
    ]  # fmt: skip


def _insertion(rows: list[tuple[object, ...]]) -> float:
    """Seconds that the plain insertion of rows takes, as text, in one transaction."""
    target = KEPT / "plain.sqlite3"
    target.unlink(missing_ok=True)
    begun = perf_counter()
    with closing(sqlite3.connect(target)) as plain:
        plain.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, content TEXT)")
        plain.executemany("INSERT INTO row (content) VALUES (?)", ((json.dumps(row),) for row in rows))
        plain.commit()
    return perf_counter() - begun
