"""A role for whoever only calls reporters back: their day begins with the calls and not with the inbox."""

from django.db import migrations

CODE = "centre_caller"


def bring(apps, editor):
    apps.get_model("people", "Role").objects.create(
        code=CODE, name="指挥中心回访员", name_en="Caller of the command centre", role_set="command_centre",
        duties="report call_back see_numbers see_personal".split(),
    )  # fmt: skip


def take_back(apps, editor):
    apps.get_model("people", "Role").objects.filter(code=CODE, posts=None).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0005_ready_made_roles")]
    operations = [migrations.RunPython(bring, take_back)]
