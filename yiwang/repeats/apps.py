from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepeatsConfig(AppConfig):
    name = "yiwang.repeats"
    verbose_name = _("Repeated demands")
    default_auto_field = "django.db.models.BigAutoField"
