from django.db import models


class Entry(models.Model):
    """One line of the trail; never changed, never removed."""

    at = models.DateTimeField(auto_now_add=True)
    county = models.CharField(max_length=6, blank=True)
    actor = models.CharField(max_length=64)
    act = models.CharField(max_length=64)
    subject = models.CharField(max_length=128)
    ground = models.CharField(max_length=32, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "subject", "at"], name="audit_by_subject"),
            models.Index(fields=["county", "actor", "at"], name="audit_by_actor"),
        ]
