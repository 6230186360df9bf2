"""The catalogue: boards, items (saving makes a new version), who answers for them, and where nobody does."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from typing import Any

from django import forms
from django.contrib.admin import action
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.forms import ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from yiwang.catalogue import actions, queries
from yiwang.catalogue.models import MOST_METRES, MOST_PHOTOS, Board, Item, ItemVersion, Responsibility
from yiwang.catalogue.rules import Content, Evidence, Level, Secrecy, Stage, Urgency, usual_limits
from yiwang.catalogue.words import LEVELS, SECRECIES, STAGES, URGENCIES
from yiwang.channels.admin import conflicts
from yiwang.channels.admin.scoped import ActForm, RoomAdmin, administrator
from yiwang.channels.admin.site import site
from yiwang.people import queries as people
from yiwang.people.models import Post

_LONG = forms.Textarea(attrs={"rows": 3})
_SAID = ("name", "name_en", "opens_when", "closes_when", "on_the_spot", "handlers", "regulators", "level", "urgency",
         "secrecy")  # fmt: skip
_OF_EVIDENCE = ("photos", "within_metres", "note", "before_and_after")


class BoardAdmin(RoomAdmin):
    """Boards. The four of every county are changed by the operator, a county's own by the county."""

    ground_field = "county_id"
    list_display = ("name", "name_en", "county", "position")
    list_select_related = ("county",)
    search_fields = ("name", "name_en", "code")
    fields = ("code", "name", "name_en", "position", "county")
    autocomplete_fields = ("county",)

    def scope(self, request: HttpRequest) -> QuerySet[Board]:
        return Board.objects.all()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "county") if obj else ()

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        said = form.cleaned_data
        board: dict[str, Any] = {"by": administrator(request), "today": timezone.localdate()}
        board |= {field: said[field] for field in ("name", "name_en", "position")}
        if change:
            return actions.change_board(form.instance, **board)
        return actions.define_board(said["code"], county=said["county"], **board)


