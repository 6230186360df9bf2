from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallbacksConfig(AppConfig):
    name = "yiwang.callbacks"
    verbose_name = _("Sampling of call-backs")
    default_auto_field = "django.db.models.BigAutoField"
