"""What was learned, how far it is trusted, and every proposal with its fate, which nobody changes."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, append_only, inside, unsealed, wall

_SEEN = f"{inside('place')} AND {unsealed('place', 'sealed')}"


class Migration(migrations.Migration):

    initial = True

    dependencies = [('walls', '0001_app_role')]

    operations = [
        migrations.CreateModel(
            name='Fate',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('at', models.DateTimeField()),
                ('version', models.PositiveIntegerField()),
                ('item', models.BigIntegerField()),
                ('rank', models.PositiveSmallIntegerField()),
                ('sealed', models.BooleanField()),
                ('by_itself', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('at', models.DateTimeField()),
                ('version', models.PositiveIntegerField()),
                ('items', models.JSONField()),
                ('alarm', models.CharField(blank=True, max_length=10)),
                ('sealed', models.BooleanField()),
                ('by_itself', models.BooleanField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['at'], name='proposal_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Trust',
            fields=[
                ('place', models.CharField(db_collation='C', max_length=32, primary_key=True, serialize=False, verbose_name='place code')),
                ('likely', models.FloatField(help_text='Between 0.5 and 1, such as 0.95.', verbose_name='from which likelihood on')),
            ],
            options={
                'verbose_name': 'trust in proposals',
                'verbose_name_plural': 'trust in proposals',
                'constraints': [models.CheckConstraint(condition=models.Q(('likely__gte', 0.5), ('likely__lte', 1)), name='trust_is_more_than_a_guess'), models.CheckConstraint(condition=models.Q(('place__regex', '^\\d{6}(\\d{3})?$')), name='trust_is_a_towns_or_a_countys')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='trained')),
                ('examples', models.PositiveIntegerField(verbose_name='learned from')),
                ('items', models.PositiveIntegerField(verbose_name='items')),
                ('held_back', models.PositiveIntegerField(verbose_name='judged by')),
                ('right', models.FloatField(verbose_name='right')),
                ('right_before', models.FloatField(verbose_name='right before it')),
                ('content', models.BinaryField()),
                ('in_use', models.BooleanField(default=False, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'version of what was learned',
                'verbose_name_plural': 'versions of what was learned',
                'constraints': [models.UniqueConstraint(condition=models.Q(('in_use', True)), fields=('in_use',), name='one_version_is_in_use')],
            },
        ),
        # Every process reads what was learned; only who stands everywhere puts something else in its place.
        wall("triage_version", sees="true", changes=EVERYWHERE_ONLY),
        wall("triage_trust", sees="true", changes=inside("place")),
        wall("triage_proposal", sees=_SEEN, changes=_SEEN),
        wall("triage_fate", sees=_SEEN, changes=_SEEN),
        append_only("triage_proposal"),
        append_only("triage_fate"),
    ]
