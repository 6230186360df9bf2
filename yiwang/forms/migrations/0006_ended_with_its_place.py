"""A series ends with its place, too: the word for it says both."""

from django.db import migrations, models

STATES = [('asked', 'Asked'), ('withdrawn', 'Withdrawn'), ('stopped', 'Stopped'), ('lapsed', 'Ended with its post or place')]


class Migration(migrations.Migration):

    dependencies = [('forms', '0005_series_and_their_post')]

    operations = [
        migrations.AlterField('form', 'state', models.CharField(choices=STATES, max_length=12, verbose_name='state')),
        migrations.AlterField('series', 'state', models.CharField(choices=STATES, max_length=12)),
    ]
