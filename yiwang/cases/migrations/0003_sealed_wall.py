"""A sealed case, and all that belongs to it, is seen only by whoever investigates there, whatever ground they stand on."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from yiwang.plumbing.walls.policies import APP_ROLE, EVERYWHERE_ONLY, inside, unsealed

BELONGING = ("words", "assignment", "summons", "petition", "note")
OPEN = unsealed("place", "secrecy = 'sealed'")


def belongs(table: str) -> str:
    """The case is asked, so that its own wall holds."""
    return f"""({EVERYWHERE_ONLY} AND (SELECT current_setting('yiwang.sealed', true) = '*')
        OR EXISTS (SELECT FROM cases_case AS c WHERE c.number = {table}.{_number(table)} AND c.county = {table}.county))"""


def _number(table: str) -> str:
    return "number" if table == "cases_step" else "case_id"


def narrowed(table: str, sees: str, changes: str) -> RunSQL:
    """Also this must be true of a row, whatever other policies let through."""
    return RunSQL(
        sql=f"""
            CREATE POLICY {table}_sealed ON {table} AS RESTRICTIVE FOR ALL TO {APP_ROLE}
                USING ({sees}) WITH CHECK ({changes});
            """,
        reverse_sql=f"DROP POLICY {table}_sealed ON {table};",
    )


def steps_ask_their_case() -> RunSQL:
    """Also from everywhere: an operator's page stands there, and sees no sealed history."""
    new, old = belongs("cases_step"), f"""({EVERYWHERE_ONLY} OR EXISTS (SELECT FROM cases_case AS c
        WHERE c.number = cases_step.number AND c.county = cases_step.county))"""
    return RunSQL(sql=_steps(new), reverse_sql=_steps(old))


def _steps(sees: str) -> str:
    return f"""
        ALTER POLICY cases_step_sees ON cases_step USING ({sees});
        ALTER POLICY cases_step_adds ON cases_step WITH CHECK ({sees});
        """


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls_chains_intake")]
    operations = [
        narrowed("cases_case", OPEN, inside("place")),
        *(narrowed(f"cases_{table}", belongs(f"cases_{table}"), inside("place")) for table in BELONGING),
        steps_ask_their_case(),
    ]
