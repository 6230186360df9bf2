"""Many new rows in one round trip: Django spends more on putting such a statement together than PostgreSQL on them."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import AutoField, Model

from yiwang.plumbing.prepared import run


def pour(rows: Sequence[Model], *, twice: str = "") -> None:
    """Write new rows of one table, which gives them their numbers itself; plain values, arrays and JSON.

    `twice`: what follows ON CONFLICT where a row may be there already, out of words of our own.
    """
    if not rows:
        return
    model = type(rows[0])
    names = _columns(model)
    said = json.dumps([{name: getattr(row, name) for name in names} for row in rows], default=_plain)
    conflict = f" ON CONFLICT {twice}" if twice else ""
    run(_statement(model) + conflict, said)


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    fields = model._meta.local_concrete_fields  # noqa: SLF001 - Django's documented way to a model's fields
    return tuple(field.attname for field in fields if not isinstance(field, AutoField))


@cache
def _statement(model: type[Model]) -> str:
    table, columns = model._meta.db_table, ", ".join(f'"{name}"' for name in _columns(model))  # noqa: SLF001 - as above
    read = f"SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::text::json)"  # noqa: S608 - names of ours
    return f"INSERT INTO {table} ({columns}) {read}"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
