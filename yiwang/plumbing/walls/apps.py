from collections.abc import Sequence

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WallsConfig(AppConfig):
    name = "yiwang.plumbing.walls"
    label = "walls"

    def ready(self) -> None:
        post_migrate.connect(_open, sender=self)


def _open(plan: Sequence[tuple[object, bool]] = (), **_: object) -> None:
    from yiwang.plumbing.walls.grants import open_to_application  # noqa: PLC0415 - needs the settings' database

    # Django says it too when nothing ran (`flush`); backwards, the role's own migration may be gone.
    if plan and not any(backwards for _migration, backwards in plan):
        open_to_application()
