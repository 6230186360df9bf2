"""Whoever heads a unit asks for the replies of its posts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("replies", "0001_flawed")]
    operations = [
        migrations.AddIndex("flawed", models.Index(fields=["post", "-number"], name="flawed_by_post")),
    ]
