"""A case's row, read and written in statements that are put together once.

Every move locks one case and writes one step. A case has many columns, and Django would write the same long statement
anew each time: that alone took two thirds of a move. The rows are the models' own; only the way to them is shorter.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model
from psycopg.types.json import Jsonb

from yiwang.cases.models import Assignment, Case
from yiwang.cases.rules import Ending, Line, county_of
from yiwang.plumbing.prepared import run

T = TypeVar("T", bound=Model)

# ruff: noqa: S608 - statements out of names of our own


def _fields(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)  # noqa: SLF001 - Django's documented way to a model's fields


def _select(model: type[Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(model))
    return f"SELECT {columns} FROM {model._meta.db_table} WHERE"  # noqa: SLF001 - as above


_NAMES: dict[type[Model], list[str]] = {m: [field.attname for field in _fields(m)] for m in (Case, Assignment)}
_BY_NAME = {name: field for field in _fields(Case) for name in (field.name, field.attname)}
_LOCK = f"{_select(Case)} number = %s AND county = %s FOR UPDATE"
_MANY = f"{_select(Case)} number = ANY(%s::bigint[]) AND county = ANY(%s::text[]) ORDER BY number DESC"
# The lead's first: "lead" comes behind "assisting".
_PARTS = f"{_select(Assignment)} case_id = %s AND county = %s AND ended_at IS NULL ORDER BY part DESC, id"
_SIGN = "UPDATE cases_assignment SET signed_at = %s, signed_by = %s WHERE id = %s AND county = %s"
_END = "UPDATE cases_assignment SET ended_at = %s, ending = %s WHERE id = %s AND county = %s"
_LAPSE = """UPDATE cases_petition SET decided_at = %s, decided_by = %s, granted = false
    WHERE case_id = %s AND county = %s AND decided_at IS NULL"""
_STEP = (
    "county", "number", "seq", "at", "move", "state", "actor", "capacity", "post_id", "channel", "reason", "given",
    "before", "hash",
)  # fmt: skip
_SAY = f"INSERT INTO cases_step ({', '.join(_STEP)}) VALUES ({', '.join(['%s'] * len(_STEP))})"


def lock(number: int) -> Case | None:
    """The case, nobody else's to change until the transaction ends; None where the wall shows none."""
    found = _read(Case, _LOCK, number, county_of(number))
    return found[0] if found else None


def many(numbers: Sequence[int]) -> list[Case]:
    """These cases, the newest first; what the wall hides is left out."""
    return _read(Case, _MANY, list(numbers), sorted({county_of(number) for number in numbers})) if numbers else []


def open_parts(case: Case) -> list[Assignment]:
    """The parts that posts have in the case now, the lead's first."""
    return _read(Assignment, _PARTS, case.number, case.county)


def sign(part: Assignment, *, by: str, now: datetime) -> None:
    """Write that a post signed for its part."""
    part.signed_at, part.signed_by = now, by
    run(_SIGN, now, by, part.pk, part.county)


def end(part: Assignment, ending: Ending, now: datetime) -> None:
    """Write how a part ended."""
    part.ended_at, part.ending = now, ending.value
    run(_END, now, ending.value, part.pk, part.county)


def lapse(case: Case, *, by: str, now: datetime) -> None:
    """Close the questions to an approver that nobody decided."""
    run(_LAPSE, now, by, case.number, case.county)


def write(case: Case, changes: Mapping[str, Any], line: Line) -> None:
    """Write these columns of the case and the step that tells why, in one statement; the case in hand follows."""
    before = bytes(case.head)
    head = line.sealed(before)
    changes = {**changes, "state": line.state, "steps": line.seq, "head": head}
    statement, fields = _writing(tuple(changes))
    step: list[Any] = [
        case.county, line.number, line.seq, line.at, line.move, line.state, line.actor, line.capacity, line.post,
        line.channel, line.reason, Jsonb(line.given), before, head,
    ]  # fmt: skip
    values = [field.get_db_prep_save(changes[name], connection) for name, field in zip(changes, fields, strict=True)]
    run(statement, *step, *values, case.number, case.county)
    for name, value in changes.items():
        setattr(case, name, value)


@cache
def _writing(names: tuple[str, ...]) -> "tuple[str, list[Field[Any, Any]]]":
    """The statement that writes a step and these columns of its case; every move has one or a few."""
    fields = [_BY_NAME[name] for name in names]
    columns = ", ".join(f'"{field.column}" = %s::{field.db_type(connection)}' for field in fields)
    return f"WITH said AS ({_SAY}) UPDATE cases_case SET {columns} WHERE number = %s AND county = %s", fields


def _read(model: type[T], statement: str, *given: Any) -> list[T]:
    return [model.from_db(connection.alias, _NAMES[model], row) for row in run(statement, *given)]
