from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrialConfig(AppConfig):
    name = "yiwang.trial"
    verbose_name = _("Trying it out")
    default_auto_field = "django.db.models.BigAutoField"
