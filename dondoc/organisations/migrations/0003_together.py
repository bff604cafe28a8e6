import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_no_overlaps")]

    operations = [
        migrations.AddField(
            model_name="reorganisation",
            name="together",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="organisations.reorganisation",
            ),
        ),
    ]
