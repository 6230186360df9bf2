"""Rules of sampling, read by everybody; and each draw, which is seen where its case lies."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("walls", "0002_certain_at"),
        ('places', '0005_ready_made_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('turn', models.PositiveSmallIntegerField()),
                ('seq', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('percent', models.PositiveSmallIntegerField()),
                ('lot', models.PositiveSmallIntegerField()),
                ('asked', models.BooleanField()),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None)),
                ('closes_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closes_at__isnull', False)), fields=['county', 'closes_at'], name='draw_closes')],
                'constraints': [models.UniqueConstraint(fields=('number', 'turn', 'county'), name='drawn_once_a_turn'), models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='draw_place_lies_in_its_county'), models.CheckConstraint(condition=models.Q(('lot__lt', 10000)), name='draw_is_a_lot'), models.CheckConstraint(condition=models.Q(models.Q(('asked', True), ('closes_at__isnull', True), models.Q(('reasons', []), _negated=True)), models.Q(('asked', False), ('reasons', [])), _connector='OR'), name='draw_of_who_is_asked_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Sampling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField(default=100, help_text='100: everybody is called back.', verbose_name='percent by lot')),
                ('items', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Codes, separated by commas. A branch stands for all under it.', size=None, verbose_name='always these items')),
                ('minutes', models.PositiveIntegerField(default=0, help_text='0: not asked.', verbose_name='always what was done within minutes of signing')),
                ('of_usual', models.PositiveSmallIntegerField(default=0, help_text='0: not asked.', verbose_name='always what took at most this percent of the item’s usual time')),
                ('of_limit', models.PositiveSmallIntegerField(default=0, help_text='0: not asked.', verbose_name='always what took at most this percent of its limit')),
                ('place', models.ForeignKey(blank=True, help_text='Empty: everywhere in this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county or town')),
            ],
            options={
                'verbose_name': 'sampling of call-backs',
                'verbose_name_plural': 'sampling of call-backs',
                'ordering': ['place_id'],
                'constraints': [models.UniqueConstraint(fields=('place',), name='sampling_once_a_place', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('of_limit__lte', 100), ('of_usual__lte', 100), ('percent__lte', 100)), name='sampling_is_a_share'), models.CheckConstraint(condition=models.Q(('minutes__lte', 10080)), name='sampling_minutes_fit')],
            },
        ),
        with_county("callbacks_draw", "id"),
        wall("callbacks_sampling", sees="true", changes=inside("place_id")),
        wall("callbacks_draw", sees=inside("place"), changes=EVERYWHERE_ONLY),
    ]
