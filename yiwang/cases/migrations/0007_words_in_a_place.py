"""Search inside a town or community by its newest cases: there, a common word is found among the first that are read."""

from django.db import migrations

FOUND = """
CREATE OR REPLACE FUNCTION cases_found(sought text, lies_in text, before bigint, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ground text := coalesce(current_setting('yiwang.ground', true), '');
    standing text := 'false';
    narrower text := '';
    code text;
BEGIN
    IF ground = '*' THEN
        standing := 'true';
    ELSE
        FOREACH code IN ARRAY string_to_array(ground, ',') LOOP
            -- What is asked for lies inside the ground, or the ground inside of what is asked for.
            IF lies_in ^@ code THEN
                standing := 'true';
            ELSIF code ^@ lies_in THEN
                standing := standing || format(' OR (w.place >= %L AND w.place < %L)', code, code || '~');
            END IF;
        END LOOP;
    END IF;
    -- A place is said once: said twice, the planner would believe that next to nothing lies there.
    IF length(lies_in) >= 12 THEN
        narrower := format(
            ' JOIN cases_case AS c ON c.number = w.case_id AND c.county = w.county'
            ' AND left(c.place, 12) = %L AND c.number < %s', left(lies_in, 12), before
        );
    END IF;
    IF length(lies_in) NOT IN (0, 12) THEN
        standing := format('(%s) AND w.place >= %L AND w.place < %L', standing, lies_in, lies_in || '~');
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT w.case_id FROM cases_words AS w%s WHERE w.words @@ %L::tsquery AND (%s) AND w.case_id < %s'
        ' ORDER BY w.case_id DESC LIMIT %s', narrower, sought, standing, before, most
    );
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_followed_cases")]
    operations = [
        # What stood there before answers the same, only slower.
        migrations.RunSQL(FOUND, migrations.RunSQL.noop),
    ]
