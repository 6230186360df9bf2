"""The table of kept files."""

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(blank=True, max_length=6)),
                ('ground', models.CharField(blank=True, db_collation='C', max_length=32)),
                ('kind', models.CharField(choices=[('photo', 'photo'), ('document', 'document')], max_length=10)),
                ('mime', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=150)),
                ('size', models.PositiveIntegerField(help_text='bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('thumbnail_size', models.PositiveIntegerField(help_text='bytes', null=True)),
                ('thumbnail_sha256', models.CharField(blank=True, max_length=64)),
                ('thumbnail_width', models.PositiveIntegerField(null=True)),
                ('thumbnail_height', models.PositiveIntegerField(null=True)),
                ('uploaded_by', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['sha256'], name='file_by_content'), models.Index(condition=models.Q(('thumbnail_sha256', ''), _negated=True), fields=['thumbnail_sha256'], name='file_by_thumbnail')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ground__startswith', models.F('county'))), name='file_ground_begins_with_its_county'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='file_content_is_a_sha256'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='file_is_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('kind', "photo"), _negated=True), models.Q(('height__gt', 0), ('thumbnail_height__gt', 0), ('thumbnail_sha256__regex', '^[0-9a-f]{64}$'), ('thumbnail_size__gt', 0), ('thumbnail_width__gt', 0), ('width__gt', 0)), _connector='OR'), name='photo_has_a_size_and_a_thumbnail')],
            },
        ),
    ]
