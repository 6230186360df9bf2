from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProofConfig(AppConfig):
    name = "yiwang.proof"
    verbose_name = _("Proof of the history")
    default_auto_field = "django.db.models.BigAutoField"
