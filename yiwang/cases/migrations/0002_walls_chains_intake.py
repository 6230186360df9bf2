"""Walls and keys of the loop's tables, steps that nobody changes, and the one door of intake.

`cases_take_in` writes a report with all that belongs to it in one round trip. It runs as the tables' owner: anybody may
bring in a report, on any ground, without standing on it. `cases_found` searches as the owner because PostgreSQL may not
use the index of words behind a wall; it keeps to the ground of the transaction by itself.
"""

from django.db import migrations

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import APP_ROLE, EVERYWHERE_ONLY, append_only, inside, wall

OF_A_CASE = ("words", "assignment", "summons", "petition", "note")
SEEN_STEP = f"""({EVERYWHERE_ONLY} OR EXISTS (SELECT FROM cases_case AS c
    WHERE c.number = cases_step.number AND c.county = cases_step.county))"""

COUNT = "CREATE SEQUENCE cases_count INCREMENT BY 50"

TAKE_IN = f"""
CREATE FUNCTION cases_take_in(
    told jsonb, found_by text, first jsonb, work jsonb, known_as bytea, said bytea, answered jsonb
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kept cases_receipt;
BEGIN
    IF known_as IS NOT NULL THEN
        INSERT INTO cases_receipt (key, body, number, answer)
            VALUES (known_as, said, (told->>'number')::bigint, answered) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            SELECT * INTO kept FROM cases_receipt WHERE key = known_as;
            RETURN jsonb_build_object('same', kept.body = said, 'number', kept.number, 'answer', kept.answer);
        END IF;
    END IF;
    INSERT INTO cases_case SELECT * FROM jsonb_populate_record(NULL::cases_case, told);
    INSERT INTO cases_words (case_id, county, place, words)
        VALUES ((told->>'number')::bigint, told->>'county', told->>'place', array_to_tsvector(string_to_array(found_by, ' ')));
    INSERT INTO cases_step
        SELECT * FROM jsonb_populate_record(NULL::cases_step, first || jsonb_build_object('recorded_at', now()));
    IF work IS NOT NULL THEN
        PERFORM procrastinate_defer_jobs_v1(
            ARRAY(SELECT jobs FROM jsonb_populate_recordset(NULL::procrastinate_job_to_defer_v1, work) AS jobs)
        );
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION cases_take_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_take_in TO {APP_ROLE};
"""

# EXECUTE, so that each search is planned for its own words: how common they are decides which index is the faster.
FOUND = f"""
CREATE FUNCTION cases_found(sought text, lies_in text, before bigint, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ground text := coalesce(current_setting('yiwang.ground', true), '');
    standing text := 'false';
    code text;
BEGIN
    IF ground = '*' THEN
        standing := 'true';
    ELSE
        FOREACH code IN ARRAY string_to_array(ground, ',') LOOP
            standing := standing || format(' OR (place >= %L AND place < %L)', code, code || '~');
        END LOOP;
    END IF;
    IF lies_in <> '' THEN
        standing := format('(%s) AND place >= %L AND place < %L', standing, lies_in, lies_in || '~');
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT case_id FROM cases_words WHERE words @@ %L::tsquery AND (%s) AND case_id < %s'
        ' ORDER BY case_id DESC LIMIT %s', sought, standing, before, most
    );
END $$;
REVOKE ALL ON FUNCTION cases_found FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_found TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_cases_steps_assignments"),
        ("walls", "0001_app_role"),
        ("procrastinate", "__latest__"),
    ]
    operations = [
        with_county("cases_case", "number"),
        with_county("cases_words", "case_id"),
        *(with_county(f"cases_{table}", "id") for table in ("assignment", "summons", "petition", "note")),
        wall("cases_case", sees=inside("place"), changes=inside("place")),
        *(wall(f"cases_{table}", sees=inside("place"), changes=inside("place")) for table in OF_A_CASE),
        wall("cases_step", sees=SEEN_STEP, changes=SEEN_STEP),
        wall("cases_receipt", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY),
        wall("cases_intake", sees=EVERYWHERE_ONLY, changes=EVERYWHERE_ONLY),
        wall("cases_digest", sees="true", changes=EVERYWHERE_ONLY),
        append_only("cases_step"),
        append_only("cases_note"),
        append_only("cases_digest"),
        migrations.RunSQL(COUNT, "DROP SEQUENCE cases_count"),
        migrations.RunSQL(TAKE_IN, "DROP FUNCTION cases_take_in"),
        migrations.RunSQL(FOUND, "DROP FUNCTION cases_found"),
    ]
