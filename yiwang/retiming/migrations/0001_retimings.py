"""Changes of the calendar and the cases that they have still to reach; nobody's to see but the platform's own jobs."""

import django.db.models
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, wall


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0016_notes_that_remind"), ("walls", "0002_certain_at")]
    operations = [
        migrations.CreateModel(
            name="Retiming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("found_at", models.DateTimeField()),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("gathered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("gathered", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("unexplained", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.Q(("ended_at__isnull", True), ("gathered_at__isnull", False), _connector="OR"),
                        name="retiming_ends_after_gathering",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=6)),
                ("retiming", models.BigIntegerField()),
            ],
        ),
        with_county("retiming_waiting", "number"),
        wall("retiming_retiming", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY),
        wall("retiming_waiting", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY),
    ]
