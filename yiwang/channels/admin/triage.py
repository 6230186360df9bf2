"""Which towns let proposals be dispatched by themselves, and what has been learned so far."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.contrib.admin import action
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.people import access, queries
from yiwang.people.rules import Duty
from yiwang.triage import actions
from yiwang.triage.models import Trust, Version


def _demand(request: HttpRequest, place: str) -> str:
    by = administrator(request)
    access.demand(by, Duty.ADMINISTER, place, on=timezone.localdate())
    return f"person:{by.pk}"


class TrustAdmin(RoomAdmin):
    """From which likelihood on a town's or county's proposals go without a person."""

    ground_field = "place"
    list_display = ("place", "likely")
    search_fields = ("place",)
    fields = ("place", "likely")
    actions = ("take_back",)

    def scope(self, request: HttpRequest) -> QuerySet[Trust]:
        return queries.on_ground_of(administrator(request), Trust.objects.all(), "place")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("place",) if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        place = form.instance.place
        return actions.trust(place, likely=form.cleaned_data["likely"], by=_demand(request, place))

    @action(description=_("Let a person decide everything there again"))
    def take_back(self, request: HttpRequest, towns: QuerySet[Trust]) -> None:
        self.each(request, towns, lambda town: actions.no_longer_trust(town.place, by=_demand(request, town.place)))


class VersionAdmin(RoomAdmin):
    """What was learned, to be read: it is trained every night, and taken back by `yiwang train --back`."""

    list_display = ("pk", "made_at", "examples", "items", "held_back", "right", "right_before", "in_use")
    fields = ("made_at", "examples", "items", "held_back", "right", "right_before", "in_use")

    def scope(self, request: HttpRequest) -> QuerySet[Version]:
        return Version.objects.defer("content").order_by("-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


site.register(Trust, TrustAdmin)
site.register(Version, VersionAdmin)
