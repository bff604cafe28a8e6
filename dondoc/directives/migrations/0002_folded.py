from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directives", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="directive",
            name="folded",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
