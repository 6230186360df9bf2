"""What an outside model said of reports, which nobody changes."""

from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, append_only, inside, wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [('walls', '0001_app_role')]

    operations = [
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('at', models.DateTimeField()),
                ('item', models.BigIntegerField(default=0)),
                ('model', models.CharField(max_length=80)),
                ('milliseconds', models.PositiveIntegerField()),
                ('failed', models.CharField(blank=True, max_length=20)),
            ],
        ),
        wall("opinions_opinion", sees=inside("place"), changes=EVERYWHERE_ONLY),
        append_only("opinions_opinion"),
    ]
