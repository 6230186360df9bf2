"""Cases for which no post answers, and how long closing took: both are counted by rules of a new version, anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insight", "0003_certain_at_is_everybodys")]
    operations = [
        migrations.AddField(model_name="tally", name="unowned", field=models.IntegerField(default=0)),
        migrations.AlterField(
            model_name="tally",
            name="facet",
            field=models.CharField(
                choices=[
                    ("board", "board"), ("hour", "hour"), ("item", "item"), ("unit", "unit"), ("post", "post"),
                    ("person", "person"), ("duration", "duration"),
                ],
                max_length=8,
            ),
        ),
    ]
