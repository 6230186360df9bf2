"""The ground. Places come and go by lists and by redrawing; here they are looked up."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.people import access, queries
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.places.models import Place

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


site.register(Place, PlaceAdmin)
