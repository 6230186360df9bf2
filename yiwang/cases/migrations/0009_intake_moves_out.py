"""How far another system's file has come in is kept by the room `past`: the table is called so, rows and wall stay."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_plans_of_lists")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("Intake", "past_intake")],
            state_operations=[migrations.DeleteModel("Intake")],
        ),
    ]
