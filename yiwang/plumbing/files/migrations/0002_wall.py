"""A kept file is seen and brought in on its own ground only."""

from django.db import migrations

from yiwang.plumbing.walls.policies import inside, wall


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("walls", "0001_app_role")]
    operations = [wall("files_storedfile", sees=inside("ground"), changes=inside("ground"))]
