"""How often is often, read by everybody; and who told often, kept by the platform, seen on the ground of which it was told."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("walls", "0002_certain_at"),
        ('places', '0006_names_people_use'),
    ]

    operations = [
        migrations.CreateModel(
            name='Teller',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('mark', models.BinaryField()),
                ('times', models.PositiveIntegerField()),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'place', '-times', '-id'], name='teller_most_often')],
                'constraints': [models.UniqueConstraint(fields=('county', 'place', 'mark'), name='teller_once_a_place'), models.CheckConstraint(condition=models.Q(('place__regex', '^\\d{6}(\\d{3})?$')), name='teller_is_a_countys_or_a_towns'), models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='teller_lies_in_its_county')],
            },
        ),
        migrations.CreateModel(
            name='Often',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('times', models.PositiveSmallIntegerField(default=3, verbose_name='told so many times')),
                ('months', models.PositiveSmallIntegerField(default=6, verbose_name='within months')),
                ('metres', models.PositiveSmallIntegerField(default=200, help_text='So near the same item is the same demand.', verbose_name='within metres')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
            ],
            options={
                'verbose_name': 'threshold of repeated demands',
                'verbose_name_plural': 'thresholds of repeated demands',
                'ordering': ['county_id'],
                'constraints': [models.UniqueConstraint(fields=('county',), name='often_once_a_county', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('months__gte', 1), ('times__gte', 2)), name='often_is_more_than_once')],
            },
        ),
        with_county("repeats_teller", "id"),
        wall("repeats_often", sees="true", changes=inside("county_id")),
        wall("repeats_teller", sees=inside("place"), changes=EVERYWHERE_ONLY),
    ]
