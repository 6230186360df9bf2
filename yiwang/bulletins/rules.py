"""What stands on a paper, and the lines that are signed of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yiwang.insight.rules.bulletins import Figure, Kind, last_of

FORMS = ("docx", "xlsx")
FORTNIGHT = timedelta(days=13)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: a name, and its values as they are printed; whole numbers stay numbers."""

    name: str
    values: tuple[int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its heading, those of its columns (the first is of the names), and which of them are per cent."""

    heading: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    per_cent: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Printed:
    """A frozen figure as it is printed: its name, unit, value before, formula version, and where its cases stand."""

    name: str
    figure: Figure
    unit: str
    before: float | None
    address: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that a paper says."""

    title: str
    days: str
    summary: tuple[str, ...]
    figures: tuple[Printed, ...]
    daily: Table
    tables: tuple[Table, ...]
    notes: tuple[str, ...]


def signed_lines(bulletin: bytes, hashes: Mapping[str, str]) -> str:
    """The lines that are signed: whose papers they are, by the bulletin's signature, and the SHA-256 of each."""
    files = "".join(f"{form} {hashes[form]}\n" for form in FORMS)
    return f"yiwang papers 1\nbulletin {bulletin.hex()}\n{files}"


def first_before(kind: Kind, first: date) -> date:
    """The first day of the bulletin before the one that begins so."""
    if kind is Kind.MONTH:
        return (first - timedelta(days=1)).replace(day=1)
    return first - timedelta(days=7 if kind is Kind.WEEK else 1)


def days_drawn(kind: Kind, first: date) -> tuple[date, date]:
    """From when to when days are drawn: those of the bulletin, of a shorter one the fortnight up to its end."""
    last = last_of(kind, first)
    return (first if kind is Kind.MONTH else last - FORTNIGHT), last


def moment(at: datetime) -> str:
    """A moment as papers print it."""
    return at.strftime("%Y-%m-%d %H:%M")


def shown(value: float | None, unit: str) -> str:
    """A figure as papers print it; a dash where there was nothing to divide by."""
    if value is None:
        return "—"
    if unit == "cases":
        return f"{value:,.0f}"
    return f"{value:.2f}%" if unit == "per_cent" else f"{value:.1f}"


def series(table: Table) -> tuple[Sequence[str], list[list[float]]]:
    """A table as a chart needs it: what stands below the axis, and each column of numbers (nothing is nought)."""
    columns = [[float(line.values[n] or 0) for line in table.lines] for n in range(len(table.columns) - 1)]
    return [line.name for line in table.lines], columns
