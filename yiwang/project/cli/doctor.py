from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from yiwang.plumbing.stops import CannotGoOn
from yiwang.project import environment
from yiwang.project.cli.access import database, load_django
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data

if TYPE_CHECKING:
    from yiwang.project import health


def doctor(data: Data = None) -> None:
    folder = environment.choose_home(data)
    load_django()
    from django.utils import translation

    from yiwang.project import health

    with translation.override(environment.language().lower().replace("_", "-")):
        bad = _tell(health.of_machine(folder))
        try:
            with database(data):
                bad += _tell(health.of_database())
        except CannotGoOn as stop:
            bad += _tell([health.Finding(_("Database"), _(stop.message) % stop.figures)])
    print(_("All is well.") if not bad else _("%(count)d things need attention.") % {"count": bad})
    if bad:
        raise typer.Exit(1)


def _tell(findings: "Iterable[health.Finding]") -> int:
    bad = 0
    for finding in findings:
        mark = "✗" if finding.advice else "✓"
        print(f"{mark} {finding.what}" + (f": {finding.advice}" if finding.advice else ""))
        bad += bool(finding.advice)
    return bad
