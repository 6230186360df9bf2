"""Two changes that were made beside each other come together."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("insight", "0003_certain_at_is_everybodys"), ("insight", "0004_bulletins")]
    operations: list[migrations.operations.base.Operation] = []
