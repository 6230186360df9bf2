"""Row-level policies as migration operations, so that a table and its wall are born together."""

from django.db.migrations.operations import RunSQL

APP_ROLE = "yiwang_app"

# One InitPlan for the whole statement: the setting is read once, not once a row.
_GROUND = "(SELECT string_to_array(current_setting('yiwang.ground', true), ','))::text[]"
# Likewise: all that lies around the ground, to be compared with by equality.
_AROUND = """(SELECT array_agg(DISTINCT left(mine, length)) FROM
    unnest(string_to_array(current_setting('yiwang.ground', true), ',')) AS mine,
    generate_series(1, length(mine)) AS length)::text[]"""
_ALL = "(SELECT current_setting('yiwang.ground', true) = '*')"


# For what no page may see at all: only code that says so stands everywhere.
EVERYWHERE_ONLY = _ALL


def unsealed(column: str, secret: str) -> str:
    """SQL that is true unless the row is sealed (`secret` says so) and its place is not where one may see that."""
    opened = "(SELECT current_setting('yiwang.sealed', true))"
    grounds = f"(SELECT string_to_array({opened}, ','))::text[]"
    return f"(NOT ({secret}) OR {opened} = '*' OR {column} ^@ ANY ({grounds}))"


def inside(column: str) -> str:
    """SQL that is true when the row's place lies inside the transaction's ground."""
    return f"({_ALL} OR {column} ^@ ANY ({_GROUND}))"


def inside_or_above(column: str) -> str:
    """Inside the ground, or answering for it from above: a village sees the town clerk set over it."""
    return f"({inside(column)} OR {column} = ANY ({_AROUND}))"


def wall(table: str, *, sees: str, changes: str) -> RunSQL:
    """Raise the wall on a table: `sees` for reading, `changes` for writing (both SQL conditions)."""
    return RunSQL(
        sql=f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY {table}_sees ON {table} FOR SELECT TO {APP_ROLE} USING ({sees});
            CREATE POLICY {table}_adds ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({changes});
            CREATE POLICY {table}_changes ON {table} FOR UPDATE TO {APP_ROLE} USING ({changes}) WITH CHECK ({changes});
            CREATE POLICY {table}_removes ON {table} FOR DELETE TO {APP_ROLE} USING ({changes});
            """,
        reverse_sql=f"""
            DROP POLICY {table}_removes ON {table};
            DROP POLICY {table}_changes ON {table};
            DROP POLICY {table}_adds ON {table};
            DROP POLICY {table}_sees ON {table};
            ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
            """,
    )


def append_only(table: str) -> RunSQL:
    """Let the database refuse to change or remove a row of this table, for everyone."""
    return RunSQL(
        sql=f"""
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION yiwang_refuse_change();
            CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION yiwang_refuse_change();
            """,
        reverse_sql=f"""
            DROP TRIGGER {table}_append_only ON {table};
            DROP TRIGGER {table}_no_truncate ON {table};
            """,
    )
