from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('county', models.CharField(blank=True, max_length=6)),
                ('actor', models.CharField(max_length=64)),
                ('act', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=128)),
                ('ground', models.CharField(blank=True, max_length=32)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('details', models.JSONField(default=dict)),
                ('request_id', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['county', 'subject', 'at'], name='audit_by_subject'), models.Index(fields=['county', 'actor', 'at'], name='audit_by_actor')],
            },
        ),
    ]
