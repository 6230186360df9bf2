"""Cases: listed, searched, looked at, and moved by every move of the loop's table."""

import inspect
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import BaseModel, Field

from yiwang.cases import queries
from yiwang.cases.rules import State
from yiwang.cases.words import MOVES as MOVE_WORDS
from yiwang.channels.api.asking import asker_of
from yiwang.channels.api.documented import MOVES
from yiwang.channels.api.v1.case_views import CaseOut, WholeOut, case_out, whole_out
from yiwang.channels.api.v1.fields import LARGEST, Moment, Number, number_in, number_out
from yiwang.channels.api.v1.moves import OFFERS, MoveIn, Offer
from yiwang.channels.api.v1.places import Prefix

router = Router(tags=["cases"])


class CasesOut(BaseModel):
    """A page of cases, newest first; `next` goes into `cursor`. A search may give a short page and go on."""

    cases: list[CaseOut]
    next: str | None


class Listing(Schema, extra="forbid"):
    """Which cases: inside a place, in a state, of an item or a branch, led by a post, received since, saying q.

    `overdue`: what is due next should have been done by now.
    """

    place: Prefix = ""
    state: State | None = None
    item: Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Z-]*$")] = ""
    lead: Annotated[int, Field(ge=1, le=LARGEST)] | None = None
    overdue: Literal["true", "false"] = "false"
    q: Annotated[str, Field(max_length=100)] = ""
    since: Moment | None = None
    cursor: Annotated[str, Field(pattern=r"^([0-9]{16})?$")] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class NeedOut(BaseModel):
    """A field of a move's body."""

    name: str
    type: str
    required: bool


class OpenMoveOut(BaseModel):
    """A move that the caller may make now, in their language, and the body it takes."""

    move: str
    words: str
    takes: list[NeedOut]


class OpenMovesOut(BaseModel):
    """What the caller may do. `step` goes into `seen`; a rule beyond the table may still refuse a move."""

    state: str
    step: int
    moves: list[OpenMoveOut]


@router.get("", response=CasesOut, summary="Cases one can see")
def listed(request: HttpRequest, asked: Query[Listing]) -> CasesOut:
    """Cases on ground the caller looks after, and those in which a post of theirs has a part; newest first."""
    wanted = queries.Filter(
        place=asked.place, state=asked.state or "", item=asked.item, lead=asked.lead, since=asked.since, text=asked.q,
        overdue_at=timezone.now() if asked.overdue == "true" else None,
    )  # fmt: skip
    cursor = number_in(asked.cursor) if asked.cursor else queries.FIRST
    page = queries.search(asker_of(request).acting(), wanted, cursor=cursor, limit=asked.limit)
    return CasesOut(cases=[case_out(case) for case in page.cases], next=number_out(page.next))


@router.get("/{number}", response=WholeOut, summary="One case")
def one(request: HttpRequest, number: Path[Number]) -> WholeOut:
    """A case with its steps, notes, parts, petitions and summons. Its reporter is masked."""
    return whole_out(queries.whole(asker_of(request).acting(), number_in(number)))


@router.get("/{number}/moves", response=OpenMovesOut, summary="What may I do?")
def moves(request: HttpRequest, number: Path[Number]) -> OpenMovesOut:
    """The moves that the caller may make on this case now, and what each of them needs."""
    actor = asker_of(request).acting()
    case = queries.case(actor, number_in(number))
    names = [name for name in queries.moves_open_to(actor, case) if name in OFFERS]
    return OpenMovesOut(
        state=case.state,
        step=case.steps,
        moves=[
            OpenMoveOut(move=name, words=str(MOVE_WORDS[name]), takes=list(_takes(OFFERS[name].takes)))
            for name in names
        ],
    )


def _takes(body: type[MoveIn]) -> Iterator[NeedOut]:
    for name, field in body.model_json_schema()["properties"].items():
        yield NeedOut(name=name, type=_kind(field), required=body.model_fields[name].is_required())


def _kind(field: dict[str, Any]) -> str:
    """In a word what goes into a field: its kind where it has one, else its JSON type or format."""
    plain = next((one for one in field.get("anyOf", ()) if one.get("type") != "null"), field)
    return str(plain.get("x-kind") or plain.get("format") or plain.get("type") or plain["$ref"].rpartition("/")[2])


def _making(offer: Offer) -> Callable[..., CaseOut]:
    # The request's transaction is the act's: a savepoint around the act would cost two round trips and save nothing.
    act = inspect.unwrap(offer.act)

    def make(request: HttpRequest, number: Path[Number], sent: Any) -> CaseOut:
        by = asker_of(request).acting()
        try:
            case = act(number_in(number), **sent.inputs(), by=by, now=timezone.now(), seen=sent.seen)
        except Exception:
            transaction.set_rollback(True)
            raise
        return case_out(case)

    # What the body takes, where ninja looks for it.
    make.__annotations__["sent"] = offer.takes
    return make


for _name, _offer in OFFERS.items():
    router.post(
        f"/{{number}}/{_name}",
        response=CaseOut,
        summary=_name.replace("_", " ").capitalize(),
        description=_offer.act.__doc__,
        operation_id=f"cases_{_name}",
        url_name=f"cases_{_name}",
        openapi_extra={MOVES: True},
    )(_making(_offer))
