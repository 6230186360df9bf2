"""Keys that hold on a distributed PostgreSQL: whatever is unique there must name the county too."""

from django.db.migrations.operations import RunSQL


def with_county(table: str, column: str) -> RunSQL:
    """Let the table's primary key, which Django believes to be `column`, be (`column`, county)."""
    drop = f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey"
    add = f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY"
    return RunSQL(sql=f"{drop}; {add} ({column}, county);", reverse_sql=f"{drop}; {add} ({column});")
