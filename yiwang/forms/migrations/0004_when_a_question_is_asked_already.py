"""From when on two questions are the same, and how long one is remembered: figures of a county."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.policies import inside, wall


class Migration(migrations.Migration):

    dependencies = [('forms', '0003_rounds'), ('places', '0006_names_people_use')]

    operations = [
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField(default=60, help_text='The lower, the more is held to be asked already: from 30 to 100.', verbose_name='likeness from which two questions are the same, in percent')),
                ('days', models.PositiveSmallIntegerField(default=90, verbose_name='days a question is remembered')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
            ],
            options={
                'verbose_name': 'when a question is asked already',
                'verbose_name_plural': 'when questions are asked already',
                'ordering': ['county_id'],
                'constraints': [models.UniqueConstraint(fields=('county',), name='likeness_once_a_county', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 730), ('percent__gte', 30), ('percent__lte', 100)), name='likeness_fits')],
            },
        ),
        wall("forms_likeness", sees="true", changes=inside("county_id")),
    ]
