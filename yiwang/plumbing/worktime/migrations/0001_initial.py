
import django.contrib.postgres.fields
import yiwang.plumbing.worktime.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Year',
            fields=[
                ('number', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='year')),
                ('source', models.CharField(max_length=100, verbose_name='source')),
            ],
            options={
                'verbose_name': 'year with a statutory calendar',
                'verbose_name_plural': 'years with a statutory calendar',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Day',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(blank=True, db_collation='C', max_length=32, verbose_name='place code')),
                ('date', models.DateField(verbose_name='date')),
                ('kind', models.CharField(choices=[('holiday', 'Holiday'), ('working', 'Working day in exchange'), ('special', 'Special hours')], max_length=8, verbose_name='kind')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('spans', models.CharField(blank=True, max_length=200, verbose_name='working hours')),
                ('imported', models.BooleanField(default=False, editable=False, verbose_name='imported')),
            ],
            options={
                'verbose_name': 'odd day',
                'verbose_name_plural': 'odd days',
                'ordering': ['date', 'ground'],
                'constraints': [models.UniqueConstraint(fields=('ground', 'date'), name='odd_day_once_a_ground'), models.CheckConstraint(condition=models.Q(('ground__regex', '^[0-9A-Z]{0,32}$')), name='odd_day_ground_is_a_code'), models.CheckConstraint(condition=models.Q(('kind__in', ['holiday', 'working', 'special'])), name='odd_day_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'special'), ('spans__regex', '^([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d( ([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d)*$')), models.Q(models.Q(('kind', 'special'), _negated=True), ('spans', '')), _connector='OR'), name='odd_day_has_hours_if_special')],
            },
        ),
        migrations.CreateModel(
            name='Hours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(blank=True, db_collation='C', max_length=32, verbose_name='place code')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('spans', models.CharField(help_text='Such as 08:30-12:00 13:30-18:00.', max_length=200, verbose_name='working hours')),
                ('weekend', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=yiwang.plumbing.worktime.models.usual_weekend, help_text='The days nobody works: 1 is Monday, 7 is Sunday.', size=None, verbose_name='weekend')),
                ('zone', models.CharField(default='Asia/Shanghai', max_length=60, verbose_name='time zone')),
            ],
            options={
                'verbose_name': 'working hours',
                'verbose_name_plural': 'working hours',
                'ordering': ['ground', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('ground', 'valid_from'), name='hours_once_a_ground_and_day'), models.CheckConstraint(condition=models.Q(('ground__regex', '^[0-9A-Z]{0,32}$')), name='hours_ground_is_a_code'), models.CheckConstraint(condition=models.Q(('spans__regex', '^([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d( ([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d)*$')), name='hours_are_spans'), models.CheckConstraint(condition=models.Q(('weekend__contained_by', [1, 2, 3, 4, 5, 6, 7]), models.Q(('weekend__contains', [1, 2, 3, 4, 5, 6, 7]), _negated=True)), name='hours_leave_a_working_day')],
            },
        ),
    ]
