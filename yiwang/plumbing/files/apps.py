from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "yiwang.plumbing.files"
    label = "files"
