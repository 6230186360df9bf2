"""Walls of meetings; what became of an item is seen by whoever sees the item, and changed by nobody."""

from django.db import migrations

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import append_only, inside, wall

# The ground may be drawn anew: an entry keeps the place where it was written, the item goes along with its case.
WITH_ITS_ITEM = """EXISTS (SELECT FROM meetings_lastitem item
    WHERE item.id = meetings_entry.item_id AND item.county = meetings_entry.county)"""


def bring(apps, editor):
    apps.get_model("meetings", "AgendaRule").objects.create(place=None)


def take_back(apps, editor):
    apps.get_model("meetings", "AgendaRule").objects.filter(place=None).delete()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_rules_meetings_last_items"), ("walls", "0002_certain_at")]
    operations = [
        with_county("meetings_meeting", "id"),
        with_county("meetings_lastitem", "id"),
        with_county("meetings_entry", "id"),
        append_only("meetings_entry"),
        wall("meetings_agendarule", sees="true", changes=inside("place_id")),
        wall("meetings_meeting", sees=inside("place"), changes=inside("place")),
        wall("meetings_lastitem", sees=inside("place"), changes=inside("place")),
        wall("meetings_entry", sees=WITH_ITS_ITEM, changes=WITH_ITS_ITEM),
        migrations.RunPython(bring, take_back),
    ]
