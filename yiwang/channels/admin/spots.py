"""Administration of hot spots: from when on cases gather."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.spots import actions, rules
from yiwang.spots.actions import Of
from yiwang.spots.models import Lookout

_OF = ("county", "board", "item")
_FIGURES = ("metres", "fewest", "days", "past_days")


class LookoutAdmin(RoomAdmin):
    """The lookouts of a county, or of every county."""

    ground_field = "county_id"
    list_display = ("__str__", *_OF, *_FIGURES)
    list_select_related = _OF
    fields = (*_OF, *_FIGURES)
    autocomplete_fields = ("county", "item")

    def scope(self, request: HttpRequest) -> QuerySet[Lookout]:
        return Lookout.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return _OF if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        kept = form.instance if change else None
        of = Of(kept.county, kept.board, kept.item) if kept else Of(*(said[name] for name in _OF))
        return actions.set_lookout(
            rules.Lookout(**{name: said[name] for name in _FIGURES}), of=of, change=kept, by=administrator(request),
            today=timezone.localdate(),
        )  # fmt: skip


site.register(Lookout, LookoutAdmin)
