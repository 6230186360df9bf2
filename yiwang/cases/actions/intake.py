"""Take in a report: judged, recognised, located and timed from memory, then written in one round trip.

Every door comes through here. Nothing is acknowledged before it is committed; with a key, the same report sent again
is answered the same and kept once.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.cases.facts import CaseReported
from yiwang.cases.gathering import Ready, take_in
from yiwang.cases.models import Case
from yiwang.cases.numbers import next_number, phone_mark, secret_of
from yiwang.cases.rules import (
    BEGINNING,
    LONGEST_TEXT,
    TAKE_UP_DANGER_WITHIN,
    TAKE_UP_WITHIN,
    Capacity,
    Line,
    State,
    Told,
    desk_of,
    masked_name,
    masked_phone,
    stamp,
    time_fault,
    words_of,
)
from yiwang.catalogue.queries import ItemLine, Recognised, answers_for, catalogue, centre_at, recognise
from yiwang.catalogue.rules import Alarm, Secrecy, Stage, Urgency
from yiwang.places.queries import locate, named_in, tree
from yiwang.places.rules.coordinates import Datum, convert
from yiwang.plumbing.facts import announced
from yiwang.plumbing.files.queries import are_kept
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sealing import seal
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import due_at

_CALM = Recognised(None, 0.0)


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody tells; only the text is due. Position in degrees of `datum`; `item` and `place` are codes."""

    text: str
    told: Told = Told.RESIDENT
    item: str = ""
    place: str = ""
    position: tuple[float, float] | None = None  # longitude, latitude
    datum: str = "wgs84"
    address: str = ""
    name: str = ""
    phone: str = ""
    photos: tuple[UUID, ...] = ()
    reported_at: datetime | None = None
    source: str = ""
    source_key: str = ""
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """Under which name a sender sends a report, and the hash (SHA-256) of what they sent."""

    name: bytes
    said: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """What the sender is told. `lead` is the post that would lead, as the responsibilities stand.

    `again`: it was sent before. `joined`: it follows what another told.
    """

    number: int
    secret: str
    state: str
    item: str | None
    place: str
    lead: int | None
    due_at: datetime | None
    again: bool = False
    joined: bool = False


@dataclass(slots=True)
class _Judged:
    """A report after every question was answered from memory."""

    place: str
    item: ItemLine | None
    urgency: Urgency
    lead: int | None
    keeper: int | None
    accused: bool  # somebody in office may be: not for the public until a person has read it
    due: dict[str, Any] = field(default_factory=dict)


def report(told: Report, *, by: Actor, now: datetime, key: Key | None = None) -> Received:
    """Open a case. Runs on any ground, in a transaction of its own or inside the caller's.

    Refuses what says nothing or too much, an item or place that is not there, a position nowhere on Earth, a report
    from which not even the county can be told, a time that cannot be true, and a key used for another report.
    """
    _refuse_unfit(told, now)
    today = timezone.localdate(now)
    judged = _judge(told, now=now, today=today)
    number = next_number(judged.place[:6], today)
    row = _row(number, told, judged, by=by, now=now)
    answer = _answer(row, judged.item)
    line = _first_line(row, by=by, now=now)
    row["head"] = _hex(line.sealed(BEGINNING))
    fact = CaseReported(
        number, row["county"], judged.place, row["item_id"], row["urgency"], row["secrecy"],
    )  # fmt: skip
    kept = _write(row, line, announced(fact), key=key, answer=answer)
    if kept is None:
        return _received(number, answer)
    if not kept["same"]:
        raise Refused("key_used_for_another")
    return _received(kept["number"], kept["answer"], again=True)


def _refuse_unfit(told: Report, now: datetime) -> None:
    if not told.text.strip():
        raise Refused("nothing_told")
    if len(told.text) > LONGEST_TEXT:
        raise Refused("report_too_long", most=LONGEST_TEXT)
    if told.reported_at and (fault := time_fault(told.reported_at, now)):
        raise Refused(fault)
    if told.position and not (-180 <= told.position[0] <= 180 and -90 <= told.position[1] <= 90):
        raise Refused("position_impossible")
    if told.photos and not are_kept(told.photos):
        raise Refused("photo_unknown")


