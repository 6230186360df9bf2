from django.apps import AppConfig


class WallsConfig(AppConfig):
    name = "yiwang.plumbing.walls"
    label = "walls"
