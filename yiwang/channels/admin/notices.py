"""Administration of notices: of what is told by e-mail and SMS."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.contrib.admin import action
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.rules import Urgency
from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.notices import actions
from yiwang.notices.models import Rule
from yiwang.notices.rules.occasions import Channel, Occasion


class RuleAdmin(RoomAdmin):
    """Rules of notices. Those for every county are changed by the operator, a county's own by the county."""

    ground_field = "county_id"
    list_display = ("occasion", "channel", "goes", "urgency", "role", "board", "county")
    list_select_related = ("county", "board", "role")
    list_filter = ("channel", "occasion")
    fields = ("county", "occasion", "channel", "urgency", "role", "board", "goes")
    autocomplete_fields = ("county",)
    actions = ("remove",)

    def scope(self, request: HttpRequest) -> QuerySet[Rule]:
        return Rule.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("county",) if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        wanted = actions.WantedRule(
            Occasion(said["occasion"]), Channel(said["channel"]), goes=said["goes"], role=said["role"],
            board=said["board"], urgency=Urgency(said["urgency"]) if said["urgency"] else None,
        )  # fmt: skip
        by: dict[str, Any] = {"by": administrator(request), "today": timezone.localdate()}
        if change:
            return actions.change_rule(form.instance, wanted, **by)
        return actions.add_rule(wanted, county=said["county"], **by)

    @action(description=_("Take these rules away"))
    def remove(self, request: HttpRequest, rules: QuerySet[Rule]) -> None:
        by, today = administrator(request), timezone.localdate()
        self.each(request, rules, lambda rule: actions.remove_rule(rule, by=by, today=today))


site.register(Rule, RuleAdmin)
