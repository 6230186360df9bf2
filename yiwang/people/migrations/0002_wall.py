"""Units, posts and people are seen on their own ground, from above, and from below where they answer for it."""

from django.db import migrations

from yiwang.plumbing.walls.policies import inside, inside_or_above, wall

POST_SEEN = "post_id IN (SELECT id FROM people_post)"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("walls", "0001_app_role")]
    operations = [
        wall("people_unit", sees=inside_or_above("ground_id"), changes=inside("ground_id")),
        wall("people_post", sees=inside_or_above("ground_id"), changes=inside("ground_id")),
        wall("people_person", sees=inside_or_above("ground_id"), changes=inside("ground_id")),
        wall("people_holding", sees=POST_SEEN, changes=POST_SEEN),
    ]
