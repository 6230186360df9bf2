"""A search reads what was told where it lies: whether the whole phrase stands there is seen before a number is given.

Pairs of characters may stand apart from each other. Hundreds of candidates were read behind the wall, sent and looked
at outside for the few that say the phrase; so a search for pairs that are common, in an order that is rare, was slowest.
Written anew beside that: the words, the ground and the blocks are looked for as in 0010.
"""

from django.db import migrations

from yiwang.plumbing.walls.policies import APP_ROLE

BLOCK = 50_000

# `phrases` are plain as what is told is made plain here: NFKC, and small as far as every collation knows small letters.
# Ends with a negative number where it stopped at that case because it had read `enough`.
FOUND = f"""
DROP FUNCTION cases_found(text[], text, bigint, integer);
CREATE FUNCTION cases_found(sought text[], phrases text[], lies_in text, before bigint, most integer, enough integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    ground text := coalesce(current_setting('yiwang.ground', true), '');
    scopes text[] := '{{}}';
    code text;
    newest bigint;
    here text;
    asked text := '';
    looked_at text := '';
    block bigint;
    upto bigint;
    span integer := 1;
    count integer := 0;
    seen integer := 0;
    number bigint;
    told text;
BEGIN
    IF ground = '*' THEN
        scopes := ARRAY[lies_in];
    ELSE
        FOREACH code IN ARRAY string_to_array(ground, ',') LOOP
            -- What is asked for lies inside the ground, or the ground inside of what is asked for.
            IF lies_in ^@ code THEN
                scopes := ARRAY[lies_in];
                EXIT;
            ELSIF code ^@ lies_in THEN
                scopes := scopes || code;
            END IF;
        END LOOP;
    END IF;
    LOOP
        SELECT max(w.case_id) INTO newest FROM cases_words AS w WHERE w.case_id < before;
        EXIT WHEN newest IS NULL OR count >= most;
        here := left(newest::text, 6);
        IF here <> looked_at THEN
            looked_at := here;
            asked := cases_asked(sought, scopes, here);
        END IF;
        IF asked = '' THEN
            before := here::bigint * 10000000000;
            CONTINUE;
        END IF;
        -- What fills no page in one block is looked for in two, four and eight at once, never past its county.
        upto := newest / {BLOCK};
        block := greatest(upto - span + 1, here::bigint * 200000);
        -- Read apart from the order, so that the index of words is used, and no other; what was told only as far as
        -- it is wanted.
        FOR number, told IN
            WITH said AS MATERIALIZED (
                SELECT w.case_id, w.place FROM cases_words AS w WHERE cases_lexemes(w.case_id, w.place, w.words)
                    @@ (
                        SELECT string_agg(replace(asked, '#', (one % 200000)::text), ' | ')
                        FROM generate_series(block, upto) AS one
                    )::tsquery
            ), newest_first AS (
                SELECT said.case_id FROM said
                WHERE said.case_id < before AND EXISTS (SELECT FROM unnest(scopes) AS s WHERE said.place ^@ s)
                ORDER BY said.case_id DESC OFFSET 0
            )
            SELECT n.case_id, CASE WHEN cardinality(phrases) > 0 THEN (
                SELECT lower(normalize(c.text || ' ' || c.address, NFKC)) FROM cases_case AS c
                WHERE c.number = n.case_id AND c.county = here
            ) END FROM newest_first AS n
        LOOP
            IF NOT EXISTS (SELECT FROM unnest(phrases) AS phrase WHERE position(phrase IN told) = 0) THEN
                RETURN NEXT number;
                count := count + 1;
                EXIT WHEN count >= most;
            END IF;
            seen := seen + 1;
            IF seen >= enough THEN
                RETURN NEXT -number;
                RETURN;
            END IF;
        END LOOP;
        before := block * {BLOCK};
        span := least(span * 2, 8);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION cases_found FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_found TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_digests_move_out")]
    operations = [migrations.RunSQL(FOUND)]
