from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "yiwang.catalogue"
    verbose_name = _("Catalogue of items")
    default_auto_field = "django.db.models.BigAutoField"
