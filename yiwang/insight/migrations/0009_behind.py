"""In which figures of which months a case is: every case is counted anew by itself, and gets its keys by that."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from yiwang.plumbing.walls.policies import APP_ROLE

# Behind the wall no index of keys would serve: it looks into rows whose place was not seen yet. So the wall stands in
# here, too. What has a key is read apart from the order: down the numbers it would go through all that was told since.
KEYED = f"""
CREATE FUNCTION insight_keyed(lies_in text, keys integer[], before bigint, most integer)
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
    WITH ground AS (SELECT coalesce(current_setting('yiwang.ground', true), '') AS codes),
    keyed AS MATERIALIZED (SELECT c.number, c.place FROM insight_counted AS c WHERE c.behind && keys)
    SELECT keyed.number FROM keyed, ground
    WHERE keyed.number < before AND keyed.place ^@ lies_in
        AND (ground.codes = '*' OR keyed.place ^@ ANY (string_to_array(ground.codes, ',')))
    ORDER BY keyed.number DESC LIMIT most
$$;
REVOKE ALL ON FUNCTION insight_keyed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION insight_keyed TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0008_outcomes"), ("walls", "0001_app_role")]
    operations = [
        migrations.AddField("counted", "behind", ArrayField(models.IntegerField(), default=list)),
        migrations.AddIndex("counted", GinIndex(fields=["behind"], name="counted_behind_figures")),
        migrations.RemoveIndex("counted", "counted_open_in_place"),
        migrations.AddIndex(
            "counted",
            models.Index(
                fields=["place", "next_due_at"], include=["unit", "holder", "state", "reopened", "number"],
                condition=models.Q(is_open=True), name="counted_open_here",
            ),
        ),
        migrations.RunSQL(KEYED, "DROP FUNCTION insight_keyed(text, integer[], bigint, integer)"),
    ]  # fmt: skip
