"""A redrawing is seen on its ground and from it; kinds and successions are for everybody to read."""

from django.db import migrations

from yiwang.plumbing.walls.policies import inside, inside_or_above, wall

# Nobody's county begins with nothing: only somebody who stands on the whole ground may.
WHOLE_GROUND = inside("''::text")


class Migration(migrations.Migration):
    dependencies = [("places", "0003_redrawing"), ("walls", "0001_app_role")]
    operations = [
        wall("places_redrawing", sees=inside_or_above("ground"), changes=inside("ground")),
        wall("places_succession", sees="true", changes=inside("old_id")),
        wall("places_kind", sees="true", changes=WHOLE_GROUND),
    ]