def _judge(told: Report, *, now: datetime, today: date) -> _Judged:
    place = place_of(told, today)
    item, heard = (item_of(told.item, place, today), _CALM) if told.item else _recognised(told.text, place, today)
    danger = heard.alarm not in {None, Alarm.ACCUSED}
    urgency = Urgency.EMERGENCY if danger else item.content.urgency if item else Urgency.ROUTINE
    sealed = item is not None and item.content.secrecy is Secrecy.SEALED
    accused = heard.suspected is Alarm.ACCUSED and not sealed
    # Whom an accusation might be about is not told of it before somebody has read it.
    lead = answers_for(item.id, place, on=today).post_id if item and not accused else None
    keeper = centre_at(place, sealed=sealed, on=today)
    due = _promised(item, place, now, first=danger or heard.suspected is not None)
    return _Judged(place, item, urgency, lead, keeper, accused, due)


def place_of(told: Report, today: date) -> str:
    """The place (code) a report concerns: what it says, what lies around its position, what its words name surely,
    or the only county.
    """
    if told.place:
        return known_place(told.place, today)
    if told.position and (found := locate(*told.position, datum=told.datum)):
        return found
    if named := named_in(f"{told.address}\n{told.text}", on=today).place:
        return named
    outermost = tree().outermost
    if len(outermost) != 1 or len(outermost[0]) != 6:
        raise Refused("place_unknown")
    return outermost[0]


def known_place(code: str, today: date) -> str:
    """The code again; refuses one that is not there on that day, or lies outside every county."""
    spot = tree().get(code)
    if spot is None or not spot.is_open(today) or len(code) < 6:
        raise Refused("no_such_place", code=code)
    return code


def item_of(code: str, place: str, today: date) -> ItemLine:
    """The item with this code at a place; refuses a branch, and one not in force on that day."""
    line = catalogue().by_code(code, place)
    if line is None:
        raise Refused("no_such_item", item=code)
    if line.is_branch:
        raise Refused("item_is_a_branch", item=line.name)
    if not line.is_open(today):
        raise Refused("item_not_open", item=line.name)
    return line


def _recognised(text: str, place: str, today: date) -> tuple[ItemLine | None, Recognised]:
    """What the text is about, and what it alarms of or may alarm of."""
    found = recognise(text, place, on=today)
    return catalogue().get(found.item_id) if found.item_id is not None else None, found


def _promised(item: ItemLine | None, place: str, now: datetime, *, first: bool) -> dict[str, Any]:
    """The promise to the reporter, and by when somebody must take the report up."""
    calendar = calendar_for(place)
    up = due_at(now, item.limits[Stage.SIGN_FOR].promise if item else TAKE_UP_WITHIN, calendar).at
    if first and (item is None or item.content.urgency is not Urgency.EMERGENCY):
        # A danger whose item is not known, or an ordinary one, and what may be one, is looked at day and night.
        up = min(up, due_at(now, TAKE_UP_DANGER_WITHIN, calendar).at)
    handle = due_at(now, item.limits[Stage.HANDLE].promise, calendar) if item else None
    return {
        "due_at": handle.at if handle else None,
        "provisional": bool(handle and handle.provisional),
        # What must be done within two hours of the night is not left to the morning to be looked at.
        "next_due_at": min(up, handle.at) if handle else up,
        "next_stage": Stage.SIGN_FOR.value,
    }


