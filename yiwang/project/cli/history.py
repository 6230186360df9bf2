"""Bring in another system's cases: as many as there are, in batches, to be gone on with after a fall."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import environment
from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.progress import showing
from yiwang.project.cli.transfer import OPERATOR, DatumIn

if TYPE_CHECKING:
    from yiwang.past.actions import BroughtIn

Source = Annotated[
    str, typer.Option("--source", help=_("What the other system is called; without it, the name of the file."))
]
Zone = Annotated[
    str, typer.Option("--zone", help=_("Time zone of times without one, like Asia/Shanghai; otherwise ours."))
]


def cases_in(path: Path, source: Source = "", zone: Zone = "", datum: DatumIn = "wgs84", data: Data = None) -> None:
    if not path.is_file():
        raise CannotGoOn(gettext_noop("There is no file %(path)s."), path=path)
    with database(data):
        from django.utils import timezone, translation

        from yiwang.past import actions
        from yiwang.plumbing.refusals import Refused, sentence

        translation.activate("en" if environment.language() == "en" else "zh-hans")
        try:
            with showing(_("Cases")) as progress:
                brought = actions.import_history(
                    path, by=OPERATOR, now=timezone.now(), source=source, zone=zone, datum=datum, progress=progress
                )
        except Refused as refusal:
            print(sentence(refusal), file=sys.stderr)
            raise typer.Exit(2) from refusal
    if not show(brought):
        raise typer.Exit(1)


def show(brought: "BroughtIn") -> bool:
    """Print what became of a file; True when no row was refused."""
    for one in brought.refusals:
        where = _("line %(line)d, %(column)s") % {"line": one.line, "column": one.column or "-"}
        print(f"{where}: {one.why('zh-hans')} / {one.why('en')}", file=sys.stderr)
    if brought.before:
        print(_("%(count)d rows were done by an earlier run.") % {"count": brought.before})
    print(
        _("From “%(source)s”: %(added)d cases brought in, %(known)d were there already.")
        % {"source": brought.source, "added": brought.added, "known": brought.known}
    )
    if brought.refused:
        print(_("%(rejected)d lines rejected.") % {"rejected": brought.refused})
    if brought.refused_in:
        print(_("What was rejected, with the reasons: %(path)s") % {"path": brought.refused_in})
    return not brought.refused
