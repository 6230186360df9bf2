"""A series knows in which post it is asked now, and ends with it where nobody stands in its stead."""

from django.db import migrations, models

STATES = [('asked', 'Asked'), ('withdrawn', 'Withdrawn'), ('stopped', 'Stopped'), ('lapsed', 'Ended with its post')]
ENDED = ['withdrawn', 'stopped', 'lapsed']


class Migration(migrations.Migration):

    dependencies = [('forms', '0004_when_a_question_is_asked_already')]

    operations = [
        migrations.AddField('series', 'post', models.BigIntegerField(null=True)),
        migrations.RunSQL(
            "UPDATE forms_series SET post = form.post FROM forms_form AS form"
            " WHERE form.county = forms_series.county AND form.series_id = forms_series.id AND form.round = 1",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField('series', 'post', models.BigIntegerField()),
        migrations.AlterField('form', 'state', models.CharField(choices=STATES, max_length=12, verbose_name='state')),
        migrations.AlterField('series', 'state', models.CharField(choices=STATES, max_length=12)),
        migrations.RemoveConstraint('form', 'form_state_is_known'),
        migrations.AddConstraint(
            'form',
            models.CheckConstraint(
                condition=models.Q(('state__in', ['asked', *ENDED])), name='form_state_is_known'
            ),
        ),
        migrations.RemoveConstraint('series', 'series_ended_says_why_and_has_no_next_round'),
        migrations.AddConstraint(
            'series',
            models.CheckConstraint(
                condition=models.Q(('state', 'asked'), models.Q(('state__in', ENDED), models.Q(('because', ''), _negated=True), ('ended_at__isnull', False), ('next_on__isnull', True)), _connector='OR'),
                name='series_ended_says_why_and_has_no_next_round',
            ),
        ),
    ]
