"""What a person is called is a full name; of a unit, a role or a place it is a name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_who_only_calls")]
    operations = [migrations.AlterField("person", "name", models.CharField("full name", max_length=60))]
