"""Notices, who chose what, and the rules by which they go; each behind its wall."""

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import yiwang.notices.rules.occasions
import yiwang.notices.rules.sending
from django.conf import settings
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, unsealed, wall

_SEEN = f"{inside('place')} AND {unsealed('place', 'sealed')}"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0003_four_boards'),
        ('people', '0005_ready_made_roles'),
        ('places', '0005_ready_made_kinds'),
        ('walls', '0001_app_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnChoices',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(blank=True, max_length=10)),
                ('quiet_since', models.TimeField(default=datetime.time(22, 0), verbose_name='quiet from')),
                ('quiet_until', models.TimeField(default=datetime.time(7, 0), verbose_name='quiet until')),
                ('yes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list, size=None)),
                ('no', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list, size=None)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('key', models.CharField(max_length=120)),
                ('occasion', models.CharField(choices=[('dispatched', 'Given to you'), ('help', 'You are asked to help'), ('whistled', 'You are whistled for'), ('handed_back', 'Handed back'), ('to_check', 'To be checked'), ('reopened', 'Opened again'), ('asked', 'You decide'), ('decided', 'Decided'), ('urged', 'Urged'), ('instructed', 'Instruction'), ('soon', 'Soon due'), ('overdue', 'Overdue'), ('escalated', 'Lies too long'), ('emergency', 'Emergency'), ('ordered', 'An order names you'), ('order_moved', 'News of an order'), ('taken_on', 'Taken on'), ('done', 'Said to be done'), ('ended', 'It has ended'), ('question', 'A question to you')], max_length=20)),
                ('case', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('item', models.BigIntegerField(null=True)),
                ('sealed', models.BooleanField(default=False)),
                ('recipient', models.CharField(max_length=64)),
                ('channel', models.CharField(choices=[('page', 'Page'), ('email', 'E-mail'), ('sms', 'SMS')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'waits to be sent'), ('sending', 'is being sent'), ('sent', 'sent'), ('failed', 'failed'), ('dropped', 'could not be reached')], max_length=10)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('about', models.CharField(blank=True, max_length=60)),
                ('held', models.BooleanField(default=False)),
                ('next_at', models.DateTimeField(null=True)),
                ('message', models.UUIDField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=40)),
                ('gone_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'indexes': [models.Index(condition=models.Q(('channel', yiwang.notices.rules.occasions.Channel['PAGE'])), fields=['recipient', '-id'], name='notice_on_page'), models.Index(condition=models.Q(('channel', yiwang.notices.rules.occasions.Channel['PAGE']), ('read_at__isnull', True)), fields=['recipient'], name='notice_unread'), models.Index(condition=models.Q(('next_at__isnull', False)), fields=['county', 'next_at'], name='notice_going_out'), models.Index(condition=models.Q(models.Q(('channel', yiwang.notices.rules.occasions.Channel['PAGE']), _negated=True), ('gone_at__isnull', False)), fields=['recipient', 'channel', '-gone_at'], name='notice_gone'), models.Index(condition=models.Q(('message__isnull', False)), fields=['message'], name='notice_in_message'), models.Index(condition=models.Q(('state', yiwang.notices.rules.sending.State['FAILED'])), fields=['county', '-id'], name='notice_failed'), django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['at'], name='notice_by_day')],
                'constraints': [models.UniqueConstraint(fields=('county', 'key', 'recipient', 'channel'), name='told_once'), models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='notice_place_lies_in_its_county'), models.CheckConstraint(condition=models.Q(models.Q(('channel', yiwang.notices.rules.occasions.Channel['PAGE']), _negated=True), models.Q(('next_at__isnull', True), ('state', yiwang.notices.rules.sending.State['SENT'])), _connector='OR'), name='notice_on_page_is_there_at_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', yiwang.notices.rules.sending.State['SENDING']), _negated=True), ('message__isnull', False), _connector='OR'), name='notice_in_sending_has_a_message'), models.CheckConstraint(condition=models.Q(models.Q(('state', yiwang.notices.rules.sending.State['FAILED']), _negated=True), models.Q(('trouble', ''), _negated=True), _connector='OR'), name='notice_failed_says_why'), models.CheckConstraint(condition=models.Q(('sealed', False), ('channel', yiwang.notices.rules.occasions.Channel['PAGE']), _connector='OR'), name='sealed_never_goes_out')],
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion', models.CharField(choices=[('dispatched', 'Given to you'), ('help', 'You are asked to help'), ('whistled', 'You are whistled for'), ('handed_back', 'Handed back'), ('to_check', 'To be checked'), ('reopened', 'Opened again'), ('asked', 'You decide'), ('decided', 'Decided'), ('urged', 'Urged'), ('instructed', 'Instruction'), ('soon', 'Soon due'), ('overdue', 'Overdue'), ('escalated', 'Lies too long'), ('emergency', 'Emergency'), ('ordered', 'An order names you'), ('order_moved', 'News of an order'), ('taken_on', 'Taken on'), ('done', 'Said to be done'), ('ended', 'It has ended'), ('question', 'A question to you')], max_length=20, verbose_name='occasion')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'SMS')], max_length=10, verbose_name='channel')),
                ('urgency', models.CharField(blank=True, choices=[('routine', 'Routine'), ('soon', 'Soon'), ('urgent', 'Urgent'), ('emergency', 'Emergency')], help_text='Empty: every urgency.', max_length=10, verbose_name='urgency')),
                ('goes', models.BooleanField(default=True, verbose_name='is sent')),
                ('board', models.ForeignKey(blank=True, help_text='Empty: every board.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.board', verbose_name='board')),
                ('county', models.ForeignKey(blank=True, help_text='Empty: for every county of this installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='county')),
                ('role', models.ForeignKey(blank=True, help_text='Of the post that is told. Empty: every role.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.role', verbose_name='role')),
            ],
            options={
                'verbose_name': 'rule of notices',
                'verbose_name_plural': 'rules of notices',
                'ordering': ['occasion', 'channel', 'county_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('county', 'occasion', 'channel', 'role', 'board', 'urgency'), name='notice_rule_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('channel__in', [yiwang.notices.rules.occasions.Channel['EMAIL'], yiwang.notices.rules.occasions.Channel['SMS']])), name='notice_rule_is_of_what_goes_out'), models.CheckConstraint(condition=models.Q(('urgency__in', ['', 'routine', 'soon', 'urgent', 'emergency'])), name='notice_rule_urgency_is_known')],
            },
        ),
        with_county("notices_notice", "id"),
        wall("notices_rule", sees="true", changes=inside("county_id")),
        # Somebody's address is reached by the room's own acts only.
        wall("notices_ownchoices", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY),
        wall("notices_notice", sees=_SEEN, changes=_SEEN),
    ]
