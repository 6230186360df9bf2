"""The audit trail, to be read by whoever has that duty. Nothing here can be changed, by nobody."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.admin import display
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from yiwang.channels.admin.details import in_lines
from yiwang.channels.admin.scoped import administrator
from yiwang.channels.admin.site import site
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.places.queries import tree
from yiwang.plumbing.audit.models import Entry

_MOST_NAMED = 50
MACHINES = {
    "command line": _("command line"), "system": _("the platform itself"), "clock": _("the platform itself"),
    "calendar": _("the calendar"), "visitor": _("a visitor who is not signed in"), "reporter": _("the reporter"),
}  # fmt: skip
# What an act was done to: the word before the colon, or the whole of it.
SUBJECTS = {
    "agenda_rule": _("rule of committees"), "appeals": _("list of appeals"), "board": _("board"),
    "calendar": _("calendar"), "case": _("case"), "cases": _("list of cases"),
    "cases-behind": _("cases behind a figure"), "colours": _("colours"), "day": _("live day"),
    "digest": _("daily digest"), "file": _("file"), "form": _("form"), "forms": _("list of forms"),
    "guidance": _("list of guidance on the spot"), "holding": _("holding of a post"), "item": _("item"),
    "likeness": _("likeness of questions"), "list": _("list"), "listed": _("list of listed orders"),
    "load": _("load of workers"), "lookout": _("lookout for hot spots"), "meeting": _("meeting"),
    "meetings": _("list of meetings"), "minutes": _("minutes of duties"), "notice": _("notice"),
    "notice_rule": _("rule of notices"), "often": _("from when on it is often"), "openquestion": _("open question"),
    "orders": _("list of orders"), "people": _("list of people"), "person": _("person"), "place": _("place"),
    "post": _("post"), "publishing_hour": _("hour of bulletins"), "redrawing": _("redrawing"),
    "replies": _("list of replies"), "responsibilities": _("list of responsibilities"),
    "responsibility": _("responsibility"), "role": _("role"), "rung": _("rung of the ladder"),
    "sampling": _("lot of call-backs"), "series": _("series of forms"), "session": _("session"),
    "shifts": _("duty log"), "signs": _("list of signs of formalism"), "source": _("other system"),
    "token": _("token"), "tolerances": _("tolerances"), "topics": _("list of hot topics"),
    "triage_version": _("version of what was learned"), "unit": _("unit"), "weighing": _("weights"),
}  # fmt: skip
ACTS = {
    "ask_form": _("asked a form"),
    "open_round": _("asked the next round of a form"),
    "withdraw_form": _("withdrew a form"),
    "stop_form": _("stopped a form"),
    "pass_series": _("passed a series of forms to another post"),
    "lapse_series": _("ended a series of forms whose post or place is no more"),
    "move_series": _("let a series of forms go to the place that took the ground"),
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
    "give_order": _("gave an order about a case"),
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
    "list_order": _("listed a case"),
    "make_digests": _("made the daily digests"),
    "no_longer_trust": _("let a person decide proposals again"),
    "open_account": _("opened an account"),
    "person_follows_their_ground": _("moved a person with their ground"),
    "plan_redrawing": _("planned a redrawing"),
    "post_follows_its_ground": _("moved a post with its ground"),
    "remove_rung": _("took a rung out of the ladder"),
    "add_rung": _("added a rung to the ladder"),
    "change_rung": _("changed a rung of the ladder"),
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

    list_display = ("at", "who", "did", "to_what", "where", "purpose")
    list_display_links = ("at",)
    search_fields = ("actor", "subject", "ground", "purpose")
    date_hierarchy = "at"
    ordering = ("-pk",)
    search_help_text = _("Name or login of whoever did it, what it was done to, ground, purpose")
    fields = ("at", "who", "did", "to_what", "where", "purpose", "more", "asked_as")
    readonly_fields = fields
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        grounds = access.grounds_of(administrator(request).pk, timezone.localdate(), Duty.AUDIT)
        # Not `lies_in`: this column keeps the collation of the database, in which a range may leave codes out.
        inside = Q(pk__in=[])
        for code in grounds:
            inside |= Q(ground__startswith="" if code == "*" else code)
        return Entry.objects.filter(inside)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str) -> Any:
        """Whoever did it is also found by their name, which the trail itself does not keep."""
        found, twice = super().get_search_results(request, queryset, search_term)
        if word := search_term.strip():
            called = Person.objects.filter(Q(name__icontains=word) | Q(login__iexact=word)).order_by("pk")
            numbers = called.values_list("pk", flat=True)[:_MOST_NAMED]
            found |= queryset.filter(actor__in=[f"person:{pk}" for pk in numbers])
        return found, twice

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The page of the list, its names looked up at once."""
        page = super().get_changelist_instance(request)
        names = names_of(page.result_list)
        for entry in page.result_list:
            entry.names = names
        return page

    @display(description=_("who"))
    def who(self, entry: Entry) -> str:
        return in_words(entry.actor, _names(entry))

    @display(description=_("did what"))
    def did(self, entry: Entry) -> str:
        return str(ACTS.get(entry.act, entry.act))

    @display(description=_("to what"), ordering="subject")
    def to_what(self, entry: Entry) -> str:
        return in_words(entry.subject, _names(entry))

    @display(description=_("ground"), ordering="ground")
    def where(self, entry: Entry) -> str:
        return _place(entry.ground)

    @display(description=_("details"))
    def more(self, entry: Entry) -> str:
        lines = in_lines(entry.act, entry.details, _names(entry))
        said = ((_("%(label)s: %(value)s") % {"label": label, "value": value},) for label, value in lines)
        return format_html_join("", "<div>{}</div>", said) if lines else "—"

    @display(description=_("number of the request in the logs"))
    def asked_as(self, entry: Entry) -> str:
        return entry.request_id

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
    """Names and logins of the people who acted or were acted on, by what the trail calls them.

    Only of those whom the reader may see.
    """
    said = {
        word for entry in entries for word in (entry.actor, entry.subject, f"person:{entry.details.get('person')}")
    }
    subjects = {word for word in said if word.startswith("person:")}
    numbers = [number for word in subjects if (number := word.removeprefix("person:")).isdecimal()]
    known = Person.objects.filter(pk__in=numbers).values_list("pk", "name", "login")
    return {f"person:{pk}": f"{name} ({login})" for pk, name, login in known}


def in_words(word: str, names: Mapping[str, str]) -> str:
    """What the trail calls "person:12", "case:9901012600000088" or "clock", as its reader would say it."""
    if word in names or word in MACHINES:
        return names.get(word) or str(MACHINES[word])
    kind, _colon, which = word.partition(":")
    if kind == "place":
        return _place(which)
    return f"{SUBJECTS.get(kind, kind)} {which}".strip()


def _names(entry: Entry) -> Mapping[str, str]:
    known: Mapping[str, str] | None = getattr(entry, "names", None)
    return names_of([entry]) if known is None else known


def _place(code: str) -> str:
    """A place by its name and code; the whole installation has neither."""
    spot = tree().get(code) if code else None
    return f"{spot.name} {code}" if spot else code


site.register(Entry, Trail)