def _row(number: int, told: Report, judged: _Judged, *, by: Actor, now: datetime) -> dict[str, Any]:
    item = judged.item
    content = item.content if item else None
    anonymous = told.told is Told.ANONYMOUS
    row = _BLANK | judged.due | {
        "number": number, "county": judged.place[:6], "state": State.REPORTED.value, "place": judged.place,
        "desk": desk_of(judged.place), "item_id": item.id if item else None,
        "version_id": item.version if item else None,
        "urgency": judged.urgency.value,
        "secrecy": (
            Secrecy.CONFIDENTIAL if judged.accused else content.secrecy if content else Secrecy.OPEN
        ).value,
        "text": told.text.strip(), "address": told.address.strip()[:200], "photos": [str(one) for one in told.photos],
        "told": told.told.value, "teller": "" if anonymous else by.identity or by.subject, "channel": by.channel,
        "source": told.source, "source_key": told.source_key, "reported_at": told.reported_at or now,
        "opened_at": now, "lead_id": judged.lead, "keeper_id": judged.keeper,
        "part_of": told.part_of, "steps": 1,
    }  # fmt: skip
    if told.position:
        row["lon"], row["lat"] = _in_wgs84(*told.position, told.datum)
    if not anonymous and (told.name or told.phone):
        row |= sealed_contact(number, told.name.strip(), told.phone.strip())
    return row


def sealed_contact(number: int, name: str, phone: str) -> dict[str, Any]:
    """The columns that keep a reporter: sealed, masked, and a mark by which their phone number finds their reports."""
    return {
        "contact": _hex(seal(orjson.dumps([name, phone]).decode(), of=f"case:{number}")),
        "contact_name": masked_name(name),
        "contact_phone": masked_phone(phone),
        "phone_mark": _hex(phone_mark(phone)) if phone else None,
    }


def _first_line(row: dict[str, Any], *, by: Actor, now: datetime) -> Line:
    capacity = Capacity.WORKER if row["told"] == Told.WORKER else Capacity.REPORTER
    given = {
        "item": row["item_id"], "version": row["version_id"], "place": row["place"], "told": row["told"],
        "lead": row["lead_id"], "photos": row["photos"], "reported_at": stamp(row["reported_at"]),
        "due_at": stamp(row["due_at"]) if row["due_at"] else None,
    }  # fmt: skip
    actor = "reporter" if row["told"] == Told.ANONYMOUS else by.subject
    return Line(
        row["number"], 1, now, "report", row["state"], actor, capacity.value, None, by.channel, "", given,
    )  # fmt: skip


def _write(row: dict[str, Any], line: Line, work: list[Any], *, key: Key | None, answer: dict[str, Any]) -> Any:
    step = {
        "number": line.number, "seq": line.seq, "county": row["county"], "at": line.at, "move": line.move,
        "state": line.state, "actor": line.actor, "capacity": line.capacity, "post_id": line.post,
        "channel": line.channel, "reason": line.reason, "given": line.given, "before": _hex(BEGINNING),
        "hash": row["head"],
    }  # fmt: skip
    words = " ".join(words_of(f"{row['text']} {row['address']}"))
    return take_in(
        Ready(row, words, step, work, key.name if key else None, key.said if key else None, answer)
    )  # fmt: skip


def _answer(row: dict[str, Any], item: ItemLine | None) -> dict[str, Any]:
    return {
        "state": row["state"], "item": item.code if item else None, "place": row["place"], "lead": row["lead_id"],
        "due_at": row["due_at"].isoformat() if row["due_at"] else None,
    }  # fmt: skip


def _received(number: int, answer: dict[str, Any], *, again: bool = False) -> Received:
    due = answer["due_at"]
    return Received(
        number, secret_of(number), answer["state"], answer["item"], answer["place"], answer["lead"],
        datetime.fromisoformat(due) if due else None, again,
    )  # fmt: skip


def _in_wgs84(lon: float, lat: float, datum: str) -> tuple[float, float]:
    return (lon, lat) if datum == Datum.WGS84 else convert(lon, lat, of=datum, to=Datum.WGS84)


def _hex(content: bytes) -> str:
    return "\\x" + content.hex()


def _blank() -> dict[str, Any]:
    """What stands in a case about which nothing is known yet: the model's own defaults."""
    fields = Case._meta.local_concrete_fields  # noqa: SLF001 - Django's documented way to a model's fields
    return {field.attname: field.get_default() for field in fields if field.attname not in {"number", "head"}}


_BLANK = _blank()
