"""Read a CSV (plain or gzip) or Excel list into rows of text."""

import csv
import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.writing import plain

# Excel keeps fifteen digits of a number.
_EXACT = 1e15
_GZIPPED = b"\x1f\x8b"
_ZIPPED = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


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

    Refuses a file that is neither CSV nor Excel, lacks a required column, has a heading twice, or holds a number
    too long for Excel, which rounds codes of more than fifteen digits unless they are text.
    """
    listed = tuple(columns)
    table = _excel(path) if path.name.lower().endswith((".xlsx", ".xlsm")) else _csv(path)
    _line, texts = next(table, (1, []))
    headings = [plain(text.strip()) for text in texts]
    refuse_twice(headings)
    ours = columns_by_position(headings, listed)
    refuse_missing(listed, set(ours.values()))
    return [_row(line, texts, headings, ours) for line, texts in table if any(text.strip() for text in texts)]


def columns_by_position(headings: list[str], columns: tuple[Column, ...]) -> dict[int, str]:
    """Which of our columns stands where, by its headings in any case of letters."""
    known = {heading.casefold(): column.name for column in columns for heading in (column.name, *column.headings)}
    found: dict[int, str] = {}
    for position, heading in enumerate(headings):
        name = known.get(heading.casefold())
        if name and name not in found.values():
            found[position] = name
    return found


def refuse_missing(columns: tuple[Column, ...], found: set[str]) -> None:
    """Refuse a list in which a required column is not found."""
    missing = [column.headings[0] for column in columns if column.required and column.name not in found]
    if missing:
        raise Refused("sheet_lacks_columns", columns="、".join(missing))


def refuse_twice(headings: list[str]) -> None:
    """Refuse a list in which two columns have the same heading."""
    known = Counter(heading.casefold() for heading in headings if heading)
    twice = dict.fromkeys(heading for heading in headings if known[heading.casefold()] > 1)
    if twice:
        raise Refused("sheet_heading_twice", columns="、".join(twice))


def _row(line: int, texts: list[str], headings: list[str], ours: dict[int, str]) -> Row:
    cells: dict[str, str] = {}
    extra: dict[str, str] = {}
    for position, text in enumerate(texts):
        if position in ours:
            cells[ours[position]] = plain(text.strip())
        elif position < len(headings) and headings[position]:
            extra[headings[position]] = plain(text.strip())
    return Row(line, cells, extra)


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        raw = path.read_bytes()
        if raw.startswith(_OLD_EXCEL):
            raise Refused("sheet_of_old_excel", file=path.name)
        if path.name.endswith(".gz") or raw.startswith(_GZIPPED):
            raw = gzip.decompress(raw)
        # A broken quotation shows only while reading.
        yield from enumerate(csv.reader(io.StringIO(_decoded(raw), newline="")), start=1)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as broken:
        raise Refused("sheet_unreadable", file=path.name) from broken


def _decoded(raw: bytes) -> str:
    if raw.startswith(_ZIPPED):
        raise csv.Error("no text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    if "\0" in text:
        raise csv.Error("no text")
    return text


def _excel(path: Path) -> Iterator[tuple[int, list[str]]]:
    # As where sheets are written: not in a web process that reads none.
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        for line, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            # A sheet formatted to its end has a million empty rows.
            if line == 1 or any(cell is not None for cell in row):
                yield line, [_text(cell, line) for cell in row]
        book.close()
    except (
        OSError,
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        SyntaxError,
    ) as broken:
        raise Refused("sheet_unreadable", file=path.name) from broken


def _text(cell: object, line: int) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        if abs(cell) >= _EXACT:
            raise Refused("sheet_number_rounded", line=line, number=f"{cell:.0f}")
        return str(int(cell))  # Excel keeps codes as numbers
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)
