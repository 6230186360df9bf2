from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "yiwang.project"
    label = "project"

    def ready(self) -> None:
        from yiwang.project import wiring  # noqa: PLC0415 - rooms must be loaded first

        wiring.connect()
