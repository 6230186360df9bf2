"""Reports that come in the same moment are written together: one statement and one commit for all of them.

All or none: where one of them cannot be written, or was sent before under its key, the caller takes each in by itself
through `cases_take_in`, which says which and why.
"""

from django.db import migrations

from yiwang.plumbing.walls.policies import APP_ROLE

TAKE_IN_ALL = f"""
CREATE FUNCTION cases_take_in_all(reports jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- In the order of keys, so that two processes that are sent the same keys wait for each other one way only.
    INSERT INTO cases_receipt (key, body, number, answer)
        SELECT decode(r.key, 'hex'), decode(r.body, 'hex'), r.number, r.answer
        FROM jsonb_to_recordset(reports->'receipts') AS r(key text, body text, number bigint, answer jsonb)
        ORDER BY r.key;
    INSERT INTO cases_case SELECT * FROM jsonb_populate_recordset(NULL::cases_case, reports->'told');
    INSERT INTO cases_words (case_id, county, place, words)
        SELECT w.number, w.county, w.place, array_to_tsvector(string_to_array(w.words, ' '))
        FROM jsonb_to_recordset(reports->'words') AS w(number bigint, county text, place text, words text);
    INSERT INTO cases_step (
        county, number, seq, at, move, state, actor, capacity, post_id, channel, reason, given, before, hash, recorded_at
    )
        SELECT s.county, s.number, s.seq, s.at, s.move, s.state, s.actor, s.capacity, s.post_id, s.channel, s.reason,
            s.given, s.before, s.hash, now()
        FROM jsonb_populate_recordset(NULL::cases_step, reports->'first') AS s;
    IF reports ? 'work' THEN
        PERFORM procrastinate_defer_jobs_v1(ARRAY(
            SELECT jobs FROM jsonb_populate_recordset(NULL::procrastinate_job_to_defer_v1, reports->'work') AS jobs
        ));
    END IF;
END $$;
REVOKE ALL ON FUNCTION cases_take_in_all FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_take_in_all TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_words_by_town_and_block")]
    operations = [migrations.RunSQL(TAKE_IN_ALL, "DROP FUNCTION cases_take_in_all")]
