"""The working calendar: usual hours of a ground, odd days, and years whose statutory days are known."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django import forms
from django.contrib.admin import action, display
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from yiwang.channels.admin.scoped import ActForm, RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.people import access, queries
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.worktime import actions
from yiwang.plumbing.worktime.models import Day, Hours, Year
from yiwang.plumbing.worktime.rules import DayKind

SOURCES = {actions.LIBRARY: _("the statutory holidays that come with the platform")}
"""Sources that are no notice somebody named, in words."""


def _demand(request: HttpRequest, ground: str) -> str:
    """Who asks, as the trail writes them, if they administer this ground (a code that somebody typed)."""
    by = administrator(request)
    access.demand(by, Duty.ADMINISTER, ground, on=timezone.localdate())
    return f"person:{by.pk}"


class HoursForm(ActForm):
    """Days of the weekend are ticked."""

    weekend = forms.TypedMultipleChoiceField(
        label=_("weekend"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(number + 1, name) for number, name in WEEKDAYS.items()],
    )  # fmt: skip


class HoursAdmin(RoomAdmin):
    """The usual week of a ground, from a day on."""

    form = HoursForm
    ground_field = "ground"
    list_display = ("ground", "valid_from", "spans", "zone")
    search_fields = ("ground",)
    fields = ("ground", "valid_from", "spans", "weekend", "zone")

    def scope(self, request: HttpRequest) -> QuerySet[Hours]:
        return queries.on_ground_of(administrator(request), Hours.objects.all(), "ground")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("ground", "valid_from") if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        hours, said = form.instance, form.cleaned_data
        return actions.set_hours(
            said["spans"], valid_from=hours.valid_from, ground=hours.ground, weekend=said["weekend"],
            zone=said["zone"], by=_demand(request, hours.ground),
        )  # fmt: skip


class DayAdmin(RoomAdmin):
    """Dates that are not like the others of their week."""

    ground_field = "ground"
    list_display = ("date", "ground", "kind", "name", "spans", "imported")
    list_filter = ("kind", "imported")
    search_fields = ("ground", "name")
    date_hierarchy = "date"
    fields = ("ground", "date", "kind", "name", "spans")
    actions = ("clear",)

    def scope(self, request: HttpRequest) -> QuerySet[Day]:
        return queries.on_ground_of(administrator(request), Day.objects.all(), "ground")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("ground", "date") if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        day, said = form.instance, form.cleaned_data
        return actions.set_day(
            day.date, DayKind(said["kind"]), ground=day.ground, name=said["name"], hours=said["spans"],
            by=_demand(request, day.ground),
        )  # fmt: skip

    @action(description=_("Let the day be like any other"))
    def clear(self, request: HttpRequest, days: QuerySet[Day]) -> None:
        self.each(
            request, days, lambda day: actions.clear_day(day.date, ground=day.ground, by=_demand(request, day.ground))
        )


class YearForm(ActForm):
    """A year, and where its days stand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["source"] = said_of(self.instance) or None


def said_of(year: Year) -> str:
    """Where the days of a year come from, in the reader's language."""
    return str(SOURCES.get(year.source, year.source))


class YearAdmin(RoomAdmin):
    """Years whose statutory days have been entered: confirmed by those who administer the whole installation."""

    form = YearForm
    list_display = ("number", "said")
    fields = ("number", "source")

    def ground_of(self, thing: Any) -> str:
        return WHOLE

    def scope(self, request: HttpRequest) -> QuerySet[Year]:
        return Year.objects.all()

    @display(description=_("source"), ordering="source")
    def said(self, year: Year) -> str:
        return said_of(year)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        looks_only = obj is not None and not self.has_change_permission(request, obj)
        return ("number", "said") if looks_only else self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, Year)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("number", "said") if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        year = form.instance.number
        return actions.confirm_year(year, source=form.cleaned_data["source"], by=_demand(request, WHOLE))


site.register(Hours, HoursAdmin)
site.register(Day, DayAdmin)
site.register(Year, YearAdmin)
