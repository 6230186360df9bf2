"""Write lists that offices can open: Excel, or CSV with a mark that Excel needs for Chinese."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

# Excel would run these as formulas when the list is opened.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `plain` gives the text back."""
    return f"'{text}" if _is_dangerous(text) else text


def plain(cell: str) -> str:
    """What `harmless` was given: a list that goes out comes in again unchanged."""
    return cell[1:] if cell.startswith("'") and _is_dangerous(cell) else cell


def _is_dangerous(text: str) -> bool:
    # Quotes in front are looked through, so that a text that itself begins with one can be told from ours.
    return text.lstrip("'").startswith(_FORMULA)


def write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a list under its headings, Excel or CSV by the file's name; gives the number of rows."""
    if path.name.lower().endswith(".xlsx"):
        with path.open("wb") as file:
            return write_excel(file, headings, rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        return write_csv(file, headings, rows)


def write_csv(file: IO[str], headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    writer = csv.writer(file)
    writer.writerow([harmless(heading) for heading in headings])
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - counted on the way
        writer.writerow([harmless(text) for text in row])
    return count


def write_excel(file: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """An Excel sheet of text cells (codes keep their zeros), heading frozen and bold."""
    # 10 MB in a web process that writes no sheet.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([harmless(heading) for heading in headings])
    sheet.freeze_panes = "A2"
    for position, heading in enumerate(headings, start=1):
        sheet.cell(1, position).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = max(12, len(heading) * 2 + 4)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - counted on the way
        sheet.append([harmless(text) for text in row])
    book.save(file)
    return count
