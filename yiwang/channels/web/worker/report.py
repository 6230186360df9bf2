"""Report what one has found outside: photo, place by itself, sent; where the item allows it, settled in one go."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yiwang.cases import actions, queries
from yiwang.cases.actions import Brought, Moment, Photo
from yiwang.cases.rules import LONGEST_TEXT, Told, written
from yiwang.catalogue.queries import ItemLine, catalogue, recognise
from yiwang.channels.web.asking import actor_of, only_for, person_of
from yiwang.channels.web.case.asked import on_the_spot, wanted
from yiwang.channels.web.case.photos import sent_ahead
from yiwang.channels.web.choosing import lines_at, name_of
from yiwang.channels.web.picking import agreed, chosen_of, levels, path_in_words
from yiwang.channels.web.resident import sending
from yiwang.channels.web.resident.follow import address_of
from yiwang.people import access
from yiwang.people.rules import Duty
from yiwang.places.queries import line_near, locate, tree
from yiwang.plumbing.refusals import Refused, Unseen, sentence
from yiwang.plumbing.walls.ground import standing_on

_Position = tuple[float, float]
# In metres: half a wide street, and what a telephone is wrong by between houses.
ON_THE_STREET = 60


class ReportForm(forms.Form):
    """What a worker tells. Place and photos come as several values and are read beside it."""

    text = forms.CharField(
        label=_("What is the matter?"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(
            attrs={"class": "weui-textarea", "rows": 3, "placeholder": _("In a few words, or choose below")}
        ),
    )  # fmt: skip
    item = forms.CharField(max_length=40, required=False)
    address = forms.CharField(
        label=_("More exactly"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"class": "weui-input", "placeholder": _("may stay empty")}),
    )  # fmt: skip
    settle = forms.BooleanField(
        label=_("Settled on the spot"), required=False, widget=forms.CheckboxInput(attrs={"class": "weui-switch"})
    )
    note = forms.CharField(
        label=_("What was done"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"class": "weui-textarea", "rows": 2}),
    )  # fmt: skip
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def position(self) -> _Position | None:
        """Longitude and latitude, where both were given and make sense."""
        given = getattr(self, "cleaned_data", {})
        lon, lat = given.get("lon"), given.get("lat")
        return None if lon is None or lat is None else (lon, lat)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("settle") and not given.get("note", "").strip():
            self.add_error("note", _("Say in a few words what was done."))
        return given


class Choice(NamedTuple):
    """An item in the list, and what a script must know to offer that it be settled here."""

    code: str
    name: str
    on_the_spot: bool
    wanted: str


@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """The form; when it was sent, the case that was opened. Steps on the ground itself."""
    only_for(request, Duty.REPORT)
    if request.method != "POST":
        return _page(request, ReportForm(initial={"key": uuid4()}))
    form = ReportForm(request.POST)
    form.is_valid()
    photos = _photos(request, form)
    place = chosen_of(request.POST.getlist("place"))
    received = None if form.errors else _received(request, form, place=place, photos=photos)
    if received is None:
        return _page(request, form, photos=photos, place=place, status=422)
    said = (
        gettext("Reported and settled: %(number)s.")
        if form.cleaned_data["settle"]
        else gettext("Reported: %(number)s.")
    )
    messages.success(request, said % {"number": written(received.number)})
    address = _address(request, received)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"address": address, "number": written(received.number)})
    return redirect(address)


@require_GET
def where(request: HttpRequest) -> HttpResponse:
    """Where a position lies, and the lists from which another place is chosen."""
    only_for(request, Duty.REPORT)
    form = ReportForm(request.GET)
    form.is_valid()
    return render(request, "worker/where.html", _where(request, form, chosen_of(request.GET.getlist("place"))))


@require_POST
def item(request: HttpRequest) -> JsonResponse:
    """The code of the item that what was typed so far is about; empty where that is not clear."""
    only_for(request, Duty.REPORT)
    place = chosen_of(request.POST.getlist("place")) or _home(request)
    found = recognise(request.POST.get("text", "")[:LONGEST_TEXT], place, on=timezone.localdate()).item_id
    line = catalogue().get(found) if found else None
    return JsonResponse({"item": line.code if line else ""})


def _photos(request: HttpRequest, form: ReportForm) -> list[Photo]:
    """Those a script has sent ahead, and those of a browser without scripts."""
    found: list[Photo] = []
    for name, moment in (("before", Moment.BEFORE), ("after", Moment.AFTER)):
        found += sent_ahead(request.POST.getlist(f"{name}_sent"), moment, otherwise=form.position)
        kept = sending.keep(request.FILES.getlist(name), form, by=sending.teller(request))
        found += [Photo(one, form.position, moment) for one in kept]
    return found


def _received(
    request: HttpRequest, form: ReportForm, *, place: str, photos: list[Photo]
) -> actions.Received | None:  # fmt: skip
    """The report taken in, and settled where that was asked; nothing where either was refused: the form says why."""
    given, by, now = form.cleaned_data, actor_of(request), timezone.now()
    told = _told(request, form, place, photos)
    said = [told.text, told.told, told.item, told.place, told.position, told.address, given["settle"], given["note"]]
    key = sending.key_of(given["key"], said, [photo.file for photo in photos])
    try:
        with standing_on(access.grounds_of(person_of(request).pk, timezone.localdate())), transaction.atomic():
            received = actions.report(told, by=by, now=now, key=key)
            if given["settle"] and not received.again:
                _refuse_elsewhere(request, received.place)
                actions.settle(received.number, evidence=Brought(given["note"], tuple(photos)), by=by, now=now)
    except Refused as refusal:
        form.add_error(None, _worded(refusal))
        if refusal.code == "key_used_for_another":
            again = request.POST.copy()
            again["key"] = str(uuid4())
            form.data = again
        return None
    return received


def _told(request: HttpRequest, form: ReportForm, place: str, photos: Iterable[Photo]) -> actions.Report:
    given = form.cleaned_data
    at, position = _agreed(request, place, form.position)
    at = at or _home(request)
    mine = access.may(person_of(request).pk, Duty.REPORT, at, on=timezone.localdate())
    line = catalogue().by_code(given["item"], at) if given["item"] else None
    return actions.Report(
        # Whoever chose what it is need not say it in words as well.
        text=given["text"].strip() or (line.name if line else ""),
        told=Told.WORKER if mine else Told.RESIDENT, item=given["item"], place=at, position=position,
        address=given["address"], photos=tuple(photo.file for photo in photos if photo.moment == Moment.BEFORE),
    )  # fmt: skip


def _refuse_elsewhere(request: HttpRequest, place: str) -> None:
    if not access.may(person_of(request).pk, Duty.REPORT, place, on=timezone.localdate()):
        raise Refused("duty_not_held_there", place=path_in_words(place))


def _worded(refusal: Refused) -> Any:
    if refusal.code == "key_used_for_another":
        return _("You have sent this already, in other words. Send it once more only if it is another matter.")
    return sentence(refusal)


def _address(request: HttpRequest, received: actions.Received) -> str:
    """The case where it is this worker's to see, otherwise the page that every reporter has."""
    with standing_on(access.grounds_of(person_of(request).pk, timezone.localdate())):
        try:
            queries.case(actor_of(request), received.number)
        except Unseen:
            return address_of(received.number, received.secret)
    return reverse("today-case", args=[written(received.number)])


