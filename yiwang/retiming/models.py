"""Tables of timing anew: each change of the calendar, and the cases that it has still to reach."""

from django.db import models
from django.db.models import Q


class Retiming(models.Model):
    """One change of the calendar: what it said before and says now, and how far it has been carried to the cases.

    `gathered_at`: when the cases were gathered that it may concern; `ended_at`: when the last of them was seen to.
    The newest one's `after` is the calendar by which all limits stand.
    """

    found_at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()
    gathered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    gathered = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    unexplained = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retiming_ends_after_gathering", condition=Q(ended_at__isnull=True) | Q(gathered_at__isnull=False)
            ),
        ]


class Waiting(models.Model):
    """An open case that a change of the calendar has still to reach."""

    number = models.BigIntegerField(primary_key=True)
    county = models.CharField(max_length=6)
    retiming = models.BigIntegerField()
