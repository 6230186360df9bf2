"""Labels to stick on things: chosen, then printed on A4 sheets."""

from dataclasses import dataclass
from typing import Any

import segno
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.labels import LONGEST_THING, Label, code_of
from yiwang.catalogue.queries import catalogue
from yiwang.channels.web.asking import only_for, person_of
from yiwang.channels.web.choosing import items_at
from yiwang.channels.web.picking import chosen_of, levels, path_in_words
from yiwang.people import access
from yiwang.people.rules import Duty
from yiwang.places.queries import tree

DUTIES = (Duty.TRIAGE, Duty.ADMINISTER)
MOST = 120


@dataclass(frozen=True, slots=True)
class Sticker:
    """One label as it is printed."""

    picture: SafeString
    thing: str


class LabelsForm(forms.Form):
    """Which things; the place comes as several values and is read beside it."""

    item = forms.CharField(max_length=40, required=False)
    things = forms.CharField(
        label=_("Things, one a line"),
        max_length=MOST * (LONGEST_THING + 2),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 8}),
        help_text=_("For example: Lamp 3, Well Lane. Each line becomes one label."),
    )

    def clean_things(self) -> list[str]:
        """The lines that say something; refused where one is too long, or there are too many for one print."""
        lines = [line.strip() for line in str(self.cleaned_data["things"]).splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(_("At most %(most)s labels at once.") % {"most": MOST})
        if long := next((line for line in lines if len(line) > LONGEST_THING), None):
            raise forms.ValidationError(
                _("“%(line)s” has more than %(most)s characters.") % {"line": long, "most": LONGEST_THING}
            )
        return lines


def labels(request: HttpRequest) -> HttpResponse:
    """The form; when it was sent, the sheet as it is printed. Nothing is kept: a label says all there is."""
    only_for(request, *DUTIES)
    form = LabelsForm(request.POST or None)
    place = chosen_of(request.POST.getlist("place"))
    item = request.POST.get("item", "")
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        if fault := _fault(request, item, place):
            form.add_error(None, fault)
        else:
            return render(request, "desk/label_sheet.html", _sheet(request, form.cleaned_data["things"], item, place))
    lists = levels(place, inside=_roots(request), on=timezone.localdate())
    looking = "look" in request.POST
    shown = {"form": form, "levels": lists, "boards": items_at(place or _county(request)), "item": item}
    return render(request, "desk/labels.html", shown | {"looking": looking})


def _grounds(request: HttpRequest) -> tuple[str, ...]:
    """Where the person has one of the duties; "*" is everywhere."""
    person, today = person_of(request), timezone.localdate()
    return tuple({code for duty in DUTIES for code in access.grounds_of(person.pk, today, duty)})


def _roots(request: HttpRequest) -> tuple[str, ...]:
    grounds = _grounds(request)
    return tree().outermost if "*" in grounds else grounds


def _county(request: HttpRequest) -> str:
    return next((code[:6] for code in _roots(request)), "")


def _fault(request: HttpRequest, item: str, place: str) -> Any:
    roots = _roots(request)
    where = place or (roots[0] if len(roots) == 1 else "")
    if not any(where.startswith(code) for code in roots) or not where:
        return _("Choose a place on your ground.")
    line = catalogue().by_code(item, where) if item else None
    return _("Choose an item from the list.") if item and (line is None or line.is_branch) else ""


def _sheet(request: HttpRequest, things: list[str], item: str, place: str) -> dict[str, Any]:
    roots = _roots(request)
    where = place or roots[0]
    line = catalogue().by_code(item, where) if item else None
    stickers = [_sticker(request, Label(item, where, thing)) for thing in things]
    return {"stickers": stickers, "where": path_in_words(where), "item": line.name if line else ""}


def _sticker(request: HttpRequest, label: Label) -> Sticker:
    address = request.build_absolute_uri(reverse("label", args=[code_of(label)]))
    picture = segno.make(address, error="m").svg_inline(border=0, omitsize=True)
    return Sticker(mark_safe(picture), label.thing)  # noqa: S308 - drawn by ourselves, holds no text
