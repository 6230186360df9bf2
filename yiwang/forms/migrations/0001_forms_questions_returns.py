"""Forms and what is sent in: a form is seen from the ground inside it, a return only on its worker's ground."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import append_only, inside, inside_or_above, wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [("walls", "0002_certain_at"), ("places", "0006_names_people_use")]

    operations = [
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('unit', models.BigIntegerField()),
                ('post', models.BigIntegerField()),
                ('author', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=60, verbose_name='title')),
                ('why', models.CharField(max_length=300, verbose_name='why it is asked')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes it takes')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('withdrawn', 'Withdrawn'), ('stopped', 'Stopped')], max_length=12, verbose_name='state')),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('nevertheless', models.CharField(blank=True, max_length=300)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=64)),
                ('because', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'form',
                'verbose_name_plural': 'forms',
                'indexes': [models.Index(fields=['place', '-asked_at'], name='form_on_ground')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='form_place_lies_in_its_county'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'withdrawn', 'stopped'])), name='form_state_is_known'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='form_says_why'), models.CheckConstraint(condition=models.Q(('closes_at__gte', models.F('due_at'))), name='form_closes_after_it_is_due'), models.CheckConstraint(condition=models.Q(('state', 'asked'), models.Q(models.Q(('because', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='form_ended_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('person', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('answers', models.JSONField()),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.form')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'form', 'person'), name='draft_once')],
            },
        ),
        migrations.CreateModel(
            name='Addressee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('person', models.BigIntegerField()),
                ('post', models.BigIntegerField()),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.form')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-form'], name='asked_of_person')],
                'constraints': [models.UniqueConstraint(fields=('county', 'form', 'person'), name='asked_once_a_form')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('text', models.CharField(max_length=120)),
                ('bare', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('text', 'Words'), ('number', 'A number'), ('yes', 'Yes or no'), ('one', 'One of several'), ('day', 'Day')], max_length=8)),
                ('unit', models.CharField(blank=True, max_length=12)),
                ('choices', models.JSONField(default=list)),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.form')),
            ],
            options={
                'indexes': [models.Index(fields=['form'], name='question_of_form')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('author', models.CharField(max_length=64)),
                ('people', models.PositiveIntegerField()),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.form')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('county', 'form', 'day'), name='reminded_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('person', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('answers', models.JSONField()),
                ('minutes', models.PositiveSmallIntegerField(null=True)),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.form')),
            ],
            options={
                'indexes': [models.Index(fields=['form', 'person'], name='return_of_form'), models.Index(fields=['person', '-id'], name='return_of_person')],
            },
        ),
        with_county("forms_question", "id"),
        with_county("forms_addressee", "id"),
        with_county("forms_return", "id"),
        with_county("forms_draft", "id"),
        with_county("forms_reminder", "id"),
        wall("forms_form", sees=inside_or_above("place"), changes=inside("place")),
        wall("forms_question", sees=inside_or_above("place"), changes=inside("place")),
        wall("forms_addressee", sees=inside("place"), changes=inside("place")),
        wall("forms_return", sees=inside("place"), changes=inside("place")),
        wall("forms_draft", sees=inside("place"), changes=inside("place")),
        wall("forms_reminder", sees=inside_or_above("place"), changes=inside("place")),
        append_only("forms_question"),
        append_only("forms_return"),
        append_only("forms_reminder"),
    ]
