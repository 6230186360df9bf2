"""Forms that come round each week or each month: a series, and each form the how-manieth round of it."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import inside, inside_or_above, wall


class Migration(migrations.Migration):

    dependencies = [
        ('forms', '0002_forms_by_due'),
    ]

    operations = [
        migrations.AddField(
            model_name='form',
            name='round',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('every', models.CharField(choices=[('week', 'Each week'), ('month', 'Each month')], max_length=8)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('takes', models.PositiveSmallIntegerField()),
                ('due_time', models.TimeField()),
                ('next_on', models.DateField(null=True)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('withdrawn', 'Withdrawn'), ('stopped', 'Stopped')], max_length=12)),
                ('ended_at', models.DateTimeField(null=True)),
                ('because', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_on__isnull', False)), fields=['county', 'next_on'], name='series_next')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='series_place_lies_in_its_county'), models.CheckConstraint(condition=models.Q(('every__in', ['week', 'month'])), name='series_every_is_known'), models.CheckConstraint(condition=models.Q(('state', 'asked'), models.Q(('state__in', ['withdrawn', 'stopped']), models.Q(('because', ''), _negated=True), ('ended_at__isnull', False), ('next_on__isnull', True)), _connector='OR'), name='series_ended_says_why_and_has_no_next_round')],
            },
        ),
        migrations.AddField(
            model_name='form',
            name='series',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.series'),
        ),
        migrations.AddConstraint(
            model_name='form',
            constraint=models.UniqueConstraint(condition=models.Q(('series__isnull', False)), fields=('county', 'series', 'round'), name='round_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='form',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('round__isnull', True), ('series__isnull', True)), models.Q(('round__gte', 1), ('round__isnull', False), ('series__isnull', False)), _connector='OR'), name='form_in_a_series_is_a_round'),
        ),
        with_county("forms_series", "id"),
        wall("forms_series", sees=inside_or_above("place"), changes=inside("place")),
    ]
