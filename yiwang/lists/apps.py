from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "yiwang.lists"
    verbose_name = _("Four lists")
    default_auto_field = "django.db.models.BigAutoField"
