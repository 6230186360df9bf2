"""`cases_pressing`: numbers of cases in a place, what is due next first.

Like `cases_lying` it looks as the tables' owner and keeps to the ground of the transaction by itself. Only what is open
is due: some ten thousand cases a county, found by the county's own index in the order in which they are wanted.
"""

from django.db import migrations

from yiwang.plumbing.walls.policies import APP_ROLE

PRESSING = f"""
CREATE FUNCTION cases_pressing(
    lies_in text, wanted jsonb, after_at timestamptz, after_number bigint, most integer
) RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET random_page_cost = 1.1 SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    ground text := coalesce(
        current_setting(CASE WHEN wanted ? 'sealed' THEN 'yiwang.sealed' ELSE 'yiwang.ground' END, true), ''
    );
    asked text := 'next_due_at IS NOT NULL';
    standing text := 'false';
    code text;
BEGIN
    IF ground <> '*' THEN
        FOREACH code IN ARRAY string_to_array(ground, ',') LOOP
            IF lies_in ^@ code THEN
                standing := 'true';
            ELSIF code ^@ lies_in THEN
                standing := standing || format(' OR (place >= %L AND place < %L)', code, code || '~');
            END IF;
        END LOOP;
        asked := asked || format(' AND (%s)', standing);
    END IF;
    IF lies_in ~ '^[0-9]{{6}}' THEN
        asked := asked || format(' AND county = %L', left(lies_in, 6));
    END IF;
    IF length(lies_in) > 6 THEN
        asked := asked || format(' AND place >= %L AND place < %L', lies_in, lies_in || '~');
    END IF;
    IF after_at IS NOT NULL THEN
        asked := asked || format(
            ' AND next_due_at >= %L AND (next_due_at > %L OR number > %s)', after_at, after_at, after_number
        );
    END IF;
    IF wanted ? 'state' THEN
        asked := asked || format(' AND state = %L', wanted->>'state');
    END IF;
    IF wanted ? 'items' THEN
        asked := asked || format(' AND item_id = ANY (%L::bigint[])', translate(wanted->>'items', '[]', '{{}}'));
    END IF;
    IF wanted ? 'lead' THEN
        asked := asked || format(' AND lead_id = %s', (wanted->>'lead')::bigint);
    END IF;
    IF wanted ? 'overdue_at' THEN
        asked := asked || format(' AND next_due_at < %L', (wanted->>'overdue_at')::timestamptz);
    END IF;
    IF wanted ? 'since' THEN
        asked := asked || format(' AND opened_at >= %L', (wanted->>'since')::timestamptz);
    END IF;
    IF wanted ? 'urgency' THEN
        asked := asked || format(' AND urgency = %L', wanted->>'urgency');
    END IF;
    asked := asked || CASE WHEN wanted ? 'sealed' THEN ' AND secrecy = ' ELSE ' AND secrecy <> ' END
        || quote_literal('sealed');
    RETURN QUERY EXECUTE 'SELECT number FROM cases_case WHERE ' || asked
        || ' ORDER BY next_due_at, number LIMIT ' || most;
END $$;
REVOKE ALL ON FUNCTION cases_pressing FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_pressing TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_open_of_an_item_questions")]
    operations = [migrations.RunSQL(PRESSING, "DROP FUNCTION cases_pressing")]
