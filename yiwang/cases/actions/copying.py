"""Write many cases at once, each with its words and its chain of steps, by PostgreSQL's COPY."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from yiwang.cases.lists import PastCase
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
from yiwang.cases.rules.past import PastStep, is_open
from yiwang.catalogue.queries import answers_for, centre_at
from yiwang.catalogue.rules import Secrecy, Stage, Urgency
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
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
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
    constant = _constants(desk.source)
    whole, steps, words = list[str](), list[str](), list[str]()
    tail = "".join(f"\t{value}" for value in constant.values()) + "\n"
    actor = f"source:{desk.source}"
    for case, count in cases:
        county, opened = case.place[:6], timezone.localtime(case.opened)
        number = number_of(county, opened.date(), count)
        head = BEGINNING
        for seq, step in enumerate(case.steps, start=1):
            line = _line(case, step, number, seq, actor)
            own = line.sealed(head)
            steps.append(_step_row(county, line, head, own))
            head = own
        whole.append(_case_row(case, number, head, desk) + tail)
        words.append(_words_row(case, number))
    with _past_the_wall():
        _copy("cases_case", (*_VARYING, *constant), whole)
        _copy("cases_step", _STEP, steps)
        _copy("cases_words", _WORDS, words)


@contextmanager
def _past_the_wall() -> Iterator[None]:
    """As whoever signed in, who owns the tables: PostgreSQL takes no COPY through a wall."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        (role,) = cursor.fetchone()
        cursor.execute("SET LOCAL ROLE NONE")
        yield
        cursor.execute("SELECT set_config('role', %s, true)", [role])


def _copy(table: str, columns: tuple[str, ...], rows: list[str]) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for begin in range(0, len(rows), 500):
            copy.write("".join(rows[begin : begin + 500]).encode())


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
    return "{}" if value == [] else str(value).translate(_ESCAPED)


def _line(case: PastCase, step: PastStep, number: int, seq: int, actor: str) -> Line:
    given: dict[str, Any] = {}
    capacity = Capacity.CLOCK
    if seq == 1:
        capacity = Capacity.REPORTER
        given = {
            "item": case.item.id if case.item else None, "version": case.item.version if case.item else None,
            "place": case.place, "told": Told.SYSTEM.value, "key": case.key, "lead": case.lead,
            "due_at": stamp(case.due) if case.due else None,
        }  # fmt: skip
        said = {"lead_said": case.lead_said, "channel": case.channel, "department": case.department}
        given |= {name: text for name, text in said.items() if text}
    elif step.department:
        given = {"department": step.department}
    channel = case.channel[:_LONGEST_CHANNEL] or _CHANNEL
    return Line(
        number, seq, step.at, step.move, step.state.value, actor, capacity.value, None, channel, step.reason, given
    )


def _step_row(county: str, line: Line, before: bytes, own: bytes) -> str:
    given = _JSON.encode(line.given).translate(_ESCAPED) if line.given else "{}"
    return (
        f"{county}\t{line.number}\t{line.seq}\t{line.at.isoformat()}\t{line.move}\t{line.state}\t"
        f"{line.actor.translate(_ESCAPED)}\t{line.capacity}\t\\N\t{line.channel.translate(_ESCAPED)}\t"
        f"{line.reason.translate(_ESCAPED)}\t{given}\t\\\\x{before.hex()}\t\\\\x{own.hex()}\n"
    )


def _case_row(case: PastCase, number: int, head: bytes, desk: Desk) -> str:
    item = case.item
    content = item.content if item else None
    lon, lat = case.position or (_NULL, _NULL)
    opened, closed = case.opened.isoformat(), _moment(case.closed)
    next_due, stage, lead, keeper = _NULL, "", case.lead, None
    if is_open(case.state):
        next_due = due_at(desk.now, TAKE_UP_WITHIN, calendar_for(case.place)).at.isoformat()
        stage, sealed = Stage.SIGN_FOR.value, bool(content and content.secrecy is Secrecy.SEALED)
        lead = lead or (answers_for(item.id, case.place, on=desk.today).post_id if item else None)
        keeper = centre_at(case.place, sealed=sealed, on=desk.today)
    return "\t".join((
        str(number), case.place[:6], case.state.value, case.place, desk_of(case.place),
        _number(item.id if item else None), _number(item.version if item else None),
        (content.urgency if content else Urgency.ROUTINE).value,
        (content.secrecy if content else Secrecy.OPEN).value,
        case.text.translate(_ESCAPED), str(lon), str(lat),
        (case.channel[:_LONGEST_CHANNEL] or _CHANNEL).translate(_ESCAPED), case.key.translate(_ESCAPED),
        opened, opened, _moment(case.due), next_due, stage, closed, closed, _number(lead), _number(keeper),
        str(len(case.steps)), f"\\\\x{head.hex()}",
    ))  # fmt: skip


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else _NULL


def _number(value: int | None) -> str:
    return _NULL if value is None else str(value)


def _words_row(case: PastCase, number: int) -> str:
    words = "' '".join(words_of(case.text))
    # Only Chinese characters, letters and digits are in it: nothing to escape.
    return f"{number}\t{case.place[:6]}\t{case.place}\t" + (f"'{words}'\n" if words else "\n")
