from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "yiwang.plumbing.audit"
    label = "audit"
    verbose_name = _("Oversight of the platform")
    default_auto_field = "django.db.models.BigAutoField"
