"""Write many cases at once, each with its words and its chain of steps, by PostgreSQL's COPY."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.cases.rules import (
    BEGINNING,
    TAKE_UP_WITHIN,
    Capacity,
    Line,
    Told,
    desk_of,
    number_of,
    stamp,
    words_of,
)
from yiwang.catalogue.queries import answers_for, centre_at
from yiwang.catalogue.rules import Secrecy, Stage, Urgency
from yiwang.past.lists import PastCase
from yiwang.past.rules import PastStep, is_open
from yiwang.plumbing.walls.ground import past_the_wall
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import due_at

_VARYING = (
    "number", "county", "state", "place", "desk", "item_id", "version_id", "urgency", "secrecy", "text", "lon", "lat",
    "channel", "source_key", "reported_at", "opened_at", "due_at", "next_due_at", "next_stage", "finished_at",
    "closed_at", "lead_id", "keeper_id", "steps", "head",
)  # fmt: skip
_STEP = (
    "county", "number", "seq", "at", "move", "state", "actor", "capacity", "post_id", "channel", "reason", "given",
    "before", "hash",
)  # fmt: skip
_WORDS = ("case_id", "county", "place", "words")
_AT_ONCE = 200
_NULL = "\\N"
_LONGEST_CHANNEL = 20
_CHANNEL = "import"
_JSON = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """What all cases of a batch have in common: whence they come, and when they come in."""

    source: str
    today: date
    now: datetime


def copy_in(cases: Iterable[tuple[PastCase, int]], *, desk: Desk) -> None:
    """Write the cases, each with its count, inside the caller's transaction; their keys must be new."""
    # Whatever may ask the database is asked before: while it takes in rows it answers nothing.
    written = [_Written(case, _number_of(case, count), _waiting(case, desk)) for case, count in cases]
    constant = _constants(desk.source)
    tail = "".join(f"\t{value}" for value in constant.values()) + "\n"
    actor = f"source:{desk.source}"
    # Rows are made while the database takes in those before them. Steps come first: a case carries its last hash.
    with past_the_wall():
        _copy("cases_step", _STEP, (_step_rows(one, actor) for one in written))
        _copy("cases_case", (*_VARYING, *constant), (_case_row(one) + tail for one in written))
        _copy("cases_words", _WORDS, (_words_row(one.case, one.number) for one in written))


@dataclass(slots=True)
class _Written:
    """A case with its number, and the hash of its last step as soon as that is written."""

    case: PastCase
    number: int
    waiting: tuple[str, str, int | None, int | None]
    head: bytes = BEGINNING


def _number_of(case: PastCase, count: int) -> int:
    return number_of(case.place[:6], timezone.localdate(case.opened), count)


def _waiting(case: PastCase, desk: Desk) -> tuple[str, str, int | None, int | None]:
    """Of an open case: what is due next and when, the post that would lead, and whose desk it lies on."""
    if not is_open(case.state):
        return _NULL, "", case.lead, None
    item = case.item
    due = due_at(desk.now, TAKE_UP_WITHIN, calendar_for(case.place)).at.isoformat()
    sealed = item is not None and item.content.secrecy is Secrecy.SEALED
    lead = case.lead or (answers_for(item.id, case.place, on=desk.today).post_id if item else None)
    return due, Stage.SIGN_FOR.value, lead, centre_at(case.place, sealed=sealed, on=desk.today)


def _step_rows(one: _Written, actor: str) -> str:
    rows, county = "", one.case.place[:6]
    for seq, step in enumerate(one.case.steps, start=1):
        line = _line(one.case, step, one.number, seq, actor)
        own = line.sealed(one.head)
        rows += _step_row(county, line, one.head, own)
        one.head = own
    return rows


def _copy(table: str, columns: tuple[str, ...], rows: Iterator[str]) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        while some := "".join(islice(rows, _AT_ONCE)):
            copy.write(some.encode())


def _constants(source: str) -> dict[str, str]:
    """The columns that are the same in every row: those of our own, and the model's defaults."""
    ours: dict[str, Any] = {"source": source, "told": Told.SYSTEM.value, "teller": f"source:{source}"}
    for column in Case._meta.local_concrete_fields:  # noqa: SLF001 - Django's documented way to a model's fields
        if column.attname not in _VARYING:
            ours.setdefault(column.attname, column.get_default())
    return {name: _plain(value) for name, value in ours.items()}


def _plain(value: Any) -> str:
    if value is None:
        return _NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    return "{}" if value == [] else _escaped(str(value))


def _line(case: PastCase, step: PastStep, number: int, seq: int, actor: str) -> Line:
    given: dict[str, Any] = {}
    capacity = Capacity.CLOCK
    if seq == 1:
        capacity = Capacity.REPORTER
        given = {
            "item": case.item.id if case.item else None, "version": case.item.version if case.item else None,
            "place": case.place, "told": "system", "key": case.key, "lead": case.lead,
            "due_at": stamp(case.due) if case.due else None,
        }  # fmt: skip
        said = {"lead_said": case.lead_said, "channel": case.channel, "department": case.department}
        given |= {name: text for name, text in said.items() if text}
    elif step.department:
        given = {"department": step.department}
    channel = case.channel[:_LONGEST_CHANNEL] or _CHANNEL
    return Line(number, seq, step.at, step.move, step.state, actor, capacity, None, channel, step.reason, given)


def _step_row(county: str, line: Line, before: bytes, own: bytes) -> str:
    given = _escaped(_JSON.encode(line.given)) if line.given else "{}"
    reason = _escaped(line.reason) if line.reason else ""
    return (
        f"{county}\t{line.number}\t{line.seq}\t{line.at.isoformat()}\t{line.move}\t{line.state}\t"
        f"{_escaped(line.actor)}\t{line.capacity}\t\\N\t{_escaped(line.channel)}\t"
        f"{reason}\t{given}\t\\\\x{before.hex()}\t\\\\x{own.hex()}\n"
    )


def _escaped(text: str) -> str:
    """As COPY reads it. Four replacements of what is hardly ever there are faster than one translation."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _case_row(one: _Written) -> str:
    case, item = one.case, one.case.item
    content = item.content if item else None
    lon, lat = case.position or (_NULL, _NULL)
    opened, closed = case.opened.isoformat(), _moment(case.closed)
    next_due, stage, lead, keeper = one.waiting
    return "\t".join((
        str(one.number), case.place[:6], case.state, case.place, desk_of(case.place),
        _number(item.id if item else None), _number(item.version if item else None),
        content.urgency if content else Urgency.ROUTINE, content.secrecy if content else Secrecy.OPEN,
        _escaped(case.text), str(lon), str(lat), _escaped(case.channel[:_LONGEST_CHANNEL] or _CHANNEL),
        _escaped(case.key), opened, opened, _moment(case.due), next_due, stage, closed, closed, _number(lead),
        _number(keeper), str(len(case.steps)), f"\\\\x{one.head.hex()}",
    ))  # fmt: skip


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else _NULL


def _number(value: int | None) -> str:
    return _NULL if value is None else str(value)


def _words_row(case: PastCase, number: int) -> str:
    words = "' '".join(words_of(case.text))
    # Only Chinese characters, letters and digits are in it: nothing to escape.
    return f"{number}\t{case.place[:6]}\t{case.place}\t" + (f"'{words}'\n" if words else "\n")
