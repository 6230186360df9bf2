"""How far files of other systems have come in."""

from django.db import models


class Intake(models.Model):
    """How far a file of another system's history has been brought in."""

    source = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    rows = models.BigIntegerField(default=0)
    brought = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="file_brought_in_once")]
