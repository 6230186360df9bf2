"""The table stays where it is, with its wall and its guard: only the room that answers for it is another."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0018_digests_move_out")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Digest",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("day", models.DateField(unique=True)),
                        ("steps", models.BigIntegerField()),
                        ("digest", models.BinaryField()),
                        ("before", models.BinaryField()),
                        ("signature", models.BinaryField()),
                        ("public_key", models.BinaryField()),
                        ("made_at", models.DateTimeField(db_default=Now())),
                    ],
                    options={"db_table": "cases_digest"},
                ),
            ],
        ),
    ]
