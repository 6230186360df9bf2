"""What was wanting in replies that were sent."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from yiwang.plumbing.walls.policies import append_only, inside, unsealed, wall

_SEEN = f"{inside('place')} AND {unsealed('place', 'sealed')}"


class Migration(migrations.Migration):

    initial = True

    dependencies = [('walls', '0001_app_role')]

    operations = [
        migrations.CreateModel(
            name='Flawed',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'number', 'seq', 'flaw', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('seq', models.PositiveSmallIntegerField()),
                ('flaw', models.CharField(max_length=12)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('post', models.BigIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('sealed', models.BooleanField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['at'], name='flawed_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('flaw__in', ['passed_on', 'vague', 'nothing_done', 'no_date', 'beside', 'personal', 'copy'])), name='flaw_is_known')],
            },
        ),
        wall("replies_flawed", sees=_SEEN, changes=_SEEN),
        append_only("replies_flawed"),
    ]
