"""Accounts, tokens and the questions that a redrawing left open."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from collections.abc import Callable
from typing import Any

from django.contrib.admin import action
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from yiwang.channels.admin.scoped import RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.people import actions, queries
from yiwang.people.models import OpenQuestion, Person, Token
from yiwang.people.rules import Duty
from yiwang.people.words import DUTIES
from yiwang.places.models import Place

_Act = Callable[..., object]


class PersonAdmin(RoomAdmin):
    """Accounts. Neither password nor second factor has a field here; nobody reads them."""

    list_display = ("login", "name", "phone", "ground", "is_active", "last_login")
    list_filter = ("is_active",)
    list_select_related = ("ground",)
    search_fields = ("login", "name", "phone")
    fields = ("login", "name", "phone", "ground")
    autocomplete_fields = ("ground",)
    actions = ("reset_password", "remove_second_factor", "sign_out_everywhere", "close_account", "reopen_account")

    def scope(self, request: HttpRequest) -> QuerySet[Person]:
        return queries.administered_by(administrator(request), Person)

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        by, today, said = administrator(request), timezone.localdate(), form.cleaned_data
        account = {"name": said["name"], "phone": said["phone"] or "", "ground": said["ground"]}
        if change:
            return actions.change_account(form.instance, by=by, today=today, login=said["login"], **account)
        person, password = actions.open_account(said["login"], by=by, today=today, **account)
        request.one_time_passwords = [(person, password)]  # type: ignore[attr-defined]
        return person

    def response_add(self, request: HttpRequest, obj: Person, post_url_continue: str | None = None) -> HttpResponse:
        shown = self._show_once(request, request.one_time_passwords)  # type: ignore[attr-defined]
        assert shown is not None
        return shown

    @action(description=_("Reset password (shows a one-time password)"))
    def reset_password(self, request: HttpRequest, people: QuerySet[Person]) -> HttpResponse | None:
        return self._show_once(request, self._each(request, people, actions.reset_password))

    @action(description=_("Open the closed account again"))
    def reopen_account(self, request: HttpRequest, people: QuerySet[Person]) -> HttpResponse | None:
        return self._show_once(request, self._each(request, people.filter(is_active=False), actions.reopen_account))

    @action(description=_("Remove the second factor"))
    def remove_second_factor(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        self._each(request, people, actions.remove_second_factor)

    @action(description=_("Sign out everywhere"))
    def sign_out_everywhere(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        self._each(request, people, actions.sign_out_everywhere)

    @action(description=_("Close the account"))
    def close_account(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        def close(person: Person, *, by: Person, today: Any) -> Person:
            return actions.close_account(person, by=by, on=today)

        self._each(request, people, close)

    def _each(self, request: HttpRequest, people: QuerySet[Person], act: _Act) -> list[tuple[Person, object]]:
        by, today = administrator(request), timezone.localdate()
        return self.each(request, people, lambda person: act(person, by=by, today=today))

    def _show_once(self, request: HttpRequest, passwords: list[tuple[Person, object]]) -> HttpResponse | None:
        if not passwords:
            return None
        context = {
            **site.each_context(request), "title": _("One-time passwords"), "passwords": passwords, "opts": self.opts,
        }  # fmt: skip
        shown = TemplateResponse(request, "administration/one_time_passwords.html", context)
        shown["Cache-Control"] = "no-store"
        return shown


class TokenAdmin(RoomAdmin):
    """Tokens of other programs: looked at and revoked here, issued by their owners."""

    list_display = ("name", "prefix", "owner", "ground", "duties_in_words", "expires_at", "revoked_at", "last_used_at")
    list_select_related = ("owner", "ground")
    search_fields = ("name", "prefix")
    fields = readonly_fields = list_display
    actions = ("revoke",)

    def scope(self, request: HttpRequest) -> QuerySet[Token]:
        return queries.tokens_on_ground_of(administrator(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and self._may(request)

    @display(description=_("duties"))  # type: ignore[untyped-decorator]
    def duties_in_words(self, token: Token) -> str:
        return "、".join(str(DUTIES[Duty(duty)]) for duty in token.duties)

    @action(description=_("Revoke the token"))
    def revoke(self, request: HttpRequest, tokens: QuerySet[Token]) -> None:
        by, now = administrator(request), timezone.now()
        self.each(request, tokens, lambda token: actions.revoke_token(token, by=by, now=now))


class OpenQuestionAdmin(RoomAdmin):
    """What a redrawing left for a person to decide."""

    ground_field = "old_id"
    list_display = ("label", "what", "old", "effective")
    list_filter = ("what",)
    list_select_related = ("old",)
    search_fields = ("label",)
    fields = ("label", "what", "old", "effective", "chosen")
    readonly_fields = ("label", "what", "old", "effective")

    def scope(self, request: HttpRequest) -> QuerySet[OpenQuestion]:
        return queries.undecided(administrator(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's
        form = super().get_form(request, obj, change, **kwargs)
        if "chosen" in form.base_fields:
            if obj is not None and obj.candidates:
                form.base_fields["chosen"].queryset = Place.objects.filter(code__in=obj.candidates)  # type: ignore[attr-defined]
            form.base_fields["chosen"].required = True
        return form

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        now = timezone.now()
        return actions.decide_ground(form.instance, to=form.cleaned_data["chosen"], by=administrator(request), now=now)


site.register(Person, PersonAdmin)
site.register(Token, TokenAdmin)
site.register(OpenQuestion, OpenQuestionAdmin)
