"""What all administration pages share: they show and take only one's own ground, and write through the rooms' acts."""

from __future__ import annotations  # Django's forms and fields take their types for checkers only

from collections.abc import Callable, Collection, Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import (
    CheckboxInput,
    ChoiceField,
    Field,
    ModelChoiceField,
    ModelForm,
    NumberInput,
    Select,
    Textarea,
    TextInput,
    Widget,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from yiwang.catalogue.models import Board, Item
from yiwang.people import access, queries
from yiwang.people.models import Person, Post, Role, Unit
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE

_COUNTY = 6


def administrator(request: HttpRequest) -> Person:
    """Whoever asks; the site has let nobody else in."""
    assert isinstance(request.user, Person)
    # The session's person carries no history of queries; acts lock and read what they need themselves.
    return request.user


def choices(request: HttpRequest, model: type[Model]) -> QuerySet[Any]:
    """What a form of this person may point to."""
    by = administrator(request)
    known: dict[type[Model], Callable[[], QuerySet[Any]]] = {
        Place: lambda: queries.grounds_for(by),
        Person: lambda: queries.administered_by(by, Person).filter(is_active=True),
        Unit: lambda: queries.visible_to(by, Unit),
        Post: lambda: queries.administered_by(by, Post),
        Role: lambda: queries.roles_for(by),
        # No secret: each county's acts refuse another's.
        Board: Board.objects.all,
        Item: lambda: Item.objects.filter(valid_to=None),
    }
    return known[model]()


# Unfold dresses the fields of a model; those that a form adds of its own come plain.
CLOTHES: dict[type[Widget], type[Widget]] = {
    TextInput: UnfoldAdminTextInputWidget,
    Textarea: UnfoldAdminTextareaWidget,
    NumberInput: UnfoldAdminIntegerFieldWidget,
    Select: UnfoldAdminSelectWidget,
    CheckboxInput: UnfoldBooleanSwitchWidget,
}


def dress(field: Field) -> None:
    """Give a plain field the look of its neighbours."""
    plain = field.widget
    if (clothes := CLOTHES.get(type(plain))) is None:
        return
    dressed = clothes(attrs=plain.attrs)
    dressed.is_required = plain.is_required
    if isinstance(field, ChoiceField | ModelChoiceField):
        dressed.choices = field.choices  # type: ignore[attr-defined]
    field.widget = dressed


class ActForm(ModelForm):  # type: ignore[type-arg]
    """A form whose saving is one act of a room; what the act refuses stands on the form."""

    act: ClassVar[Callable[[ModelForm[Any]], Model]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)
        # Left to the act, which refuses in words of the field; the database holds the line behind it.
        self.instance.validate_constraints = _held_by_the_act

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.instance = type(self).act(self)
        except Refused as no:
            self.add_error(None, str(no))
        except IntegrityError:
            self.add_error(None, _("This does not go with what is there already: look at the list first."))


def _held_by_the_act(exclude: Collection[str] | None = None) -> None:
    """Say nothing of constraints: their names are the house's own."""


class RoomAdmin(ModelAdmin):  # type: ignore[misc]  # unfold is untyped
    """Pages for one kind of thing. A room's module says how its ground is found and which act saves it."""

    form = ActForm
    duty = Duty.ADMINISTER
    ground_field = "ground_id"
    warn_unsaved_form = True
    compressed_fields = False

    def scope(self, request: HttpRequest) -> QuerySet[Any]:
        """What this person's lists show."""
        raise NotImplementedError

    def act(self, request: HttpRequest, form: ModelForm[Any], *, change: bool) -> Model:
        """Carry out what the form asks."""
        raise NotImplementedError

    def each(
        self, request: HttpRequest, things: Iterable[Any], act: Callable[[Any], object]
    ) -> list[tuple[Any, object]]:
        """Do the same to each chosen thing; gives what came of it, and says beside which it was refused and why."""
        done: list[tuple[Any, object]] = []
        for thing in things:
            try:
                done.append((thing, act(thing)))
            except Refused as no:
                self.message_user(request, f"{thing}: {no}", messages.ERROR)
        if done:
            names = "、".join(str(thing) for thing, _result in done)
            self.message_user(request, _("Done: %(names)s.") % {"names": names}, messages.SUCCESS)
        return done

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever administers one county adds what is that county's own, and need not say so."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        held = access.grounds_of(administrator(request).pk, timezone.localdate(), self.duty)
        counties = {code[:_COUNTY] for code in held if code != WHOLE}
        own = counties.pop() if len(counties) == 1 and held != EVERYWHERE else ""
        return ({"county": own} if own else {}) | initial

    def ground_of(self, thing: Any) -> str:
        """The code of the ground on which a thing lies."""
        for name in self.ground_field.split("__"):
            thing = getattr(thing, name)
        return thing or WHOLE

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.scope(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request) and (obj is None or self.scope(request).filter(pk=obj.pk).exists())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # history stays: things are closed, abolished or ended

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """What is not on one's ground does not exist; Django would send to the first page instead."""
        raise Http404

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise Http404

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """There is no such page: the audit trail says who did what."""
        raise Http404

    def _may(self, request: HttpRequest, thing: Any = None) -> bool:
        if not isinstance(request.user, Person):
            return False
        today = timezone.localdate()
        if thing is None:
            return bool(access.grounds_of(request.user.pk, today, self.duty))
        return access.may(request.user.pk, self.duty, self.ground_of(thing), on=today)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        kwargs["queryset"] = choices(request, db_field.related_model)
        field: ModelChoiceField[Any] | None = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ActForm]:  # noqa: FBT001, FBT002 - Django's
        form: type[ActForm] = super().get_form(request, obj, change, **kwargs)
        form.act = lambda filled: self.act(request, filled, change=change)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Nothing left to do: the form has acted."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Nothing hangs on these forms."""

    # The audit trail says who did what; a second diary would be read by people of other ground.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry | None:
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry | None:
        return None
