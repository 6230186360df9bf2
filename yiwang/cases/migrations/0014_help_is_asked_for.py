"""A lead asks for another post's help; the petition names that post. Whistles that nobody followed are found."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_most_pressing_in_a_place"), ("people", "0005_ready_made_roles")]
    operations = [
        migrations.AddIndex(
            "summons",
            models.Index(
                condition=models.Q(("reported_in_at__isnull", True)),
                fields=["county", "due_at"],
                name="summons_unanswered",
            ),
        ),
        migrations.AddField(
            "petition",
            "helper",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.post",
            ),
        ),
        migrations.AlterField(
            "petition",
            "asked",
            models.CharField(
                choices=[("more_time", "more_time"), ("pause", "pause"), ("track", "track"), ("help", "help")],
                max_length=10,
            ),
        ),
    ]
