"""Published figures: frozen with the versions of their formulas, signed, behind a wall, never changed."""

import django.db.models.functions.datetime
from django.db import migrations, models

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, append_only, inside, wall


class Migration(migrations.Migration):
    dependencies = [("insight", "0004_durations_and_unowned"), ("walls", "0001_app_role")]
    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("pk", models.CompositePrimaryKey("county", "place", "kind", "first", blank=True, editable=False, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=6)),
                ("place", models.CharField(db_collation="C", max_length=32, verbose_name="place")),
                ("kind", models.CharField(choices=[("day", "day"), ("week", "week"), ("month", "month")], max_length=6)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("as_of", models.DateTimeField()),
                ("rules", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                ("history_day", models.DateField(null=True)),
                ("history_digest", models.BinaryField(null=True)),
                ("signature", models.BinaryField()),
                ("public_key", models.BinaryField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name": "bulletin",
                "verbose_name_plural": "bulletins",
                "indexes": [models.Index(fields=["county", "place", "-first"], name="bulletin_newest_of_place")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["day", "week", "month"])), name="bulletin_kind_is_known"),
                    models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="bulletin_ends_after_it_begins"),
                    models.CheckConstraint(condition=models.Q(("place__startswith", models.F("county"))), name="bulletin_lies_in_its_county"),
                ],
            },
        ),
        wall("insight_bulletin", sees=inside("place"), changes=EVERYWHERE_ONLY),
        append_only("insight_bulletin"),
    ]
