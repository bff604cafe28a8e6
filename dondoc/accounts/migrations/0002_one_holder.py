"""At most one person holds a post on a day: an exclusion on PostgreSQL, triggers that say the same on SQLite."""

from typing import Any

from django.db import migrations

NAME = "accounts_term_one_holder"

ANOTHER = """
    NOT NEW.deputising
    AND (NEW.valid_to IS NULL OR NEW.valid_to > NEW.valid_from)
    AND EXISTS (
        SELECT 1 FROM accounts_term other
        WHERE other.post_id = NEW.post_id AND NOT other.deputising AND other.id IS NOT NEW.id
        AND (other.valid_to IS NULL OR (other.valid_to > other.valid_from AND other.valid_to > NEW.valid_from))
        AND (NEW.valid_to IS NULL OR NEW.valid_to > other.valid_from)
    )
"""


def forbid(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(
                f"CREATE TRIGGER {NAME}_{verb.lower()} BEFORE {verb} ON accounts_term WHEN {ANOTHER} "
                "BEGIN SELECT RAISE(ABORT, 'the post is held by another person on these days'); END"
            )
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    schema_editor.execute(
        f"ALTER TABLE accounts_term ADD CONSTRAINT {NAME} EXCLUDE USING gist "
        "(post_id WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (NOT deputising)"
    )


def permit(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {NAME}_{verb}")
    else:
        schema_editor.execute(f"ALTER TABLE accounts_term DROP CONSTRAINT {NAME}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]

    operations = [migrations.RunPython(forbid, permit, elidable=False)]
