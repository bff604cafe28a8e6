from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directives", "0002_folded"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="asked_anew_on",
            field=models.DateField(null=True),
        ),
    ]
