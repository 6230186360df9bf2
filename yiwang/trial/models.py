"""The table of played days."""

from django.db import models
from django.db.models import Q

from yiwang.trial.rules import SPEEDS, Ending


class Day(models.Model):
    """A day that is being played, or was: in how many minutes, since when, how far it has come."""

    county = models.CharField(max_length=6)
    minutes = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=64)
    beats = models.PositiveIntegerField(default=0)
    reports = models.PositiveIntegerField(default=0)
    moves = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Ending])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_day_is_played_at_a_time", fields=["county"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(name="day_has_a_known_speed", condition=Q(minutes__in=SPEEDS)),
            models.CheckConstraint(
                name="ended_day_says_why",
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.begun_at:%Y-%m-%d %H:%M}"
