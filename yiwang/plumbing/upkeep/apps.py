from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "yiwang.plumbing.upkeep"
    label = "upkeep"
