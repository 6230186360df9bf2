"""Papers of published bulletins, behind a wall, never changed."""

from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, append_only, inside, wall


class Migration(migrations.Migration):

    initial = True
    dependencies = [("walls", "0001_app_role")]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'place', 'kind', 'first', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('kind', models.CharField(choices=[('day', 'day'), ('week', 'week'), ('month', 'month')], max_length=6)),
                ('first', models.DateField()),
                ('docx', models.UUIDField()),
                ('docx_sha256', models.CharField(max_length=64)),
                ('xlsx', models.UUIDField()),
                ('xlsx_sha256', models.CharField(max_length=64)),
                ('signature', models.BinaryField()),
                ('public_key', models.BinaryField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'paper of a bulletin',
                'verbose_name_plural': 'papers of bulletins',
                'constraints': [models.CheckConstraint(condition=models.Q(('place__startswith', models.F('county'))), name='paper_lies_in_its_county'), models.CheckConstraint(condition=models.Q(('docx_sha256__regex', '^[0-9a-f]{64}$'), ('xlsx_sha256__regex', '^[0-9a-f]{64}$')), name='paper_names_what_it_is')],
            },
        ),
        wall("bulletins_paper", sees=inside("place"), changes=EVERYWHERE_ONLY),
        append_only("bulletins_paper"),
    ]
