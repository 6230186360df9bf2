"""What people call a place besides its name: everybody reads it, whoever stands on the ground may say it."""

import django.db.models.deletion
from django.db import migrations, models

from yiwang.plumbing.walls.policies import inside, wall


class Migration(migrations.Migration):

    dependencies = [("places", "0005_ready_made_kinds"), ("walls", "0001_app_role")]

    operations = [
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="As people say it: 老车站, 沃尔玛.", max_length=100, verbose_name="name")),
                ("place", models.ForeignKey(help_text="The innermost place in which it lies.", on_delete=django.db.models.deletion.PROTECT, related_name="aliases", to="places.place", verbose_name="place")),
            ],
            options={
                "verbose_name": "name people use",
                "verbose_name_plural": "names people use",
                "ordering": ["name", "place_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("name", "place"), name="place_is_called_so_once"),
                    models.CheckConstraint(condition=models.Q(("name__regex", r"^\S.*\S$")), name="alias_is_no_single_character"),
                ],
            },
        ),
        wall("places_alias", sees="true", changes=inside("place_id")),
    ]
