"""Units, posts, who holds them, and roles."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django import forms
from django.contrib.admin import SimpleListFilter, action
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from yiwang.channels.admin.scoped import ActForm, RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.people import actions, queries
from yiwang.people.models import Holding, Post, Role, Unit, UnitKind
from yiwang.people.rules import Duty
from yiwang.people.words import DUTIES, ROLE_SETS


class UnitAdmin(RoomAdmin):
    """Organisations."""

    list_display = ("name", "kind", "ground", "parent", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("ground", "parent")
    search_fields = ("name",)
    fields = ("name", "kind", "ground", "parent", "valid_from")
    autocomplete_fields = ("ground", "parent")
    actions = ("close",)

    def scope(self, request: HttpRequest) -> QuerySet[Unit]:
        return queries.administered_by(administrator(request), Unit)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("ground", "valid_from") if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        by, today, said = administrator(request), timezone.localdate(), form.cleaned_data
        unit = {"kind": UnitKind(said["kind"]), "parent": said["parent"], "by": by, "today": today}
        if change:
            return actions.change_unit(form.instance, name=said["name"], **unit)
        return actions.establish_unit(said["name"], ground=said["ground"], valid_from=said["valid_from"], **unit)

    @action(description=_("Close from today on"))
    def close(self, request: HttpRequest, units: QuerySet[Unit]) -> None:
        by, today = administrator(request), timezone.localdate()
        self.each(request, units, lambda unit: actions.close_unit(unit, on=today, by=by, today=today))


class PostAdmin(RoomAdmin):
    """Posts: a unit's office over some ground, with a role."""

    list_display = ("title", "unit", "role", "ground", "valid_from", "valid_to")
    list_select_related = ("unit", "role", "ground")
    search_fields = ("title", "unit__name", "ground__name")
    fields = ("title", "unit", "role", "ground", "valid_from")
    autocomplete_fields = ("unit", "role", "ground")
    actions = ("abolish",)

    def scope(self, request: HttpRequest) -> QuerySet[Post]:
        return queries.administered_by(administrator(request), Post)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("unit", "role", "ground", "valid_from") if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        by, today, said = administrator(request), timezone.localdate(), form.cleaned_data
        if change:
            return actions.change_post(form.instance, by=by, today=today, title=said["title"])
        return actions.establish_post(
            said["title"], unit=said["unit"], role=said["role"], ground=said["ground"],
            valid_from=said["valid_from"], by=by, today=today,
        )  # fmt: skip

    @action(description=_("Abolish from today on"))
    def abolish(self, request: HttpRequest, posts: QuerySet[Post]) -> None:
        by, today = administrator(request), timezone.localdate()
        self.each(request, posts, lambda post: actions.abolish_post(post, on=today, by=by, today=today))


class HoldingAdmin(RoomAdmin):
    """Who holds which post; changed only by ending it."""

    ground_field = "post__ground_id"
    list_display = ("person", "post", "since", "until")
    list_select_related = ("person", "post")
    search_fields = ("person__name", "person__login", "post__title")
    fields = ("person", "post", "since", "until")
    autocomplete_fields = ("person", "post")

    def scope(self, request: HttpRequest) -> QuerySet[Holding]:
        posts = queries.administered_by(administrator(request), Post)
        return Holding.objects.filter(post__in=posts)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("person", "post", "since") if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        by, today, said = administrator(request), timezone.localdate(), form.cleaned_data
        if not change:
            return actions.appoint(
                said["person"], to=said["post"], since=said["since"], until=said["until"], by=by, today=today
            )
        if said["until"]:
            actions.end_holding(form.instance, on=said["until"], by=by, today=today)
        return form.instance  # type: ignore[no-any-return]


class RoleForm(ActForm):
    """Duties are ticked, not typed."""

    duties = forms.MultipleChoiceField(
        label=_("duties"), choices=list(DUTIES.items()), widget=forms.CheckboxSelectMultiple
    )


class RoleSets(SimpleListFilter):
    """Role sets, by their names."""

    title = _("set")
    parameter_name = "role_set"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(ROLE_SETS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Role]) -> QuerySet[Role]:
        return queryset.filter(role_set=self.value()) if self.value() else queryset


class RoleAdmin(RoomAdmin):
    """Bundles of duties. The ready-made ones are changed by the operator, a county's own by the county."""

    form = RoleForm
    ground_field = "county_id"
    list_display = ("name", "set_in_words", "county", "duties_in_words")
    list_filter = (RoleSets,)
    list_select_related = ("county",)
    search_fields = ("name", "name_en", "code")
    fields = ("code", "name", "name_en", "county", "duties")
    autocomplete_fields = ("county",)

    def scope(self, request: HttpRequest) -> QuerySet[Role]:
        return queries.roles_for(administrator(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "county") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        looks_only = obj is not None and not self.has_change_permission(request, obj)
        return (*self.fields[:-1], "duties_in_words") if looks_only else self.fields

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        by, today, said = administrator(request), timezone.localdate(), form.cleaned_data
        role = {"name": said["name"], "name_en": said["name_en"], "duties": said["duties"], "by": by, "today": today}
        if change:
            return actions.change_role(form.instance, **role)
        return actions.define_role(said["code"], county=said["county"], **role)

    @display(description=_("set"))  # type: ignore[untyped-decorator]
    def set_in_words(self, role: Role) -> str:
        return str(ROLE_SETS.get(role.role_set, role.role_set))

    @display(description=_("duties"))  # type: ignore[untyped-decorator]
    def duties_in_words(self, role: Role) -> str:
        return "、".join(str(DUTIES[Duty(duty)]) for duty in role.duties)


site.register(Unit, UnitAdmin)
site.register(Post, PostAdmin)
site.register(Holding, HoldingAdmin)
site.register(Role, RoleAdmin)
