"""Setting the database's own guards aside, for emptying all tables at once; nothing else may do that."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from .models import Entry, Event, Reading, ReadingBatch

GUARDED = [model._meta.db_table for model in (Event, Entry, Reading, ReadingBatch)]


@contextmanager
def unguarded() -> Iterator[None]:
    """The guards of append-only tables are off inside, and on again after."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(GUARDED))
            cursor.execute(
                f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",  # noqa: S608
                GUARDED,
            )
            guards: list[tuple[str, str]] = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                for _, sql in guards:
                    cursor.execute(sql)
        return
    with transaction.atomic():
        # A failure inside takes the whole back, the guards' absence too.
        _user_triggers("DISABLE")
        yield
        _user_triggers("ENABLE")


def _user_triggers(verb: str) -> None:
    with connection.cursor() as cursor:
        # A table with checks still to come cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            cursor.execute(f'ALTER TABLE "{table}" {verb} TRIGGER USER')
