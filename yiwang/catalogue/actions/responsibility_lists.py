"""Take in a list of responsibilities, row by row, each through the act of a single one."""

from datetime import date
from pathlib import Path

from django.db import transaction

from yiwang.catalogue.actions.columns import HEADING, RESPONSIBILITY_COLUMNS
from yiwang.catalogue.actions.imports import Progress, silent
from yiwang.catalogue.actions.responsibilities import set_responsibility
from yiwang.catalogue.models import Item, Responsibility
from yiwang.people.models import Person, Post
from yiwang.people.rules import WHOLE, day_of
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Row, read
from yiwang.plumbing.sheets.report import Rejection, Report, Unfit, in_column


@transaction.atomic
def import_responsibilities(
    path: Path, *, by: Person, today: date, keep_good: bool = False, dry_run: bool = False, progress: Progress = silent
) -> Report:
    """Bring in who answers for which item where, from CSV or Excel: item code, place code, unit and post.

    A post is found by its title and unit, the one of the innermost ground that holds the place. With one bad row
    nothing is kept, unless `keep_good`; with `dry_run` nothing is. Refuses, row by row, what the act would refuse.
    """
    rows = read(path, RESPONSIBILITY_COLUMNS)
    report = Report()
    for done, row in enumerate(rows, start=1):
        try:
            with transaction.atomic():
                _take(row, report, by=by, today=today)
        except Unfit as wrong:
            report.rejections.append(Rejection(row.line, HEADING[wrong.column], wrong.why))
        progress(done, len(rows))
    report.kept = not dry_run and (keep_good or not report.rejections)
    if not report.kept:
        transaction.set_rollback(True)
    return report


def _take(row: Row, report: Report, *, by: Person, today: date) -> None:
    with in_column("place"):
        place = _place(row["place"])
    with in_column("item"):
        item = _item(row["item"], place)
    with in_column("post"):
        post = _post(row, place)
    since, until = _day(row, "since"), _day(row, "until")
    present = (
        Responsibility.objects.filter(item=item, place=place).exclude(until__lte=since or today).order_by("since")
    ).first()
    if present and present.post_id == post.pk and present.until == until and since in {None, present.since}:
        report.unchanged += 1
        return
    with in_column("post"):
        set_responsibility(item, place=place, post=post, since=since or today, until=until, by=by, today=today)
    report.changed += present is not None
    report.added += present is None


def _place(code: str) -> Place | None:
    if not code:
        return None
    found = Place.objects.filter(code=code, valid_to=None).first()
    if found is None:
        raise Refused("no_such_place", code=code)
    return found


def _item(code: str, place: Place | None) -> Item:
    """The county's own before the one of every county."""
    known = Item.objects.filter(code=code.upper(), valid_to=None)
    own = known.filter(county_id=place.code[:6]).first() if place else None
    found = own or known.filter(county=None).first()
    if found is None:
        raise Refused("no_such_item", item=code)
    return found


def _post(row: Row, place: Place | None) -> Post:
    around = place.code if place else WHOLE
    named = Post.objects.filter(title=row["post"], unit__name=row["unit"], valid_to=None)
    reaching = [post for post in named.select_related("unit", "role") if around.startswith(post.ground_id or WHOLE)]
    if not reaching:
        raise Refused("no_such_post", post=row["post"], unit=row["unit"])
    return max(reaching, key=lambda post: (len(post.ground_id or WHOLE), -post.pk))


def _day(row: Row, column: str) -> date | None:
    with in_column(column):
        day = day_of(row[column]) if row[column] else None
        if row[column] and day is None:
            raise Refused("not_a_calendar_day", text=row[column])
        return day
