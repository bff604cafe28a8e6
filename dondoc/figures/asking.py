"""The one way of the roll-up's texts to the database: PostgreSQL plans each once for a connection, not at every question.

To plan such a text takes it longer than to answer. Elsewhere values are written into the text before it is sent, so that no two are the
same; here they are sent beside it (`prepare_threshold` and `plan_cache_mode` in the settings are for this).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.db import connection


def ask(text: str, given: Sequence[int | date]) -> list[tuple[Any, ...]]:
    """The rows that answer a text with its parameters."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(text, given)
            return list(cursor.fetchall())
    # Imported here, so that whoever uses SQLite does not wait for it at the start.
    from django.db.backends.postgresql import base
    from psycopg.types.numeric import Int8

    connection.ensure_connection()
    # A cursor of the other kind, but Django's own: its queries are counted and its errors are those of other queries.
    kind, door = cast(Any, base.ServerBindingCursor), cast(Any, connection)
    with door._prepare_cursor(kind(connection.connection)) as cursor:
        # A number's type would depend on its size otherwise, and another type makes another text of it.
        cursor.execute(text, [Int8(one) if isinstance(one, int) else one for one in given])
        return list(cursor.fetchall())
