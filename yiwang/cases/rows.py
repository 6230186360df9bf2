"""A case's row, read and written in statements that are put together once.

Every move locks one case and writes one step. A case has many columns, and Django would write the same long statement
anew each time: that alone took two thirds of a move. The rows are the models' own; only the way to them is shorter.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Field
from psycopg.types.json import Jsonb

from yiwang.cases.models import Case
from yiwang.cases.rules import Line, county_of

_FIELDS: list["Field[Any, Any]"] = list(Case._meta.concrete_fields)  # noqa: SLF001 - Django's documented way to fields
_NAMES = [field.attname for field in _FIELDS]
_BY_NAME = {name: field for field in _FIELDS for name in (field.name, field.attname)}
_LOCK = f"""
    SELECT {", ".join(f'"{field.column}"' for field in _FIELDS)} FROM cases_case
    WHERE number = %s AND county = %s FOR UPDATE
"""  # noqa: S608 - columns of our own model
_STEP = (
    "county", "number", "seq", "at", "move", "state", "actor", "capacity", "post_id", "channel", "reason", "given",
    "before", "hash",
)  # fmt: skip
_SAY = f"INSERT INTO cases_step ({', '.join(_STEP)}) VALUES ({', '.join(['%s'] * len(_STEP))})"  # noqa: S608 - as above


def lock(number: int) -> Case | None:
    """The case, nobody else's to change until the transaction ends; None where the wall shows none."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [number, county_of(number)])
        row = cursor.fetchone()
    return Case.from_db(connection.alias, _NAMES, row) if row else None


def write(case: Case, changes: Mapping[str, Any], line: Line) -> None:
    """Write these columns of the case and the step that tells why, in one statement; the case in hand follows."""
    before = bytes(case.head)
    head = line.sealed(before)
    changes = {**changes, "state": line.state, "steps": line.seq, "head": head}
    fields = [_BY_NAME[name] for name in changes]
    columns = ", ".join(f'"{field.column}" = %s::{field.db_type(connection)}' for field in fields)
    step: list[Any] = [
        case.county, line.number, line.seq, line.at, line.move, line.state, line.actor, line.capacity, line.post,
        line.channel, line.reason, Jsonb(line.given), before, head,
    ]  # fmt: skip
    values = [field.get_db_prep_save(changes[name], connection) for name, field in zip(changes, fields, strict=True)]
    statement = f"WITH said AS ({_SAY}) UPDATE cases_case SET {columns} WHERE number = %s AND county = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*step, *values, case.number, case.county])
    for name, value in changes.items():
        setattr(case, name, value)
