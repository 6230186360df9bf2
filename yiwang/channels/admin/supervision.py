"""Administration of supervision: who is told when time runs out, and from when on the colours show."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django.contrib.admin import action
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.rules import Stage, Urgency
from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.supervision import actions
from yiwang.supervision.models import Rung, Shares
from yiwang.supervision.rules import clock
from yiwang.supervision.rules.ladder import Level


class RungAdmin(RoomAdmin):
    """Rungs of the ladder. Those for every county are changed by the operator, a county's own by the county."""

    ground_field = "county_id"
    list_display = ("percent", "level", "urgency", "board", "stage", "answer_minutes", "county")
    list_select_related = ("county", "board")
    list_filter = ("urgency", "level")
    fields = ("county", "urgency", "board", "stage", "level", "percent", "answer_minutes")
    autocomplete_fields = ("county",)
    actions = ("remove",)

    def scope(self, request: HttpRequest) -> QuerySet[Rung]:
        return Rung.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("county",) if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        wanted = actions.Wanted(
            Level(said["level"]), said["percent"], Stage(said["stage"]) if said["stage"] else None,
            Urgency(said["urgency"]) if said["urgency"] else None, said["board"], said["answer_minutes"],
        )  # fmt: skip
        by: dict[str, Any] = {"by": administrator(request), "today": timezone.localdate()}
        if change:
            return actions.change_rung(form.instance, wanted, **by)
        return actions.add_rung(wanted, county=said["county"], **by)

    @action(description=_("Take these rungs out of the ladder"))
    def remove(self, request: HttpRequest, rungs: QuerySet[Rung]) -> None:
        by, today = administrator(request), timezone.localdate()
        self.each(request, rungs, lambda rung: actions.remove_rung(rung, by=by, today=today))


class SharesAdmin(RoomAdmin):
    """From how many percent of the time on yellow and orange show."""

    ground_field = "county_id"
    list_display = ("board", "soon", "pressing", "county")
    list_select_related = ("county", "board")
    fields = ("county", "board", "soon", "pressing")
    autocomplete_fields = ("county",)

    def scope(self, request: HttpRequest) -> QuerySet[Shares]:
        return Shares.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("county", "board") if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        kept = form.instance if change else None
        return actions.set_shares(
            clock.Shares(said["soon"], said["pressing"]), board=kept.board if kept else said["board"],
            county=kept.county if kept else said["county"], by=administrator(request), today=timezone.localdate(),
            change=kept,
        )  # fmt: skip


site.register(Rung, RungAdmin)
site.register(Shares, SharesAdmin)
