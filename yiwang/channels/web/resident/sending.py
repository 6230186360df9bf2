"""What residents' pages share when something is sent: who sends, how often, and photos of browsers without scripts."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from yiwang.cases.access import Actor, acting, reporter
from yiwang.cases.actions import Key
from yiwang.people.models import Person
from yiwang.plumbing.files import actions, queries
from yiwang.plumbing.files.queries import kept_photos
from yiwang.plumbing.limiting import seconds_to_wait
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


def keep(files: "Iterable[UploadedFile[Any]]", *, by: Actor) -> list[UUID]:
    """Keep photos that came with the form itself; refuses, in the words of files, what is not taken."""
    looked = [actions.look_at(cast("BinaryIO", one.file), name=one.name or "") for one in files]
    with standing_on(EVERYWHERE):
        return [actions.keep_ready(one, by=by.subject, ground="", at=timezone.now()).pk for one in looked]


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
