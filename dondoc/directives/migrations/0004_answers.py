import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0003_asked_anew"),
        ("organisations", "0002_no_overlaps"),
    ]

    operations = [
        migrations.AddField(
            model_name="roledecision",
            name="answers",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.reorganisation",
            ),
        ),
    ]
