"""The audit trail, to be read by whoever has that duty. Nothing here can be changed, by nobody."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.admin import display
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from yiwang.channels.admin.scoped import administrator
from yiwang.channels.admin.site import site
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.plumbing.audit.models import Entry

MACHINES = {
    "command line": _("command line"), "system": _("the platform itself"), "clock": _("the platform itself"),
    "calendar": _("the calendar"),
}  # fmt: skip
ACTS = {
    "ask_form": _("asked a form"),
    "open_round": _("asked the next round of a form"),
    "withdraw_form": _("withdrew a form"),
    "stop_form": _("stopped a form"),
    "pass_series": _("passed a series of forms to another post"),
    "lapse_series": _("ended a series of forms whose post is no more"),
    "export_form": _("took a form’s returns away"),
    "abolish_post": _("abolished a post"),
    "add_item": _("added an item"),
    "appoint": _("appointed to a post"),
    "begin_day": _("began a live day"),
    "call_no_longer": _("took a name of a place back"),
    "call_off_redrawing": _("called a redrawing off"),
    "call_meeting": _("called a meeting"),
    "call_place": _("gave a place a name people use"),
    "carry_out_redrawing": _("carried a redrawing out"),
    "change_account": _("changed an account"),
    "change_board": _("changed a board"),
    "change_item": _("changed an item"),
    "change_post": _("changed a post"),
    "change_role": _("changed a role"),
    "change_unit": _("changed a unit"),
    "choose_password": _("chose a password"),
    "clear_day": _("took a calendar day back"),
    "close_account": _("closed an account"),
    "close_unit": _("closed a unit"),
    "confirm_year": _("confirmed a calendar year"),
    "decide_ground": _("decided where something belongs"),
    "define_board": _("defined a board"),
    "define_role": _("defined a role"),
    "end_holding": _("ended a holding of a post"),
    "end_responsibility": _("ended a responsibility"),
    "establish_post": _("established a post"),
    "establish_unit": _("established a unit"),
    "export_agenda": _("took an agenda away"),
    "export_cases": _("wrote out a list of cases"),
    "export_lists": _("took the four lists away"),
    "export_people": _("wrote out a list of people"),
    "export_responsibilities": _("wrote out a list of responsibilities"),
    "found_installation": _("founded the installation"),
    "go_back": _("went back to an older version of what was learned"),
    "import_aliases": _("brought in names of places"),
    "import_boundaries": _("brought in boundaries"),
    "import_cases": _("brought in cases of another system"),
    "import_items": _("brought in items"),
    "import_places": _("brought in places"),
    "import_statutory": _("took in statutory holidays"),
    "issue_token": _("issued a token"),
    "keep_file": _("kept a file"),
    "make_digests": _("made the daily digests"),
    "no_longer_trust": _("let a person decide proposals again"),
    "open_account": _("opened an account"),
    "person_follows_their_ground": _("moved a person with their ground"),
    "plan_redrawing": _("planned a redrawing"),
    "post_follows_its_ground": _("moved a post with its ground"),
    "remove_rung": _("took a rung out of the ladder"),
    "add_notice_rule": _("added a rule of notices"),
    "change_notice_rule": _("changed a rule of notices"),
    "remove_notice_rule": _("took a rule of notices away"),
    "choose_notices": _("chose how they are told"),
    "try_notice_again": _("let a failed notice be tried again"),
    "remove_sampling": _("took back how many reporters are called"),
    "remove_second_factor": _("removed a second factor"),
    "reopen_account": _("reopened an account"),
    "reset_password": _("reset a password"),
    "responsibilities_follow_their_ground": _("moved responsibilities with their ground"),
    "responsibilities_follow_their_post": _("moved responsibilities with their post"),
    "retire_item": _("retired an item"),
    "reveal_reporter": _("uncovered who told of a case"),
    "revoke_token": _("revoked a token"),
    "set_agenda_rule": _("set when a case comes before the committee"),
    "set_colours": _("set from when on colours show"),
    "set_day": _("set a calendar day"),
    "set_hours": _("set working hours"),
    "set_lookout": _("set from when on cases gather at a hot spot"),
    "set_likeness": _("set when a question is asked already"),
    "set_minutes": _("set how many minutes a duty takes"),
    "set_often": _("set from when on somebody tells often"),
    "set_publishing_hour": _("set when bulletins are published"),
    "set_responsibility": _("gave an item to a post"),
    "set_sampling": _("set how many reporters are called"),
    "set_tolerances": _("set from when on something is a sign of formalism"),
    "set_up_second_factor": _("set up a second factor"),
    "set_weights": _("set weights of the ranking"),
    "sign_out": _("ended a session"),
    "sign_out_everywhere": _("ended all sessions"),
    "stop_day": _("ended a live day"),
    "take_list": _("took a list away"),
    "train": _("learned from decided cases"),
    "trust": _("let proposals be dispatched by themselves"),
    "try_as": _("signed in to try a seat"),
    "unit_follows_its_ground": _("moved a unit with its ground"),
    "use_recovery_code": _("used a recovery code"),
}


class Trail(ModelAdmin):  # type: ignore[misc]  # unfold is untyped
    """A list, newest first, of what happened on the ground whose trail this person reads."""

    list_display = ("at", "who", "did", "subject", "ground", "purpose")
    list_display_links = ("at",)
    search_fields = ("actor", "subject", "ground", "purpose")
    date_hierarchy = "at"
    ordering = ("-pk",)
    fields = ("at", "who", "did", "subject", "ground", "purpose", "more", "request_id")
    readonly_fields = fields
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        grounds = access.grounds_of(administrator(request).pk, timezone.localdate(), Duty.AUDIT)
        # Not `lies_in`: this column keeps the collation of the database, in which a range may leave codes out.
        inside = Q(pk__in=[])
        for code in grounds:
            inside |= Q(ground__startswith="" if code == "*" else code)
        return Entry.objects.filter(inside)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The page of the list, its names looked up at once."""
        page = super().get_changelist_instance(request)
        names = names_of(page.result_list)
        for entry in page.result_list:
            entry.names = names
        return page

    @display(description=_("who"))
    def who(self, entry: Entry) -> str:
        """The person's name beside the number, where this reader may see them."""
        known: dict[str, str] | None = getattr(entry, "names", None)
        name = (names_of([entry]) if known is None else known).get(entry.actor)
        return f"{name} ({entry.actor})" if name else str(MACHINES.get(entry.actor, entry.actor))

    @display(description=_("did what"))
    def did(self, entry: Entry) -> str:
        return str(ACTS.get(entry.act, entry.act))

    @display(description=_("details"))
    def more(self, entry: Entry) -> str:
        return json.dumps(entry.details, ensure_ascii=False)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not isinstance(request.user, Person):
            return False
        return bool(access.grounds_of(request.user.pk, timezone.localdate(), Duty.AUDIT))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def names_of(entries: Iterable[Entry]) -> dict[str, str]:
    """The names of the people who acted, by what the trail calls them; only those whom the reader may see."""
    numbers = {entry.actor.removeprefix("person:") for entry in entries if entry.actor.startswith("person:")}
    return {f"person:{pk}": name for pk, name in Person.objects.filter(pk__in=numbers).values_list("pk", "name")}


site.register(Entry, Trail)
