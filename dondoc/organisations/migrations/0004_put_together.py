"""What was recorded before records of one decision named one another: the same decision, days and way of coming make one go."""

from django.db import migrations


def put_together(apps, schema_editor):
    model = apps.get_model("organisations", "Reorganisation")
    first = {}
    for one in model.objects.filter(together=None).order_by("pk").iterator():
        key = one.decision, one.effective_on, one.recorded_on, one.kind == "revoke"
        if key in first:
            model.objects.filter(pk=one.pk).update(together=first[key])
        else:
            first[key] = one.pk


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_together")]
    operations = [migrations.RunPython(put_together, migrations.RunPython.noop)]
