"""Lists of cases, newest first: what lies in a place, what is still open there, what a worker has brought in.

`left(place, 9)` may not use its index behind a wall (it is not leakproof), so `cases_lying` looks as the tables' owner
and keeps to the ground of the transaction by itself, as `cases_found` does; sealed cases are asked for apart.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models
from django.db.models.functions import Left

from yiwang.plumbing.walls.policies import APP_ROLE

# What is wanted beside the place comes as JSON; absent keys ask nothing. EXECUTE, so that each list is planned for its
# own values: how rare they are decides which index is the faster.
LYING = f"""
CREATE FUNCTION cases_lying(lies_in text, wanted jsonb, before bigint, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ground text := coalesce(
        current_setting(CASE WHEN wanted ? 'sealed' THEN 'yiwang.sealed' ELSE 'yiwang.ground' END, true), ''
    );
    asked text := format('number < %s', before);
    standing text := 'false';
    code text;
BEGIN
    IF ground <> '*' THEN
        FOREACH code IN ARRAY string_to_array(ground, ',') LOOP
            -- What is wanted lies inside the ground, or the ground inside of what is wanted.
            IF lies_in ^@ code THEN
                standing := 'true';
            ELSIF code ^@ lies_in THEN
                standing := standing || format(' OR (place >= %L AND place < %L)', code, code || '~');
            END IF;
        END LOOP;
        asked := asked || format(' AND (%s)', standing);
    END IF;
    IF lies_in ~ '^[0-9]{{6}}' THEN
        asked := asked || format(' AND number >= %s', left(lies_in, 6)::bigint * 10000000000)
            || format(' AND number < %s', (left(lies_in, 6)::bigint + 1) * 10000000000);
    END IF;
    IF length(lies_in) >= 12 THEN
        asked := asked || format(' AND left(place, 12) = %L', left(lies_in, 12));
    END IF;
    -- What is still open has an index of its own for each town.
    IF length(lies_in) BETWEEN 9 AND 11 OR (length(lies_in) >= 12 AND wanted ? 'state') THEN
        asked := asked || format(' AND left(place, 9) = %L', left(lies_in, 9));
    END IF;
    IF length(lies_in) NOT IN (0, 9, 12) THEN
        asked := asked || format(' AND place >= %L AND place < %L', lies_in, lies_in || '~');
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
    IF wanted ? 'sealed' THEN
        asked := asked || ' AND secrecy = ' || quote_literal('sealed');
    ELSE
        asked := asked || ' AND secrecy <> ' || quote_literal('sealed');
    END IF;
    RETURN QUERY EXECUTE 'SELECT number FROM cases_case WHERE ' || asked || ' ORDER BY number DESC LIMIT ' || most;
END $$;
REVOKE ALL ON FUNCTION cases_lying FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_lying TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_sealed_wall")]
    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                Left("place", 9), models.F("number").desc(),
                condition=models.Q(
                    state__in=[
                        "accepted", "called_back", "checked", "dispatched", "finished", "in_hand", "paused", "reported",
                        "split",
                    ]
                ),
                name="case_open_in_town",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(fields=["teller", "-number"], condition=models.Q(told="worker"), name="case_of_worker"),
        ),
        migrations.AddIndex("case", BrinIndex(fields=["opened_at"], name="case_by_opening", autosummarize=True)),
        migrations.RunSQL(LYING, "DROP FUNCTION cases_lying"),
    ]  # fmt: skip
