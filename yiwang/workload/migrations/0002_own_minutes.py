"""What says its own time is counted with that."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workload', '0001_load'),
    ]

    operations = [
        migrations.AddField(
            model_name='asked',
            name='minutes',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
