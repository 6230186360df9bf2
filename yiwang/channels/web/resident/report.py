"""Report a matter: photo, words, place, sent. Works without scripts too; what was typed is never lost."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yiwang.cases import actions
from yiwang.cases.queries import is_received
from yiwang.cases.rules import LONGEST_TEXT, Told, plain_phone
from yiwang.catalogue.labels import Label, read_label
from yiwang.catalogue.queries import catalogue, recognise
from yiwang.channels.web.choosing import items_at, name_of
from yiwang.channels.web.picking import Level, agreed, chosen_of, levels, path_in_words
from yiwang.channels.web.resident import sending, similar
from yiwang.channels.web.resident.follow import address_of
from yiwang.places.queries import locate, tree
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.plumbing.walls.ground import EVERYWHERE, NOWHERE, standing_on
from yiwang.triage.queries import Alike

# A mobile number, or one of a fixed line or from abroad; none that begins like a mobile number and is shorter.
_PHONE = re.compile(r"1\d{10}|[02-9]\d{6,14}|\+\d{7,15}", re.ASCII)
_RECEIVED = _("We have your report. Keep its number and its code.")
_JOINED = _("We have your report, and it is dealt with together with what others told. Keep its number and its code.")


def _line(label: Any, longest: int, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "weui-input", **more})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


class ReportForm(forms.Form):
    """What a resident tells. Place and photos come as several values and are read beside it."""

    text = forms.CharField(
        label=_("What is the matter?"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Say in a few words what the matter is.")},
        widget=forms.Textarea(
            attrs={"class": "weui-textarea", "rows": 4, "placeholder": _("For example: the lamp at the gate is out")}
        ),
    )
    item = forms.CharField(max_length=40, required=False)
    address = _line(_("More exactly"), 200, placeholder=_("Number, or what is beside it"))
    name = _line(_("Name"), 20, placeholder=_("may stay empty"), autocomplete="name")
    phone = _line(_("Phone"), 20, placeholder=_("may stay empty"), autocomplete="tel", inputmode="tel", type="tel")
    anonymous = forms.BooleanField(
        label=_("Stay anonymous"), required=False, widget=forms.CheckboxInput(attrs={"class": "weui-switch"})
    )
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    key = forms.UUIDField(required=False)
    label = forms.CharField(max_length=400, required=False)

    def clean_phone(self) -> str:
        """Without the spaces and hyphens people write: the number finds its reports again."""
        return str(self.cleaned_data["phone"]).replace(" ", "").replace("-", "")

    def clean(self) -> dict[str, Any]:
        """A number that is wanting a digit would never be called; of whoever stays anonymous none is kept."""
        given = self.cleaned_data
        phone = given.get("phone", "")
        if phone and not given.get("anonymous") and not _PHONE.fullmatch(plain_phone(phone)):
            self.add_error("phone", _("Please check the number: a mobile number has eleven digits."))
        return given

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude, where both were given and make sense."""
        given = getattr(self, "cleaned_data", {})
        lon, lat = given.get("lon"), given.get("lat")
        return None if lon is None or lat is None else (lon, lat)


@login_not_required
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """The form; when it was sent, the page of the case that was opened.

    The gate gives this page no transaction: a large photo must not hold a connection.
    """
    if request.method != "POST":
        label = read_label(request.GET.get("label", "")) or Label()
        place = _open(label.place)
        first = {"key": uuid4(), "item": label.item, "label": request.GET.get("label", "") if label != Label() else ""}
        return _page(request, ReportForm(initial=first), place=place)
    form = ReportForm(request.POST)
    form.is_valid()
    place = chosen_of(request.POST.getlist("place"))
    photos = sending.photos_of(request, form, by=sending.teller(request))
    if "look" in request.POST:
        return _page(request, _without_errors(request.POST), place=place, photos=photos)
    wait = sending.too_often(request)
    if wait:
        form.add_error(None, sending.wait_sentence(wait))
    like_it = [] if form.errors or _looked(request, form) else _like_it(request, form, place)
    if form.errors or like_it:
        page = _page(request, form, place=place, photos=photos, like_it=like_it)
        return sending.asked_to_wait(page, wait) if wait else page
    received = _received(request, form, place=place, photos=photos)
    if received is None:
        return _page(request, form, place=place, photos=photos)
    messages.success(request, _JOINED if received.joined else _RECEIVED)
    return redirect(address_of(received.number, received.secret))


