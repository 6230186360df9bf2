from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "yiwang.opinions"
    verbose_name = _("Second opinions")
    default_auto_field = "django.db.models.BigAutoField"
