"""The moment before which nothing more can be recorded is asked of `plumbing.walls` by whoever follows."""

from django.db import migrations

FUNCTION = "insight_certain_at"
# As it was, for whoever goes back: an older platform asks for it under this name.
BEFORE = f"""
CREATE FUNCTION {FUNCTION}() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = public, pg_temp
AS 'SELECT yiwang_certain_at()';
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0002_walls_and_keys"), ("walls", "0002_certain_at")]
    operations = [migrations.RunSQL(f"DROP FUNCTION {FUNCTION}", BEFORE)]
