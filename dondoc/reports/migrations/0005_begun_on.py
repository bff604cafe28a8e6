"""Since when something is filled in: of what is there already it is only known that it was so after the report was opened."""

from typing import Any

from django.db import migrations
from django.db.models import F


def date_beginnings(apps: Any, schema_editor: Any) -> None:
    reports = apps.get_model("reports", "Report").objects.using(schema_editor.connection.alias)
    reports.filter(begun=True).update(begun_on=F("opened_on"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_days_and_urgings")]
    operations = [migrations.RunPython(date_beginnings, migrations.RunPython.noop)]
