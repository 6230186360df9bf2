"""Items: what kinds of matter there are, by when each must be dealt with, and what must be shown."""

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from yiwang.catalogue import queries
from yiwang.catalogue.rules import Level, Secrecy, Stage, Urgency
from yiwang.channels.api.asking import Asker, asker_of
from yiwang.channels.api.v1.places import Prefix
from yiwang.plumbing.walls.ground import EVERYWHERE

router = Router(tags=["items"])
_LARGEST = 2**63 - 1


class LimitsOut(Schema):
    """Time limits as the field writes them: "4小时" on the working clock, "2紧急工作时" day and night."""

    sign_for: str
    handle: str
    check: str
    call_back: str


class EvidenceOut(Schema):
    """What must be shown to finish; one photo must be taken `within_metres` of the case, 0: anywhere."""

    photos: int
    within_metres: int
    note: bool
    before_and_after: bool


class ItemOut(Schema):
    """An item or a branch of items. A null county is every county; `version` counts what it has said so far."""

    id: int
    code: str
    parent: str | None
    county: str | None
    is_branch: bool
    version: int
    name: str
    name_en: str
    board: str
    level: Level
    urgency: Urgency
    secrecy: Secrecy
    limits: LimitsOut
    evidence: EvidenceOut
    on_the_spot: bool


class ItemsOut(Schema):
    """A page of items in the order of their numbers; `next` goes into `cursor`."""

    items: list[ItemOut]
    next: int | None


class Listing(Schema, extra="forbid"):
    """Which items: of a board, a level, below a branch (its code), with these words, that hold at a place."""

    board: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_-]*$")] = ""
    level: Level | Literal[""] = ""
    under: Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Z-]*$")] = ""
    q: Annotated[str, Field(max_length=200)] = ""
    place: Prefix = ""
    cursor: Annotated[int, Field(ge=0, le=_LARGEST)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


@router.get("", response=ItemsOut, summary="The catalogue of items")
def items(request: HttpRequest, asked: Query[Listing]) -> ItemsOut:
    """Items open today in the caller's counties: those of every county and the counties' own."""
    wanted = queries.Wanted(asked.board, asked.level, asked.under, asked.q, asked.place)
    found = queries.listed(
        _grounds(asker_of(request)), wanted, on=timezone.localdate(), after=asked.cursor, limit=asked.limit + 1
    )
    page = [_item(line) for line in found[: asked.limit]]
    return ItemsOut(items=page, next=page[-1].id if len(found) > asked.limit else None)


def _grounds(asker: Asker) -> tuple[str, ...]:
    """A resident stands nowhere, yet reports at home."""
    return asker.grounds if asker.grounds == EVERYWHERE else (*asker.grounds, asker.home)


def _item(line: queries.ItemLine) -> ItemOut:
    says = line.content
    above = queries.catalogue().get(line.path[1]) if len(line.path) > 1 else None
    return ItemOut(
        id=line.id, code=line.code, parent=above.code if above else None, county=line.county or None,
        is_branch=line.is_branch, version=line.number, name=says.name, name_en=says.name_en, board=says.board,
        level=says.level, urgency=says.urgency, secrecy=says.secrecy,
        limits=LimitsOut(**{stage.value: says.limits[stage] for stage in Stage}),
        evidence=EvidenceOut.from_orm(says.evidence), on_the_spot=says.on_the_spot,
    )  # fmt: skip
