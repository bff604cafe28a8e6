"""What a folder of results knows of itself: from which text, by which reader each record was made, and what could not be read.

A small SQLite file in that folder: it grows on disk, not in memory, and survives a run that is cut off anywhere.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

NAME = ".dondoc-intake.sqlite3"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS made (output TEXT PRIMARY KEY, source TEXT NOT NULL, digest TEXT NOT NULL, "
    "reader TEXT NOT NULL, fault TEXT, run INTEGER NOT NULL)"
)
_COMMIT_SECONDS = 1.0


class Busy(Exception):
    """Another run writes to the same folder."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a file: the digest of what it held then ("" where that says nothing), and why there is no record, if so."""

    digest: str
    fault: str | None


class Kept:
    """The state of a folder of results, for one run at a time. `reader` is the version of reader and content."""

    def __init__(self, folder: Path, reader: str) -> None:
        self.reader = reader
        path = folder / NAME
        try:
            self._open(path)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Busy from None
            raise OSError(str(error)) from error
        except sqlite3.DatabaseError:
            # No state of ours, or a broken one: then everything is read once more.
            self.database.close()
            path.replace(path.with_suffix(".broken"))
            self._open(path)
        self.run: int = self.database.execute("SELECT coalesce(max(run), 0) + 1 FROM made").fetchone()[0]
        self._saved = time.monotonic()

    def _open(self, path: Path) -> None:
        self.database = sqlite3.connect(path, timeout=0, isolation_level=None)
        # Held to the end of the run, so that two runs never write to one folder.
        self.database.execute("PRAGMA locking_mode = EXCLUSIVE")
        self.database.execute("BEGIN EXCLUSIVE")
        self.database.execute(_TABLE)

    def known(self, output: str) -> Made | None:
        """What this version of the reader has made of the file before."""
        row = self.database.execute(
            "SELECT digest, fault FROM made WHERE output = ? AND reader = ? AND digest <> ''",
            (_stored(output), self.reader),
        ).fetchone()
        return Made(*row) if row else None

    def note(self, output: str, source: str, made: Made) -> None:
        """Write down what became of a file; on disk within a second or so."""
        self.database.execute(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?)",
            (_stored(output), _stored(source), made.digest, self.reader, made.fault and _shown(made.fault), self.run),
        )
        if time.monotonic() - self._saved > _COMMIT_SECONDS:
            self.save()

    def save(self) -> None:
        """Bring what was noted to disk."""
        self.database.execute("COMMIT")
        self.database.execute("BEGIN EXCLUSIVE")
        self._saved = time.monotonic()

    def faults(self) -> Iterator[tuple[str, str]]:
        """The files that this run could not read, with the reason, in the order of their names."""
        with closing(self.database.cursor()) as cursor:
            found = cursor.execute(
                "SELECT source, fault FROM made WHERE fault IS NOT NULL AND run = ? ORDER BY source", (self.run,)
            )
            for source, fault in found:
                yield os.fsdecode(source), fault

    def close(self) -> None:
        """Save and let the next run in."""
        self.database.execute("COMMIT")
        self.database.close()


def _stored(name: str) -> str | bytes:
    """The name of a file as SQLite takes it: one that holds bytes that are no letters as bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def _shown(words: str) -> str:
    """Words that may name such a file, in letters alone."""
    return words.encode("utf-8", "replace").decode()
