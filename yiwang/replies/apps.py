from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepliesConfig(AppConfig):
    name = "yiwang.replies"
    verbose_name = _("Replies")
    default_auto_field = "django.db.models.BigAutoField"
