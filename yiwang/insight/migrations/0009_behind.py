"""In which figures of which months a case is: every case is counted anew by itself, and gets its keys by that."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insight", "0008_outcomes")]
    operations = [
        migrations.AddField("counted", "behind", ArrayField(models.IntegerField(), default=list)),
        migrations.AddIndex("counted", GinIndex(fields=["behind"], name="counted_behind_figures")),
        migrations.RemoveIndex("counted", "counted_open_in_place"),
        migrations.AddIndex(
            "counted",
            models.Index(
                fields=["place", "next_due_at"], include=["unit", "holder", "state", "reopened", "number"],
                condition=models.Q(is_open=True), name="counted_open_here",
            ),
        ),
    ]  # fmt: skip
