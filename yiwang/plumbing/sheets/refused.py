"""Write down the rows of a long list that could not be taken, with the reason: to be mended and brought in again."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from yiwang.plumbing.sheets.report import Rejection
from yiwang.plumbing.sheets.streaming import Cells
from yiwang.plumbing.sheets.writing import harmless

_MARK = "\ufeff"
_ABOUT = ("行", "列", "原因", "why")


class RefusedRows:
    """The file FILE.refused.csv beside a list; there is none as long as no row was refused."""

    def __init__(self, path: Path, headings: Sequence[str], *, resumed_behind: int) -> None:
        """`resumed_behind`: the last line that is done already. What earlier runs refused up to it is kept."""
        name = path.name.removesuffix(".gz").removesuffix(".csv")
        self.path = path.with_name(f"{name}.refused.csv")
        self._headings = headings
        self.count = self._keep(resumed_behind)

    def write(self, rejections: Iterable[tuple[Cells, Rejection]]) -> None:
        """Add rows, each with its line, its column and why in both languages."""
        self._append([(cells.line, self._row(cells, rejection)) for cells, rejection in rejections])

    def _row(self, cells: Cells, rejection: Rejection) -> list[str]:
        about = [str(cells.line), rejection.column, rejection.why("zh-hans"), rejection.why("en")]
        return [*about, *(harmless(text.replace("\0", "")) for text in cells.all)]

    def _append(self, rows: list[tuple[int, list[str]]]) -> None:
        if not rows:
            return
        begins = not self.count
        with self.path.open("w" if begins else "a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if begins:
                file.write(_MARK)
                writer.writerow([*_ABOUT, *(harmless(heading) for heading in self._headings)])
            writer.writerows(row for _, row in rows)
        self.count += len(rows)

    def _keep(self, behind: int) -> int:
        """A killed run may have written rows that it had not committed: those are done again."""
        kept: list[tuple[int, list[str]]] = []
        if behind > 1 and self.path.exists():
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))[1:]
            kept = [(int(row[0]), row) for row in rows if row and row[0].isdigit() and int(row[0]) <= behind]
        self.path.unlink(missing_ok=True)
        self.count = 0
        self._append(kept)
        return len(kept)
