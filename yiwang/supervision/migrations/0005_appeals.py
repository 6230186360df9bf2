"""Appeals against an overdue mark."""

import django.db.models.deletion
import yiwang.supervision.rules.appeals
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import inside, wall


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_ready_made_roles'),
        ('supervision', '0004_orders'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('case', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('state', models.CharField(choices=[('asked', 'waits for two to agree'), ('seconded', 'one has agreed, waits for another'), ('granted', 'granted: left out of the statistics'), ('refused', 'refused')], max_length=10, verbose_name='state')),
                ('reason', models.TextField(verbose_name='reason')),
                ('asked_by', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('seconded_by', models.CharField(blank=True, max_length=64)),
                ('seconded_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=64)),
                ('decided_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'indexes': [models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['place', 'asked_at'], name='appeal_waiting'), models.Index(fields=['post', '-asked_at'], name='appeal_of_post')],
                'constraints': [models.UniqueConstraint(fields=('county', 'case'), name='case_appealed_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', yiwang.supervision.rules.appeals.Appeal['GRANTED']), _negated=True), models.Q(models.Q(('seconded_by', ''), _negated=True), models.Q(('decided_by', ''), _negated=True), models.Q(('seconded_by', models.F('decided_by')), _negated=True)), _connector='OR'), name='appeal_granted_by_two')],
            },
        ),
        with_county("supervision_appeal", "id"),
        wall("supervision_appeal", sees=inside("place"), changes=inside("place")),
    ]
