"""The moment before which nothing more can be recorded: seen by the tables' owner, told to the application."""

from django.db import migrations

from yiwang.plumbing.walls.policies import APP_ROLE

# A row is recorded at the beginning of its transaction: whatever is not seen yet belongs to one that runs, and was
# recorded when that began. Only the tables' owner sees when others began; sessions hidden even from it are given ten
# minutes. A second, because a transaction is shown a moment after it has begun. A backup only reads.
CERTAIN = f"""
CREATE FUNCTION yiwang_certain_at() RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT least(
        now(), min(xact_start),
        CASE WHEN bool_or(backend_type IS NULL) THEN now() - interval '10 minutes' END
    ) - interval '1 second'
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'pg_dump'
      AND (backend_type IS NULL OR backend_type = 'client backend')
$$;
REVOKE ALL ON FUNCTION yiwang_certain_at FROM PUBLIC;
GRANT EXECUTE ON FUNCTION yiwang_certain_at TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("walls", "0001_app_role")]
    operations = [migrations.RunSQL(CERTAIN, "DROP FUNCTION yiwang_certain_at")]
