"""Bringing in lists: places, their names and boundaries, people, items, and who answers for them."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.catalogue import actions as catalogue
from yiwang.channels.web.asking import has_duty, only_for
from yiwang.people import access
from yiwang.people import actions as people
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.places import actions as places
from yiwang.places.models import Place
from yiwang.places.rules.coordinates import Datum
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.plumbing.sheets.report import Report
from yiwang.plumbing.walls.ground import EVERYWHERE

MOST_ROWS_SHOWN = 500
LARGEST = 100 * 1024 * 1024
WHAT = {
    "places": (_("Places"), Duty.DRAW_GROUND),
    "aliases": (_("Names people use for places"), Duty.DRAW_GROUND),
    "boundaries": (_("Boundaries"), Duty.DRAW_GROUND),
    "people": (_("People and posts"), Duty.ADMINISTER),
    "items": (_("Items"), Duty.ADMINISTER),
    "responsibilities": (_("Who answers for which item where"), Duty.ADMINISTER),
}
DATUMS = [
    (Datum.GCJ02, _("GCJ-02 (most Chinese maps)")),
    (Datum.WGS84, _("WGS 84 (GPS, 天地图)")),
    (Datum.BD09, _("BD-09 (Baidu)")),
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list, and the one-time passwords that are shown once."""

    report: Report
    passwords: list[tuple[str, str]] = field(default_factory=list, repr=False)


class ImportForm(forms.Form):
    """A list, what it is, and how boldly to take it in."""

    what = forms.ChoiceField(label=_("What"), widget=forms.Select(attrs={"class": "form-select"}))
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"class": "form-control"}))
    datum = forms.ChoiceField(
        label=_("Coordinates of the boundaries"), choices=DATUMS, widget=forms.Select(attrs={"class": "form-select"})
    )
    keep_good = forms.BooleanField(label=_("Let the good lines in when some are rejected"), required=False)
    overwrite = forms.BooleanField(label=_("Replace what is already there and differs"), required=False)
    only_check = forms.BooleanField(label=_("Only check, change nothing"), required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None, request.FILES or None)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [(name, label) for name, (label, duty) in WHAT.items() if has_duty(request, duty)]

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Larger than 100 MB: bring it in on the command line."))
        return file


@never_cache
def imports(request: HttpRequest) -> HttpResponse:
    """Take a list in and show what became of each line that could not go."""
    person = only_for(request, Duty.DRAW_GROUND, Duty.ADMINISTER)
    form = ImportForm(request)
    outcome = None
    if request.method == "POST" and form.is_valid():
        try:
            outcome = _bring_in(form.cleaned_data, person)
        except Refused as refusal:
            form.add_error("file", sentence(refusal))
    shown: dict[str, Any] = {"form": form, "outcome": outcome, "most": MOST_ROWS_SHOWN}
    shown["may_people"] = has_duty(request, Duty.ADMINISTER)
    if outcome:
        rejected = outcome.report.rejections
        shown |= {"rejected": len(rejected), "rejections": rejected[:MOST_ROWS_SHOWN]}
    return render(request, "desk/imports.html", shown)


@require_safe
def people_template(request: HttpRequest) -> FileResponse:
    """An Excel sheet to fill in, with the roles and places that this administrator may give."""
    person = only_for(request, Duty.ADMINISTER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.xlsx"
        people.template(path, by=person, today=timezone.localdate())
        # The open file outlives its name.
        return FileResponse(path.open("rb"), as_attachment=True, filename="人员与岗位.xlsx")


def _bring_in(given: dict[str, Any], person: Person) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(given["file"].name).name
        with path.open("wb") as copy:
            for chunk in given["file"].chunks():
                copy.write(chunk)
        return _acts(path, given, person)


def _acts(path: Path, given: dict[str, Any], person: Person) -> Outcome:
    today = timezone.localdate()
    keep_good, dry_run = given["keep_good"], given["only_check"]
    if given["what"] == "people":
        done = people.import_people(path, by=person, today=today, keep_good=keep_good, dry_run=dry_run)
        return Outcome(done.report, done.passwords)
    if given["what"] == "responsibilities":
        return Outcome(
            catalogue.import_responsibilities(path, by=person, today=today, keep_good=keep_good, dry_run=dry_run)
        )
    boldly: dict[str, Any] = {
        "keep_good": keep_good,
        "overwrite": given["overwrite"],
        "dry_run": dry_run,
        "today": today,
    }
    if given["what"] == "items":
        return Outcome(catalogue.import_items(path, by=person, county=_county_of(person), **boldly))
    by = f"person:{person.pk}"
    if given["what"] == "aliases":
        return Outcome(places.import_aliases(path, by=by, keep_good=keep_good, dry_run=dry_run))
    if given["what"] == "places":
        return Outcome(places.import_places(path, by=by, **boldly))
    return Outcome(places.import_boundaries(path, datum=given["datum"], by=by, **boldly))


def _county_of(person: Person) -> Place | None:
    """Whose catalogue a list of items joins: the county's; for who administers all, that of every county."""
    held = access.grounds_of(person.pk, timezone.localdate(), Duty.ADMINISTER)
    return None if held == EVERYWHERE else Place.objects.filter(code=held[0][:6]).first()