def _page(
    request: HttpRequest, form: ReportForm, *, photos: Iterable[Photo] = (), place: str = "", status: int = 200
) -> HttpResponse:
    whereabouts = _where(request, form, place)
    shown = {
        "form": form, "boards": _items(whereabouts["place"]), "item": str(form["item"].value() or ""),
        "before": _kept(photos, Moment.BEFORE), "after": _kept(photos, Moment.AFTER),
        "most_photos": sending.MOST_PHOTOS,
    }  # fmt: skip
    return render(request, "worker/report.html", shown | whereabouts, status=status)


def _kept(photos: Iterable[Photo], moment: Moment) -> list[tuple[str, str]]:
    """What of these photos goes back into the form: as it is written there, and its thumbnail."""
    of_it = {photo.file: photo.position for photo in photos if photo.moment == moment}
    return [(_written(one.id, of_it[one.id]), one.thumbnail) for one in sending.shown(list(of_it))]


def _written(file: UUID, position: _Position | None) -> str:
    return f"{file} {position[0]} {position[1]}" if position else f"{file} -"


def _where(request: HttpRequest, form: ReportForm, place: str) -> dict[str, Any]:
    """Where it is: as the position has it, as it was chosen, or on the worker's own ground."""
    chosen, position = _agreed(request, place, form.position)
    taken = form.position
    at = chosen or _home(request)
    return {
        "place": at, "where": path_in_words(at), "by_hand": bool(place),
        "dropped": taken is not None and position is None, "outside": taken is not None and locate(*taken) is None,
        "levels": levels(place, inside=_grounds(request), on=timezone.localdate()),
    }  # fmt: skip


def _agreed(request: HttpRequest, chosen: str, position: _Position | None) -> tuple[str, _Position | None]:
    """Place and position, as everywhere; but whoever answers for a street and stands on it tells of the street."""
    at, kept = agreed(chosen, position)
    mine = _grounds(request)
    if position is None or (kept and at.startswith(tuple(mine))):
        return at, kept
    street = line_near([code for code in mine if chosen in ("", code)], *position, within=ON_THE_STREET)
    return (street, position) if street else (at, kept)


def _grounds(request: HttpRequest) -> list[str]:
    """The places on which the worker reports, the outermost of each."""
    held = access.grounds_of(person_of(request).pk, timezone.localdate(), Duty.REPORT)
    return [code for code in held if code in tree()] or list(tree().outermost)


def _home(request: HttpRequest) -> str:
    """Where the worker is when nobody knows better: the ground of their post, the innermost of several."""
    return max(_grounds(request), key=len, default="")


def _items(place: str) -> list[tuple[str, list[Choice]]]:
    return [(board, [_choice(line) for line in lines]) for board, lines in lines_at(place)]


def _choice(line: ItemLine) -> Choice:
    asked = " · ".join(wanted(line.content.evidence))
    return Choice(line.code, name_of(line), on_the_spot(line.content), asked)
