"""Digests are the proof's: the table stays, see `proof`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_words_written_before_a_search")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Digest")])]
