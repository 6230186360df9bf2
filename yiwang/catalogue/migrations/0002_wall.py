"""The catalogue is read by everybody and changed on its county's ground; responsibilities are seen as posts are."""

from django.db import migrations

from yiwang.plumbing.walls.policies import append_only, inside, inside_or_above, wall

OF_ITS_COUNTY = f"item_id IN (SELECT id FROM catalogue_item WHERE {inside('county_id')})"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_boards_items_responsibilities"), ("walls", "0001_app_role")]
    operations = [
        append_only("catalogue_itemversion"),
        wall("catalogue_board", sees="true", changes=inside("county_id")),
        wall("catalogue_item", sees="true", changes=inside("county_id")),
        wall("catalogue_itemversion", sees="true", changes=OF_ITS_COUNTY),
        wall("catalogue_responsibility", sees=inside_or_above("place_id"), changes=inside("place_id")),
    ]
