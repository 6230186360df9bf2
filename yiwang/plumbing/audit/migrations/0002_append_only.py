"""The database itself refuses to change the trail, and shows it on its own ground only."""

from django.db import migrations

from yiwang.plumbing.walls.policies import append_only, inside, wall


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("walls", "0001_app_role")]
    operations = [
        append_only("audit_entry"),
        # Anyone may leave a line in the trail; reading it is bound to the ground.
        wall("audit_entry", sees=inside("ground"), changes="true"),
    ]
