"""No two rows of one unit hold on the same day: exclusion constraints on PostgreSQL, triggers on SQLite.

SQLite makes a table anew to alter a field and loses the triggers with the old one: such a migration must be followed by one that
makes them again.
"""

from django.db import migrations

# Table → the columns that one row a day belongs to.
TABLES = {
    "organisations_unitname": ["unit_id"],
    "organisations_unitkind": ["unit_id"],
    "organisations_unitparent": ["unit_id"],
    "organisations_ancestry": ["ancestor_id", "descendant_id"],
}

TRIGGER = """
CREATE TRIGGER {table}_no_overlap_{verb} BEFORE {event} ON {table}
WHEN EXISTS (
    SELECT 1 FROM {table} AS other
    WHERE {same} AND other.id IS NOT NEW.id
      AND (other.valid_to IS NULL OR other.valid_to > NEW.valid_from)
      AND (NEW.valid_to IS NULL OR other.valid_from < NEW.valid_to)
)
BEGIN SELECT RAISE(ABORT, '{table}: two rows hold on one day'); END
"""


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        for table, columns in TABLES.items():
            same = ", ".join(f"{column} WITH =" for column in columns)
            schema_editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap "
                f"EXCLUDE USING gist ({same}, daterange(valid_from, valid_to) WITH &&)"
            )
    elif schema_editor.connection.vendor == "sqlite":
        for table, columns in TABLES.items():
            same = " AND ".join(f"other.{column} = NEW.{column}" for column in columns)
            for verb, event in (("insert", "INSERT"), ("update", "UPDATE")):
                schema_editor.execute(TRIGGER.format(table=table, verb=verb, event=event, same=same))


def allow(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap")
        elif schema_editor.connection.vendor == "sqlite":
            for verb in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_overlap_{verb}")


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_first")]
    operations = [migrations.RunPython(forbid, allow)]
