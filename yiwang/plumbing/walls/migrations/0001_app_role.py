"""The role under which the application works: it owns nothing, so policies bind it. `grants` opens the tables to it."""

from django.db import migrations

MAKE_ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yiwang_app') THEN
        BEGIN
            CREATE ROLE yiwang_app NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;  -- another installation on this server was faster
        END;
    END IF;
    BEGIN
        EXECUTE format('GRANT yiwang_app TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN
        IF NOT pg_has_role(current_user, 'yiwang_app', 'MEMBER') THEN
            RAISE EXCEPTION 'Ask the database administrator for: GRANT yiwang_app TO %', current_user;
        END IF;
    END;
END $$;
"""

GRANT_LATER = """
GRANT USAGE ON SCHEMA public TO yiwang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO yiwang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO yiwang_app;
"""

REFUSE = """
CREATE FUNCTION yiwang_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(MAKE_ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(GRANT_LATER, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE, "DROP FUNCTION yiwang_refuse_change()"),
    ]
