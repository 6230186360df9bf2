"""Everybody may read the calendar; only somebody standing on a ground may change it there."""

from django.db import migrations

from yiwang.plumbing.walls.policies import inside, wall


class Migration(migrations.Migration):
    dependencies = [("worktime", "0001_initial"), ("walls", "0001_app_role")]
    operations = [
        wall("worktime_hours", sees="true", changes=inside("ground")),
        wall("worktime_day", sees="true", changes=inside("ground")),
        # Which years are known holds for the whole installation, whose code is empty.
        wall("worktime_year", sees="true", changes=inside("''")),
    ]
