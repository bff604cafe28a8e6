from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_steps'),
    ]

    operations = [
        migrations.AddField(
            model_name='draftvalue',
            name='found_end',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='draftvalue',
            name='found_start',
            field=models.PositiveIntegerField(null=True),
        ),
    ]
