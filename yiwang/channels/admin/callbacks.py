"""Administration of call-backs: whom a county or a town calls."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from django.contrib.admin import action
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.callbacks import actions
from yiwang.callbacks.models import Sampling
from yiwang.callbacks.policy import SAMPLING
from yiwang.channels.admin.figures import FiguresAdmin
from yiwang.channels.admin.scoped import administrator
from yiwang.channels.admin.site import site


class SamplingAdmin(FiguresAdmin):
    """Whom a county or a town calls back."""

    figures = SAMPLING
    sets = actions.set_sampling
    list_select_related = ("place",)
    actions = ("remove",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("place", "percent", "minutes", "of_usual", "of_limit")

    @action(description=_("Take these rules away"))
    def remove(self, request: HttpRequest, chosen: QuerySet[Sampling]) -> None:
        by, today = administrator(request), timezone.localdate()
        self.each(request, chosen, lambda rule: actions.remove_sampling(rule, by=by, today=today))


site.register(Sampling, SamplingAdmin)
