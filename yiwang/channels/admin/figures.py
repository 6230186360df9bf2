"""Administration of a room's figures: one line for a county, or for every county, set by one act of the room."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from yiwang.channels.admin.scoped import RoomAdmin, administrator


class FiguresAdmin(RoomAdmin):
    """The figures of a county, or of every county.

    `figures`: their columns, in the order in which `rule` takes them; `sets`: the act, called as
    `sets(rule, county=…, by=…, today=…, change=…)`.
    """

    figures: ClassVar[Sequence[str]]
    rule: ClassVar[Callable[..., Any]]
    sets: ClassVar[Callable[..., Model]]

    ground_field = "county_id"
    list_select_related = ("county",)
    autocomplete_fields = ("county",)

    def scope(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = self.model.objects.all()
        return found

    def get_list_display(self, request: HttpRequest) -> Sequence[str]:
        return ("__str__", *self.figures)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return ("county", *self.figures)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("county",) if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        kept, own = (form.instance if change else None), type(self)
        return own.sets(
            own.rule(*(form.cleaned_data[name] for name in self.figures)), change=kept,
            county=kept.county if kept else form.cleaned_data["county"], by=administrator(request),
            today=timezone.localdate(),
        )  # fmt: skip
