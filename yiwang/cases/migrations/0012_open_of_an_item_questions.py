"""What is still open of an item, by place: asked before somebody tells the same again. And questions to a reporter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_reports_taken_in_together")]
    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["item", "place"],
                condition=models.Q(
                    state__in=[
                        "accepted", "called_back", "checked", "dispatched", "finished", "in_hand", "paused", "reported",
                        "split",
                    ]
                ),
                name="case_open_of_item",
            ),
        ),
        migrations.AlterField(
            "note",
            "kind",
            models.CharField(
                choices=[
                    ("comment", "Comment"), ("question", "Question to the reporter"), ("internal", "Internal note"),
                    ("urge", "Urged"), ("instruction", "Instruction"), ("addition", "Added by the reporter"),
                    ("attempt", "Not reached"), ("reveal", "Personal details uncovered"),
                ],
                max_length=12,
            ),
        ),
    ]  # fmt: skip
