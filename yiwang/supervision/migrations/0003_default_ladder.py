"""The ladder with which an installation begins: data, to be changed by those who use it."""

from django.db import migrations

# Urgency, stage, level, percent, minutes to acknowledge.
LADDER = (
    ("", "", "handler", 80, None),
    ("", "", "head", 100, None),
    ("", "", "centre", 120, None),
    ("", "", "leader", 150, None),
    ("", "", "county", 200, None),
    # Lives may be at stake: every level at once, each answers by name.
    ("emergency", "sign_for", "handler", 0, 5),
    ("emergency", "sign_for", "head", 0, 10),
    ("emergency", "sign_for", "centre", 0, 10),
    ("emergency", "sign_for", "leader", 0, 15),
    ("emergency", "sign_for", "county", 0, 30),
    ("emergency", "", "handler", 50, 10),
    ("emergency", "", "centre", 80, 10),
    ("emergency", "", "leader", 100, 15),
    ("emergency", "", "county", 120, 30),
)


def bring(apps, editor):
    rung = apps.get_model("supervision", "Rung")
    rung.objects.bulk_create(
        rung(urgency=urgency, stage=stage, level=level, percent=percent, answer_minutes=minutes)
        for urgency, stage, level, percent, minutes in LADDER
    )


def take_back(apps, editor):
    apps.get_model("supervision", "Rung").objects.filter(county=None, board=None).delete()


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_walls")]
    operations = [migrations.RunPython(bring, take_back)]
