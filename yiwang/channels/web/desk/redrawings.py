"""Drawing the ground anew: plan it from a sheet, see what stands against it, call it off."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yiwang.channels.web.asking import only_for
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.places import actions, queries
from yiwang.places.models import Redrawing
from yiwang.places.rules.redrawing import Plan
from yiwang.plumbing.refusals import Refused, sentence

IN_FORCE = gettext_noop("The redrawing is in force. Where several places follow one, decide where its posts go.")


class RedrawingForm(forms.Form):
    """What it is called, from when it holds, and the sheet that says what follows what."""

    title = forms.CharField(label=_("Title"), max_length=100, widget=forms.TextInput(attrs={"class": "form-control"}))
    effective = forms.DateField(
        label=_("First day"),
        help_text=_("A later day can be called off until then. With today it is in force at once, and stays so."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"}),
    )
    file = forms.FileField(label=_("Sheet"), widget=forms.FileInput(attrs={"class": "form-control"}))


def redrawings(request: HttpRequest) -> HttpResponse:
    """The redrawings of the person's ground; a sent sheet is judged and planned."""
    person = only_for(request, Duty.DRAW_GROUND)
    form = RedrawingForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            plan = _plan(form.cleaned_data["file"])
            faults = _plan_it(plan, form.cleaned_data, person)
        except Refused as refusal:
            faults = [sentence(refusal)]
        if not faults:
            in_force = form.cleaned_data["effective"] <= timezone.localdate()
            messages.success(request, gettext(IN_FORCE) if in_force else gettext("The redrawing is planned."))
            return redirect("redrawings")
    listed = queries.redrawings_on(access.grounds_of(person.pk, timezone.localdate(), Duty.DRAW_GROUND))
    return render(request, "desk/redrawings.html", {"form": form, "faults": faults, "listed": listed})


@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a planned redrawing off, with a reason."""
    person = only_for(request, Duty.DRAW_GROUND)
    redrawing = get_object_or_404(Redrawing, pk=pk)
    if not access.may(person.pk, Duty.DRAW_GROUND, redrawing.ground, on=timezone.localdate()):
        raise Http404
    try:
        actions.call_off(redrawing, because=request.POST.get("because", ""), by=f"person:{person.pk}")
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect("redrawings")


def _plan(file: "UploadedFile[bytes]") -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file.name or "plan.csv").name
        path.write_bytes(file.read())
        return queries.plan_of_list(path)


def _plan_it(plan: Plan, given: dict[str, Any], person: Person) -> list[str]:
    """Everything that stands against the plan, or nothing: then it is planned, and carried out if its day is here."""
    today: date = timezone.localdate()
    access.demand_all(person, Duty.DRAW_GROUND, sorted(plan.codes()), on=today)
    if faults := queries.faults_of_plan(plan, effective=given["effective"]):
        return [sentence(fault) for fault in faults]
    by = f"person:{person.pk}"
    redrawing = actions.plan_redrawing(given["title"], plan, effective=given["effective"], by=by, today=today)
    if redrawing.effective <= today:
        actions.carry_out(redrawing, by=by, today=today)
    return []
