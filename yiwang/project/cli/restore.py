from pathlib import Path
from typing import Annotated

import typer

from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.progress import showing


def restore(
    file: Annotated[Path, typer.Argument(help=_("A file that `yiwang backup` wrote."))],
    replace: Annotated[bool, typer.Option("--replace", help=_("Throw away what is there now."))] = False,
    data: Data = None,
) -> None:
    with database(data) as url:
        from django.conf import settings

        from yiwang.project import restoration

        with showing(_("Files")) as unpacked:
            manifest = restoration.restore(
                file, url=url, folder=settings.HOME.folder, replace=replace, unpacked=unpacked
            )
    print(_("The backup of %(when)s is back.") % {"when": manifest.made_at})
    if not manifest.has_files:
        print(_("Uploaded files were not in it: they lie in the object store of that installation."))
