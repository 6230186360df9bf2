"""Who really dealt with which matter in a town, month by month: counted at night, read behind the wall."""

from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, wall


class Migration(migrations.Migration):

    dependencies = [('triage', '0001_learned_trust_proposals_fates'), ('walls', '0001_app_role')]

    operations = [
        migrations.CreateModel(
            name='Handled',
            fields=[
                ('pk', models.CompositePrimaryKey('county', 'place', 'item', 'month', 'post', 'afterwards', blank=True, editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('item', models.BigIntegerField()),
                ('month', models.DateField()),
                ('post', models.BigIntegerField()),
                ('afterwards', models.BigIntegerField()),
                ('cases', models.PositiveIntegerField()),
            ],
        ),
        wall('triage_handled', sees=inside('place'), changes=EVERYWHERE_ONLY),
    ]
