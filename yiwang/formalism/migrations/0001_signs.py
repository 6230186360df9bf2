"""Thresholds of signs, how photos look, from where ratings came, and the signs, which are never changed."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, append_only, inside, wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("walls", "0002_certain_at"),
        ('places', '0005_ready_made_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('seq', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'sha256', 'at'], name='evidence_of_content')],
                'constraints': [models.UniqueConstraint(fields=('number', 'seq', 'sha256', 'county'), name='evidence_brought_once')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('looks', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['keys'], name='picture_by_look')],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('certain_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='signs_have_one_progress')],
            },
        ),
        migrations.CreateModel(
            name='Rated',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('seq', models.PositiveSmallIntegerField()),
                ('mark', models.BinaryField()),
                ('person', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('number', 'seq', 'county'), name='rated_from_somewhere_once')],
            },
        ),
        migrations.CreateModel(
            name='Sign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('kind', models.CharField(choices=[('quick', 'quick'), ('photo', 'photo'), ('again', 'again'), ('device', 'device')], max_length=10)),
                ('number', models.BigIntegerField()),
                ('seq', models.PositiveSmallIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('post', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('figures', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['county', '-at', '-id'], name='sign_newest')],
                'constraints': [models.UniqueConstraint(fields=('number', 'seq', 'kind', 'county'), name='sign_noticed_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['quick', 'photo', 'again', 'device'])), name='sign_kind_is_known'), models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='sign_place_lies_in_its_county')],
            },
        ),
        migrations.CreateModel(
            name='Tolerances',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField(default=5, help_text='0: not looked for.', verbose_name='finished within minutes of signing')),
                ('bits', models.PositiveSmallIntegerField(default=8, help_text='0: not looked for.', verbose_name='photos that differ in at most so many of 64 bits')),
                ('photo_days', models.PositiveSmallIntegerField(default=365, verbose_name='days for which a photo is remembered')),
                ('times', models.PositiveSmallIntegerField(default=3, help_text='0: not looked for.', verbose_name='closed so many times at the same place')),
                ('metres', models.PositiveSmallIntegerField(default=50, verbose_name='within metres')),
                ('days', models.PositiveSmallIntegerField(default=30, verbose_name='within days')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
            ],
            options={
                'verbose_name': 'threshold of signs',
                'verbose_name_plural': 'thresholds of signs',
                'ordering': ['county_id'],
                'constraints': [models.UniqueConstraint(fields=('county',), name='tolerances_once_a_county', nulls_distinct=False)],
            },
        ),
        with_county("formalism_evidence", "id"),
        with_county("formalism_rated", "id"),
        with_county("formalism_sign", "id"),
        append_only("formalism_rated"),
        append_only("formalism_sign"),
        wall("formalism_tolerances", sees="true", changes=inside("county_id")),
        wall("formalism_sign", sees=inside("place"), changes=EVERYWHERE_ONLY),
        *(
            wall(f"formalism_{table}", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY)
            for table in ("picture", "evidence", "rated", "progress")
        ),
    ]
