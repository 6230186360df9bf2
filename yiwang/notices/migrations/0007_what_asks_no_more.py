"""Since when a notice asks for nothing any more. A column without a value: no row is written anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_news_of_series")]
    operations = [migrations.AddField("notice", "over_at", models.DateTimeField(null=True))]
