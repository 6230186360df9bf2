"""How long things take, read by everybody; and what was asked, seen on the worker's ground."""

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
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('week', models.DateField()),
                ('person', models.BigIntegerField()),
                ('post', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('report', 'report'), ('check', 'check'), ('task', 'task'), ('answer', 'answer'), ('form', 'form')], max_length=10)),
                ('unit', models.BigIntegerField()),
                ('times', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'week', 'person', 'kind', 'unit'), name='asked_once_a_line'), models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='asked_place_lies_in_its_county')],
            },
        ),
        migrations.CreateModel(
            name='Twice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('week', models.DateField()),
                ('person', models.BigIntegerField()),
                ('case', models.BigIntegerField()),
                ('how', models.CharField(choices=[('questions', 'questions'), ('given', 'given')], max_length=12)),
                ('times', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'week', 'person', 'case', 'how'), name='asked_twice_once')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.PositiveSmallIntegerField(default=5, verbose_name='minutes for a report')),
                ('check_minutes', models.PositiveSmallIntegerField(default=15, verbose_name='minutes for a check')),
                ('task', models.PositiveSmallIntegerField(default=45, verbose_name='minutes for a task')),
                ('answer', models.PositiveSmallIntegerField(default=5, verbose_name='minutes for an answer')),
                ('form', models.PositiveSmallIntegerField(default=15, verbose_name='minutes for a form')),
                ('most', models.PositiveSmallIntegerField(default=1200, help_text='0: no limit.', verbose_name='most minutes a week')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
            ],
            options={
                'verbose_name': 'minutes and limit of load',
                'verbose_name_plural': 'minutes and limits of load',
                'ordering': ['county_id'],
                'constraints': [models.UniqueConstraint(fields=('county',), name='minutes_once_a_county', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('check_minutes__lte', 480), ('report__lte', 480), ('task__lte', 480), ('answer__lte', 480), ('form__lte', 480), ('most__lte', 10080)), name='minutes_fit')],
            },
        ),
        with_county("workload_asked", "id"),
        with_county("workload_twice", "id"),
        wall("workload_minutes", sees="true", changes=inside("county_id")),
        wall("workload_asked", sees=inside("place"), changes=EVERYWHERE_ONLY),
        wall("workload_twice", sees=inside("place"), changes=EVERYWHERE_ONLY),
    ]
