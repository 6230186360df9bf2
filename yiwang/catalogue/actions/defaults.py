"""The catalogue that the project has written, for a town to begin with: `items.csv` beside this room's rules."""

from datetime import date
from pathlib import Path

from django.db import transaction

from yiwang.catalogue.actions.columns import ITEM_COLUMNS
from yiwang.catalogue.actions.imports import bring_in
from yiwang.plumbing.sheets.reading import read
from yiwang.plumbing.sheets.report import Report

DEFAULT = Path(__file__).resolve().parent.parent / "items.csv"


@transaction.atomic
def load_default(*, by: str, today: date) -> Report:
    """Bring in the project's own catalogue for every county. Items that are there already stay as they are.

    `by` is written as in the audit trail ("system"); loading it again changes nothing.
    """
    return bring_in(read(DEFAULT, ITEM_COLUMNS), source=DEFAULT.name, by=by, county=None, today=today, add_only=True)
