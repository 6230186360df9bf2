"""Everybody may read the map; only somebody standing on a ground may draw it."""

from django.db import migrations

from yiwang.plumbing.walls.policies import inside, wall


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial"), ("walls", "0001_app_role")]
    operations = [
        wall("places_place", sees="true", changes=inside("code")),
        wall("places_boundary", sees="true", changes=inside("place_id")),
    ]
