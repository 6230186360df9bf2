"""Forms that will soon be due are looked for every ten minutes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_forms_questions_returns")]
    operations = [
        migrations.AddIndex("form", models.Index(fields=["county", "due_at"], name="form_by_due")),
    ]
