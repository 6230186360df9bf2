"""Measures that people write down: seen and written where one stands, changed by nobody."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import append_only, inside, wall


def _to(model):
    return models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("walls", "0002_certain_at"),
        ("catalogue", "0001_boards_items_responsibilities"),
        ("people", "0005_ready_made_roles"),
    ]
    operations = [
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.CharField(max_length=6)),
                ("place", models.CharField(db_collation="C", max_length=32)),
                ("text", models.TextField(verbose_name="measure")),
                ("at", models.DateTimeField()),
                ("author", models.CharField(max_length=64)),
                ("ends", models.BigIntegerField(null=True)),
                ("item", _to("catalogue.item")),
                ("post", _to("people.post")),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "indexes": [models.Index(fields=["place", "item", "-at"], name="measure_of_problem")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", False)), fields=("county", "ends"), name="measure_ended_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__startswith", models.F("county"))),
                        name="measure_place_lies_in_its_county",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="measure_says_something"
                    ),
                ],
            },
        ),
        with_county("lists_measure", "id"),
        append_only("lists_measure"),
        wall("lists_measure", sees=inside("place"), changes=inside("place")),
    ]
