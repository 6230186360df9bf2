"""Notes are seen by whoever sees their case, wherever the ground was drawn anew; what went on in parts needs no item."""

from django.db import migrations, models
from django.db.models import Q

from yiwang.plumbing.walls.policies import EVERYWHERE_ONLY, inside, wall

BEFORE = wall("cases_note", sees=inside("place"), changes=inside("place"))
SEEN_NOTE = f"""({EVERYWHERE_ONLY} OR EXISTS (SELECT FROM cases_case AS c
    WHERE c.number = cases_note.case_id AND c.county = cases_note.county))"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_newest_in_a_place")]
    operations = [
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        wall("cases_note", sees=SEEN_NOTE, changes=SEEN_NOTE),
        migrations.RemoveConstraint("case", "case_accepted_has_an_item"),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="case_accepted_has_an_item",
                condition=Q(state__in=["declined", "merged", "reported", "split", "withdrawn"])
                | Q(item__isnull=False)
                | ~Q(source="")
                | Q(lead__isnull=True, state__in=["called_back", "checked", "closed"]),
            ),
        ),
    ]
