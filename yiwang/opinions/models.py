"""What an outside model said of a report; never changed, and never decisive."""

from django.db import models

CODE_LENGTH = 32


class Opinion(models.Model):
    """The item (id) it chose, 0 for none of those it was given or no answer; `model`: its own name and version.

    `failed`: why there was no answer, in a word; "" where there was one. One for each case: it is not asked twice.
    """

    pk = models.CompositePrimaryKey("county", "number")
    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    at = models.DateTimeField()
    item = models.BigIntegerField(default=0)
    model = models.CharField(max_length=80)
    milliseconds = models.PositiveIntegerField()
    failed = models.CharField(max_length=20, blank=True)
