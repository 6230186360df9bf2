from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpotsConfig(AppConfig):
    name = "yiwang.spots"
    verbose_name = _("Hot spots")
    default_auto_field = "django.db.models.BigAutoField"
