from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0005_begun_on"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="report",
            name="begun",
        ),
    ]
