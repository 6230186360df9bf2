"""Words are found by town and by block of numbers: a search reads what lies on its ground, the newest first.

One index of plain words holds a word's cases of the whole installation: a name that is common in another town was read
through from end to end. Here a word stands behind its town and the 50,000 numbers among which its case is
(`990101001.52003:路灯`), so that each look reads one town's cases of one stretch of time, and the looking ends as soon as
a page is full. A community stands among the words of its cases, so that it is asked for in the index as well.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import F, Func

from yiwang.plumbing.walls.policies import APP_ROLE

BLOCK = 50_000

# Text is put together as one string and cut once: an unnesting for each report would cost ten times as much.
LEXEMES = f"""
CREATE FUNCTION cases_lexemes(case_id bigint, place text, words tsvector) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    head text := left(place, 9) || '.' || case_id / {BLOCK} % 200000 || ':';
BEGIN
    RETURN array_to_tsvector(string_to_array(
        head || '@' || left(place, 12) || ' ' || head || array_to_string(tsvector_to_array(words), ' ' || head), ' '
    ));
END $$;
GRANT EXECUTE ON FUNCTION cases_lexemes TO {APP_ROLE};
"""

# Nothing of the asker's becomes a statement. A word that ends in a star is the beginning of one. A place code never
# contains a quotation mark, a word only Chinese characters, Latin letters and digits.
FOUND = f"""
DROP FUNCTION cases_found(text, text, bigint, integer);
CREATE FUNCTION cases_found(sought text[], lies_in text, before bigint, most integer)
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
    number bigint;
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
        -- Read apart from the order, so that the index of words is used, and no other.
        FOR number IN
            WITH said AS MATERIALIZED (
                SELECT w.case_id, w.place FROM cases_words AS w WHERE cases_lexemes(w.case_id, w.place, w.words)
                    @@ (
                        SELECT string_agg(replace(asked, '#', (one % 200000)::text), ' | ')
                        FROM generate_series(block, upto) AS one
                    )::tsquery
            )
            SELECT said.case_id FROM said
            WHERE said.case_id < before AND EXISTS (SELECT FROM unnest(scopes) AS s WHERE said.place ^@ s)
            ORDER BY said.case_id DESC LIMIT most - count
        LOOP
            RETURN NEXT number;
            count := count + 1;
        END LOOP;
        before := block * {BLOCK};
        span := least(span * 2, 8);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION cases_found FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_found TO {APP_ROLE};
"""

# What is asked of a county's block (#): the words in each of the towns that the scopes hold or lie in.
ASKED = """
CREATE FUNCTION cases_asked(sought text[], scopes text[], county text) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE inside AS (
        SELECT s AS scope, CASE WHEN s ^@ county THEN s ELSE county END AS code
        FROM unnest(scopes) AS s WHERE s ^@ county OR county ^@ s
    ), towns AS (
        -- From town to town, past all that lies in each.
        SELECT code AS inner, left(code, 9) COLLATE "C" AS head FROM inside
        UNION
        SELECT t.inner, (
            SELECT left(p.code, 9) FROM places_place AS p
            WHERE p.code >= t.head || CASE WHEN length(t.head) < 9 THEN '!' ELSE '~' END AND p.code < t.inner || '~'
            ORDER BY p.code LIMIT 1
        ) FROM towns AS t WHERE t.head IS NOT NULL AND length(t.inner) < 9
    )
    SELECT coalesce(string_agg(
        '(' || (
            SELECT string_agg(
                '''' || t.head || '.#:' || rtrim(word, '*') || '''' || CASE WHEN word LIKE '%*' THEN ':*' ELSE '' END,
                ' & '
            ) FROM unnest(
                CASE WHEN length(t.inner) >= 12 THEN sought || ('@' || left(t.inner, 12)) ELSE sought END
            ) AS word
        ) || ')', ' | '
    ), '') FROM towns AS t WHERE t.head IS NOT NULL
$$;
REVOKE ALL ON FUNCTION cases_asked FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_intake_moves_out")]
    operations = [
        migrations.RunSQL(LEXEMES, "DROP FUNCTION cases_lexemes"),
        migrations.RemoveIndex("words", "case_words"),
        migrations.AddIndex(
            "words",
            GinIndex(
                Func(F("case"), F("place"), F("words"), function="cases_lexemes"), name="case_words_in_town",
                gin_pending_list_limit=256,
            ),
        ),
        # Nobody plans by them, and to gather them would cut a hundred thousand texts.
        migrations.RunSQL("ALTER INDEX case_words_in_town ALTER COLUMN 1 SET STATISTICS 0", migrations.RunSQL.noop),
        migrations.RunSQL(ASKED, "DROP FUNCTION cases_asked"),
        migrations.RunSQL(FOUND),
    ]  # fmt: skip
