"""Administration of meetings: when a case comes before a town's committee."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.meetings import actions
from yiwang.meetings.models import AgendaRule
from yiwang.meetings.rules.agenda import Rule


class AgendaRuleAdmin(RoomAdmin):
    """The rule for every town is changed by the operator, a county's and its towns' own by the county."""

    ground_field = "place_id"
    list_display = ("place", "overdue", "reopened", "handed_back", "days", "most")
    list_select_related = ("place",)
    fields = ("place", "overdue", "reopened", "handed_back", "days", "most")
    autocomplete_fields = ("place",)

    def scope(self, request: HttpRequest) -> QuerySet[AgendaRule]:
        return AgendaRule.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("place",) if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        rule = Rule(**{name: said[name] for name in ("overdue", "reopened", "handed_back", "days", "most")})
        kept = form.instance if change else None
        place = kept.place if kept else said["place"]
        by, today = administrator(request), timezone.localdate()
        return actions.set_rule(rule, place=place, by=by, today=today, change=kept)


site.register(AgendaRule, AgendaRuleAdmin)
