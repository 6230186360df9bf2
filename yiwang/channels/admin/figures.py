"""Administration of a room's figures: one line for a ground, or for everywhere, set by one act of the room."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.figures.policy import Figures
from yiwang.people.rules import WHOLE


class FiguresAdmin(RoomAdmin):
    """The figures of a ground, or of everywhere.

    `figures`: what is set; `sets`: the room's act, called as `sets(rule, county=…, by=…, today=…, change=…)`, with the
    ground under the name that it has in the figures.
    """

    figures: ClassVar[Figures[Any, Any]]
    sets: ClassVar[Callable[..., Model]]

    def get_autocomplete_fields(self, request: HttpRequest) -> Sequence[str]:
        return (self.figures.ground,)

    def ground_of(self, thing: Any) -> str:
        return getattr(thing, f"{self.figures.ground}_id") or WHOLE

    def scope(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = self.model.objects.all()
        return found

    def get_list_display(self, request: HttpRequest) -> Sequence[str]:
        return ("__str__", *self.figures.named.values())

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return (self.figures.ground, *self.figures.named.values())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (self.figures.ground,) if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        kept, ground = (form.instance if change else None), self.figures.ground
        whose = {ground: getattr(kept, ground) if kept else form.cleaned_data[ground]}
        rule = self.figures.read(form.cleaned_data.__getitem__)
        return type(self).sets(rule, **whose, by=administrator(request), today=timezone.localdate(), change=kept)
