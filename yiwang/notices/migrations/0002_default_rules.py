"""The rules with which an installation begins: data, to be changed by those who use it."""

from django.db import migrations

# By e-mail goes everything to whoever has given an address, but what comes with every case of a desk.
BY_EMAIL = (
    "dispatched", "help", "whistled", "handed_back", "reopened", "asked", "decided", "urged", "instructed", "soon",
    "overdue", "escalated", "emergency", "ordered", "order_moved",
)
# An SMS costs money and rings: what cannot wait, and what a reporter waits for.
BY_SMS = ("whistled", "emergency", "ordered", "taken_on", "ended", "question")
PRESSING = (("dispatched", "urgent"), ("dispatched", "emergency"))


def bring(apps, editor):
    rule = apps.get_model("notices", "Rule")
    rule.objects.bulk_create(
        [
            *(rule(occasion=occasion, channel="email") for occasion in BY_EMAIL),
            *(rule(occasion=occasion, channel="sms") for occasion in BY_SMS),
            *(rule(occasion=occasion, channel="sms", urgency=urgency) for occasion, urgency in PRESSING),
        ]
    )


def take_back(apps, editor):
    apps.get_model("notices", "Rule").objects.filter(county=None, board=None, role=None).delete()


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_rules_choices_notices")]
    operations = [migrations.RunPython(bring, take_back)]
