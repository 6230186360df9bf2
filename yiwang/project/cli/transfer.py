"""Lists in and out: the rooms know how, this page shows what became of them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import environment
from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.progress import showing

if TYPE_CHECKING:
    from yiwang.people.models import Person
    from yiwang.places.models import Place
    from yiwang.plumbing.sheets.report import Report

OPERATOR = "command line"
imports = typer.Typer(no_args_is_help=True)
exports = typer.Typer(no_args_is_help=True)

KeepGood = Annotated[bool, typer.Option("--keep-good", help=_("Let the good lines in when some are rejected."))]
Replace = Annotated[bool, typer.Option("--replace", help=_("Replace what is already there and differs."))]
Check = Annotated[bool, typer.Option("--dry-run", help=_("Only check, change nothing."))]
DatumIn = Annotated[str, typer.Option("--datum", help=_("Coordinates of the file: wgs84, gcj02 or bd09."))]
DatumOut = Annotated[str, typer.Option("--datum", help=_("Coordinates to write: wgs84, gcj02 or bd09."))]
Inside = Annotated[str, typer.Option("--inside", help=_("Only what lies in this place (its code)."))]
By = Annotated[str, typer.Option("--by", help=_("Login name of the administrator in whose name this is done."))]
County = Annotated[str, typer.Option("--county", help=_("For this county only (its code); otherwise for all."))]


@contextmanager
def _on_the_whole_ground(data: Path | None) -> Iterator[None]:
    """The database, everywhere, in the operator's language; a refusal becomes its sentence and exit code 2."""
    with database(data):
        from django.utils import translation

        from yiwang.plumbing.refusals import Refused, sentence
        from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

        # For the rest of the command: its report is told after the database was let go.
        translation.activate("en" if environment.language() == "en" else "zh-hans")
        try:
            with standing_on(EVERYWHERE):
                yield
        except Refused as refusal:
            print(sentence(refusal), file=sys.stderr)
            raise typer.Exit(2) from refusal


@imports.command("places", help=_("Places from CSV (also .gz) or Excel."))
def places_in(
    path: Path, keep_good: KeepGood = False, replace: Replace = False, check: Check = False, data: Data = None
) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.places import actions

        with showing(_("Places")) as progress:
            report = actions.import_places(
                _existing(path), by=OPERATOR, today=timezone.localdate(), keep_good=keep_good, overwrite=replace,
                dry_run=check, progress=progress,
            )  # fmt: skip
    _end(report)


@imports.command("aliases", help=_("What people call places besides their names, from CSV or Excel."))
def aliases_in(path: Path, keep_good: KeepGood = False, check: Check = False, data: Data = None) -> None:
    with _on_the_whole_ground(data):
        from yiwang.places import actions

        report = actions.import_aliases(_existing(path), by=OPERATOR, keep_good=keep_good, dry_run=check)
    _end(report)


@imports.command("boundaries", help=_("Boundaries from GeoJSON, shapefiles or a folder of them."))
def boundaries_in(
    path: Path,
    datum: DatumIn,
    keep_good: KeepGood = False,
    replace: Replace = False,
    check: Check = False,
    data: Data = None,
) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.places import actions

        with showing(_("Boundaries")) as progress:
            report = actions.import_boundaries(
                _existing(path), datum=datum, by=OPERATOR, today=timezone.localdate(), keep_good=keep_good,
                overwrite=replace, dry_run=check, progress=progress,
            )  # fmt: skip
    _end(report)


@imports.command("people", help=_("People, units and posts from Excel or CSV."))
def people_in(
    path: Path,
    by: By,
    passwords: Annotated[
        Path | None, typer.Option("--passwords", help=_("Where to write the one-time passwords of new accounts."))
    ] = None,
    keep_good: KeepGood = False,
    check: Check = False,
    data: Data = None,
) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.people import actions

        target = passwords or path.with_suffix(".passwords.csv")
        _refuse_existing(target)
        with showing(_("People")) as progress:
            done = actions.import_people(
                _existing(path), by=_person(by), today=timezone.localdate(), keep_good=keep_good, dry_run=check,
                progress=progress,
            )  # fmt: skip
        if done.passwords:
            _write_passwords(target, done.passwords)
    _end(done.report)


@imports.command("items", help=_("The catalogue of items from CSV or Excel, or a city's table of standards."))
def items_in(
    path: Annotated[Path | None, typer.Argument(show_default=False)] = None,
    default: Annotated[bool, typer.Option("--default", help=_("The catalogue that comes with the platform."))] = False,
    by: By = "",
    county: County = "",
    keep_good: KeepGood = False,
    replace: Replace = False,
    check: Check = False,
    data: Data = None,
) -> None:
    if (path is None) is not default:
        raise CannotGoOn(gettext_noop("Name a file, or say --default; not both."))
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.catalogue import actions

        today = timezone.localdate()
        with showing(_("Items")) as progress:
            if path is None:
                report = actions.load_default(by=OPERATOR, today=today)
            else:
                report = actions.import_items(
                    _existing(path), by=_person(by), county=_county(county), today=today, keep_good=keep_good,
                    overwrite=replace, dry_run=check, progress=progress,
                )  # fmt: skip
    _end(report)


