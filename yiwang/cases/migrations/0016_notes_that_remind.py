"""The platform itself notes that a post was reminded of a case."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_overdue_among_the_open'),
    ]

    operations = [
        migrations.AlterField(
            model_name='note',
            name='kind',
            field=models.CharField(choices=[('comment', 'Comment'), ('question', 'Question to the reporter'), ('internal', 'Internal note'), ('urge', 'Urged'), ('instruction', 'Instruction'), ('addition', 'Added by the reporter'), ('reminder', 'Reminded'), ('attempt', 'Not reached'), ('reveal', 'Personal details uncovered')], max_length=12),
        ),
    ]
