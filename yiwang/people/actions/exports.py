"""Give people and posts back as the list in which they came. No secret is in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from yiwang.people import queries
from yiwang.people.actions.columns import COLUMNS
from yiwang.people.models import Holding, Person
from yiwang.plumbing.audit import actions as audit
from yiwang.plumbing.sheets.writing import write


def export_people(path: Path, *, by: Person, today: date) -> int:
    """Write the people whom `by` administers, one line for each post they hold now or later; gives the lines."""
    count = write(path, [column.headings[0] for column in COLUMNS], _rows(by, today))
    audit.note("export_people", "people", by=f"person:{by.pk}", ground=by.ground_id or "", lines=count)
    return count


def _rows(by: Person, today: date) -> Iterator[list[str]]:
    people = list(queries.administered_by(by, Person, on=today).filter(is_active=True).order_by("pk"))
    held: dict[int, list[Holding]] = {person.pk: [] for person in people}
    holdings = (
        Holding.objects.filter(person__in=people)
        .exclude(until__lte=today)
        .select_related("post__unit__parent", "post__role")
        .order_by("pk")
    )
    for holding in holdings:
        held[holding.person_id].append(holding)
    for person in people:
        account = [person.name, person.login, person.phone or ""]
        for holding in held[person.pk]:
            yield account + _post(holding)
        if not held[person.pk]:
            yield [*account, "", "", "", "", "", person.ground_id or "", "", ""]


def _post(holding: Holding) -> list[str]:
    post, unit = holding.post, holding.post.unit
    return [
        unit.name,
        unit.get_kind_display(),
        unit.parent.name if unit.parent else "",
        post.title,
        post.role.name,
        post.ground_id or "",
        holding.since.isoformat(),
        holding.until.isoformat() if holding.until else "",
    ]
