"""What residents' pages share when something is sent: who sends, how often, and photos of browsers without scripts."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yiwang.cases.access import Actor, acting, reporter
from yiwang.cases.actions import Key
from yiwang.people.models import Person
from yiwang.plumbing.files import actions, queries
from yiwang.plumbing.files.queries import kept_photos
from yiwang.plumbing.limiting import seconds_to_wait
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

MOST_PHOTOS = 6
LINK_LIVES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo as a page shows it: its id, and links to its thumbnail and to the whole."""

    id: UUID
    thumbnail: str
    whole: str


def teller(request: HttpRequest) -> Actor:
    """Who tells: the signed-in person, otherwise a reporter who need not say who they are."""
    person = request.user
    return acting(person, on=timezone.localdate()) if isinstance(person, Person) else reporter()


def too_often(request: HttpRequest) -> int:
    """Seconds to wait for whoever is not signed in and sends too often; 0 for everybody else."""
    signed_in = isinstance(request.user, Person)
    return 0 if signed_in else seconds_to_wait(str(request.META.get("REMOTE_ADDR", "")))


def asked_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """The page again, as a "not now" that says when."""
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response


def wait_sentence(seconds: int) -> str:
    """The sentence for whoever sends too often."""
    said = ngettext(
        "Too much came from your address just now. Nothing is lost: send again in %(seconds)s second.",
        "Too much came from your address just now. Nothing is lost: send again in %(seconds)s seconds.",
        seconds,
    )
    return said % {"seconds": seconds}


def photos_of(request: HttpRequest, form: forms.Form, *, by: Actor) -> list[UUID]:
    """The photos of a form: those sent before by the page's script, and those that come with it.

    What can be taken is kept whatever becomes of the form, so that it comes back with it; the form says what was not.
    """
    before, files = ids_of(request.POST.getlist("photos")), request.FILES.getlist("files")
    if len(before) + len(files) > MOST_PHOTOS:
        form.add_error(None, _("At most %(most)s photos, please.") % {"most": MOST_PHOTOS})
    room = max(0, MOST_PHOTOS - len(before))
    return before[:MOST_PHOTOS] + keep(files[:room], form, by=by)


def keep(files: "Iterable[UploadedFile[Any]]", form: forms.Form, *, by: Actor) -> list[UUID]:
    """Keep photos that came with a form; of what is not taken it says why, in the words of files."""
    return list(_kept(files, form, by=by))


def _kept(files: "Iterable[UploadedFile[Any]]", form: forms.Form, *, by: Actor) -> Iterator[UUID]:
    for one in files:
        try:
            ready = actions.look_at(cast("BinaryIO", one.file), name=one.name or "")
        except Refused as refusal:
            form.add_error(None, f"{one.name}{gettext(': ')}{sentence(refusal)}")
            continue
        with standing_on(EVERYWHERE):
            yield actions.keep_ready(ready, by=by.subject, ground="", at=timezone.now()).pk


def key_of(key: UUID | None, said: list[Any], photos: Sequence[UUID]) -> Key | None:
    """The same form sent twice is one report; photos are the same by what they show, not by when they were sent."""
    if key is None:
        return None
    pictures = [one.sha256 for one in kept_photos(photos)]
    hashed = hashlib.sha256(json.dumps([*said, pictures]).encode()).digest()
    return Key(name_of(key), hashed)


def name_of(key: UUID) -> bytes:
    """Under which name a form's key is known to the loop."""
    return hashlib.sha256(f"page:{key}".encode()).digest()


def ids_of(written: Iterable[str]) -> list[UUID]:
    """The ids among these texts, each once."""
    found: dict[UUID, None] = {}
    for text in written:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)


def shown(photos: Sequence[UUID]) -> list[Shown]:
    """These photos with links that live for an hour."""

    def link(signed: str) -> str:
        return reverse("file", args=[signed])

    return [
        Shown(one.pk, link(queries.thumbnail_link(one, LINK_LIVES)), link(queries.link(one, LINK_LIVES)))
        for one in kept_photos(photos)
    ]
