"""A search finds the new words in their places: whoever searches first puts there what still waits in a list.

New words wait in the index's pending list, so that intake need not put each in its place. Every look of a search reads
that list whole, and a search that finds nothing looks in all blocks: two hundred waiting reports made it five times as
slow. To put them in their places costs once what one such look costs.
"""

from django.db import migrations

from yiwang.plumbing.walls.policies import APP_ROLE

# Its owner alone may tidy an index. A copy that only follows another database cannot, and need not.
WRITTEN = f"""
CREATE FUNCTION cases_words_written() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN pg_is_in_recovery() THEN 0 ELSE gin_clean_pending_list('case_words_in_town') END
$$;
REVOKE ALL ON FUNCTION cases_words_written FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_words_written TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_notes_that_remind")]
    operations = [migrations.RunSQL(WRITTEN, "DROP FUNCTION cases_words_written")]
