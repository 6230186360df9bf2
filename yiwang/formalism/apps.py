from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormalismConfig(AppConfig):
    name = "yiwang.formalism"
    verbose_name = _("Signs of formalism")
    default_auto_field = "django.db.models.BigAutoField"
