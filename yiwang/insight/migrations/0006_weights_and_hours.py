"""What a county sets: weights of the ranking, of which every version stays, and hours of publishing."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from yiwang.plumbing.walls.policies import append_only, inside, wall


class Migration(migrations.Migration):

    dependencies = [
        ('insight', '0005_bulletins'),
        ('places', '0005_ready_made_kinds'),
        ('walls', '0001_app_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishingHour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('day', 'day'), ('week', 'week'), ('month', 'month')], max_length=6, verbose_name='kind')),
                ('hour', models.PositiveSmallIntegerField(help_text='0 to 23, in the platform’s own time zone.', verbose_name='hour')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
            ],
            options={
                'verbose_name': 'hour of publishing',
                'verbose_name_plural': 'hours of publishing',
                'ordering': ['county_id', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('county', 'kind'), name='publishing_hour_once_for_a_kind', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('hour__lte', 23)), name='publishing_hour_is_one'), models.CheckConstraint(condition=models.Q(('kind__in', ['day', 'week', 'month'])), name='publishing_hour_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Weighing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(choices=[('units', 'Units'), ('grids', 'Grids')], max_length=6, verbose_name='of what')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('since', models.DateField(help_text='The first day of a month that is not over.', verbose_name='from the month on')),
                ('points', models.JSONField(verbose_name='points')),
                ('set_by', models.CharField(max_length=64)),
                ('set_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='set at')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
            ],
            options={
                'verbose_name': 'weights of the ranking',
                'verbose_name_plural': 'weights of the ranking',
                'ordering': ['of', 'county_id', '-number'],
                'constraints': [models.UniqueConstraint(fields=('county', 'of', 'number'), name='weighing_has_its_version', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('of__in', ['units', 'grids'])), name='weighing_is_of_units_or_grids'), models.CheckConstraint(condition=models.Q(('since__day', 1)), name='weighing_begins_with_a_month')],
            },
        ),
        wall("insight_weighing", sees="true", changes=inside("county_id")),
        append_only("insight_weighing"),
        wall("insight_publishinghour", sees="true", changes=inside("county_id")),
    ]
