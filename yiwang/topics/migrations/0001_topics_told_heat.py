"""Topics, which cases tell of them, how hot each is where; only the platform itself writes them."""

from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, inside_or_above, wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [('walls', '0001_app_role')]

    operations = [
        migrations.CreateModel(
            name='Heat',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'place', 'topic', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('topic', models.BigIntegerField()),
                ('index', models.PositiveSmallIntegerField()),
                ('words', models.JSONField()),
                ('item', models.BigIntegerField(default=0)),
                ('parts', models.JSONField()),
                ('cases', models.PositiveIntegerField()),
                ('recent', models.PositiveIntegerField()),
                ('people', models.PositiveIntegerField()),
                ('communities', models.PositiveIntegerField()),
                ('this_week', models.PositiveIntegerField()),
                ('weekly_before', models.FloatField()),
                ('urgent', models.PositiveIntegerField()),
                ('unsolved', models.PositiveIntegerField()),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('version', models.PositiveSmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'place', '-index'], name='hottest_in_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__regex', '^\\d{6}(\\d{3})?$')), name='heat_is_a_countys_or_a_towns'), models.CheckConstraint(condition=models.Q(('index__lte', 100)), name='heat_is_at_most_100')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('topic', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'topic', 'at'], name='told_of_topic')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='told_place_lies_in_its_county')],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('found_at', models.DateTimeField()),
                ('joined', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['county'], name='topic_of_county')],
            },
        ),
        wall("topics_topic", sees=inside_or_above("county"), changes=EVERYWHERE_ONLY),
        wall("topics_told", sees=inside("place"), changes=EVERYWHERE_ONLY),
        wall("topics_heat", sees=inside("place"), changes=EVERYWHERE_ONLY),
    ]
