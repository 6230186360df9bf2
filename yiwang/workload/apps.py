from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkloadConfig(AppConfig):
    name = "yiwang.workload"
    verbose_name = _("Load of grid workers")
    default_auto_field = "django.db.models.BigAutoField"
