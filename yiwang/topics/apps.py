from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "yiwang.topics"
    verbose_name = _("Hot topics")
    default_auto_field = "django.db.models.BigAutoField"
