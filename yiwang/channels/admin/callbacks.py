"""Administration of call-backs: whom a county or a town calls."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.contrib.admin import action
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.callbacks import actions, rules
from yiwang.callbacks.models import Sampling
from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site


class SamplingAdmin(RoomAdmin):
    """Whom a county or a town calls back."""

    ground_field = "place_id"
    list_display = ("place", "percent", "minutes", "of_usual", "of_limit")
    list_select_related = ("place",)
    fields = ("place", "percent", "items", "minutes", "of_usual", "of_limit")
    autocomplete_fields = ("place",)
    actions = ("remove",)

    def scope(self, request: HttpRequest) -> QuerySet[Sampling]:
        return Sampling.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("place",) if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        kept = form.instance if change else None
        wanted = rules.Sampling(
            said["percent"], tuple(said["items"]), said["minutes"], said["of_usual"], said["of_limit"]
        )
        return actions.set_sampling(
            wanted, place=kept.place if kept else said["place"], by=administrator(request), today=timezone.localdate(),
            change=kept,
        )  # fmt: skip

    @action(description=_("Take these rules away"))
    def remove(self, request: HttpRequest, chosen: QuerySet[Sampling]) -> None:
        by, today = administrator(request), timezone.localdate()
        self.each(request, chosen, lambda rule: actions.remove_sampling(rule, by=by, today=today))


site.register(Sampling, SamplingAdmin)
