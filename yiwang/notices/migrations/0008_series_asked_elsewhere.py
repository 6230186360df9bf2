"""An occasion more: a series of forms is asked elsewhere, for its place is no more. It goes by e-mail."""

from django.db import migrations, models

OCCASIONS = [('dispatched', 'Given to you'), ('help', 'You are asked to help'), ('whistled', 'You are whistled for'), ('handed_back', 'Handed back'), ('to_check', 'To be checked'), ('reopened', 'Opened again'), ('asked', 'You decide'), ('decided', 'Decided'), ('urged', 'Urged'), ('instructed', 'Instruction'), ('soon', 'Soon due'), ('overdue', 'Overdue'), ('escalated', 'Lies too long'), ('emergency', 'Emergency'), ('ordered', 'An order names you'), ('order_moved', 'News of an order'), ('named', 'The committee names you'), ('item_moved', 'News of the committee'), ('form_asked', 'Please fill in'), ('form_due', 'Not sent in yet'), ('form_ended', 'A form was taken back'), ('series_lapsed', 'A series has ended'), ('series_moved', 'A series is asked elsewhere'), ('taken_on', 'Taken on'), ('done', 'Said to be done'), ('ended', 'It has ended'), ('question', 'A question to you')]


def bring(apps, editor):
    apps.get_model("notices", "Rule").objects.create(occasion="series_moved", channel="email")


def take_back(apps, editor):
    apps.get_model("notices", "Rule").objects.filter(occasion="series_moved").delete()


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_what_asks_no_more")]
    operations = [
        migrations.AlterField("notice", "occasion", models.CharField(choices=OCCASIONS, max_length=20)),
        migrations.AlterField("rule", "occasion", models.CharField("occasion", choices=OCCASIONS, max_length=20)),
        migrations.RunPython(bring, take_back),
    ]
