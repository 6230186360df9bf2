"""What the application's role may do at all: read and write rows, and not even that with every table.

Given anew after each migration and not only by one, because default privileges follow the login that said them:
tables made under another owner, or by a library's migration, would otherwise stay shut.
"""

from django.db import connection

from yiwang.plumbing.walls.policies import APP_ROLE

# Which migrations ran is the owner's to say.
_READ_ONLY = ("django_migrations",)

# A job is asked for and counted by the application; what it carries is read by the worker alone, which is the owner.
_UNREAD = {"procrastinate_jobs": "args"}

_OPEN = f"""
DO $$
DECLARE
    mine record;
BEGIN
    FOR mine IN
        SELECT oid::regclass AS name, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
          AND pg_has_role(current_user, relowner, 'USAGE')
    LOOP
        IF mine.relkind = 'S' THEN
            EXECUTE format('GRANT USAGE, SELECT ON %s TO {APP_ROLE}', mine.name);
        ELSE
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {APP_ROLE}', mine.name);
        END IF;
    END LOOP;
END $$
"""  # noqa: S608 - constants of ours

_COLUMNS_BUT = """
SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped AND attname <> %s
"""


def open_to_application() -> None:
    """Give the application what it needs of the tables there are. Run as their owner; harmless when repeated."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        for table in _READ_ONLY:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {APP_ROLE}")
        for table, column in _UNREAD.items():
            cursor.execute(_COLUMNS_BUT, [table, column])
            (columns,) = cursor.fetchone()
            if columns:
                cursor.execute(f"REVOKE SELECT ON {table} FROM {APP_ROLE}")  # noqa: S608 - as above
                cursor.execute(f"GRANT SELECT ({columns}) ON {table} TO {APP_ROLE}")
