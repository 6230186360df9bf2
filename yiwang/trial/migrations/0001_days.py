"""Days that were played."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Day',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('begun_at', models.DateTimeField()),
                ('begun_by', models.CharField(max_length=64)),
                ('beats', models.PositiveIntegerField(default=0)),
                ('reports', models.PositiveIntegerField(default=0)),
                ('moves', models.PositiveIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('over', 'over'), ('stopped', 'stopped'), ('real', 'real')], max_length=10)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('county',), name='one_day_is_played_at_a_time'), models.CheckConstraint(condition=models.Q(('minutes__in', (5, 15, 60))), name='day_has_a_known_speed'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ending', '')), models.Q(('ended_at__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='ended_day_says_why')],
            },
        ),
    ]
