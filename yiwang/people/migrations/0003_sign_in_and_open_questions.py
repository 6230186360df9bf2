import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_wall'),
        ('places', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Authenticator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The human-readable name of this device.', max_length=64)),
                ('confirmed', models.BooleanField(default=True, help_text='Is this device ready for use?')),
                ('throttling_failure_timestamp', models.DateTimeField(blank=True, default=None, help_text='A timestamp of the last failed verification attempt. Null if last attempt succeeded.', null=True)),
                ('throttling_failure_count', models.PositiveIntegerField(default=0, help_text='Number of successive failed attempts.')),
                ('sealed_key', models.BinaryField()),
                ('last_step', models.BigIntegerField(default=-1, editable=False)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='authenticator', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'second factor',
                'verbose_name_plural': 'second factors',
            },
        ),
        migrations.CreateModel(
            name='OpenQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('redrawing', models.BigIntegerField(verbose_name='redrawing')),
                ('what', models.CharField(choices=[('post', 'Post'), ('unit', 'Unit'), ('person', 'Person')], max_length=10, verbose_name='what')),
                ('subject_id', models.BigIntegerField(verbose_name='number')),
                ('label', models.CharField(max_length=200, verbose_name='name')),
                ('candidates', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), size=None, verbose_name='may go to')),
                ('effective', models.DateField(verbose_name='day of effect')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('chosen', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='went to')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='old ground')),
            ],
            options={
                'verbose_name': 'open question after a redrawing',
                'verbose_name_plural': 'open questions after a redrawing',
                'ordering': ['old_id', 'what', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('authenticator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to='people.authenticator')),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='address')),
                ('agent', models.CharField(blank=True, max_length=120, verbose_name='browser')),
                ('created_at', models.DateTimeField(verbose_name='signed in')),
                ('last_seen_at', models.DateTimeField(verbose_name='last seen')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('prefix', models.CharField(max_length=16, verbose_name='begins with')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('duties', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None, verbose_name='duties')),
                ('issued_at', models.DateTimeField(verbose_name='issued')),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
                ('ground', models.ForeignKey(blank=True, help_text='Empty: the whole installation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='ground')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'token',
                'verbose_name_plural': 'tokens',
                'ordering': ['-issued_at'],
            },
        ),
        migrations.AddConstraint(
            model_name='openquestion',
            constraint=models.UniqueConstraint(fields=('redrawing', 'what', 'subject_id'), name='question_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='openquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('chosen__isnull', True), ('decided_at__isnull', True)), models.Q(('chosen__isnull', False), ('decided_at__isnull', False)), _connector='OR'), name='question_decided_has_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='recoverycode',
            constraint=models.UniqueConstraint(fields=('authenticator', 'digest'), name='recovery_code_once'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='token_expires_after_it_is_issued'),
        ),
    ]
