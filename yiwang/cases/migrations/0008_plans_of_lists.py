"""Lists and searches are short: they are planned as such, for disks on which a jump costs little more than the next page.

One page of a list is no work for several processes: starting them takes longer than reading it.
"""

from django.db import migrations

SETTINGS = ("random_page_cost = 1.1", "max_parallel_workers_per_gather = 0")
FUNCTIONS = ("cases_found(text, text, bigint, integer)", "cases_lying(text, jsonb, bigint, integer)")
KNOWN = [f"ALTER FUNCTION {function} SET {setting}" for function in FUNCTIONS for setting in SETTINGS]
FORGOTTEN = [f"ALTER FUNCTION {function} RESET {setting.split()[0]}" for function in FUNCTIONS for setting in SETTINGS]


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_words_in_a_place")]
    operations = [migrations.RunSQL("; ".join(KNOWN), "; ".join(FORGOTTEN))]
