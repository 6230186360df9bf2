from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "yiwang.places"
    verbose_name = _("Ground")
    default_auto_field = "django.db.models.BigAutoField"
