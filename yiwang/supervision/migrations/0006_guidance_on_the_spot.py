"""Records of guidance on the spot, which nobody changes."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import append_only, inside, wall


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_ready_made_roles'),
        ('supervision', '0005_appeals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('day', models.DateField(verbose_name='day')),
                ('case', models.BigIntegerField(null=True)),
                ('leader', models.CharField(max_length=64)),
                ('found', models.TextField(verbose_name='what was found')),
                ('agreed', models.TextField(verbose_name='what was agreed')),
                ('again_by', models.DateField(null=True, verbose_name='looked at again by')),
                ('follows', models.BigIntegerField(null=True)),
                ('noted_at', models.DateTimeField()),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': 'guidance on the spot',
                'verbose_name_plural': 'guidance on the spot',
                'indexes': [models.Index(fields=['place', '-day'], name='guidance_at_place'), models.Index(condition=models.Q(('follows__isnull', False)), fields=['follows'], name='guidance_that_follows')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='guidance_lies_in_its_county')],
            },
        ),
        with_county("supervision_guidance", "id"),
        append_only("supervision_guidance"),
        wall("supervision_guidance", sees=inside("place"), changes=inside("place")),
    ]
