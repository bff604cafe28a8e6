from django.db import migrations
from django.db.models import F


def take_present_places(apps, schema_editor):
    # Where a value was moved before, nobody knows from where: it counts as found where it stands.
    values = apps.get_model("intake", "DraftValue").objects.filter(found__isnull=False)
    values.update(found_start=F("span_start"), found_end=F("span_end"))


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_found_place")]

    operations = [migrations.RunPython(take_present_places, migrations.RunPython.noop)]
