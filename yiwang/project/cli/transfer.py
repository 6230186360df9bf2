"""Lists in and out. The rooms know how; this page knows which, and shows what became of it.

A room's line is added to `IMPORTS` or `EXPORTS`. What it names is called, on the whole ground, as
`import_…(path, by=…, keep_good=…, progress=…, **choices)` and gives a `sheets.report.Report`, or as
`export_…(path, progress=…, **choices)` and gives the number of rows written.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.progress import showing

if TYPE_CHECKING:
    from yiwang.plumbing.sheets.report import Report

OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One list: its name on the command line, what it is, the act "module:function", and whether it has a datum."""

    name: str
    about: str
    act: str
    has_datum: bool = False

    def load(self) -> Callable[..., Any]:
        module, _colon, function = self.act.partition(":")
        loaded: Callable[..., Any] = getattr(import_module(module), function)
        return loaded


IMPORTS: list[Transfer] = []
EXPORTS: list[Transfer] = []
Datum = Annotated[str, typer.Option(help=_("Of the coordinates: wgs84, gcj02 or bd09."))]
imports = typer.Typer(no_args_is_help=True)
exports = typer.Typer(no_args_is_help=True)


@imports.callback()
def _about_imports() -> None:
    pass


@exports.callback()
def _about_exports() -> None:
    pass


def bring_in(transfer: Transfer, path: Path, *, keep_good: bool, data: Path | None, **choices: object) -> None:
    """Read a list, show each rejected row, and end with 1 when there was one."""
    if not path.is_file():
        raise typer.BadParameter(_("There is no file %(path)s.") % {"path": path})
    with database(data):
        from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

        with showing(transfer.name) as progress, standing_on(EVERYWHERE):
            report = transfer.load()(path, by=OPERATOR, keep_good=keep_good, progress=progress, **choices)
        clean = show(report)
    if not clean:
        raise typer.Exit(1)


def write_out(transfer: Transfer, path: Path, *, data: Path | None, **choices: object) -> None:
    """Write a list and say how many rows it has."""
    with database(data):
        from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

        with showing(transfer.name) as progress, standing_on(EVERYWHERE):
            count = transfer.load()(path, progress=progress, **choices)
    print(_("%(count)d rows written to %(path)s.") % {"count": count, "path": path})


def show(report: "Report") -> bool:
    """Print what became of a list; True when no row was rejected."""
    from yiwang.project import environment

    language = environment.language().lower().replace("_", "-")
    for rejection in sorted(report.rejections, key=lambda r: (r.line, r.column)):
        where = _("line %(line)d, %(column)s") % {"line": rejection.line, "column": rejection.column or "-"}
        print(f"{where}: {rejection.why(language)}", file=sys.stderr)
    counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    print(_("added %(added)d, changed %(changed)d, unchanged %(unchanged)d") % counts)
    if report.rejections:
        print(
            _("%(rejected)d rows rejected; the others went in.") % {"rejected": len(report.rejections)}
            if report.kept
            else _("%(rejected)d rows rejected; nothing was changed (--keep-good lets the others in).")
            % {"rejected": len(report.rejections)}
        )
    return not report.rejections


def _add_import(transfer: Transfer) -> None:
    def plain(
        path: Path,
        keep_good: Annotated[bool, typer.Option("--keep-good", help=_("Let the good rows in all the same."))] = False,
        data: Data = None,
    ) -> None:
        bring_in(transfer, path, keep_good=keep_good, data=data)

    def with_datum(
        path: Path,
        datum: Datum = "wgs84",
        keep_good: Annotated[bool, typer.Option("--keep-good", help=_("Let the good rows in all the same."))] = False,
        data: Data = None,
    ) -> None:
        bring_in(transfer, path, keep_good=keep_good, data=data, datum=datum)

    imports.command(transfer.name, help=transfer.about)(with_datum if transfer.has_datum else plain)


def _add_export(transfer: Transfer) -> None:
    def plain(path: Path, data: Data = None) -> None:
        write_out(transfer, path, data=data)

    def with_datum(path: Path, datum: Datum = "wgs84", data: Data = None) -> None:
        write_out(transfer, path, data=data, datum=datum)

    exports.command(transfer.name, help=transfer.about)(with_datum if transfer.has_datum else plain)


for _transfer in IMPORTS:
    _add_import(_transfer)
for _transfer in EXPORTS:
    _add_export(_transfer)