class ItemForm(ActForm):
    """An item together with what it says now."""

    name = forms.CharField(label=_("name"), max_length=200)
    name_en = forms.CharField(label=_("name in English"), max_length=200, required=False)
    board = ModelChoiceField(Board.objects.all(), label=_("board"), to_field_name="code")
    level = forms.ChoiceField(label=_("level"), choices=list(LEVELS.items()))
    urgency = forms.ChoiceField(label=_("urgency"), choices=list(URGENCIES.items()))
    secrecy = forms.ChoiceField(label=_("secrecy"), choices=list(SECRECIES.items()))
    keywords = forms.CharField(label=_("keywords"), required=False, widget=_LONG, help_text=_("One a line."))
    examples = forms.CharField(
        label=_("as residents say it"), required=False, widget=_LONG, help_text=_("One a line.")
    )
    opens_when = forms.CharField(label=_("opened when"), required=False, max_length=500, widget=_LONG)
    closes_when = forms.CharField(label=_("closed when"), required=False, max_length=500, widget=_LONG)
    sign_for = forms.CharField(label=STAGES[Stage.SIGN_FOR], required=False, max_length=40)
    handle = forms.CharField(label=STAGES[Stage.HANDLE], required=False, max_length=40)
    check_limit = forms.CharField(label=STAGES[Stage.CHECK], required=False, max_length=40)
    call_back = forms.CharField(label=STAGES[Stage.CALL_BACK], required=False, max_length=40)
    photos = forms.IntegerField(label=_("photos needed"), min_value=0, max_value=MOST_PHOTOS, initial=0)
    within_metres = forms.IntegerField(
        label=_("one of them within metres of the case"), min_value=0, max_value=MOST_METRES, initial=0
    )
    note = forms.BooleanField(label=_("a note is needed"), required=False)
    before_and_after = forms.BooleanField(label=_("photos before and after are needed"), required=False)
    on_the_spot = forms.BooleanField(label=_("a grid worker may settle it on the spot"), required=False)
    handlers = forms.CharField(label=_("who deals with it, by the list"), required=False, max_length=300)
    regulators = forms.CharField(label=_("who watches over it, by the list"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.instance.versions.order_by("-number").first() if self.instance.pk else None
        if last is not None:
            limits = {"sign_for": last.sign_for, "handle": last.handle, "call_back": last.call_back}
            lines = {"keywords": "\n".join(last.keywords), "examples": "\n".join(last.examples)}
            same = {field: getattr(last, field) for field in (*_SAID, *_OF_EVIDENCE, "check_limit")}
            self.initial = {**self.initial, **same, **limits, **lines, "board": last.board.code}

    def content(self) -> Content:
        """What the form says. A limit left empty is the usual one of its urgency."""
        said = self.cleaned_data
        typed = zip(Stage, ("sign_for", "handle", "check_limit", "call_back"), strict=True)
        urgency = Urgency(said["urgency"])
        limits = usual_limits(urgency) | {stage: said[field] for stage, field in typed if said[field]}
        plain = {field: said[field] for field in _SAID[:-3]}
        return Content(
            **plain,
            board=said["board"].code,
            level=Level(said["level"]),
            urgency=urgency,
            secrecy=Secrecy(said["secrecy"]),
            limits=limits,
            keywords=_lines(said["keywords"]),
            examples=_lines(said["examples"]),
            evidence=Evidence(*(said[field] for field in _OF_EVIDENCE)),
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class ItemAdmin(RoomAdmin):
    """Items. Saving writes a new version; those of every county are changed by the operator."""

    form = ItemForm
    ground_field = "county_id"
    list_display = ("code", "name_now", "level_now", "urgency_now", "county", "valid_to")
    list_select_related = ("county",)
    search_fields = ("code", "versions__name")
    fields = (
        "code", "county", "parent", "name", "name_en", "board",
        ("level", "urgency", "secrecy"), "keywords", "examples", "opens_when", "closes_when",
        ("sign_for", "handle"), ("check_limit", "call_back"), ("photos", "within_metres"),
        ("note", "before_and_after", "on_the_spot"), "handlers", "regulators",
    )  # fmt: skip
    autocomplete_fields = ("county", "parent")
    actions = ("retire",)

    def scope(self, request: HttpRequest) -> QuerySet[Item]:
        newest = ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number")
        return Item.objects.annotate(
            name=Subquery(newest.values("name")[:1]),
            level=Subquery(newest.values("level")[:1]),
            urgency=Subquery(newest.values("urgency")[:1]),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "county", "parent") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        looks_only = obj is not None and not self.has_change_permission(request, obj)
        return ("code", "county", "parent", "name_now", "level_now", "urgency_now") if looks_only else self.fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = Item.objects.filter(valid_to=None)
            return super(RoomAdmin, self).formfield_for_foreignkey(db_field, request, **kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        assert isinstance(form, ItemForm)
        by, today, said = administrator(request), timezone.localdate(), form.cleaned_data
        if change:
            return actions.change_item(form.instance, form.content(), by=by, today=today).item
        version = actions.add_item(
            said["code"], form.content(), county=said["county"], parent=said["parent"], by=by, today=today
        )
        return version.item

    @display(description=_("name"))  # type: ignore[untyped-decorator]
    def name_now(self, item: Any) -> str:
        return str(item.name)

    @display(description=_("level"))  # type: ignore[untyped-decorator]
    def level_now(self, item: Any) -> str:
        return str(LEVELS[Level(item.level)])

    @display(description=_("urgency"))  # type: ignore[untyped-decorator]
    def urgency_now(self, item: Any) -> str:
        return str(URGENCIES[Urgency(item.urgency)])

    @action(description=_("Retire from today on"))
    def retire(self, request: HttpRequest, items: QuerySet[Item]) -> None:
        by, today = administrator(request), timezone.localdate()
        self.each(request, items, lambda item: actions.retire_item(item, on=today, by=by, today=today))


class ResponsibilityAdmin(RoomAdmin):
    """Who answers for what where; changed only by ending it. Beside the list: where nobody does."""

    ground_field = "place_id"
    list_display = ("item", "item_name", "place", "post", "since", "until")
    list_select_related = ("item", "place", "post")
    search_fields = ("item__code", "place__name", "post__title")
    fields = ("item", "place", "post", "since", "until")
    autocomplete_fields = ("item", "place", "post")
    list_before_template = "administration/to_gaps.html"
    actions = ("end",)

    def get_urls(self) -> list[URLPattern]:
        gaps = path("gaps/", self.admin_site.admin_view(self.gaps), name="catalogue_gaps")
        disagreeing = path("conflicts/", self.admin_site.admin_view(conflicts.conflicts), name="catalogue_conflicts")
        mending = path("conflicts/mend/", self.admin_site.admin_view(conflicts.mend), name="catalogue_mend")
        return [gaps, disagreeing, mending, *super().get_urls()]

    def gaps(self, request: HttpRequest) -> HttpResponse:
        """Items without anybody, branch by branch and town by town."""
        found = queries.gaps(administrator(request), on=timezone.localdate())
        page = {**self.admin_site.each_context(request), "title": _("Where nobody answers"), "gaps": found}
        return TemplateResponse(request, "administration/gaps.html", page)

    def scope(self, request: HttpRequest) -> QuerySet[Responsibility]:
        return queries.responsibilities_on_ground_of(administrator(request), on=timezone.localdate())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("item", "place", "post", "since") if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        by = administrator(request)
        known: dict[str, QuerySet[Any]] = {
            "item": Item.objects.filter(valid_to=None),
            "place": people.grounds_for(by),
            "post": people.visible_to(by, Post),
        }
        kwargs["queryset"] = known[db_field.name]
        return super(RoomAdmin, self).formfield_for_foreignkey(db_field, request, **kwargs)

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        by, today, said = administrator(request), timezone.localdate(), form.cleaned_data
        if not change:
            return actions.set_responsibility(
                said["item"], place=said["place"], post=said["post"], since=said["since"], until=said["until"],
                by=by, today=today,
            )  # fmt: skip
        if said["until"]:
            return actions.end_responsibility(form.instance, on=said["until"], by=by, today=today)
        return form.instance  # type: ignore[no-any-return]

    @display(description=_("name"))  # type: ignore[untyped-decorator]
    def item_name(self, given: Responsibility) -> str:
        line = queries.catalogue().get(given.item_id)
        return line.name if line else ""

    @action(description=_("End from today on"))
    def end(self, request: HttpRequest, given: QuerySet[Responsibility]) -> None:
        by, today = administrator(request), timezone.localdate()
        self.each(request, given, lambda one: actions.end_responsibility(one, on=today, by=by, today=today))


site.register(Board, BoardAdmin)
site.register(Item, ItemAdmin)
site.register(Responsibility, ResponsibilityAdmin)
