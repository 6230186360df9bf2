"""Walls of supervision: the ladder is read by everybody, the clock is written by the clock alone."""

from django.db import migrations

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, append_only, inside, wall

class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_watch_ladder_reminders"), ("walls", "0002_certain_at")]
    operations = [
        with_county("supervision_watch", "number"),
        with_county("supervision_overrun", "id"),
        with_county("supervision_reminder", "id"),
        append_only("supervision_overrun"),
        wall("supervision_shares", sees="true", changes=inside("county_id")),
        wall("supervision_rung", sees="true", changes=inside("county_id")),
        wall("supervision_watch", sees=inside("place"), changes=EVERYWHERE_ONLY),
        wall("supervision_overrun", sees=inside("place"), changes=EVERYWHERE_ONLY),
        wall("supervision_reminder", sees=inside("place"), changes=inside("place")),
        wall("supervision_progress", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY),
    ]
