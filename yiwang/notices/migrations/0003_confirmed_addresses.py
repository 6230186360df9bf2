"""An e-mail address is used once its owner has shown that it is theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_default_rules")]
    operations = [
        migrations.AddField(
            model_name="ownchoices", name="confirmed", field=models.BooleanField(default=False),
        ),
    ]
