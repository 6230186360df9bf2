
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_notes_behind_their_case_unnamed_wholes'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='followed',
            field=models.BooleanField(default=False),
        ),
    ]
