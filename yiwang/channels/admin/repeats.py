"""Administration of repeated demands: how often is often."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.repeats import actions, rules
from yiwang.repeats.models import Often

_FIGURES = ("times", "months", "metres")


class OftenAdmin(RoomAdmin):
    """The figures of a county, or of every county."""

    ground_field = "county_id"
    list_display = ("__str__", *_FIGURES)
    list_select_related = ("county",)
    fields = ("county", *_FIGURES)
    autocomplete_fields = ("county",)

    def scope(self, request: HttpRequest) -> QuerySet[Often]:
        return Often.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("county",) if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        kept = form.instance if change else None
        return actions.set_often(
            rules.Often(*(said[name] for name in _FIGURES)), change=kept,
            county=kept.county if kept else said["county"], by=administrator(request), today=timezone.localdate(),
        )  # fmt: skip


site.register(Often, OftenAdmin)
