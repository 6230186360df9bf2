from django.apps import AppConfig


class FreshnessConfig(AppConfig):
    name = "yiwang.plumbing.freshness"
    label = "freshness"
