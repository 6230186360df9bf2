"""Real requests of a city, brought in as history: does the platform reckon "closed in time" as the city does?

The city writes its times without a zone; compared with each other they mean its own clock. Its label says ONTIME or
OVERDUE, and nothing where it forgot to: such a row counts as one on which nobody agrees.
"""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.cases.rules import State, closed_in_time
from yiwang.past.actions import BroughtIn, import_history
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

SOURCE = "requests-311"
CITY = "990301"  # no county of China: the city needs ground of its own
ZONE = "America/New_York"
HEADINGS = ("number", "text", "opened", "due", "closed", "state", "place", "lon", "lat", "department", "channel")
_ONTIME, _OVERDUE = "ONTIME", "OVERDUE"


@dataclass(slots=True)
class Agreement:
    """Closed rows that have a target, by what the city says and what the platform says (None: it has no such case)."""

    brought: BroughtIn
    counts: Counter[tuple[str, bool | None]] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return self.counts.total()

    @property
    def agreed(self) -> int:
        return self.counts[_ONTIME, True] + self.counts[_OVERDUE, False]

    @property
    def labelled(self) -> int:
        return sum(count for (label, _), count in self.counts.items() if label)


def bring_in(path: Path, folder: Path) -> BroughtIn:
    """Write the city's file in the platform's headings, and import it as `yiwang import cases` does."""
    with standing_on(EVERYWHERE):
        Place.objects.get_or_create(code=CITY, defaults={"name": "City of the requests", "kind_id": "county"})
        touched("places")
    listed = folder / "requests.csv"
    with opened(path) as file, listed.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(_ours(row) for row in csv.DictReader(file))
    return import_history(listed, by="bench", now=timezone.now(), source=SOURCE, zone=ZONE)


def opened(path: Path) -> IO[str]:
    """A file of text, plain or gzip, whatever its name."""
    file = path.open("rb")
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return TextIOWrapper(gzip.GzipFile(fileobj=file) if packed else file, encoding="utf-8-sig", newline="")


def _ours(row: dict[str, str]) -> Iterator[str]:
    yield from (
        row["case_enquiry_id"], row["case_title"] or row["type"] or "-", row["open_dt"], row["target_dt"],
        row["closed_dt"], row["case_status"], CITY, row["longitude"], row["latitude"], row["department"],
        row["source"],
    )  # fmt: skip


def compare(path: Path, brought: BroughtIn) -> Agreement:
    """Read back what the platform stored, reckon by its own rule, and hold it against the city's label."""
    with standing_on(EVERYWHERE):
        cases = Case.objects.filter(county=CITY, source=SOURCE, state=State.CLOSED)
        stored = {
            key: closed_in_time(due, closed)
            for key, due, closed in cases.values_list("source_key", "due_at", "closed_at")
            if due is not None and closed is not None
        }
    found = Agreement(brought)
    with opened(path) as file:
        for row in csv.DictReader(file):
            if row["case_status"].casefold() == "closed" and row["target_dt"] and row["closed_dt"]:
                found.counts[row["ontime"].strip().upper(), stored.get(row["case_enquiry_id"])] += 1
    return found
