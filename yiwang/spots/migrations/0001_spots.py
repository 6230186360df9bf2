"""Lookouts, read by everybody; hot spots and what gathers there, written by the platform itself only."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("walls", "0002_certain_at"),
        ('catalogue', '0003_four_boards'),
        ('places', '0006_names_people_use'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gathered',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('spot', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'spot'], name='gathered_at_spot')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='gathered_lies_in_its_county')],
            },
        ),
        migrations.CreateModel(
            name='Spot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('board', models.CharField(blank=True, max_length=40)),
                ('item', models.BigIntegerField()),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('metres', models.PositiveIntegerField()),
                ('days', models.PositiveSmallIntegerField()),
                ('cases', models.PositiveIntegerField()),
                ('usual', models.FloatField()),
                ('expected', models.FloatField()),
                ('last_year', models.PositiveIntegerField(null=True)),
                ('chance', models.FloatField()),
                ('found_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('gone_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('gone_at', None)), fields=['county', 'place'], name='spot_in_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='spot_place_lies_in_its_county'), models.CheckConstraint(condition=models.Q(('chance__range', (0, 1))), name='spot_chance_is_a_share')],
            },
        ),
        migrations.CreateModel(
            name='Lookout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metres', models.PositiveSmallIntegerField(default=150, verbose_name='within metres')),
                ('fewest', models.PositiveSmallIntegerField(default=6, help_text='0: not looked for.', verbose_name='cases at least')),
                ('days', models.PositiveSmallIntegerField(default=28, verbose_name='within days')),
                ('past_days', models.PositiveSmallIntegerField(default=364, verbose_name='compared with days before')),
                ('board', models.ForeignKey(blank=True, help_text='With neither board nor item: for every board, each for itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.board', verbose_name='board')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
                ('item', models.ForeignKey(blank=True, help_text='It and all under it are then looked at apart from their board.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.item', verbose_name='item')),
            ],
            options={
                'verbose_name': 'lookout for hot spots',
                'verbose_name_plural': 'lookouts for hot spots',
                'ordering': ['county_id', 'board_id', 'item_id'],
                'constraints': [models.UniqueConstraint(fields=('county', 'board', 'item'), name='lookout_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('board__isnull', True), ('item__isnull', True), _connector='OR'), name='lookout_is_of_a_board_or_an_item')],
            },
        ),
        with_county("spots_spot", "id"),
        wall("spots_lookout", sees="true", changes=inside("county_id")),
        wall("spots_spot", sees=inside("place"), changes=EVERYWHERE_ONLY),
        wall("spots_gathered", sees=inside("place"), changes=EVERYWHERE_ONLY),
    ]
