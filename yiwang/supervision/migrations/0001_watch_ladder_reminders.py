"""The clock of each case, the ladder, who was reminded, and which limits were passed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0003_four_boards'),
        ('people', '0005_ready_made_roles'),
        ('places', '0005_ready_made_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Overrun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('case', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('stage', models.CharField(max_length=10)),
                ('round', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('noted_at', models.DateTimeField()),
                ('post', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'case', 'stage', 'round'), name='overrun_noted_once')],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('certain_at', models.DateTimeField()),
                ('walked', models.BigIntegerField(null=True)),
                ('followed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='following_has_one_progress')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('steps', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(blank=True, max_length=10)),
                ('round', models.DateTimeField(null=True)),
                ('since', models.DateTimeField()),
                ('soon_at', models.DateTimeField(null=True)),
                ('pressing_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('climbed', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('overruns', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['county', 'next_at'], name='watch_next'), models.Index(condition=models.Q(('overruns__gt', 0)), fields=['place', '-overruns'], name='watch_overrun')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='watch_place_lies_in_its_county'), models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('next_at__isnull', True), ('pressing_at__isnull', True), ('soon_at__isnull', True)), models.Q(('due_at__isnull', False), ('pressing_at__isnull', False), ('round__isnull', False), ('soon_at__isnull', False)), _connector='OR'), name='watch_of_a_limit_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('case', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('stage', models.CharField(max_length=10)),
                ('round', models.DateTimeField()),
                ('rung', models.BigIntegerField()),
                ('percent', models.PositiveSmallIntegerField()),
                ('level', models.CharField(choices=[('handler', 'who has it'), ('head', 'head of their unit'), ('centre', 'head of the command centre'), ('leader', 'leader of the town'), ('county', 'the county')], max_length=10)),
                ('silent', models.CharField(blank=True, choices=[('handler', 'who has it'), ('head', 'head of their unit'), ('centre', 'head of the command centre'), ('leader', 'leader of the town'), ('county', 'the county')], max_length=10)),
                ('meant_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('answer_by', models.DateTimeField(null=True)),
                ('passed_on_at', models.DateTimeField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('acknowledged_by', models.CharField(blank=True, max_length=64)),
                ('lapsed_at', models.DateTimeField(null=True)),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('acknowledged_at__isnull', True), ('lapsed_at__isnull', True)), fields=['post', '-at'], name='reminder_waiting')],
                'constraints': [models.UniqueConstraint(fields=('county', 'case', 'stage', 'round', 'rung', 'silent'), name='rung_climbed_once'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', True), ('acknowledged_by', '')), models.Q(('acknowledged_at__isnull', False), models.Q(('acknowledged_by', ''), _negated=True)), _connector='OR'), name='reminder_acknowledged_says_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='Rung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urgency', models.CharField(blank=True, choices=[('routine', 'Routine'), ('soon', 'Soon'), ('urgent', 'Urgent'), ('emergency', 'Emergency')], help_text='Empty: every urgency.', max_length=10, verbose_name='urgency')),
                ('stage', models.CharField(blank=True, choices=[('sign_for', 'Sign for'), ('handle', 'Deal with'), ('check', 'Look whether it is done'), ('call_back', 'Ask the reporter')], help_text='Empty: every stage.', max_length=10, verbose_name='stage')),
                ('level', models.CharField(choices=[('handler', 'who has it'), ('head', 'head of their unit'), ('centre', 'head of the command centre'), ('leader', 'leader of the town'), ('county', 'the county')], max_length=10, verbose_name='who is told')),
                ('percent', models.PositiveSmallIntegerField(help_text='0: at once. 100: when it is overdue. 150: half as long again.', verbose_name='at percent of the time')),
                ('answer_minutes', models.PositiveIntegerField(blank=True, help_text='If nobody has by then, the next level is told so. Empty: need not be acknowledged.', null=True, verbose_name='to be acknowledged within minutes')),
                ('board', models.ForeignKey(blank=True, help_text='Empty: every board.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.board', verbose_name='board')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
            ],
            options={
                'verbose_name': 'rung of the ladder',
                'verbose_name_plural': 'rungs of the ladder',
                'ordering': ['county_id', 'urgency', 'board_id', 'percent', 'id'],
                'constraints': [models.UniqueConstraint(fields=('county', 'board', 'urgency', 'stage', 'level', 'percent'), name='rung_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('percent__lte', 1000)), name='rung_percent_fits'), models.CheckConstraint(condition=models.Q(('answer_minutes__isnull', True), ('answer_minutes__range', (1, 10080)), _connector='OR'), name='rung_minutes_fit'), models.CheckConstraint(condition=models.Q(('level__in', ['handler', 'head', 'centre', 'leader', 'county'])), name='rung_level_is_known'), models.CheckConstraint(condition=models.Q(('urgency__in', ['', 'routine', 'soon', 'urgent', 'emergency'])), name='rung_urgency_is_known'), models.CheckConstraint(condition=models.Q(('stage__in', ['', 'sign_for', 'handle', 'check', 'call_back'])), name='rung_stage_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Shares',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soon', models.PositiveSmallIntegerField(verbose_name='yellow from percent')),
                ('pressing', models.PositiveSmallIntegerField(verbose_name='orange from percent')),
                ('board', models.ForeignKey(blank=True, help_text='Empty: every board.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.board', verbose_name='board')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
            ],
            options={
                'verbose_name': 'colours of time',
                'verbose_name_plural': 'colours of time',
                'ordering': ['county_id', 'board_id'],
                'constraints': [models.UniqueConstraint(fields=('county', 'board'), name='shares_once_for_a_board', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('pressing__lt', 100), ('soon__gt', 0), ('soon__lt', models.F('pressing'))), name='shares_follow_each_other')],
            },
        ),
    ]
