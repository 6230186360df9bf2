"""A notice may be about what is no case; three occasions more, of forms. They go by e-mail."""

from django.db import migrations, models

OCCASIONS = [('dispatched', 'Given to you'), ('help', 'You are asked to help'), ('whistled', 'You are whistled for'), ('handed_back', 'Handed back'), ('to_check', 'To be checked'), ('reopened', 'Opened again'), ('asked', 'You decide'), ('decided', 'Decided'), ('urged', 'Urged'), ('instructed', 'Instruction'), ('soon', 'Soon due'), ('overdue', 'Overdue'), ('escalated', 'Lies too long'), ('emergency', 'Emergency'), ('ordered', 'An order names you'), ('order_moved', 'News of an order'), ('named', 'The committee names you'), ('item_moved', 'News of the committee'), ('form_asked', 'Please fill in'), ('form_due', 'Not sent in yet'), ('form_ended', 'A form was taken back'), ('taken_on', 'Taken on'), ('done', 'Said to be done'), ('ended', 'It has ended'), ('question', 'A question to you')]
BY_EMAIL = ("form_asked", "form_due", "form_ended")


def bring(apps, editor):
    rule = apps.get_model("notices", "Rule")
    rule.objects.bulk_create(rule(occasion=occasion, channel="email") for occasion in BY_EMAIL)


def take_back(apps, editor):
    apps.get_model("notices", "Rule").objects.filter(occasion__in=BY_EMAIL).delete()


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_news_of_committees")]
    operations = [
        migrations.AlterField("notice", "occasion", models.CharField(choices=OCCASIONS, max_length=20)),
        migrations.AlterField("rule", "occasion", models.CharField("occasion", choices=OCCASIONS, max_length=20)),
        migrations.AlterField("notice", "case", models.BigIntegerField(null=True)),
        migrations.AddField("notice", "subject", models.CharField(blank=True, max_length=40, default=""), preserve_default=False),
        migrations.AddField("notice", "title", models.CharField(blank=True, max_length=60, default=""), preserve_default=False),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                name="notice_is_about_one_thing",
                condition=models.Q(case__isnull=False, subject="")
                | (models.Q(case__isnull=True) & ~models.Q(subject="") & ~models.Q(title="")),
            ),
        ),
        migrations.RunPython(bring, take_back),
    ]