@login_not_required
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The lists of places anew, after one was chosen or a position was taken."""
    form = ReportForm(request.GET)
    form.is_valid()
    return render(request, "resident/places.html", _where(form, chosen_of(request.GET.getlist("place"))))


@login_not_required
@require_POST
def proposal(request: HttpRequest) -> HttpResponse:
    """The item that what was typed so far is about, as the first line of the list of items."""
    place = chosen_of(request.POST.getlist("place")) or _only_county()
    words = request.POST.get("text", "")[:LONGEST_TEXT]
    return render(request, "resident/proposal.html", {"proposed": _proposed(words, place)})


@login_not_required
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """What others have told already of what is being written, to be joined."""
    form = ReportForm(request.POST)
    form.is_valid()
    like_it = _like_it(request, form, chosen_of(request.POST.getlist("place")))
    return render(request, "resident/similar.html", similar.shown(like_it, request.POST))


def _looked(request: HttpRequest, form: ReportForm) -> bool:
    """Whether the sender has seen what is like it; sent once more, a form finds its own report and is answered it."""
    key = form.cleaned_data["key"]
    return similar.were_shown(request.POST) or (key is not None and is_received(sending.name_of(key)))


def _like_it(request: HttpRequest, form: ReportForm, place: str) -> list[Alike]:
    where, position = agreed(place, form.position)
    return similar.found(request, form["text"].data or "", form["item"].data or "", where or _only_county(), position)


def _received(request: HttpRequest, form: ReportForm, *, place: str, photos: list[UUID]) -> actions.Received | None:
    """The report taken in; nothing where it was refused, and then the form says why."""
    told, same = _told(form, place, photos), similar.joined(request.POST)
    said = [told.text, told.told, told.item, told.place, told.position, told.address, told.name, told.phone]
    key = sending.key_of(form.cleaned_data["key"], said, told.photos)
    sent: dict[str, Any] = {"by": sending.teller(request), "now": timezone.now(), "key": key}
    try:
        with standing_on(EVERYWHERE if same else NOWHERE):
            return actions.report_same(told, into=same, **sent) if same else actions.report(told, **sent)
    except Refused as refusal:
        form.add_error(None, _worded(refusal))
        if refusal.code == "key_used_for_another":
            form.data = _with_new_key(request.POST)
        return None


def _told(form: ReportForm, place: str, photos: Iterable[UUID]) -> actions.Report:
    given = form.cleaned_data
    where, position = agreed(place, form.position)
    label = read_label(given["label"])
    told = Told.QR_CODE if label else Told.RESIDENT
    address = " ".join(filter(None, (label.thing if label else "", given["address"])))
    return actions.Report(
        text=given["text"], told=Told.ANONYMOUS if given["anonymous"] else told, item=given["item"], place=where,
        position=position, address=address, name=given["name"], phone=given["phone"], photos=tuple(photos),
    )  # fmt: skip


def _with_new_key(data: QueryDict) -> QueryDict:
    again = data.copy()
    again["key"] = str(uuid4())
    return again


def _worded(refusal: Refused) -> Any:
    if refusal.code == "key_used_for_another":
        return _("You have sent this already, in other words. Send it once more only if it is another matter.")
    return sentence(refusal)


def _page(
    request: HttpRequest, form: ReportForm, *, place: str, photos: Iterable[UUID] = (), like_it: Sequence[Alike] = ()
) -> HttpResponse:
    where = _where(form, place)
    item = str(form["item"].value() or "")
    county = where["place"] or _only_county()
    text = str(form["text"].value() or "")
    shown = {
        "form": form, "photos": sending.shown(list(photos)), "most_photos": sending.MOST_PHOTOS,
        "boards": items_at(county), "item": item, "proposed": _proposed(text, county),
        "label": read_label(str(form["label"].value() or "")), "drawn": tree().outermost,
    }  # fmt: skip
    return render(request, "resident/report.html", shown | where | similar.shown(like_it, request.POST))


def _where(form: ReportForm, place: str) -> dict[str, Any]:
    """What the place's part of the form shows: the position taken, what it lies in, and the lists."""
    chosen, position = agreed(place, form.position)
    taken = form.position is not None
    lists: list[Level] = levels(chosen, inside=tree().outermost, on=timezone.localdate())
    return {
        "place": chosen, "position": position, "levels": lists, "where": path_in_words(chosen) if chosen else "",
        "outside": taken and locate(*form.position) is None if form.position else False,
        "dropped": taken and position is None,
    }  # fmt: skip


def _without_errors(data: QueryDict) -> ReportForm:
    """The same form, asked only for its next list: nothing is wrong with it yet."""
    return ReportForm(initial=data.dict())


def _open(place: str) -> str:
    spot = tree().get(place)
    return place if spot and spot.is_open(timezone.localdate()) else ""


def _only_county() -> str:
    outermost = tree().outermost
    return outermost[0] if len(outermost) == 1 else ""


def _proposed(text: str, place: str) -> str:
    found = recognise(text, place, on=timezone.localdate()).item_id if text.strip() else None
    line = catalogue().get(found) if found else None
    return name_of(line) if line else ""
