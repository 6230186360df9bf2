"""The ground. Places come and go by lists and by redrawing; here they are looked up."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.contrib.admin import action, display
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.people import access, queries
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.places import actions
from yiwang.places.models import Alias, Place

DUTIES = (Duty.ADMINISTER, Duty.DRAW_GROUND)


class PlaceAdmin(RoomAdmin):
    """Places on one's own ground: also what the other pages choose a ground from."""

    list_display = ("code", "name", "kind", "parent", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("kind", "parent")
    search_fields = ("code__startswith", "name")
    fields = readonly_fields = ("code", "name", "kind", "parent", "valid_from", "valid_to")
    show_full_result_count = False

    def scope(self, request: HttpRequest) -> QuerySet[Place]:
        by = administrator(request)
        # Chosen from by autocompletion as well, for acts that ask ADMINISTER again when they are done.
        administered, drawn = (queries.grounds_for(by, duty) for duty in DUTIES)
        return administered | drawn

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _may(self, request: HttpRequest, thing: Any = None) -> bool:
        today = timezone.localdate()
        return isinstance(request.user, Person) and any(
            access.grounds_of(request.user.pk, today, duty) for duty in DUTIES
        )


class AliasAdmin(RoomAdmin):
    """What people call places of one's own ground: landmarks, old names."""

    ground_field = "place_id"
    list_display = ("name", "place", "place_code")
    list_select_related = ("place",)
    search_fields = ("name", "place__code__startswith", "place__name")
    fields = ("name", "place")
    autocomplete_fields = ("place",)
    actions = ("take_back",)

    @display(description=_("place code"))
    def place_code(self, alias: Alias) -> str:
        return alias.place_id

    def scope(self, request: HttpRequest) -> QuerySet[Alias]:
        return queries.on_ground_of(administrator(request), Alias.objects.all(), "place__code")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and self._may(request)

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        place = form.cleaned_data["place"].code
        return actions.call_place(form.cleaned_data["name"], place=place, by=_demand(request, place))

    @action(description=_("Nobody calls it so any more"))
    def take_back(self, request: HttpRequest, aliases: QuerySet[Alias]) -> None:
        self.each(request, aliases, lambda one: actions.call_no_longer(one, by=_demand(request, one.place_id)))


def _demand(request: HttpRequest, place: str) -> str:
    by = administrator(request)
    access.demand(by, Duty.ADMINISTER, place, on=timezone.localdate())
    return f"person:{by.pk}"


site.register(Place, PlaceAdmin)
site.register(Alias, AliasAdmin)
