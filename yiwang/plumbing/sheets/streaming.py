"""Read a CSV list (plain or gzip) row by row, whatever its length, and know it again by its content."""

import codecs
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Column, columns_by_position, refuse_missing, refuse_twice
from yiwang.plumbing.sheets.writing import plain

_CHUNK = 1 << 20
_BROKEN = (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look at a file tells. `sha256`: of the file as it lies; `lines`: line ends, about as many rows."""

    sha256: str
    encoding: str
    lines: int


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: our columns in the order in which they were asked for, empty where missing; and all as it stood."""

    line: int
    ours: list[str]
    all: list[str]


@dataclass(frozen=True, slots=True)
class Stream:
    """The headings of a list that is open, and its rows behind them."""

    headings: list[str]
    rows: Iterator[Cells]


def look(path: Path) -> Looked:
    """Read the file once: its hash, whether it is UTF-8 (else GB 18030), how many lines. Refuses a broken gzip."""
    utf8, sha, lines, is_utf8 = codecs.getincrementaldecoder("utf-8")(), hashlib.sha256(), 0, True
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                sha.update(chunk)
        with _opened(path) as content:
            while chunk := content.read(_CHUNK):
                lines += chunk.count(b"\n")
                is_utf8 = is_utf8 and _decodes(utf8, chunk)
        is_utf8 = is_utf8 and _decodes(utf8, b"")
    except _BROKEN as broken:
        raise Refused("sheet_unreadable", file=path.name) from broken
    return Looked(sha.hexdigest(), "utf-8-sig" if is_utf8 else "gb18030", lines)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk, not chunk)
    except UnicodeDecodeError:
        return False
    return True


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.name.endswith(".gz") else path.open("rb")  # type: ignore[return-value]


@contextmanager
def streamed(path: Path, columns: Iterable[Column], *, encoding: str) -> Iterator[Stream]:
    """The list, open for the length of a `with`; wholly empty rows are left out.

    Refuses a list that lacks a required column, has a heading twice, or cannot be read to its end (while its rows are
    read). A line counts as a person sees it in a table: the heading is line 1.
    """
    listed = tuple(columns)
    with _opened(path) as content, io.TextIOWrapper(content, encoding, newline="") as text:
        reader = csv.reader(text)
        try:
            headings = [plain(text.strip()) for text in next(reader, [])]
        except _BROKEN as broken:
            raise Refused("sheet_unreadable", file=path.name) from broken
        refuse_twice(headings)
        positions = columns_by_position(headings, listed)
        refuse_missing(listed, set(positions.values()))
        where = dict(zip(positions.values(), positions, strict=True))
        order = [where.get(column.name, -1) for column in listed]
        yield Stream(headings, _rows(path, reader, order, len(headings)))


def _rows(path: Path, reader: Iterator[list[str]], order: list[int], width: int) -> Iterator[Cells]:
    line = 1
    try:
        for line, texts in enumerate(reader, start=2):
            if any(texts):
                # One empty cell at the end stands for every column that is not there.
                padded = texts + [""] * (width - len(texts) + 1) if len(texts) <= width else [*texts, ""]
                ours = [padded[position].strip() for position in order]
                # Hardly any cell begins with the quote that keeps spreadsheets from running it.
                yield Cells(line, [plain(text) for text in ours] if "'" in "".join(ours) else ours, texts)
    except _BROKEN as broken:
        raise Refused("sheet_unreadable_behind", file=path.name, line=line) from broken
