"""The table of digests. It came out of the room of cases and kept its name."""

from django.db import models


class Digest(models.Model):
    """One day's steps in one hash, signed: what is published so that nothing can be taken away later."""

    day = models.DateField(unique=True)
    steps = models.BigIntegerField()
    digest = models.BinaryField()
    before = models.BinaryField()
    signature = models.BinaryField()
    public_key = models.BinaryField()
    made_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        db_table = "cases_digest"
