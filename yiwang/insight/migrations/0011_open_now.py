"""What is open of a town, walked over by whoever counts. Empty at first: pages walk over it themselves until then."""

from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, wall


class Migration(migrations.Migration):
    dependencies = [("insight", "0010_stretches"), ("walls", "0001_app_role")]
    operations = [
        migrations.CreateModel(
            name="OpenNow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "county", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("county", models.CharField(max_length=6)),
                ("place", models.CharField(db_collation="C", max_length=32)),
                ("as_of", models.DateTimeField()),
                ("open", models.IntegerField()),
                ("stuck", models.JSONField(default=list)),
            ],
        ),
        wall("insight_opennow", sees=inside("place"), changes=EVERYWHERE_ONLY),
        # The worst first, whose first few a page shows, instead of what was opened again alone.
        migrations.RemoveIndex("counted", "counted_reopened"),
        migrations.AddIndex(
            "counted",
            models.Index(
                fields=["county", "-reopened", "next_due_at", "number"], include=["place"],
                condition=models.Q(("is_open", True)), name="counted_worst_first",
            ),
        ),
        # What is open of what was told in a month, for the lists.
        migrations.AddIndex(
            "counted",
            models.Index(
                fields=["county", "opened_at"], condition=models.Q(("is_open", True)), name="counted_open_since"
            ),
        ),
    ]  # fmt: skip
