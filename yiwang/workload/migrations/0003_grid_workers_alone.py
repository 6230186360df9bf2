"""Until now heads of courtyards were counted among grid workers: what was counted of them goes."""

from django.db import migrations

GRID_LENGTH = 15


class Migration(migrations.Migration):
    dependencies = [("workload", "0002_own_minutes")]
    operations = [
        migrations.RunSQL(
            f"DELETE FROM workload_{table} WHERE length(place) > {GRID_LENGTH}", migrations.RunSQL.noop
        )
        for table in ("asked", "twice")
    ]
