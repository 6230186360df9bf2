"""A measure is read on all ground inside its place, too: what a county writes down, in its towns."""

from django.db import migrations

from yiwang.plumbing.walls.policies import inside, inside_or_above


def sees(condition: str) -> str:
    return f"ALTER POLICY lists_measure_sees ON lists_measure USING ({condition})"


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_measures")]
    operations = [migrations.RunSQL(sees(inside_or_above("place")), sees(inside("place")))]
