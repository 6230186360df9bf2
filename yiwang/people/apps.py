from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


class PeopleConfig(AppConfig):
    name = "yiwang.people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Django's own receiver writes from where the request stands, which before sign-in is nowhere. Under its
        # name ours takes its place, whichever of the two rooms is made ready first.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(_note_sign_in, dispatch_uid="update_last_login")


def _note_sign_in(user: Any, **_: object) -> None:
    user.last_login = timezone.now()
    with standing_on(EVERYWHERE):
        user.save(update_fields=["last_login"])
