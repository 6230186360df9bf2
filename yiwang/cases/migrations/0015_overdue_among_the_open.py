"""What is overdue is looked for among what is open in its town, the newest first, and never through all that is due.

Of a condition on `next_due_at` the planner believes that it has nothing to do with the town: it read every case of the
county that waits to find fifty. Said as a sum, the condition is looked at row by row.
"""

import importlib

from django.db import migrations

_BEFORE = importlib.import_module("yiwang.cases.migrations.0004_newest_in_a_place").LYING
_OPEN = "'accepted', 'called_back', 'checked', 'dispatched', 'finished', 'in_hand', 'paused', 'reported', 'split'"
_NOW = {
    "    code text;\nBEGIN": "    code text;\n    overdue boolean := wanted ? 'overdue_at';\nBEGIN",
    "asked := asked || format(' AND next_due_at < %L', (wanted->>'overdue_at')::timestamptz);": (
        "asked := asked || format(' AND next_due_at + interval ''0'' < %L', (wanted->>'overdue_at')::timestamptz);\n"
        f"        IF NOT wanted ? 'state' THEN asked := asked || $q$ AND state IN ({_OPEN})$q$; END IF;"
    ),
    # A community has no index of what is open in it: its town's is read, past its neighbours.
    "IF length(lies_in) >= 12 THEN": "IF length(lies_in) >= 12 AND NOT overdue THEN",
    "(length(lies_in) >= 12 AND wanted ? 'state')": "(length(lies_in) >= 12 AND (overdue OR wanted ? 'state'))",
    "IF length(lies_in) NOT IN (0, 9, 12) THEN": (
        "IF length(lies_in) NOT IN (0, 9, 12) OR (length(lies_in) = 12 AND overdue) THEN"
    ),
    "CREATE FUNCTION": "CREATE OR REPLACE FUNCTION",
}


def _lying() -> str:
    written = _BEFORE
    for old, new in _NOW.items():
        assert old in written, old
        written = written.replace(old, new)
    # Replaced, a function keeps what it was given and loses what it was set to.
    return written.replace(
        "SET search_path = public, pg_temp AS",
        "SET search_path = public, pg_temp SET random_page_cost = 1.1 SET max_parallel_workers_per_gather = 0 AS",
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_help_is_asked_for")]
    operations = [migrations.RunSQL(_lying(), migrations.RunSQL.noop)]
