"""Months as everybody may have them: seen by all, made by the platform, never changed."""

from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, append_only, wall


class Migration(migrations.Migration):

    dependencies = [
        ('insight', '0006_weights_and_hours'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenMonth',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'first', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('first', models.DateField()),
                ('version', models.PositiveSmallIntegerField()),
                ('lines', models.JSONField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'open month',
                'verbose_name_plural': 'open months',
            },
        ),
        wall("insight_openmonth", sees="true", changes=EVERYWHERE_ONLY),
        append_only("insight_openmonth"),
    ]
