"""Administration of the numbers: by which weights units and grids are ranked, and when bulletins are published."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.contrib.admin import display
from django.db.models import Model, QuerySet
from django.forms import IntegerField, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.channels.admin.scoped import ActForm, RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.insight import weighing
from yiwang.insight.models import PublishingHour, Weighing
from yiwang.insight.rules import scores
from yiwang.insight.rules.bulletins import Kind
from yiwang.insight.words import KINDS, NAMES

_PREFIX = "points_"
_POINTS: dict[str, Any] = {
    f"{_PREFIX}{name}": IntegerField(label=NAMES[name], min_value=0, max_value=scores.MOST_POINTS, initial=0)  # type: ignore[arg-type]  # lazy text
    for name in scores.WEIGHABLE
}
# A field for each rate that there is: the rules say which.
WeighingForm: type[ActForm] = type("WeighingForm", (ActForm,), {"__module__": __name__, **_POINTS})


class WeighingAdmin(RoomAdmin):
    """Weights of the ranking. Each set is a new version; what was set is only looked at."""

    form = WeighingForm
    ground_field = "county_id"
    list_display = ("of", "county", "number", "since", "said")
    list_display_links = ("of",)
    list_select_related = ("county",)
    autocomplete_fields = ("county",)

    def scope(self, request: HttpRequest) -> QuerySet[Weighing]:
        return Weighing.objects.all()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("of", "county", "number", "since", "said", "set_at") if obj else ("of", "county", "since", *_POINTS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ActForm]:  # noqa: FBT001, FBT002 - Django's
        """What is only looked at has no field to type into."""
        given = kwargs | ({"fields": ()} if obj else {})
        return super().get_form(request, obj, change, **given)

    @display(description=_("points"))
    def said(self, kept: Weighing) -> str:
        return str(_(", ")).join(f"{NAMES[one.indicator]} {one.points}" for one in scores.weights_of(kept.points))

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        points = {name: said[f"{_PREFIX}{name}"] for name in scores.WEIGHABLE}
        return weighing.set_weights(
            points, of=said["of"], county=said["county"], since=said["since"], by=administrator(request),
            today=timezone.localdate(),
        )  # fmt: skip


class PublishingHourAdmin(RoomAdmin):
    """When bulletins are published."""

    ground_field = "county_id"
    list_display = ("called", "hour", "county")
    list_select_related = ("county",)
    fields = ("county", "kind", "hour")
    autocomplete_fields = ("county",)

    def scope(self, request: HttpRequest) -> QuerySet[PublishingHour]:
        return PublishingHour.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("county", "kind") if obj else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "kind" and field is not None:
            field.choices = [(kind.value, words) for kind, words in KINDS.items()]
        return field

    @display(description=_("kind"))
    def called(self, kept: PublishingHour) -> str:
        return str(KINDS[Kind(kept.kind)])

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said, kept = form.cleaned_data, form.instance if change else None
        return weighing.set_hour(
            said["hour"], kind=Kind(kept.kind if kept else said["kind"]),
            county=kept.county if kept else said["county"], by=administrator(request), today=timezone.localdate(),
            change=kept,
        )  # fmt: skip


site.register(Weighing, WeighingAdmin)
site.register(PublishingHour, PublishingHourAdmin)
