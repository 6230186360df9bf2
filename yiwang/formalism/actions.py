"""Look for signs in what was recorded; keep from where a rating came; set the thresholds."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from yiwang.cases import actions as cases
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.figures.actions import put
from yiwang.formalism import models
from yiwang.formalism.matters import NEWS, Happened, closed_nearby, happened
from yiwang.formalism.models import Evidence, Picture, Progress, Rated, Sign
from yiwang.formalism.pictures import Looks, distances, keys_of, looks_of
from yiwang.formalism.policy import TOLERANCES, tolerances_in
from yiwang.formalism.rules import (
    Kind,
    Sameness,
    Tolerances,
    is_again,
    is_quick,
    looks_same,
    minutes_between,
)
from yiwang.people.models import Person, Session
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.files.queries import kept_photos
from yiwang.plumbing.files.shelf import shelf
from yiwang.plumbing.sealing import mark, marks
from yiwang.plumbing.walls.certainty import certain_at

BATCH = 500
_PERSON, _DEVICE = "person:", "rating"


@dataclass(frozen=True, slots=True)
class Looked:
    """How many steps were looked at, how many signs were found, and whether more steps wait."""

    steps: int
    signs: int
    more: bool


@transaction.atomic
def look(*, now: datetime, most: int = BATCH) -> Looked:
    """Look for signs in the steps recorded since the last time. Stands everywhere.

    Safe to run twice: the second finds nothing new. A batch is one transaction that holds the row of `Progress`.
    """
    Progress.objects.get_or_create(id=1, defaults={"certain_at": now - NEWS})
    progress = Progress.objects.select_for_update(skip_locked=True).filter(id=1).first()
    if progress is None:
        return Looked(0, 0, more=False)
    certain = certain_at()
    since = min(progress.certain_at, certain)
    found, last = happened(since, now=now, most=most)
    signs = list(_signs(found))
    Sign.objects.bulk_create(signs, ignore_conflicts=True)
    progress.certain_at = certain if last is None else max(since, min(last, certain))
    progress.save()
    return Looked(len(found), len(signs), more=last is not None and progress.certain_at > since)


def _signs(found: Sequence[Happened]) -> Iterator[Sign]:
    rated = {(one.number, one.seq): one for one in Rated.objects.filter(number__in={h.case.number for h in found})}
    for one in found:
        tolerances = tolerances_in(one.case.county)
        if one.move == "finish" and is_quick(one.signed_at, one.at, tolerances):
            assert one.signed_at is not None, "what was quick was signed for"
            yield _sign(Kind.QUICK, one, minutes=minutes_between(one.signed_at, one.at), most=tolerances.minutes)
        if one.move == "close":
            yield from _again(one, tolerances)
        if one.move == "call_back" and (device := rated.get((one.case.number, one.seq))):
            yield from _own_device(one, device)
    yield from _photos([one for one in found if one.photos])


def _sign(kind: Kind, one: Happened, **figures: Any) -> Sign:
    case = one.case
    return Sign(county=case.county, kind=kind.value, number=case.number, seq=one.seq, place=case.place,
                post=case.lead_id, at=one.at, figures=figures)  # fmt: skip


def _again(one: Happened, tolerances: Tolerances) -> Iterator[Sign]:
    if not tolerances.times or one.case.item_id is None:
        return
    near = closed_nearby(one.case, at=one.at, days=tolerances.days, metres=tolerances.metres)
    if is_again(len(near), tolerances):
        others = [number for number in near if number != one.case.number][-5:]
        yield _sign(Kind.AGAIN, one, times=len(near), days=tolerances.days, metres=tolerances.metres, others=others)


def _own_device(one: Happened, device: Rated) -> Iterator[Sign]:
    """Only where the reporter was content: nobody writes their own bad marks."""
    handler = one.case.handler
    if not one.given.get("satisfied") or not handler.startswith(_PERSON):
        return
    person = int(handler.removeprefix(_PERSON))
    if device.person == person:
        yield _sign(Kind.DEVICE, one, same=Sameness.SIGNED_IN.value)
    elif any(bytes(device.mark) in _marks(session) for session in Session.objects.filter(person=person)):
        yield _sign(Kind.DEVICE, one, same=Sameness.ADDRESS.value)


def _marks(session: Session) -> list[bytes]:
    return marks(_device(session.address or "", session.agent), of=_DEVICE)


def _device(address: str, agent: str) -> str:
    # As much of the browser's name as a session keeps.
    return f"{address}\n{agent[:120]}"


def _photos(found: Sequence[Happened]) -> Iterator[Sign]:
    """Compare each photo with all that were brought in the county before, in the order in which they came."""
    files = {photo.pk: photo for photo in kept_photos([UUID(file) for one in found for file in one.photos])}
    contents = {str(pk): (photo.sha256, photo.thumbnail_path) for pk, photo in files.items()}
    looks = _looks(dict(contents.values()))
    for one in found:
        mine = sorted({contents[file][0] for file in one.photos if file in contents})
        same = (_shown_before(one, looks.get(sha, ())) for sha in mine)
        yield from islice(filter(None, same), 1)
        Evidence.objects.bulk_create(
            [Evidence(county=one.case.county, number=one.case.number, seq=one.seq, sha256=sha, at=one.at)
             for sha in mine], ignore_conflicts=True,
        )  # fmt: skip


def _shown_before(one: Happened, look: Looks) -> Sign | None:
    """The sign that a photo which looks like this one was brought before; the nearest, of equals the first."""
    tolerances = tolerances_in(one.case.county)
    if not look or not tolerances.bits:
        return None
    alike = Picture.objects.filter(keys__overlap=keys_of(look))
    others = list(alike.exclude(looks=[]).values_list("sha256", "looks"))
    bits = distances(look, [tuple(other) for _, other in others])
    near = {sha: int(count) for (sha, _), count in zip(others, bits, strict=True) if looks_same(count, tolerances)}
    since = one.at - timedelta(days=tolerances.photo_days)
    shown = Evidence.objects.filter(county=one.case.county, sha256__in=list(near), at__gte=since, at__lte=one.at)
    shown = shown.exclude(number=one.case.number, seq=one.seq)
    first = min(shown.order_by("at", "pk"), key=lambda other: near[other.sha256], default=None)
    if first is None:
        return None
    return _sign(Kind.PHOTO, one, other=first.number, bits=near[first.sha256], most=tolerances.bits)


def _looks(contents: dict[str, str]) -> dict[str, Looks]:
    """How these contents (hash, where their thumbnail lies) look; each is looked at once for all times."""
    known = {one.sha256: tuple(one.looks) for one in Picture.objects.filter(sha256__in=list(contents))}
    new: dict[str, Looks] = {}
    for sha, path in contents.items():
        if sha not in known and shelf().exists(path):
            with shelf().open(path) as stream:
                new[sha] = looks_of(stream.read())
    pictures = [Picture(sha256=sha, looks=list(look), keys=keys_of(look)) for sha, look in new.items()]
    Picture.objects.bulk_create(pictures, ignore_conflicts=True)
    return known | new


@transaction.atomic
def rate(
    number: int, *, solved: bool, satisfied: bool, words: str, by: Actor, now: datetime, address: str, agent: str,
    person: int | None,
) -> Case:  # fmt: skip
    """The reporter's own rating, as `cases.call_back`, and beside it from where it came, as a keyed mark.

    `person`: who is signed in in that browser. Neither the address nor the browser is kept.
    """
    case = cases.call_back(number, solved=solved, satisfied=satisfied, words=words, by=by, now=now)
    Rated.objects.create(
        county=case.county,
        number=number,
        seq=case.steps,
        mark=mark(_device(address, agent), of=_DEVICE),
        person=person,
    )
    return case


@transaction.atomic
def set_tolerances(
    tolerances: Tolerances, *, county: Place | None, by: Person, today: date, change: models.Tolerances | None = None
) -> models.Tolerances:
    """Say from when on something is a sign in a county, or without one everywhere. What was noticed stays.

    Refuses as `figures.put`.
    """
    kept = put(TOLERANCES, tolerances, of=county, by=by, today=today, change=change)
    note("set_tolerances", f"tolerances:{kept.pk}", by=f"person:{by.pk}", ground=kept.county_id or "",
         **asdict(tolerances))  # fmt: skip
    return kept
