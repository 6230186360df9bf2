"""The log of the duty shift: its shifts, and its entries, which nobody changes."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import append_only, inside, wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0005_ready_made_roles'),
        ('walls', '0001_app_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32, verbose_name='desk')),
                ('state', models.CharField(choices=[('on_duty', 'On duty'), ('handed_over', 'Handed over, not read yet'), ('taken_over', 'Taken over')], max_length=12, verbose_name='state')),
                ('keeper', models.CharField(max_length=64)),
                ('opened_at', models.DateTimeField(verbose_name='came on duty')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='handed over')),
                ('follows', models.BigIntegerField(null=True)),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': 'duty shift',
                'verbose_name_plural': 'duty shifts',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('happened', 'Noted'), ('call', 'Call received'), ('urgent', 'Urgent matter'), ('handed_over', 'Handing over'), ('taken_over', 'Taking over')], max_length=12)),
                ('author', models.CharField(max_length=64)),
                ('text', models.TextField(blank=True)),
                ('case', models.BigIntegerField(null=True)),
                ('matters', models.JSONField(null=True)),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('shift', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='shifts.shift')),
            ],
            options={
                'verbose_name': 'entry of the log',
                'verbose_name_plural': 'entries of the log',
            },
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(fields=['place', '-opened_at'], name='shift_at_desk'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['on_duty', 'handed_over', 'taken_over'])), name='shift_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'taken_over'), _negated=True), fields=('county', 'place'), name='desk_has_one_shift'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'on_duty'), ('ended_at__isnull', False), _connector='OR'), name='shift_handed_over_says_when'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['shift'], name='entry_of_shift'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'handed_over'), _negated=True), ('matters__isnull', False), _connector='OR'), name='hand_over_says_what_is_open'),
        ),
        with_county("shifts_entry", "id"),
        wall("shifts_shift", sees=inside("place"), changes=inside("place")),
        wall("shifts_entry", sees=inside("place"), changes=inside("place")),
        append_only("shifts_entry"),
    ]
