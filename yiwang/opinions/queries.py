"""What the model outside said of a case."""

from dataclasses import dataclass

from yiwang.cases.models import Case
from yiwang.catalogue.queries import ItemLine, catalogue
from yiwang.opinions.models import Opinion


@dataclass(frozen=True, slots=True)
class Said:
    """The item it chose and which model that was."""

    item: ItemLine
    model: str


def opinion_of(case: Case) -> Said | None:
    """What it chose for a case that the asker was found to see; None where it chose nothing or was not asked."""
    found = Opinion.objects.filter(county=case.county, number=case.number, item__gt=0).first()
    line = catalogue().get(found.item) if found else None
    return Said(line, found.model) if found and line else None
