"""A copy of the database to try something out on, so that nobody waits for it who writes meanwhile.

SQLite has one writer at a time: a trial in the database itself would keep everybody else from writing as long as it takes. PostgreSQL locks
only the rows that are touched, and needs no copy.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def aside() -> Iterator[None]:
    """Everything that this thread reads and writes inside goes to a copy that is thrown away; on PostgreSQL, and inside of a
    transaction, which a copy could not see whole, to the database itself."""
    real = connections[DEFAULT_DB_ALIAS]
    if real.vendor != "sqlite" or real.in_atomic_block:
        yield
        return
    real.ensure_connection()
    with TemporaryDirectory(prefix="trial-", dir=settings.VAR) as folder:
        place = Path(folder) / "copy.sqlite3"
        with closing(sqlite3.connect(place)) as copy:
            real.connection.backup(copy)
        trial = real.copy()
        trial.settings_dict["NAME"] = str(place)
        connections[DEFAULT_DB_ALIAS] = trial
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = real
            trial.close()
