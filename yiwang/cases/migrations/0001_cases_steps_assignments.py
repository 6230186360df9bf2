
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import yiwang.cases.rules.life
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0003_four_boards'),
        ('people', '0005_ready_made_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('county', models.CharField(max_length=6)),
                ('state', models.CharField(choices=[('reported', 'Waiting to be accepted'), ('accepted', 'Waiting to be dispatched'), ('dispatched', 'Waiting to be signed for'), ('in_hand', 'In hand'), ('paused', 'Paused'), ('finished', 'Waiting to be checked'), ('checked', 'Waiting for the call-back'), ('called_back', 'Waiting to be closed'), ('closed', 'Closed'), ('declined', 'Declined'), ('merged', 'Merged'), ('split', 'Goes on in parts'), ('withdrawn', 'Withdrawn')], max_length=12, verbose_name='state')),
                ('place', models.CharField(db_collation='C', max_length=32, verbose_name='place')),
                ('desk', models.CharField(db_collation='C', max_length=32, verbose_name='whose inbox')),
                ('urgency', models.CharField(max_length=10, verbose_name='urgency')),
                ('secrecy', models.CharField(default='open', max_length=12, verbose_name='secrecy')),
                ('track', models.CharField(blank=True, choices=[('at_once', 'Done as soon as known'), ('joint', 'Joint on the platform'), ('special', 'Special handling'), ('task_force', 'Task force')], max_length=12, verbose_name='track')),
                ('text', models.TextField(verbose_name='what was told')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='where, in words')),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('photos', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('told', models.CharField(choices=[('worker', 'Grid worker'), ('resident', 'Resident'), ('anonymous', 'Anonymous'), ('on_behalf', "On somebody's behalf"), ('qr_code', 'QR code'), ('system', 'Another system'), ('platform', 'Another part of the platform')], max_length=12, verbose_name='told by')),
                ('teller', models.CharField(max_length=64)),
                ('channel', models.CharField(max_length=20, verbose_name='channel')),
                ('source', models.CharField(blank=True, max_length=40)),
                ('source_key', models.CharField(blank=True, max_length=80)),
                ('contact', models.BinaryField(null=True)),
                ('contact_name', models.CharField(blank=True, max_length=20, verbose_name='reporter')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('phone_mark', models.BinaryField(null=True)),
                ('reported_at', models.DateTimeField(verbose_name='told')),
                ('opened_at', models.DateTimeField(verbose_name='received')),
                ('due_at', models.DateTimeField(null=True, verbose_name='promised for')),
                ('provisional', models.BooleanField(default=False)),
                ('next_due_at', models.DateTimeField(null=True, verbose_name='next due')),
                ('next_stage', models.CharField(blank=True, choices=[('sign_for', 'sign_for'), ('handle', 'handle'), ('check', 'check'), ('call_back', 'call_back')], max_length=10)),
                ('finished_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('assisting', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('summoned', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('firm', models.BooleanField(default=False)),
                ('handler', models.CharField(blank=True, max_length=64)),
                ('hand_backs', models.PositiveSmallIntegerField(default=0)),
                ('extensions', models.PositiveSmallIntegerField(default=0)),
                ('reopened', models.PositiveSmallIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('paused_at', models.DateTimeField(null=True)),
                ('paused_until', models.DateTimeField(null=True)),
                ('paused_before', models.BooleanField(default=False)),
                ('reached', models.BooleanField(null=True)),
                ('solved', models.BooleanField(null=True)),
                ('satisfied', models.BooleanField(null=True)),
                ('merged_into', models.BigIntegerField(null=True)),
                ('part_of', models.BigIntegerField(null=True)),
                ('steps', models.PositiveSmallIntegerField()),
                ('head', models.BinaryField()),
                ('item', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.item', verbose_name='item')),
                ('keeper', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post', verbose_name='responsible until another signs')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post', verbose_name='lead')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.itemversion')),
            ],
            options={
                'verbose_name': 'case',
                'verbose_name_plural': 'cases',
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('steps', models.BigIntegerField()),
                ('digest', models.BinaryField()),
                ('before', models.BinaryField()),
                ('signature', models.BinaryField()),
                ('public_key', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('part', models.CharField(choices=[('lead', 'lead'), ('assisting', 'assisting')], max_length=10)),
                ('firm', models.BooleanField(default=False)),
                ('given_at', models.DateTimeField()),
                ('sign_due', models.DateTimeField()),
                ('handle_due', models.DateTimeField()),
                ('hours', models.FloatField(null=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('signed_by', models.CharField(blank=True, max_length=64)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ending', models.CharField(blank=True, max_length=12)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='cases.case')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
            },
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64)),
                ('rows', models.BigIntegerField(default=0)),
                ('brought', models.BigIntegerField(default=0)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'sha256'), name='file_brought_in_once')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('internal', 'Internal note'), ('urge', 'Urged'), ('instruction', 'Instruction'), ('addition', 'Added by the reporter'), ('attempt', 'Not reached'), ('reveal', 'Personal details uncovered')], max_length=12)),
                ('author', models.CharField(max_length=64)),
                ('channel', models.CharField(max_length=20)),
                ('text', models.TextField()),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='Petition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('asked', models.CharField(choices=[('more_time', 'more_time'), ('pause', 'pause'), ('track', 'track')], max_length=10)),
                ('asked_by', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('hours', models.FloatField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('track', models.CharField(blank=True, max_length=12)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=64)),
                ('granted', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='cases.case')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('key', models.BinaryField(primary_key=True, serialize=False)),
                ('body', models.BinaryField()),
                ('number', models.BigIntegerField()),
                ('answer', models.JSONField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='receipt_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('pk', models.CompositePrimaryKey('number', 'seq', 'county', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('number', models.BigIntegerField()),
                ('seq', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('move', models.CharField(max_length=20)),
                ('state', models.CharField(max_length=12)),
                ('actor', models.CharField(max_length=64)),
                ('capacity', models.CharField(max_length=12)),
                ('channel', models.CharField(max_length=20)),
                ('reason', models.TextField(blank=True)),
                ('given', models.JSONField(default=dict)),
                ('before', models.BinaryField()),
                ('hash', models.BinaryField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
            },
        ),
        migrations.CreateModel(
            name='Summons',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('whistler', models.CharField(max_length=64)),
                ('called_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('reported_in_at', models.DateTimeField(null=True)),
                ('reported_in_by', models.CharField(blank=True, max_length=64)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('metres_away', models.FloatField(null=True)),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('appraisal', models.CharField(blank=True, max_length=500)),
                ('appraised_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='summons', to='cases.case')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('whistler_post', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('case', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='case_words')],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['accepted', 'reported'])), fields=['desk', 'next_due_at'], name='case_waiting_at_desk'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['dispatched', 'in_hand', 'paused'])), fields=['lead', 'next_due_at'], name='case_of_lead'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['called_back', 'checked', 'finished'])), fields=['place', 'next_due_at'], name='case_being_proven'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('next_due_at__isnull', False)), fields=['county', 'next_due_at'], name='case_next_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(django.db.models.functions.text.Left('place', 9), models.OrderBy(models.F('number'), descending=True), name='case_newest_in_town'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(django.db.models.functions.text.Left('place', 12), models.OrderBy(models.F('number'), descending=True), name='case_newest_in_community'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['item', '-number'], name='case_newest_of_item'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('lead__isnull', False)), fields=['lead', '-number'], name='case_newest_of_lead'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('phone_mark__isnull', False)), fields=['phone_mark'], name='case_by_phone'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='case_merged_into'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('part_of__isnull', False)), fields=['part_of'], name='case_part_of'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('county', 'source', 'source_key'), name='case_brought_in_once'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'called_back', 'checked', 'closed', 'declined', 'dispatched', 'finished', 'in_hand', 'merged', 'paused', 'reported', 'split', 'withdrawn'])), name='case_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='case_place_lies_in_its_county'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['dispatched', 'in_hand', 'paused']), _negated=True), ('lead__isnull', False), _connector='OR'), name='case_with_a_post_has_a_lead'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['declined', 'merged', 'reported', 'split', 'withdrawn']), ('item__isnull', False), models.Q(('source', ''), _negated=True), _connector='OR'), name='case_accepted_has_an_item'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', yiwang.cases.rules.life.State['MERGED']), _negated=True), ('merged_into__isnull', False), _connector='OR'), name='case_merged_says_into_which'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', yiwang.cases.rules.life.State['PAUSED']), _negated=True), models.Q(('paused_at__isnull', False), ('paused_until__isnull', False)), _connector='OR'), name='case_paused_says_until_when'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('told', yiwang.cases.rules.life.Told['ANONYMOUS']), _negated=True), models.Q(('contact__isnull', True), ('phone_mark__isnull', True)), _connector='OR'), name='case_anonymous_keeps_nobody'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__gte', -90), ('lat__lte', 90), ('lon__gte', -180), ('lon__lte', 180)), _connector='OR'), name='case_position_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('steps__gte', 1)), name='case_has_a_step'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['case'], name='assignment_of_case'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['post', '-case'], name='assignment_of_post'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('part', yiwang.cases.rules.life.Part['LEAD'])), fields=('county', 'case'), name='case_has_one_lead'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('county', 'case', 'post'), name='post_has_one_part'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ending', '')), models.Q(('ended_at__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='assignment_ended_says_how'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['case'], name='note_of_case'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['case'], name='petition_of_case'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('county', 'case', 'asked'), name='asked_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('granted__isnull', True)), models.Q(('decided_at__isnull', False), ('granted__isnull', False)), _connector='OR'), name='petition_decided_has_an_answer'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['recorded_at'], name='step_by_day'),
        ),
        migrations.AddIndex(
            model_name='summons',
            index=models.Index(fields=['case'], name='summons_of_case'),
        ),
        migrations.AddIndex(
            model_name='summons',
            index=models.Index(fields=['post', '-called_at'], name='summons_of_post'),
        ),
        migrations.AddConstraint(
            model_name='summons',
            constraint=models.UniqueConstraint(condition=models.Q(('reported_in_at__isnull', True)), fields=('county', 'case', 'post'), name='summoned_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='summons',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__range', (1, 5)), _connector='OR'), name='score_is_one_to_five'),
        ),
    ]
