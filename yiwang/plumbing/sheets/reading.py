"""Read a CSV (plain or gzip) or Excel list into rows of text."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from yiwang.plumbing.refusals import Refused

_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of ours, and the headings under which people bring it (the first is the one we write)."""

    name: str
    headings: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: our fields, and whatever else stood there under its own heading."""

    line: int
    cells: dict[str, str]
    extra: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read(path: Path, columns: Iterable[Column]) -> list[Row]:
    """All rows of the list that are not wholly empty, with the line each stands on.

    Refuses a file that is neither CSV nor Excel, or lacks a required column.
    """
    listed = tuple(columns)
    table = _excel(path) if path.name.lower().endswith((".xlsx", ".xlsm")) else _csv(path)
    headings = [text.strip() for text in next(table, [])]
    ours = _columns_by_position(headings, listed)
    _refuse_missing(listed, set(ours.values()))
    return [
        _row(line, texts, headings, ours) for line, texts in enumerate(table, start=2) if any(t.strip() for t in texts)
    ]


def _columns_by_position(headings: list[str], columns: tuple[Column, ...]) -> dict[int, str]:
    known = {heading.casefold(): column.name for column in columns for heading in (column.name, *column.headings)}
    found: dict[int, str] = {}
    for position, heading in enumerate(headings):
        name = known.get(heading.casefold())
        if name and name not in found.values():
            found[position] = name
    return found


def _refuse_missing(columns: tuple[Column, ...], found: set[str]) -> None:
    missing = [column.headings[0] for column in columns if column.required and column.name not in found]
    if missing:
        raise Refused("sheet_lacks_columns", columns="、".join(missing))


def _row(line: int, texts: list[str], headings: list[str], ours: dict[int, str]) -> Row:
    cells: dict[str, str] = {}
    extra: dict[str, str] = {}
    for position, text in enumerate(texts):
        if position in ours:
            cells[ours[position]] = text.strip()
        elif position < len(headings) and headings[position]:
            extra[headings[position]] = text.strip()
    return Row(line, cells, extra)


def _csv(path: Path) -> Iterator[list[str]]:
    try:
        raw = gzip.decompress(path.read_bytes()) if path.name.endswith(".gz") else path.read_bytes()
    except (OSError, EOFError) as broken:
        raise Refused("sheet_unreadable", file=path.name) from broken
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return iter(csv.reader(io.StringIO(text, newline="")))
    raise Refused("sheet_unreadable", file=path.name)


def _excel(path: Path) -> Iterator[list[str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as broken:
        raise Refused("sheet_unreadable", file=path.name) from broken
    book.close()
    return iter(rows)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # Excel keeps codes as numbers
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)
