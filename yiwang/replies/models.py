"""What was warned of in a reply that was sent all the same; never changed."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from yiwang.replies.rules import Flaw

CODE_LENGTH = 32


class Flawed(models.Model):
    """A flaw of the reply in a step of a case (`seq`), by the post that gave it. The reply stands in the step."""

    pk = models.CompositePrimaryKey("county", "number", "seq", "flaw")
    county = models.CharField(max_length=6)
    number = models.BigIntegerField()
    seq = models.PositiveSmallIntegerField()
    flaw = models.CharField(max_length=12)
    place = models.CharField(max_length=CODE_LENGTH, db_collation="C")
    post = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    sealed = models.BooleanField()

    class Meta:
        indexes = [
            BrinIndex(fields=["at"], name="flawed_by_time", autosummarize=True),
            models.Index(fields=["post", "-number"], name="flawed_by_post"),
        ]
        constraints = [
            models.CheckConstraint(name="flaw_is_known", condition=Q(flaw__in=[flaw.value for flaw in Flaw])),
        ]
