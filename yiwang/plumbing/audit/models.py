from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One line of the trail; never changed, never removed."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    county = models.CharField(max_length=6, blank=True)
    actor = models.CharField(_("who"), max_length=64)
    act = models.CharField(_("did what"), max_length=64)
    subject = models.CharField(_("to what"), max_length=128)
    ground = models.CharField(_("ground"), max_length=32, blank=True)
    purpose = models.CharField(_("for what"), max_length=200, blank=True)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("line of the audit trail")
        verbose_name_plural = _("audit trail")
        indexes = [
            models.Index(fields=["county", "subject", "at"], name="audit_by_subject"),
            models.Index(fields=["county", "actor", "at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"
