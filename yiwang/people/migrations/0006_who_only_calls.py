"""A role for whoever only calls reporters back: their day begins with the calls and not with the inbox."""

from django.db import migrations

CODE = "centre_caller"


def bring(apps, editor):
    role = {"name": "指挥中心回访员", "name_en": "Caller of the command centre", "role_set": "command_centre"}
    duties = "report call_back see_numbers see_personal".split()
    # A county may have made one of that name for itself; it stays theirs.
    apps.get_model("people", "Role").objects.get_or_create(code=CODE, defaults={**role, "duties": duties})


def take_back(apps, editor):
    apps.get_model("people", "Role").objects.filter(code=CODE, posts=None).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0005_ready_made_roles")]
    operations = [migrations.RunPython(bring, take_back)]
