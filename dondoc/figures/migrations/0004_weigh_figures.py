"""Which of the figures that are already there count, and the month that holds them."""

from datetime import timedelta
from typing import Any

from django.db import migrations

ORIGINS = ["report", "event", "import", "article"]


def weigh(apps: Any, schema_editor: Any) -> None:
    figures = apps.get_model("figures", "Figure").objects.using(schema_editor.connection.alias)
    groups: dict[tuple[int, str], list[Any]] = {}
    for one in figures.filter(superseded_at=None).iterator():
        groups.setdefault((one.unit_id, one.indicator), []).append(one)
    for group in groups.values():
        group.sort(key=lambda one: (ORIGINS.index(one.origin), one.qualifier != "exact", -one.pk))
        before: list[Any] = []
        for one in group:
            start, end = days(one)
            touching = [other for other in before if days(other)[0] < end and start < days(other)[1]]
            same = next((other.value for other in before if days(other) == (start, end)), None)
            one.standing = "counts" if not touching else "agrees" if same == one.value else "differs"
            first = start.replace(day=1)
            one.month = first if end <= (first + timedelta(days=31)).replace(day=1) or one.on else None
            before.append(one)
        figures.bulk_update(group, ["standing", "month"])


def days(one: Any) -> tuple[Any, Any]:
    return (one.on, one.on + timedelta(1)) if one.on else (one.starts_on, one.ends_on)


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_standing_and_totals")]
    operations = [migrations.RunPython(weigh, migrations.RunPython.noop)]
