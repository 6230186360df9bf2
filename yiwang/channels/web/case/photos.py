"""Forms with photos and a position: what is sent is kept at once, so that a refused form loses no photo."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yiwang.cases.actions import Brought, Moment, Photo
from yiwang.cases.rules import written
from yiwang.channels.web.allowed import between
from yiwang.channels.web.case.choices import items_of
from yiwang.channels.web.case.forms import InPost, MoveForm, choice, words
from yiwang.plumbing.files import actions as files
from yiwang.plumbing.refusals import Refused, sentence

MOST_PHOTOS = 20
_SALT = "yiwang.case.photos"
_Position = tuple[float, float]


class PhotosInput(forms.FileInput):
    """Several photos at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos, or none."""

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        sent = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if len(sent) > MOST_PHOTOS:
            raise forms.ValidationError(_("At most %(most)s photos."), params={"most": MOST_PHOTOS})
        return [super(PhotosField, self).clean(one, initial) for one in sent]


def photos(label: Any, *, help_text: Any = "", accept: str = "image/*") -> PhotosField:
    shown = PhotosInput(attrs={"class": "form-control", "accept": accept})
    return PhotosField(label=label, required=False, help_text=help_text, widget=shown)


def degrees(label: Any, most: int, *, required: bool) -> forms.FloatField:
    shown = forms.NumberInput(attrs={"class": "form-control", "step": "any", "data-position": str(most)})
    return forms.FloatField(
        label=label, min_value=-most, max_value=most, required=required, widget=shown,
        error_messages=between(-most, most, 30.0523),
    )  # fmt: skip


class WithPhotos(MoveForm):
    """A move that is shown in photos. Where one was taken is read from it, or is where its sender stands."""

    lat = degrees(_("Latitude"), 90, required=False)
    lon = degrees(_("Longitude"), 180, required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    moments: dict[str, Moment] = {}
    shown: list[Photo]

    def clean(self) -> dict[str, Any]:
        self.shown = list(_unsigned(self.cleaned_data.get("kept", "")))
        for name, moment in self.moments.items():
            sent = self.data.getlist(f"{name}_sent") if isinstance(self.data, QueryDict) else ()
            known = {photo.file for photo in self.shown}
            ahead = sent_ahead(sent, moment, otherwise=self.position)
            self.shown += [photo for photo in ahead if photo.file not in known]
        return self.cleaned_data

    def keep(self, *, by: str, at: datetime) -> bool:
        """Keep what was sent; whether all of it could be taken. What could not is said beside its field."""
        for name, moment in self.moments.items():
            for file in self.cleaned_data.get(name, ()):
                try:
                    self.shown.append(self._kept(file, moment, by=by, at=at))
                except Refused as refusal:
                    self.add_error(name, sentence(refusal))
        return self.is_valid()

    def _kept(self, file: "UploadedFile[bytes]", moment: Moment, *, by: str, at: datetime) -> Photo:
        ground = self.sitting.case.place
        kept = files.keep(file.read(), name=file.name or "", by=by, ground=ground, at=at)
        taken = kept.offer.position
        return Photo(kept.file.pk, (taken.lon, taken.lat) if taken else self.position, moment)

    @property
    def position(self) -> _Position | None:
        """Where the sender stands, where they said so."""
        lon, lat = self.cleaned_data.get("lon"), self.cleaned_data.get("lat")
        return None if lon is None or lat is None else (lon, lat)

    @property
    def kept_signed(self) -> str:
        """The photos kept so far, for the next try of the same form."""
        listed = [[photo.file.hex, photo.moment.value, photo.position] for photo in getattr(self, "shown", ())]
        return signing.dumps(listed, salt=_SALT) if listed else ""

    def inputs(self) -> dict[str, Any]:
        own = {"lat", "lon", "kept", *self.moments}
        return {name: value for name, value in super().inputs().items() if name not in own}


def sent_ahead(written: Iterable[str], moment: Moment, *, otherwise: _Position | None) -> list[Photo]:
    """Photos that a telephone sent ahead of its form, each written "id lon lat".

    "id -": nobody knows where it was taken; "id" alone: where its sender stands now. What cannot be read is left out.
    """
    found = {photo.file: photo for text in list(written)[:MOST_PHOTOS] for photo in _read(text, moment, otherwise)}
    return list(found.values())


def _read(text: str, moment: Moment, otherwise: _Position | None) -> Iterator[Photo]:
    with suppress(ValueError):
        file, *spot = text.split()
        if not spot:
            yield Photo(UUID(file), otherwise, moment)
        elif spot == ["-"]:
            yield Photo(UUID(file), None, moment)
        else:
            lon, lat = map(float, spot)
            yield Photo(UUID(file), (lon, lat), moment)


def _unsigned(text: str) -> Iterator[Photo]:
    try:
        listed: Iterable[Any] = signing.loads(text, salt=_SALT) if text else ()
    except signing.BadSignature:
        listed = ()
    for file, moment, position in listed:
        yield Photo(UUID(file), (position[0], position[1]) if position else None, Moment(moment))


class Finish(WithPhotos):
    """What was done, and the photos that show it."""

    note = words(_("What was done"))
    before = photos(_("Photos from before"))
    after = photos(_("Photos of how it is now"))
    moments = {"before": Moment.BEFORE, "after": Moment.AFTER}
    field_order: tuple[str, ...] = ("note", "before", "after", "lat", "lon")

    def offer(self) -> None:
        """While the reply is written, what is wanting in it is asked for and shown beside it."""
        self.fields["note"].widget.attrs |= {
            "hx-post": reverse("answer", args=[written(self.sitting.case.number)]), "hx-target": "#answer",
            "hx-trigger": "input changed delay:800ms, change", "hx-params": "note,csrfmiddlewaretoken",
        }  # fmt: skip

    def inputs(self) -> dict[str, Any]:
        given = super().inputs()
        return given | {"evidence": Brought(given.pop("note"), tuple(self.shown))}


class Settle(Finish):
    """What was done on the spot; the item where nobody has said yet what it is."""

    item = choice(_("Item"), filtered=True)
    field_order = ("item", "note", "before", "after", "lat", "lon")

    def offer(self) -> None:
        super().offer()
        if self.sitting.case.item_id:
            del self.fields["item"]
        else:
            self.choose("item", *items_of(self.sitting))


class Confirm(WithPhotos):
    """What the checker saw."""

    note = words(_("What was seen"), required=False)
    after = photos(_("Photos of how it is now"))
    moments = {"after": Moment.AFTER}
    field_order = ("note", "after", "lat", "lon")

    def inputs(self) -> dict[str, Any]:
        return super().inputs() | {"photos": self.shown}


class SendBack(WithPhotos):
    """What is not done, and the photos that show it."""

    reason = words(_("Reason"))
    after = photos(_("Photos of how it is now"))
    moments = {"after": Moment.AFTER}
    field_order = ("reason", "after", "lat", "lon")

    def inputs(self) -> dict[str, Any]:
        return super().inputs() | {"photos": self.shown}


class ReportIn(InPost):
    """Where one is, and for which of one's posts where several were called."""

    lat = degrees(_("Latitude"), 90, required=True)
    lon = degrees(_("Longitude"), 180, required=True)
    having = staticmethod(lambda case: case.summoned)
    field_order = ("post", "lat", "lon")

    def inputs(self) -> dict[str, Any]:
        given = super().inputs()
        return given | {"position": (given.pop("lon"), given.pop("lat"))}
