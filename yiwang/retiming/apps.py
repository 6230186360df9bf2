from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetimingConfig(AppConfig):
    name = "yiwang.retiming"
    verbose_name = _("Changes of the calendar")
    default_auto_field = "django.db.models.BigAutoField"