@imports.command("responsibilities", help=_("Which post answers for which items where, from CSV or Excel."))
def responsibilities_in(
    path: Path, by: By, keep_good: KeepGood = False, check: Check = False, data: Data = None
) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.catalogue import actions

        with showing(_("Responsibilities")) as progress:
            report = actions.import_responsibilities(
                _existing(path), by=_person(by), today=timezone.localdate(), keep_good=keep_good, dry_run=check,
                progress=progress,
            )  # fmt: skip
    _end(report)


@imports.command("redrawing", help=_("A redrawing of the ground: which place follows which, from a day on."))
def redrawing_in(
    path: Path,
    title: Annotated[str, typer.Option("--title", help=_("What this redrawing is called."))],
    effective: Annotated[datetime, typer.Option("--effective", formats=["%Y-%m-%d"], help=_("Its first day."))],
    data: Data = None,
) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.places import actions, queries

        today = timezone.localdate()
        plan = queries.plan_of_list(_existing(path))
        redrawing = actions.plan_redrawing(title, plan, effective=effective.date(), by=OPERATOR, today=today)
        if redrawing.effective <= today:
            actions.carry_out(redrawing, by=OPERATOR, today=today)
            print(_("The redrawing is in force."))
        else:
            print(_("Planned; it comes into force on %(day)s.") % {"day": redrawing.effective.isoformat()})


@exports.command("places", help=_("Places as CSV or Excel."))
def places_out(path: Path, inside: Inside = "", data: Data = None) -> None:
    with _on_the_whole_ground(data):
        from yiwang.places import queries

        _say_written(queries.export_places(path, inside), path)


@exports.command("boundaries", help=_("Boundaries as GeoJSON."))
def boundaries_out(path: Path, datum: DatumOut = "wgs84", inside: Inside = "", data: Data = None) -> None:
    with _on_the_whole_ground(data):
        from yiwang.places import queries

        _say_written(queries.export_boundaries(path, inside, datum), path)


@exports.command("people", help=_("People with their posts, as Excel or CSV."))
def people_out(path: Path, by: By, data: Data = None) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.people import actions

        _say_written(actions.export_people(path, by=_person(by), today=timezone.localdate()), path)


@exports.command("items", help=_("The catalogue of items as CSV or Excel."))
def items_out(path: Path, county: County = "", data: Data = None) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.catalogue import actions

        _say_written(actions.export_items(path, today=timezone.localdate(), county=_county(county)), path)


@exports.command("responsibilities", help=_("Which post answers for which items where, as CSV or Excel."))
def responsibilities_out(path: Path, by: By, data: Data = None) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.catalogue import actions

        _say_written(actions.export_responsibilities(path, by=_person(by), today=timezone.localdate()), path)


@exports.command("people-template", help=_("An Excel sheet to fill in with people and posts."))
def people_template_out(path: Path, by: By, data: Data = None) -> None:
    with _on_the_whole_ground(data):
        from django.utils import timezone

        from yiwang.people import actions

        actions.template(path, by=_person(by), today=timezone.localdate())
        print(_("Written to %(path)s.") % {"path": path})


def _end(report: "Report") -> None:
    """Show the report; a list with rejected lines ends the command with 1.

    Called after the database was let go: ending inside would take back what was just written.
    """
    if not show(report):
        raise typer.Exit(1)


def show(report: "Report") -> bool:
    """Print what became of a list; True when no line was rejected."""
    from yiwang.plumbing.refusals import sentence

    for line, column, chinese, english in report.lines():
        where = _("line %(line)d, %(column)s") % {"line": line, "column": column or "-"}
        print(f"{where}: {chinese} / {english}", file=sys.stderr)
    for notice in report.notices:
        print(sentence(notice))
    counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    if report.kept:
        print(_("Done: %(added)d added, %(changed)d changed, %(unchanged)d unchanged.") % counts)
    else:
        print(
            _("Nothing was changed. It would be: %(added)d added, %(changed)d changed, %(unchanged)d unchanged.")
            % counts
        )
    if report.rejections:
        print(_("%(rejected)d lines rejected.") % {"rejected": len(report.rejections)})
        if not report.kept:
            print(_("With --keep-good the others go in."))
    return not report.rejections


def _existing(path: Path) -> Path:
    if not path.exists():
        raise CannotGoOn(gettext_noop("There is no file %(path)s."), path=path)
    return path


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise CannotGoOn(gettext_noop("%(path)s is there already: name another file."), path=path)


def _write_passwords(path: Path, passwords: list[tuple[str, str]]) -> None:
    from yiwang.plumbing.sheets.writing import write

    path.touch(mode=0o600, exist_ok=False)
    write(path, [_("login name"), _("password")], passwords)
    print(_("One-time passwords: %(path)s (hand them out, then remove the file).") % {"path": path})


def _say_written(count: int, path: Path) -> None:
    print(_("%(count)d lines written to %(path)s.") % {"count": count, "path": path})


def _county(code: str) -> "Place | None":
    from yiwang.places.models import Place

    found = Place.objects.filter(code=code, valid_to=None).first() if code else None
    if code and found is None:
        raise CannotGoOn(gettext_noop("There is no county with the code %(code)s."), code=code)
    return found


def _person(login: str) -> "Person":
    from yiwang.people.models import Person

    found = Person.objects.filter(login=login, is_active=True).first()
    if found is None:
        raise CannotGoOn(gettext_noop("Nobody signs in as “%(login)s”."), login=login)
    return found
