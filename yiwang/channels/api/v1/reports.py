"""Reports: brought in by anybody, and found again by whoever has the number and its secret.

What is read and answered here is plain pydantic, which ninja takes as well; its own schemas look at each field slowly.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Router
from pydantic import BaseModel, Field

from yiwang.cases import access, actions
from yiwang.cases.rules import LONGEST_TEXT, Told, written
from yiwang.channels.api.asking import OPEN_TO_ALL, Asker, Reporter, bringer_of
from yiwang.channels.api.documented import OPEN
from yiwang.channels.api.v1.fields import ItemCode, Moment, PlaceCode, PositionIn
from yiwang.people.rules import Duty

router = Router(tags=["reports"])
MOST_PHOTOS = 20
PAGE = "/r/{number}?secret={secret}"
"""Where a reporter's own page stands: the link is given out with the number and must hold for years."""

KEY_FORM = r"^[ -~]{1,200}$"
Key = Annotated[str, Field(pattern=KEY_FORM)]


class ContactIn(BaseModel, extra="forbid"):
    """Who tells, if they wish to say; kept sealed."""

    name: Annotated[str, Field(max_length=60)] = ""
    phone: Annotated[str, Field(pattern=r"^[0-9+() -]{0,30}$")] = ""


class ReportIn(BaseModel, extra="forbid"):
    """What somebody tells. With `anonymous`, nothing about them is kept, whatever else is sent."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    item: ItemCode | None = None
    position: PositionIn | None = None
    place: PlaceCode | None = None
    address: Annotated[str, Field(max_length=200)] = ""
    contact: ContactIn | None = None
    anonymous: Annotated[bool, Field(strict=True)] = False
    channel: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")] = "api"
    photos: Annotated[list[UUID], Field(max_length=MOST_PHOTOS)] = []
    reported_at: Moment | None = None


class ReportOut(BaseModel):
    """What was taken in. `secret` finds it again, `url` is the reporter's page; `lead` is the post that would lead."""

    number: str
    secret: str
    state: str
    item: str | None
    place: str
    lead: int | None
    due_at: datetime | None
    url: str


@router.post("", response={201: ReportOut}, summary="Bring in a report", auth=OPEN_TO_ALL, openapi_extra={OPEN: True})
def report(
    request: HttpRequest, sent: ReportIn, key: Annotated[Key | None, Header(alias="Idempotency-Key")] = None
) -> HttpResponse:
    """Open a case; it is committed before this answers. Nobody need sign in.

    Whoever signs in and has the duty to report at that place brings it in as a worker. The same `Idempotency-Key`
    with the same body is answered the same and kept once; with another body it is refused.

    The gate gives this endpoint no transaction: it asks the database one thing only.
    """
    return take_in(request, sent, bringer_of(request), key, now=timezone.now())


def take_in(
    request: HttpRequest, sent: ReportIn, bringer: Asker | Reporter, key: str | None, *, now: datetime
) -> HttpResponse:
    """Take in what was sent, and answer; refuses whatever the act refuses."""
    bringer.demand_bringing_in()
    by, told = _told(bringer, _report(sent), sent, now)
    received = actions.report(told, by=by, now=now, key=_key(key, sent, by.identity) if key else None)
    number = written(received.number)
    page = f"{request.scheme}://{request.get_host()}{PAGE.format(number=number, secret=received.secret)}"
    answer = ReportOut(
        number=number, secret=received.secret, state=received.state, item=received.item, place=received.place,
        lead=received.lead, due_at=received.due_at, url=page,
    )  # fmt: skip
    # Written at once: on this path ninja's reading of the answer once more would cost more than the answer.
    return HttpResponse(answer.model_dump_json(), status=201, content_type="application/json")


def _report(sent: ReportIn) -> actions.Report:
    spot, contact = sent.position, sent.contact or ContactIn()
    return actions.Report(
        text=sent.text, item=sent.item or "", place=sent.place or "", address=sent.address,
        position=(spot.lon, spot.lat) if spot else None, datum=spot.datum if spot else "wgs84",
        name=contact.name, phone=contact.phone, photos=tuple(sent.photos), reported_at=sent.reported_at,
    )  # fmt: skip


def _told(
    bringer: Asker | Reporter, told: actions.Report, sent: ReportIn, now: datetime
) -> tuple[access.Actor, actions.Report]:
    """Who brings it in, and through whose hands it came."""
    channel = sent.channel
    by = bringer.acting(channel=channel) if isinstance(bringer, Asker) else access.reporter(channel)
    if sent.anonymous:
        return by, replace(told, told=Told.ANONYMOUS)
    if isinstance(bringer, Asker) and bringer.may(Duty.REPORT, actions.place_of(told, timezone.localdate(now))):
        return by, replace(told, told=Told.WORKER)
    return by, replace(told, told=Told.QR_CODE if channel == Told.QR_CODE.value else Told.RESIDENT)


def _key(name: str, sent: ReportIn, identity: str) -> actions.Key:
    """Each sender's keys are their own: nobody is answered what another one sent."""
    named = hashlib.sha256(f"{identity}\0{name}".encode()).digest()
    return actions.Key(named, hashlib.sha256(sent.model_dump_json().encode()).digest())
