"""Two occasions more: a committee names somebody, and something became of what stands before it. Both go by e-mail."""

from django.db import migrations, models

OCCASIONS = [('dispatched', 'Given to you'), ('help', 'You are asked to help'), ('whistled', 'You are whistled for'), ('handed_back', 'Handed back'), ('to_check', 'To be checked'), ('reopened', 'Opened again'), ('asked', 'You decide'), ('decided', 'Decided'), ('urged', 'Urged'), ('instructed', 'Instruction'), ('soon', 'Soon due'), ('overdue', 'Overdue'), ('escalated', 'Lies too long'), ('emergency', 'Emergency'), ('ordered', 'An order names you'), ('order_moved', 'News of an order'), ('named', 'The committee names you'), ('item_moved', 'News of the committee'), ('taken_on', 'Taken on'), ('done', 'Said to be done'), ('ended', 'It has ended'), ('question', 'A question to you')]
BY_EMAIL = ("named", "item_moved")


def bring(apps, editor):
    rule = apps.get_model("notices", "Rule")
    rule.objects.bulk_create(rule(occasion=occasion, channel="email") for occasion in BY_EMAIL)


def take_back(apps, editor):
    apps.get_model("notices", "Rule").objects.filter(occasion__in=BY_EMAIL).delete()


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_confirmed_addresses")]
    operations = [
        migrations.AlterField("notice", "occasion", models.CharField(choices=OCCASIONS, max_length=20)),
        migrations.AlterField(
            "rule", "occasion", models.CharField("occasion", choices=OCCASIONS, max_length=20)
        ),
        migrations.RunPython(bring, take_back),
    ]
