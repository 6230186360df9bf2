"""What stood in the room `cases` stands here: the table comes as it is, with its rows and its wall."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0009_intake_moves_out")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Intake",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("source", models.CharField(max_length=40)),
                        ("sha256", models.CharField(max_length=64)),
                        ("rows", models.BigIntegerField(default=0)),
                        ("brought", models.BigIntegerField(default=0)),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "sha256"), name="file_brought_in_once")
                        ],
                    },
                ),
            ],
        ),
    ]
