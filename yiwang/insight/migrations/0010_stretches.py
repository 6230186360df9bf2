"""What waits to be counted is cut into stretches, which several count at once; a walk under way becomes such."""

from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, wall

CUT = """
INSERT INTO insight_stretch (version, first, last)
SELECT (SELECT version FROM insight_progress), min(number), max(number) FROM (
    SELECT number, (row_number() OVER (ORDER BY number) - 1) / 5000 AS n FROM cases_case
    WHERE number > (SELECT walked FROM insight_progress)
) AS waiting GROUP BY n
"""
WALK = "UPDATE insight_progress SET walked = 0 WHERE EXISTS (SELECT FROM insight_stretch)"


class Migration(migrations.Migration):
    dependencies = [("insight", "0009_behind"), ("walls", "0001_app_role"), ("cases", "0001_cases_steps_assignments")]
    operations = [
        migrations.CreateModel(
            name="Stretch",
            fields=[
                ("first", models.BigIntegerField(primary_key=True, serialize=False)),
                ("last", models.BigIntegerField()),
                ("version", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="stretch_ends_after_it_begins"
                    )
                ],
            },
        ),
        wall("insight_stretch", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY),
        migrations.RunSQL(CUT, WALK),
        migrations.RemoveField("progress", "walked"),
    ]
