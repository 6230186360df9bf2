"""The wall of played days: only code that says so stands everywhere, which is all that asks for them."""

from django.db import migrations

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, wall


class Migration(migrations.Migration):
    dependencies = [("trial", "0001_days"), ("walls", "0001_app_role")]
    operations = [wall("trial_day", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY)]
