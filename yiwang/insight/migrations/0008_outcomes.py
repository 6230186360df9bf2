"""What became of what was told in a month, by item and unit: every case is counted anew by itself."""

from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, wall

BECAME = (
    "told", "again", "open", "spot", "dispatched", "helped", "whistled", "longer", "paused", "handed_back",
    "sent_back", "closed", "due", "in_time", "shown", "reached", "solved", "satisfied", "reopened",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("insight", "0007_open_months"), ("walls", "0001_app_role")]
    operations = [
        migrations.AddField("counted", "outcome", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "county", "place", "month", "item", "unit",
                        blank=True, editable=False, primary_key=True, serialize=False,
                    ),
                ),
                ("county", models.CharField(max_length=6)),
                ("place", models.CharField(db_collation="C", max_length=32)),
                ("month", models.DateField()),
                ("item", models.BigIntegerField()),
                ("unit", models.BigIntegerField()),
                *((name, models.IntegerField(default=0)) for name in BECAME),
            ],
        ),
        wall("insight_outcome", sees=inside("place"), changes=EVERYWHERE_ONLY),
    ]  # fmt: skip
